using System.Globalization;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Methods that every object has.</summary>
internal static class ObjectMethods
{
    public static readonly MethodTable Table = new MethodTable()
        .Add("hasOwnProperty", 1, static (e, self, a) => ObjectFunctions.HasOwn(e, self, a.At(0)))
        .Add("propertyIsEnumerable", 1, static (e, self, a) => self.AsObject?.Keys(e).Contains(Conversions.ToKey(e, a.At(0))) ?? false)
        .Add("isPrototypeOf", 1, static (_, _, _) => false)
        .Add("valueOf", 0, static (_, self, _) => self)
        .Add("toLocaleString", 0, static (e, self, _) => Conversions.ToText(e, self))
        .Add("toString", 0, static (_, self, _) => Tag(self));

    public static string Tag(JsValue self) => self.Ref switch
    {
        JsObject found => $"[object {found.ClassName}]",
        null => "[object Undefined]",
        _ when self.IsNull => "[object Null]",
        _ when self.IsNumber => "[object Number]",
        _ when self.IsString => "[object String]",
        _ => "[object Boolean]",
    };
}

/// <summary><c>Object</c> and its functions.</summary>
internal static class ObjectFunctions
{
    public static readonly Constructor Type = new(
        "Object",
        1,
        Create,
        Create,
        static _ => true,
        new MethodTable()
            .Add("keys", 1, static (e, _, a) => Texts(e, KeysOf(e, a.At(0))))
            .Add("getOwnPropertyNames", 1, static (e, _, a) => Texts(e, [.. KeysOf(e, a.At(0)), .. a.At(0).AsObject?.HiddenKeys ?? (a.At(0).IsString ? ["length"] : [])]))
            .Add("values", 1, static (e, _, a) => Collect(e, a.At(0), static (_, _, value) => value))
            .Add("entries", 1, static (e, _, a) => Collect(e, a.At(0), static (e, key, value) => JsArray.From(e, [key, value])))
            .Add("assign", 2, Assign)
            .Add("fromEntries", 1, FromEntries)
            .Add("freeze", 1, static (_, _, a) => Restrict(a.At(0), Integrity.Frozen))
            .Add("seal", 1, static (_, _, a) => Restrict(a.At(0), Integrity.Sealed))
            .Add("preventExtensions", 1, static (_, _, a) => Restrict(a.At(0), Integrity.Closed))
            .Add("isFrozen", 1, static (e, _, a) => a.At(0).AsObject?.IsFrozenNow(e, Integrity.Frozen) ?? true)
            .Add("isSealed", 1, static (e, _, a) => a.At(0).AsObject?.IsFrozenNow(e, Integrity.Sealed) ?? true)
            .Add("isExtensible", 1, static (_, _, a) => a.At(0).AsObject is { Integrity: Integrity.Open })
            .Add("is", 2, static (_, _, a) => Operators.SameValue(a.At(0), a.At(1)))
            .Add("hasOwn", 2, static (e, _, a) => HasOwn(e, a.At(0), a.At(1)))
            .Add("groupBy", 2, static (e, _, a) =>
            {
                e.Charge(96);
                var result = new JsObject();
                Group(e, a, (key, item) =>
                {
                    var name = Conversions.ToKey(e, key);
                    if (!result.TryGetOwn(e, name, out var group))
                    {
                        e.ChargeElements(0);
                        result.Set(e, name, group = new JsArray());
                    }

                    group.AsArray!.Add(e, item);
                });
                return result;
            }));

    public static bool HasOwn(Evaluation evaluation, JsValue target, JsValue key)
    {
        RequireValue(evaluation, target);
        var name = Conversions.ToKey(evaluation, key);
        return target.AsObject is { } found
            ? found.TryGetOwn(evaluation, name, out _)
            : target.IsString && (name == "length" || (JsArray.TryIndex(name, out var index) && index < target.TextLength));
    }

    /// <summary>Keys for <c>for-in</c>; of nothing there are none.</summary>
    public static List<string> EnumerableKeys(Evaluation evaluation, JsValue target) => target.IsNullish ? [] : KeysOf(evaluation, target);

    /// <summary>Copies own properties, as <c>{...x}</c> does.</summary>
    public static void CopyProperties(Evaluation evaluation, JsObject target, JsValue source, HashSet<string>? except = null)
    {
        foreach (var key in EnumerableKeys(evaluation, source))
        {
            if (except?.Contains(key) != true)
            {
                evaluation.Step();
                target.Set(evaluation, key, Tree.Properties.Get(evaluation, source, key));
            }
        }
    }

    public static void Group(Evaluation evaluation, ReadOnlySpan<JsValue> arguments, Action<JsValue, JsValue> add)
    {
        var items = Iteration.Of(evaluation, arguments.At(0), null);
        var callback = ArrayMethods.Callback(evaluation, arguments.At(1));
        for (var i = 0; items.Next(evaluation, out var item); i++)
        {
            add(evaluation.Call(callback, default, item, i), item);
        }
    }

