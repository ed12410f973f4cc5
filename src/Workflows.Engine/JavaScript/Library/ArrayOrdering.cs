using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Sorting and reversing.</summary>
internal static class ArrayOrdering
{
    public static JsArray FilledCopy(Evaluation evaluation, JsArray array)
    {
        var copy = JsArray.From(evaluation, array.Items);
        foreach (ref var item in copy.Items)
        {
            item = item.Filled();
        }

        return copy;
    }

    public static JsArray Reverse(Evaluation evaluation, JsArray array)
    {
        array.RequireOpen(evaluation, "reverse");
        evaluation.Steps((array.Count / 16) + 1);
        array.Items.Reverse();
        return array;
    }

    /// <summary>Stable; <c>undefined</c> goes to the end and holes behind it; without a function by text.</summary>
    public static JsArray Sort(Evaluation evaluation, JsArray array, JsValue comparer)
    {
        if (!comparer.IsUndefined && comparer.AsFunction is null)
        {
            throw evaluation.TypeError("The comparison function must be either a function or undefined", "sort 的参数应为比较函数。");
        }

        array.RequireOpen(evaluation, "sort");
        var present = new List<JsValue>(array.Count);
        var undefined = 0;
        foreach (var item in array.Items)
        {
            if (item.IsUndefined)
            {
                undefined++;
            }
            else if (!item.IsHole)
            {
                present.Add(item);
            }
        }

        evaluation.ChargeElements(array.Count * 2L);
        var holes = array.Count - undefined - present.Count;
        JsValue[] sorted = [.. present];
        if (comparer.AsFunction is { } function)
        {
            MergeSort(evaluation, sorted, (x, y) => Conversions.ToNumber(evaluation, evaluation.Call(function, default, x, y)));
        }
        else
        {
            var keyed = Array.ConvertAll(sorted, v => (Key: Conversions.ToText(evaluation, v), Value: v));
            MergeSort(evaluation, keyed, static (x, y) => string.CompareOrdinal(x.Key, y.Key));
            sorted = Array.ConvertAll(keyed, static k => k.Value);
        }

        JsValue[] all = [.. sorted, .. Enumerable.Repeat(default(JsValue), undefined), .. Enumerable.Repeat(JsValue.Hole, holes)];
        array.Replace(evaluation, all);
        return array;
    }

    /// <summary>
    /// Sorts as V8 does: a run that is there already, lengthened by binary insertion, then merges. The order of comparisons
    /// matters, because scripts bring comparers that contradict themselves (<c>(a, b) => a > b</c>).
    /// </summary>
    private static void MergeSort<T>(Evaluation evaluation, T[] items, Func<T, T, double> compare)
    {
        const int ShortArray = 64;
        var run = items.Length < ShortArray ? Math.Max(items.Length, 1) : ShortArray / 2;
        for (var start = 0; start < items.Length; start += run)
        {
            SortRun(evaluation, items.AsSpan(start, Math.Min(run, items.Length - start)), compare);
        }

        var from = items;
        var to = new T[items.Length];
        for (var width = run; width < items.Length; width *= 2)
        {
            for (var start = 0; start < items.Length; start += width * 2)
            {
                Merge(evaluation, from, to, start, Math.Min(start + width, items.Length), Math.Min(start + (width * 2), items.Length), compare);
            }

            (from, to) = (to, from);
        }

        if (!ReferenceEquals(from, items))
        {
            from.CopyTo(items, 0);
        }
    }

    private static void SortRun<T>(Evaluation evaluation, Span<T> items, Func<T, T, double> compare)
    {
        if (items.Length < 2)
        {
            return;
        }

        var sorted = 2;
        var descends = IsBefore(evaluation, items[1], items[0], compare);
        while (sorted < items.Length && IsBefore(evaluation, items[sorted], items[sorted - 1], compare) == descends)
        {
            sorted++;
        }

        if (descends)
        {
            items[..sorted].Reverse();
        }

        for (; sorted < items.Length; sorted++)
        {
            var item = items[sorted];
            int low = 0, high = sorted;
            while (low < high)
            {
                var middle = low + ((high - low) / 2);
                if (IsBefore(evaluation, item, items[middle], compare))
                {
                    high = middle;
                }
                else
                {
                    low = middle + 1;
                }
            }

            items[low..sorted].CopyTo(items[(low + 1)..]);
            items[low] = item;
        }
    }

    private static void Merge<T>(Evaluation evaluation, T[] from, T[] to, int start, int middle, int end, Func<T, T, double> compare)
    {
        int left = start, right = middle;
        for (var at = start; at < end; at++)
        {
            var takesRight = left >= middle || (right < end && IsBefore(evaluation, from[right], from[left], compare));
            to[at] = takesRight ? from[right++] : from[left++];
        }
    }

    private static bool IsBefore<T>(Evaluation evaluation, T one, T other, Func<T, T, double> compare)
    {
        evaluation.Step();
        return compare(one, other) < 0;
    }
}

/// <summary><c>Array</c> and its functions.</summary>
internal static class ArrayFunctions
{
    public static readonly Constructor Type = new(
        "Array",
        1,
        Create,
        Create,
        static o => o is JsArray and not JsArguments,
        new MethodTable()
            .Add("isArray", 1, static (_, _, a) => a.At(0).Ref is JsArray and not JsArguments)
            .Add("of", 0, static (e, _, a) => JsArray.From(e, a))
            .Add("from", 1, From));

    private static JsValue Create(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        if (arguments.Length != 1 || !arguments[0].IsNumber)
        {
            return JsArray.From(evaluation, arguments);
        }

        var length = arguments[0].Num;
        return length >= 0 && length <= uint.MaxValue && length == Math.Floor(length)
            ? JsArray.Sized(evaluation, length)
            : throw evaluation.RangeError("Invalid array length", "数组长度无效。");
    }

    private static JsValue From(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var source = arguments.At(0);
        var map = arguments.At(1).IsUndefined ? null : ArrayMethods.Callback(evaluation, arguments[1]);
        var receiver = arguments.At(2);
        evaluation.ChargeElements(0);
        var result = new JsArray();
        if (source.IsString || source.Ref is JsArray or JsMap or JsSet or JsIterator)
        {
            var items = Iteration.Of(evaluation, source, null);
            while (items.Next(evaluation, out var item))
            {
                result.Add(evaluation, map is null ? item : evaluation.Call(map, receiver, item, result.Count));
            }

            return result;
        }

        if (source.IsNullish)
        {
            throw evaluation.TypeError($"{Conversions.ToText(evaluation, source)} is not iterable", "Array.from 需要数组、字符串或带 length 的对象。");
        }

        var length = source.AsObject is { } like ? Conversions.ToInteger(evaluation, like.Get(evaluation, "length")) : 0;
        for (var i = 0; i < length; i++)
        {
            evaluation.Step();
            var item = source.AsObject!.GetIndex(evaluation, i);
            result.Add(evaluation, map is null ? item : evaluation.Call(map, receiver, item, i));
        }

        return result;
    }
}
