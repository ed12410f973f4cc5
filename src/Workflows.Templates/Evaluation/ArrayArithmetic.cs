using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>Operators on arrays: joining, removing, repeating, appending, and comparison element by element.</summary>
internal static class ArrayArithmetic
{
    public static object? Compute(RenderContext context, Node site, BinaryOperator op, object left, object right)
    {
        if (left is ScriptArray a && right is ScriptArray or ScriptRange)
        {
            var b = right as ScriptArray ?? Collect(context, site, (IEnumerable<object?>)right);
            switch (op)
            {
                case BinaryOperator.Add:
                    context.ChargeArray(site, (long)a.Count + b.Count);
                    return new ScriptArray(a.Concat(b));
                case BinaryOperator.Subtract:
                    return new ScriptArray(a.Where(x => !Contains(context, site, b, x)));
                case >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual:
                    return Arithmetic.Decide(op, Compare(context, site, a, b));
            }
        }
        switch (op)
        {
            case BinaryOperator.Multiply when left is ScriptArray items && Numbers.TryInt32(right, out var times):
                return Repeat(context, site, items, times);
            case BinaryOperator.Multiply when right is ScriptArray items && Numbers.TryInt32(left, out var times):
                return Repeat(context, site, items, times);
            case BinaryOperator.ShiftLeft when left is ScriptArray items:
                context.ChargeArray(site, items.Count + 1);
                return new ScriptArray(items.Append(right));
            case BinaryOperator.ShiftRight when right is ScriptArray items:
                context.ChargeArray(site, items.Count + 1);
                return new ScriptArray(items.Prepend(left));
            case BinaryOperator.Equal: return Boxed.False;
            case BinaryOperator.NotEqual: return Boxed.True;
            default: throw Arithmetic.Unsupported(site, op, left, right);
        }
    }

    /// <summary>Materialises a sequence within the bounds of the rendering.</summary>
    public static ScriptArray Collect(RenderContext context, Node site, IEnumerable<object?> items)
    {
        if (items is ScriptRange range) context.ChargeArray(site, range.Count);
        else if (items is IReadOnlyCollection<object?> known) context.ChargeArray(site, known.Count);
        return new ScriptArray(items);
    }

    private static ScriptArray Repeat(RenderContext context, Node site, ScriptArray items, int times)
    {
        // An empty array repeated two billion times would cost no memory, but time.
        if (items.Count == 0 || times <= 0) return new ScriptArray();
        context.ChargeArray(site, (long)items.Count * times);
        return new ScriptArray(Enumerable.Range(0, times).SelectMany(_ => items));
    }

    private static bool Contains(RenderContext context, Node site, ScriptArray items, object? value)
    {
        foreach (var item in items)
        {
            context.Step(site);
            if (Comparison.AreEqual(context, site, item, value)) return true;
        }
        return false;
    }

    private static int Compare(RenderContext context, Node site, ScriptArray a, ScriptArray b)
    {
        RenderContext.CheckStack(site);
        for (var i = 0; i < Math.Min(a.Count, b.Count); i++)
        {
            context.Step(site);
            if (Comparison.AreEqual(context, site, a[i], b[i])) continue;
            var order = Comparison.Order(context, site, a[i], b[i]);
            return order != 0 ? order : 1;
        }
        return a.Count.CompareTo(b.Count);
    }
}