    private static List<string> KeysOf(Evaluation evaluation, JsValue target)
    {
        RequireValue(evaluation, target);
        if (target.IsString)
        {
            evaluation.ChargeElements(target.TextLength * 2L);
            return [.. Enumerable.Range(0, target.TextLength).Select(static i => i.ToString(CultureInfo.InvariantCulture))];
        }

        return target.AsObject?.Keys(evaluation) ?? [];
    }

    private static void RequireValue(Evaluation evaluation, JsValue target)
    {
        if (target.IsNullish)
        {
            throw evaluation.TypeError("Cannot convert undefined or null to object", "需要一个对象，但得到的是 null 或 undefined。");
        }
    }

    private static JsArray Texts(Evaluation evaluation, List<string> keys)
    {
        evaluation.ChargeElements(keys.Count);
        return new JsArray([.. keys.Select(static k => (JsValue)k)]);
    }

    private static JsArray Collect(Evaluation evaluation, JsValue source, Func<Evaluation, string, JsValue, JsValue> item)
    {
        var keys = KeysOf(evaluation, source);
        evaluation.ChargeElements(keys.Count);
        var result = new JsArray(keys.Count);
        foreach (var key in keys)
        {
            result.Add(evaluation, item(evaluation, key, Tree.Properties.Get(evaluation, source, key)));
        }

        return result;
    }

    private static JsValue Create(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.At(0).IsNullish)
        {
            evaluation.Charge(96);
            return new JsObject();
        }

        return arguments[0];
    }

    private static JsValue Assign(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var sources = arguments.Length > 1 ? arguments[1..].ToArray() : [];
        var first = arguments.At(0);
        RequireValue(evaluation, first);
        if (first.AsObject is not { } target)
        {
            return first;
        }

        if (target.Integrity == Integrity.Frozen && Array.Exists(sources, s => EnumerableKeys(evaluation, s).Count > 0))
        {
            throw evaluation.TypeError("Cannot assign to read only property of object", "对象已冻结，不能修改。");
        }

        foreach (var source in sources)
        {
            CopyProperties(evaluation, target, source);
        }

        return target;
    }

    private static JsValue FromEntries(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        evaluation.Charge(96);
        var result = new JsObject();
        var pairs = Iteration.Of(evaluation, arguments.At(0), null);
        while (pairs.Next(evaluation, out var pair))
        {
            if (pair.AsObject is not { } entry)
            {
                throw evaluation.TypeError($"Iterator value {Conversions.ToText(evaluation, pair)} is not an entry object", "Object.fromEntries 的每一项应为 [键, 值]。");
            }

            result.Set(evaluation, Conversions.ToKey(evaluation, entry.GetIndex(evaluation, 0)), entry.GetIndex(evaluation, 1));
        }

        return result;
    }

    private static JsValue Restrict(JsValue target, Integrity integrity)
    {
        if (target.AsObject is { } found && found.Integrity < integrity)
        {
            found.Integrity = integrity;
        }

        return target;
    }
}

/// <summary>Methods of functions.</summary>
internal static class FunctionMethods
{
    public static readonly MethodTable Table = new MethodTable(ObjectMethods.Table)
        .Add("call", 1, static (e, self, a) => Function(e, self).Call(e, a.At(0), a.Length > 1 ? a[1..] : default))
        .Add("apply", 2, static (e, self, a) => Apply(e, Function(e, self), a.At(0), a.At(1)))
        .Add("bind", 1, Bind)
        .Add("toString", 0, static (e, self, _) => Function(e, self).Source);

    private static JsFunction Function(Evaluation evaluation, JsValue self) =>
        self.AsFunction ?? throw evaluation.TypeError("Bind must be called on a function", "该方法只能用于函数。");

    private static JsValue Apply(Evaluation evaluation, JsFunction function, JsValue receiver, JsValue list)
    {
        if (list.IsNullish)
        {
            return function.Call(evaluation, receiver, []);
        }

        return list.AsArray is { } array
            ? function.Call(evaluation, receiver, array.Items.ToArray().Select(static v => v.Filled()).ToArray())
            : throw evaluation.TypeError("CreateListFromArrayLike called on non-object", "apply 的第二个参数应为数组。");
    }

    private static JsValue Bind(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var function = Function(evaluation, self);
        var receiver = arguments.At(0);
        JsValue[] bound = arguments.Length > 1 ? arguments[1..].ToArray() : [];
        evaluation.ChargeElements(bound.Length + 8);
        evaluation.ChargeTextWork(function.Name.Length + 6);
        return new NativeFunction("bound " + function.Name, Math.Max(0, function.Arity - bound.Length), (e, _, rest) =>
        {
            e.EnterCall();
            JsValue[] all = [.. bound, .. rest];
            var result = function.Call(e, receiver, all);
            e.LeaveCall();
            return result;
        });
    }
}
