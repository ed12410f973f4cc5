using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Methods of arrays that read, or add and remove.</summary>
internal static class ArrayMethods
{
    public static readonly MethodTable Table = new MethodTable(ObjectMethods.Table)
        .Add("at", 1, static (e, self, a) =>
        {
            var array = This(e, self);
            var at = Conversions.ToInteger(e, a.At(0));
            at = at < 0 ? array.Count + at : at;
            return at >= 0 && at < array.Count ? array.At((int)at) : default;
        })
        .Add("push", 1, static (e, self, a) =>
        {
            var array = This(e, self);
            foreach (var item in a)
            {
                array.Add(e, item);
            }

            return array.Count;
        })
        .Add("pop", 0, Pop)
        .Add("shift", 0, Shift)
        .Add("unshift", 1, Unshift)
        .Add("slice", 2, Slice)
        .Add("splice", 2, Splice)
        .Add("toSpliced", 2, static (e, self, a) =>
        {
            var copy = ArrayOrdering.FilledCopy(e, This(e, self));
            Splice(e, copy, a);
            return copy;
        })
        .Add("concat", 1, Concat)
        .Add("join", 1, static (e, self, a) => Join(e, This(e, self), a.At(0).IsUndefined ? "," : Conversions.ToText(e, a[0])))
        .Add("toString", 0, static (e, self, _) => self.Ref is JsArray array ? Join(e, array, ",") : ObjectMethods.Tag(self))
        .Add("toLocaleString", 0, static (e, self, _) => Join(e, This(e, self), ",", static (ev, item) =>
            Conversions.ToText(ev, Tree.Properties.Get(ev, item, "toLocaleString").AsFunction?.Call(ev, item, []) ?? item)))
        .Add("reverse", 0, static (e, self, _) => ArrayOrdering.Reverse(e, This(e, self)))
        .Add("toReversed", 0, static (e, self, _) => ArrayOrdering.Reverse(e, ArrayOrdering.FilledCopy(e, This(e, self))))
        .Add("sort", 1, static (e, self, a) => ArrayOrdering.Sort(e, This(e, self), a.At(0)))
        .Add("toSorted", 1, static (e, self, a) => ArrayOrdering.Sort(e, ArrayOrdering.FilledCopy(e, This(e, self)), a.At(0)))
        .Add("with", 2, static (e, self, a) =>
        {
            var copy = ArrayOrdering.FilledCopy(e, This(e, self));
            var at = Conversions.ToInteger(e, a.At(0));
            at = at < 0 ? copy.Count + at : at;
            if (at < 0 || at >= copy.Count)
            {
                throw e.RangeError("Invalid index : " + NumberText.Shortest(Conversions.ToInteger(e, a.At(0))), "with 的下标超出数组范围。");
            }

            copy.SetAt(e, (long)at, a.At(1));
            return copy;
        })
        .Add("fill", 1, static (e, self, a) =>
        {
            var array = This(e, self);
            array.RequireOpen(e, "fill");
            int from = Conversions.ToPlace(e, a.At(1), array.Count, 0), to = Conversions.ToPlace(e, a.At(2), array.Count, array.Count);
            e.Steps((array.Count / 16) + 1);
            if (to > from)
            {
                array.Items[from..to].Fill(a.At(0));
            }

            return array;
        })
        .Add("copyWithin", 2, static (e, self, a) =>
        {
            var array = This(e, self);
            array.RequireOpen(e, "copyWithin");
            var n = array.Count;
            int to = Conversions.ToPlace(e, a.At(0), n, 0), from = Conversions.ToPlace(e, a.At(1), n, 0), end = Conversions.ToPlace(e, a.At(2), n, n);
            var count = Math.Min(end - from, n - to);
            e.Steps((n / 16) + 1);
            if (count > 0)
            {
                array.Items.Slice(from, count).CopyTo(array.Items[to..]);
            }

            return array;
        })
        .Add("includes", 1, static (e, self, a) =>
        {
            var array = This(e, self);
            e.Steps((array.Count / 8) + 1);
            for (var i = Conversions.ToPlace(e, a.At(1), array.Count, 0); i < array.Count; i++)
            {
                if (Operators.SameValueZero(array.At(i), a.At(0)))
                {
                    return true;
                }
            }

            return false;
        })
        .Add("indexOf", 1, static (e, self, a) =>
        {
            var array = This(e, self);
            e.Steps((array.Count / 8) + 1);
            for (var i = Conversions.ToPlace(e, a.At(1), array.Count, 0); i < array.Count; i++)
            {
                if (array.HasAt(i) && Operators.StrictEquals(array.At(i), a.At(0)))
                {
                    return i;
                }
            }

            return -1;
        })
        .Add("lastIndexOf", 1, static (e, self, a) =>
        {
            var array = This(e, self);
            e.Steps((array.Count / 8) + 1);
            var from = a.Length > 1 ? Conversions.ToInteger(e, a[1]) : array.Count - 1;
            from = from < 0 ? array.Count + from : Math.Min(from, array.Count - 1);
            for (var i = (int)Math.Max(from, -1); i >= 0; i--)
            {
                if (array.HasAt(i) && Operators.StrictEquals(array.At(i), a.At(0)))
                {
                    return i;
                }
            }

            return -1;
        })
        .Add("flat", 0, static (e, self, a) =>
        {
            e.ChargeElements(0);
            var result = new JsArray();
            Flatten(e, This(e, self), result, a.At(0).IsUndefined ? 1 : Conversions.ToInteger(e, a[0]));
            return result;
        })
        .Add("keys", 0, static (e, self, _) => This(e, self) is var array ? new IndexedIterator(() => array.Count, static (_, i) => i) : default(JsValue))
        .Add("values", 0, static (e, self, _) => This(e, self) is var array ? new IndexedIterator(() => array.Count, (_, i) => array.At(i)) : default(JsValue))
        .Add("entries", 0, static (e, self, _) => This(e, self) is var array ? new IndexedIterator(() => array.Count, (ev, i) => JsArray.From(ev, [i, array.At(i)])) : default(JsValue))
        .AddWalks();

