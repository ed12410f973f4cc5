using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Methods of arrays that call a function for each element.</summary>
internal static class ArrayWalks
{
    /// <summary>Looks at the answer for one element; false ends the walk.</summary>
    private delegate bool Visit(JsValue answer, JsValue item, int index);

    public static MethodTable AddWalks(this MethodTable table) => table
        .Add("forEach", 1, static (e, self, a) =>
        {
            Walk(e, self, a, static (_, _, _) => true);
            return default;
        })
        .Add("map", 1, static (e, self, a) =>
        {
            var count = ArrayMethods.This(e, self).Count;
            ArrayMethods.Callback(e, a.At(0));
            var result = JsArray.Sized(e, count);
            Walk(e, self, a, (answer, _, i) =>
            {
                result.SetAt(e, i, answer);
                return true;
            });
            return result;
        })
        .Add("filter", 1, static (e, self, a) =>
        {
            e.ChargeElements(0);
            var result = new JsArray();
            Walk(e, self, a, (answer, item, _) =>
            {
                if (Conversions.ToBoolean(answer))
                {
                    result.Add(e, item);
                }

                return true;
            });
            return result;
        })
        .Add("some", 1, static (e, self, a) => !Walk(e, self, a, static (answer, _, _) => !Conversions.ToBoolean(answer)))
        .Add("every", 1, static (e, self, a) => Walk(e, self, a, static (answer, _, _) => Conversions.ToBoolean(answer)))
        .Add("find", 1, static (e, self, a) => Find(e, self, a, fromEnd: false).Item)
        .Add("findIndex", 1, static (e, self, a) => Find(e, self, a, fromEnd: false).Index)
        .Add("findLast", 1, static (e, self, a) => Find(e, self, a, fromEnd: true).Item)
        .Add("findLastIndex", 1, static (e, self, a) => Find(e, self, a, fromEnd: true).Index)
        .Add("flatMap", 1, static (e, self, a) =>
        {
            e.ChargeElements(0);
            var result = new JsArray();
            Walk(e, self, a, (answer, _, _) =>
            {
                if (answer.AsArray is not { } inner)
                {
                    result.Add(e, answer);
                    return true;
                }

                for (var i = 0; i < inner.Count; i++)
                {
                    e.Step();
                    if (inner.HasAt(i))
                    {
                        result.Add(e, inner.At(i));
                    }
                }

                return true;
            });
            return result;
        })
        .Add("reduce", 1, static (e, self, a) => Reduce(e, self, a, fromEnd: false))
        .Add("reduceRight", 1, static (e, self, a) => Reduce(e, self, a, fromEnd: true));

    /// <summary>Visits the elements that are there.</summary>
    /// <returns>False where the visitor ended the walk.</returns>
    private static bool Walk(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments, Visit visit)
    {
        var array = ArrayMethods.This(evaluation, self);
        var callback = ArrayMethods.Callback(evaluation, arguments.At(0));
        var receiver = arguments.At(1);
        var count = array.Count;
        for (var i = 0; i < count && i < array.Count; i++)
        {
            evaluation.Step();
            if (!array.HasAt(i))
            {
                continue;
            }

            var item = array.At(i);
            if (!visit(evaluation.Call(callback, receiver, item, i, self), item, i))
            {
                return false;
            }
        }

        return true;
    }

    private static (JsValue Item, int Index) Find(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments, bool fromEnd)
    {
        var array = ArrayMethods.This(evaluation, self);
        var callback = ArrayMethods.Callback(evaluation, arguments.At(0));
        var receiver = arguments.At(1);
        var count = array.Count;
        for (var step = 0; step < count; step++)
        {
            evaluation.Step();
            var i = fromEnd ? count - 1 - step : step;
            var item = array.At(i);
            if (Conversions.ToBoolean(evaluation.Call(callback, receiver, item, i, self)))
            {
                return (item, i);
            }
        }

        return (default, -1);
    }

    private static JsValue Reduce(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments, bool fromEnd)
    {
        var array = ArrayMethods.This(evaluation, self);
        var callback = ArrayMethods.Callback(evaluation, arguments.At(0));
        var count = array.Count;
        var result = arguments.At(1);
        var begun = arguments.Length > 1;
        for (var step = 0; step < count; step++)
        {
            evaluation.Step();
            var i = fromEnd ? count - 1 - step : step;
            if (!array.HasAt(i))
            {
                continue;
            }

            if (!begun)
            {
                (result, begun) = (array.At(i), true);
                continue;
            }

            var mark = evaluation.Mark();
            evaluation.Push(result);
            evaluation.Push(array.At(i));
            evaluation.Push(i);
            evaluation.Push(self);
            result = callback.Call(evaluation, default, evaluation.Since(mark));
            evaluation.Release(mark);
        }

        return begun ? result : throw evaluation.TypeError("Reduce of empty array with no initial value", "空数组的 reduce 需要初始值。");
    }
}
