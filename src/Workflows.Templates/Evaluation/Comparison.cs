using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>Truth, equality and order of values.</summary>
internal static class Comparison
{
    /// <summary>Only null and false are false; zero, empty text and empty arrays are true.</summary>
    public static bool IsTrue(object? value) => value is not (null or false);

    public static bool AreEqual(RenderContext context, Node site, object? a, object? b)
    {
        if (ReferenceEquals(a, b)) return true;
        if (a is null || b is null) return false;
        if (a is string x && b is string y) return x == y;
        if (Numbers.IsNumber(a) && Numbers.IsNumber(b)) return Arithmetic.Compute(context, site, BinaryOperator.Equal, a, b) is true;
        if (a is ScriptArray && b is ScriptArray) return ArrayArithmetic.Compute(context, site, BinaryOperator.Equal, a, b) is true;
        return a.GetType() == b.GetType() && a.Equals(b);
    }

    /// <summary>The order in which values are sorted: nulls first, numbers by size, text as a dictionary would.</summary>
    public static int Order(RenderContext context, Node site, object? a, object? b)
    {
        if (ReferenceEquals(a, b)) return 0;
        if (a is null) return -1;
        if (b is null) return 1;
        if (a is string x && b is string y) return RootCollation.Compare(x, y);
        if (Numbers.IsNumber(a) && Numbers.IsNumber(b))
        {
            if (Arithmetic.Compute(context, site, BinaryOperator.Less, a, b) is true) return -1;
            return Arithmetic.Compute(context, site, BinaryOperator.Greater, a, b) is true ? 1 : 0;
        }
        if (a is ScriptArray && b is ScriptArray)
        {
            if (ArrayArithmetic.Compute(context, site, BinaryOperator.Less, a, b) is true) return -1;
            return ArrayArithmetic.Compute(context, site, BinaryOperator.Greater, a, b) is true ? 1 : 0;
        }
        if (a.GetType() == b.GetType() && a is IComparable comparable) return comparable.CompareTo(b);
        if (a is ScriptObject && b is ScriptObject) return 0;
        return RootCollation.Compare(ValueText.Of(context, site, a), ValueText.Of(context, site, b));
    }
}