    public static JsArray This(Evaluation evaluation, JsValue self) =>
        self.AsArray ?? throw evaluation.TypeError("Array.prototype method called on incompatible receiver", "该方法只能用于数组。");

    public static JsFunction Callback(Evaluation evaluation, JsValue value) => value.AsFunction
        ?? throw evaluation.TypeError($"{Show(evaluation, value)} is not a function", "此处需要传入一个函数。");

    /// <summary>A value as V8 shows it in messages.</summary>
    public static string Show(Evaluation evaluation, JsValue value) => value.IsString
        ? $"\"{value.Text}\""
        : value.Ref is JsObject and not (JsFunction or JsArray) ? "#<Object>" : Conversions.ToText(evaluation, value);

    public static string Join(Evaluation evaluation, JsArray array, string separator, Func<Evaluation, JsValue, string>? text = null)
    {
        if (!evaluation.EnterJoin(array))
        {
            return "";
        }

        evaluation.EnterNesting();
        var parts = new List<string>(array.Count);
        long length = 0;
        evaluation.Charge(array.Count * 8L);
        for (var i = 0; i < array.Count; i++)
        {
            evaluation.Step();
            var item = array.At(i);
            var part = item.IsNullish ? "" : text is null ? Conversions.ToText(evaluation, item) : text(evaluation, item);
            length += part.Length + separator.Length;
            evaluation.RequireRoomForText(length);
            parts.Add(part);
        }

        evaluation.ChargeTextWork(length);
        evaluation.LeaveNesting();
        evaluation.LeaveJoin();
        return string.Join(separator, parts);
    }

    private static JsValue Pop(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var array = This(evaluation, self);
        array.RequireOpen(evaluation, "pop");
        if (array.Count == 0)
        {
            return default;
        }

        var last = array.At(array.Count - 1);
        array.Resize(evaluation, array.Count - 1);
        return last;
    }

    private static JsValue Shift(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var array = This(evaluation, self);
        array.RequireOpen(evaluation, "shift");
        if (array.Count == 0)
        {
            return default;
        }

        var first = array.At(0);
        evaluation.Steps(array.Count / 64);
        array.Items[1..].CopyTo(array.Items);
        array.Resize(evaluation, array.Count - 1);
        return first;
    }

    private static JsValue Unshift(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var array = This(evaluation, self);
        array.RequireOpen(evaluation, "unshift");
        var old = array.Count;
        evaluation.Steps(old / 64);
        var added = arguments.ToArray();
        array.Resize(evaluation, old + added.Length);
        array.Items[..old].CopyTo(array.Items[added.Length..]);
        added.CopyTo(array.Items);
        return array.Count;
    }

    private static JsValue Slice(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var array = This(evaluation, self);
        int from = Conversions.ToPlace(evaluation, arguments.At(0), array.Count, 0), to = Conversions.ToPlace(evaluation, arguments.At(1), array.Count, array.Count);
        return JsArray.From(evaluation, to > from ? array.Items[from..to] : default);
    }

    private static JsValue Splice(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var array = This(evaluation, self);
        array.RequireOpen(evaluation, "splice");
        var from = Conversions.ToPlace(evaluation, arguments.At(0), array.Count, 0);
        var count = arguments.Length switch
        {
            0 => 0,
            1 => array.Count - from,
            _ => (int)Math.Clamp(Conversions.ToInteger(evaluation, arguments[1]), 0, array.Count - from),
        };
        var removed = JsArray.From(evaluation, array.Items.Slice(from, count));
        JsValue[] tail = array.Items[(from + count)..].ToArray();
        JsValue[] added = arguments.Length > 2 ? arguments[2..].ToArray() : [];
        evaluation.ChargeElements(tail.Length);
        array.Resize(evaluation, from + added.Length + tail.Length);
        added.CopyTo(array.Items[from..]);
        tail.CopyTo(array.Items[(from + added.Length)..]);
        return removed;
    }

    private static JsValue Concat(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var result = JsArray.From(evaluation, This(evaluation, self).Items);
        foreach (var argument in arguments)
        {
            if (argument.Ref is not JsArray other || other is JsArguments)
            {
                result.Add(evaluation, argument);
                continue;
            }

            evaluation.Steps(other.Count / 16);
            foreach (var item in other.Items)
            {
                result.Add(evaluation, item);
            }
        }

        return result;
    }

    private static void Flatten(Evaluation evaluation, JsArray source, JsArray target, double depth)
    {
        evaluation.EnterNesting();
        for (var i = 0; i < source.Count; i++)
        {
            evaluation.Step();
            if (depth >= 1 && source.At(i).AsArray is { } inner and not JsArguments)
            {
                Flatten(evaluation, inner, target, depth - 1);
            }
            else if (source.HasAt(i))
            {
                target.Add(evaluation, source.At(i));
            }
        }

        evaluation.LeaveNesting();
    }
}
