using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>Map</c> and <c>Set</c>.</summary>
internal static class CollectionMethods
{
    public static readonly MethodTable MapTable = new MethodTable(ObjectMethods.Table)
        .Add("get", 1, static (e, self, a) => Map(e, self).TryGet(a.At(0), out var value) ? value : default)
        .Add("set", 2, static (e, self, a) =>
        {
            Map(e, self).Set(e, a.At(0), a.At(1));
            return self;
        })
        .Add("has", 1, static (e, self, a) => Map(e, self).TryGet(a.At(0), out _))
        .Add("delete", 1, static (e, self, a) => Map(e, self).Remove(a.At(0)))
        .Add("clear", 0, static (e, self, a) => Clear(Map(e, self)))
        .Add("forEach", 1, static (e, self, a) => ForEach(e, Map(e, self), self, a))
        .Add("keys", 0, static (e, self, a) => new EntryIterator(Map(e, self), MapPart.Key, "Map Iterator"))
        .Add("values", 0, static (e, self, a) => new EntryIterator(Map(e, self), MapPart.Value, "Map Iterator"))
        .Add("entries", 0, static (e, self, a) => new EntryIterator(Map(e, self), MapPart.Entry, "Map Iterator"));

    public static readonly MethodTable SetTable = new MethodTable(ObjectMethods.Table)
        .Add("add", 1, static (e, self, a) =>
        {
            Set(e, self).Set(e, a.At(0), a.At(0));
            return self;
        })
        .Add("has", 1, static (e, self, a) => Set(e, self).TryGet(a.At(0), out _))
        .Add("delete", 1, static (e, self, a) => Set(e, self).Remove(a.At(0)))
        .Add("clear", 0, static (e, self, a) => Clear(Set(e, self)))
        .Add("forEach", 1, static (e, self, a) => ForEach(e, Set(e, self), self, a))
        .Add("keys", 0, static (e, self, a) => new EntryIterator(Set(e, self), MapPart.Key, "Set Iterator"))
        .Add("values", 0, static (e, self, a) => new EntryIterator(Set(e, self), MapPart.Key, "Set Iterator"))
        .Add("entries", 0, static (e, self, a) => new EntryIterator(Set(e, self), MapPart.Entry, "Set Iterator"));

    public static readonly Constructor MapType = new(
        "Map",
        0,
        static (e, _, _) => throw e.TypeError("Constructor Map requires 'new'", "Map 需要用 new 创建。"),
        static (e, _, a) =>
        {
            var map = new JsMap();
            if (!a.At(0).IsNullish)
            {
                var pairs = Iteration.Of(e, a.At(0), null);
                while (pairs.Next(e, out var pair))
                {
                    if (pair.AsObject is not { } entry)
                    {
                        throw e.TypeError($"Iterator value {Conversions.ToText(e, pair)} is not an entry object", "Map 的每一项应为 [键, 值]。");
                    }

                    map.Entries.Set(e, entry.GetIndex(e, 0), entry.GetIndex(e, 1));
                }
            }

            return map;
        },
        static o => o is JsMap,
        new MethodTable().Add("groupBy", 2, static (e, _, a) =>
        {
            var map = new JsMap();
            ObjectFunctions.Group(e, a, (key, item) =>
            {
                if (!map.Entries.TryGet(key, out var group))
                {
                    e.ChargeElements(0);
                    map.Entries.Set(e, key, group = new JsArray());
                }

                group.AsArray!.Add(e, item);
            });
            return map;
        }));

    public static readonly Constructor SetType = new(
        "Set",
        0,
        static (e, _, _) => throw e.TypeError("Constructor Set requires 'new'", "Set 需要用 new 创建。"),
        static (e, _, a) =>
        {
            var set = new JsSet();
            if (!a.At(0).IsNullish)
            {
                var items = Iteration.Of(e, a.At(0), null);
                while (items.Next(e, out var item))
                {
                    set.Entries.Set(e, item, item);
                }
            }

            return set;
        },
        static o => o is JsSet);

    private static EntryTable Map(Evaluation evaluation, JsValue self) => self.Ref is JsMap map
        ? map.Entries
        : throw evaluation.TypeError("Method Map.prototype called on incompatible receiver", "该方法只能用于 Map。");

    private static EntryTable Set(Evaluation evaluation, JsValue self) => self.Ref is JsSet set
        ? set.Entries
        : throw evaluation.TypeError("Method Set.prototype called on incompatible receiver", "该方法只能用于 Set。");

    private static JsValue Clear(EntryTable table)
    {
        table.Clear();
        return default;
    }

    private static JsValue ForEach(Evaluation evaluation, EntryTable table, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var callback = ArrayMethods.Callback(evaluation, arguments.At(0));
        var receiver = arguments.At(1);
        var at = 0;
        while (table.Next(ref at, out var key, out var value))
        {
            evaluation.Step();
            evaluation.Call(callback, receiver, value, key, self);
        }

        return default;
    }
}
