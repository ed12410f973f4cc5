using Workflows.Templates.Evaluation;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>array</c>. All return new arrays and leave their input as it is.</summary>
internal static class ArrayFunctions
{
    public static BuiltinObject Create() => new("array", new[]
    {
        Function("add", Add, "list", "value"),
        Function("add_range", Concat, "list1", "list2"),
        Function("concat", Concat, "list1", "list2"),
        Function("compact", c => c.Array(c.Items(0).Where(i => i is not null)), "list"),
        Function("cycle", Cycle, "list", "group?"),
        Function("any", Any, "list", "function", "args..."),
        Function("each", Each, "list", "function"),
        Function("filter", Filter, "list", "function"),
        Function("first", c => c.Items(0).FirstOrDefault(), "list"),
        Function("last", Last, "list"),
        Function("insert_at", InsertAt, "list", "index", "value"),
        Function("join", Join, "list", "delimiter", "function?"),
        Function("limit", c => c.Array(c.Items(0).Take(Math.Max(c.Int(1), 0))), "list", "count"),
        Function("offset", c => c.Array(c.Items(0).Skip(Math.Max(c.Int(1), 0))), "list", "index"),
        Function("map", Map, "list", "member"),
        Function("remove_at", RemoveAt, "list", "index"),
        Function("reverse", c => c.Array(c.Items(0).Reverse()), "list"),
        Function("size", c => Numbers.Fit(Iterated.From(c.Context, c.Site, c[0]).Count), "list"),
        Function("sort", Sort, "list", "member?"),
        Function("uniq", c => c.Array(c.Items(0).Distinct(new SameValue())), "list"),
        Function("contains", Contains, "list", "item"),
    }.ToDictionary(f => f.Name, f => (object)f));

    private static ScriptArray Add(BuiltinCall call)
    {
        var copy = call.Copy(0, 1);
        copy.Add(call[1]);
        return copy;
    }

    private static ScriptArray Concat(BuiltinCall call) => call.Array(call.Items(0).Concat(call.Items(1)));

    private static object? Cycle(BuiltinCall call)
    {
        var items = call.Copy(0);
        if (items.Count == 0) return null;
        var group = call.Text(1) ?? ValueText.Of(call.Context, call.Site, items);
        var cycles = call.Context.Cycles;
        var at = cycles.GetValueOrDefault(group) % items.Count;
        if (!cycles.ContainsKey(group)) call.Context.Charge(call.Site, 64 + (2L * group.Length));
        cycles[group] = at + 1;
        return items[at];
    }

    private static object Any(BuiltinCall call)
    {
        var function = call.Callee(1);
        foreach (var item in call.Items(0))
        {
            if (Comparison.IsTrue(call.Invoke(function, [item, .. call.Arguments.AsSpan(2)]))) return Boxed.True;
        }
        return Boxed.False;
    }

    private static ScriptArray? Each(BuiltinCall call)
    {
        if (call[0] is null) return null;
        var function = call.Callee(1);
        return call.Array(call.Items(0).Select(item => call.Invoke(function, item)));
    }

    private static ScriptArray? Filter(BuiltinCall call)
    {
        if (call[0] is null) return null;
        var function = call.Callee(1);
        return call.Array(call.Items(0).Where(item => Comparison.IsTrue(call.Invoke(function, item))));
    }

    private static object? Last(BuiltinCall call)
    {
        var items = Iterated.From(call.Context, call.Site, call[0]);
        return items.Count == 0 ? null : items.At(items.Count - 1);
    }

    private static ScriptArray InsertAt(BuiltinCall call)
    {
        var index = Math.Max(call.Int(1), 0);
        call.Context.ChargeArray(call.Site, index);
        var copy = call.Copy(0, 1);
        while (copy.Count < index) copy.Add(null);
        copy.Insert(index, call[2]);
        return copy;
    }

    private static string Join(BuiltinCall call)
    {
        var delimiter = call.Text(1) ?? string.Empty;
        var function = call[2] is null ? null : call.Callee(2);
        using var buffer = new OutputBuffer();
        var first = true;
        foreach (var item in call.Items(0))
        {
            if (!first) buffer.Append(delimiter);
            first = false;
            var text = ValueText.Of(call.Context, call.Site, item);
            buffer.Append(function is null ? text : ValueText.Of(call.Context, call.Site, call.Invoke(function, text)));
            if (buffer.Length > call.Context.Limits.StringLength) break;
        }
        call.CheckText(buffer.Length);
        return buffer.ToString();
    }

    private static ScriptArray? Map(BuiltinCall call)
    {
        if (call[0] is null || call.Text(1) is not { } member) return null;
        return call.Array(call.Items(0).Where(item => item is not null).Select(item => Members.Get(call.Context, item!, member)));
    }

    private static ScriptArray RemoveAt(BuiltinCall call)
    {
        var copy = call.Copy(0);
        var index = call.Int(1);
        if (index < 0) index += copy.Count;
        if (index >= 0 && index < copy.Count) copy.RemoveAt(index);
        return copy;
    }

    private static ScriptArray Sort(BuiltinCall call)
    {
        var member = call.Text(1);
        var comparer = Comparer<object?>.Create((a, b) => Comparison.Order(call.Context, call.Site, a, b));
        object? Key(object? item) => string.IsNullOrEmpty(member) || item is null ? item : Members.Get(call.Context, item, member);
        return call.Array(call.Copy(0).OrderBy(Key, comparer));
    }

    private static object Contains(BuiltinCall call)
    {
        foreach (var item in call.Items(0))
        {
            call.Context.Step(call.Site);
            if (Comparison.AreEqual(call.Context, call.Site, item, call[1])) return Boxed.True;
        }
        return Boxed.False;
    }

    /// <summary>Equality for <c>uniq</c>: numbers by value, text by characters, arrays and objects by identity.</summary>
    private sealed class SameValue : IEqualityComparer<object?>
    {
        public new bool Equals(object? x, object? y) => object.Equals(Key(x), Key(y));

        public int GetHashCode(object? obj) => Key(obj)?.GetHashCode() ?? 0;

        private static object? Key(object? value) => Numbers.IsNumber(value) && value is not decimal ? Numbers.ToDouble(value!) : value;
    }
}
