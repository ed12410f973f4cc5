using System.Numerics;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

internal enum BinaryOperator { Add, Subtract, Multiply, Divide, DivideRound, Modulus, ShiftLeft, ShiftRight, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Range, RangeExclusive }

/// <summary>Binary operators on values. Errors are reported on the node given, which stands at the operator.</summary>
internal static class Arithmetic
{
    public static object? Compute(RenderContext context, Node site, BinaryOperator op, object? left, object? right)
    {
        // The common cases first: counters, sums and comparisons of plain integers.
        if (left is int a && right is int b) return Integers(context, site, op, a, b);
        if (op is BinaryOperator.Range or BinaryOperator.RangeExclusive) return Range(site, op, left, right);
        if (left is string || right is string) return Texts(context, site, op, left, right);
        if (left is TrustedMarkup || right is TrustedMarkup) return Texts(context, site, op, left, right);
        if (op >= BinaryOperator.Equal && (left is EmptyValue || right is EmptyValue)) return Emptiness(op, left, right);
        if (left is null || right is null) return Nulls(op, left, right);
        if (Numbers.IsNumber(left) && Numbers.IsNumber(right)) return OfNumbers(context, site, op, left, right);
        if (left is ScriptArray || right is ScriptArray) return ArrayArithmetic.Compute(context, site, op, left, right);
        if (left is DateTime || left is TimeSpan) return Times(site, op, left, right);
        if (op is BinaryOperator.Equal or BinaryOperator.NotEqual) return Boxed.Bool(Comparison.AreEqual(context, site, left, right) == (op == BinaryOperator.Equal));
        if (left is bool x && right is bool y) return Decide(op, x.CompareTo(y)) ?? throw Unsupported(site, op, left, right);
        throw Unsupported(site, op, left, right);
    }

    private static object? Integers(RenderContext context, Node site, BinaryOperator op, int a, int b)
    {
        switch (op)
        {
            case BinaryOperator.Add: return Numbers.Fit((long)a + b);
            case BinaryOperator.Subtract: return Numbers.Fit((long)a - b);
            case BinaryOperator.Multiply: return Numbers.Fit((long)a * b);
            case BinaryOperator.Divide: return (double)a / b;
            case BinaryOperator.DivideRound when b != 0: return Numbers.Fit((long)a / b);
            case BinaryOperator.Modulus when b != 0: return Numbers.Fit((long)a % b);
            case BinaryOperator.DivideRound or BinaryOperator.Modulus: throw site.Error("除数为零");
            case BinaryOperator.Range or BinaryOperator.RangeExclusive: return new ScriptRange(a, b, op == BinaryOperator.Range);
            case BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight: return Shift(context, site, op, a, b);
            default: return Decide(op, a.CompareTo(b));
        }
    }

    private static object? OfNumbers(RenderContext context, Node site, BinaryOperator op, object left, object right)
    {
        try
        {
            if (left is decimal || right is decimal) return Decimals(site, op, Numbers.ToDecimal(left), Numbers.ToDecimal(right));
        }
        catch (OverflowException)
        {
            throw site.Error("小数超出范围");
        }
        if (left is double || right is double) return Doubles(site, op, Numbers.ToDouble(left), Numbers.ToDouble(right));
        if (left is float || right is float)
        {
            var result = Doubles(site, op, (float)Numbers.ToDouble(left), (float)Numbers.ToDouble(right));
            return result is double d ? (float)d : result;
        }
        return Bigs(context, site, op, Numbers.ToBig(left), Numbers.ToBig(right));
    }

    private static object? Bigs(RenderContext context, Node site, BinaryOperator op, BigInteger a, BigInteger b)
    {
        switch (op)
        {
            case BinaryOperator.Add: return Numbers.Fit(context, site, a + b);
            case BinaryOperator.Subtract: return Numbers.Fit(context, site, a - b);
            case BinaryOperator.Multiply: return Numbers.Fit(context, site, a * b);
            case BinaryOperator.Divide: return (double)a / (double)b;
            case BinaryOperator.DivideRound or BinaryOperator.Modulus when b.IsZero: throw site.Error("除数为零");
            case BinaryOperator.DivideRound: return Numbers.Fit(context, site, a / b);
            case BinaryOperator.Modulus: return Numbers.Fit(context, site, a % b);
            case BinaryOperator.ShiftLeft or BinaryOperator.ShiftRight: return Shift(context, site, op, a, b);
            default: return Decide(op, a.CompareTo(b));
        }
    }

    private static object Shift(RenderContext context, Node site, BinaryOperator op, BigInteger value, BigInteger by)
    {
        if (BigInteger.Abs(by) > context.Limits.IntegerBits) throw site.Limit($"移位超过上限 {context.Limits.IntegerBits} 位");
        return Numbers.Fit(context, site, op == BinaryOperator.ShiftLeft ? value << (int)by : value >> (int)by);
    }

    private static object? Doubles(Node site, BinaryOperator op, double a, double b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.DivideRound => Math.Round(a / b),
        BinaryOperator.Modulus => a % b,
        BinaryOperator.Equal => Boxed.Bool(a == b),
        BinaryOperator.NotEqual => Boxed.Bool(a != b),
        BinaryOperator.Less => Boxed.Bool(a < b),
        BinaryOperator.LessOrEqual => Boxed.Bool(a <= b),
        BinaryOperator.Greater => Boxed.Bool(a > b),
        BinaryOperator.GreaterOrEqual => Boxed.Bool(a >= b),
        _ => throw Unsupported(site, op, a, b),
    };

    private static object? Decimals(Node site, BinaryOperator op, decimal a, decimal b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide or BinaryOperator.DivideRound or BinaryOperator.Modulus when b == 0 => throw site.Error("除数为零"),
        BinaryOperator.Divide => a / b,
        BinaryOperator.DivideRound => Math.Round(a / b),
        BinaryOperator.Modulus => a % b,
        _ => Decide(op, a.CompareTo(b)) ?? throw Unsupported(site, op, a, b),
    };

    private static object? Texts(RenderContext context, Node site, BinaryOperator op, object? left, object? right)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                return Concatenate(context, site, left, right);
            case BinaryOperator.Multiply when Numbers.IsNumber(right) && Numbers.TryInt32(right, out var times):
                return Repeat(context, site, ValueText.Of(context, site, left), times);
            case BinaryOperator.Multiply when Numbers.IsNumber(left) && Numbers.TryInt32(left, out var times):
                return Repeat(context, site, ValueText.Of(context, site, right), times);
            case BinaryOperator.Equal or BinaryOperator.NotEqual:
                if (left is null || right is null || left is EmptyValue || right is EmptyValue) return Boxed.Bool(op == BinaryOperator.NotEqual);
                return Boxed.Bool(ValueText.Of(context, site, left) == ValueText.Of(context, site, right) == (op == BinaryOperator.Equal));
            case BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual:
                if (left is null || right is null) return Boxed.False;
                return Decide(op, RootCollation.Compare(ValueText.Of(context, site, left), ValueText.Of(context, site, right)));
            default:
                throw Unsupported(site, op, left, right);
        }
    }

    private static object Concatenate(RenderContext context, Node site, object? left, object? right)
    {
        if (context.Html && (left is TrustedMarkup || right is TrustedMarkup))
        {
            var markup = HtmlText.Of(context, site, left) + HtmlText.Of(context, site, right);
            context.ChargeText(site, markup.Length);
            return new TrustedMarkup(markup);
        }
        var (a, b) = (ValueText.Of(context, site, left), ValueText.Of(context, site, right));
        context.ChargeText(site, (long)a.Length + b.Length);
        return a + b;
    }

    private static string Repeat(RenderContext context, Node site, string text, int times)
    {
        if (times <= 0) return string.Empty;
        context.ChargeText(site, (long)text.Length * times);
        return string.Create(text.Length * times, text, static (span, part) =>
        {
            for (var i = 0; i < span.Length; i += part.Length) part.CopyTo(span[i..]);
        });
    }

    private static object? Times(Node site, BinaryOperator op, object left, object right)
    {
        try
        {
            return (op, left, right) switch
            {
                (BinaryOperator.Subtract, DateTime a, DateTime b) => a - b,
                (BinaryOperator.Subtract, DateTime a, TimeSpan b) => a - b,
                (BinaryOperator.Add, DateTime a, TimeSpan b) => a + b,
                (BinaryOperator.Add, TimeSpan a, TimeSpan b) => a + b,
                (BinaryOperator.Subtract, TimeSpan a, TimeSpan b) => a - b,
                (BinaryOperator.Add, TimeSpan a, DateTime b) => b + a,
                (_, DateTime a, DateTime b) => Decide(op, a.CompareTo(b)) ?? throw Unsupported(site, op, left, right),
                (_, TimeSpan a, TimeSpan b) => Decide(op, a.CompareTo(b)) ?? throw Unsupported(site, op, left, right),
                (BinaryOperator.Equal, _, _) => Boxed.False,
                (BinaryOperator.NotEqual, _, _) => Boxed.True,
                _ => throw Unsupported(site, op, left, right),
            };
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw site.Error("日期或时间间隔超出范围");
        }
    }

    private static object? Nulls(BinaryOperator op, object? left, object? right) => op switch
    {
        BinaryOperator.Equal => Boxed.Bool(left is null && right is null),
        BinaryOperator.NotEqual => Boxed.Bool(left is not null || right is not null),
        >= BinaryOperator.Less and <= BinaryOperator.GreaterOrEqual => Boxed.False,
        _ => null,
    };

    private static object Emptiness(BinaryOperator op, object? left, object? right)
    {
        var other = left is EmptyValue ? right : left;
        var empty = other switch
        {
            EmptyValue => true,
            ScriptArray a => a.Count == 0,
            ScriptObject o => o.Count == 0,
            ScriptRange r => r.Count == 0,
            _ => false,
        };
        return Boxed.Bool(op == BinaryOperator.NotEqual ? !empty : op is BinaryOperator.Equal && empty);
    }

    private static ScriptRange Range(Node site, BinaryOperator op, object? left, object? right)
    {
        if (left is null || right is null || left is string || right is string || !Numbers.TryInt64(left, out var from) || !Numbers.TryInt64(right, out var to))
        {
            throw site.Error("范围的两端必须是整数");
        }
        return new ScriptRange(from, to, op == BinaryOperator.Range);
    }

    /// <summary>The result of a comparison operator, or null for another operator.</summary>
    public static object? Decide(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Equal => Boxed.Bool(order == 0),
        BinaryOperator.NotEqual => Boxed.Bool(order != 0),
        BinaryOperator.Less => Boxed.Bool(order < 0),
        BinaryOperator.LessOrEqual => Boxed.Bool(order <= 0),
        BinaryOperator.Greater => Boxed.Bool(order > 0),
        BinaryOperator.GreaterOrEqual => Boxed.Bool(order >= 0),
        _ => null,
    };

    public static TemplateException Unsupported(Node site, BinaryOperator op, object? left, object? right) =>
        site.Error($"运算 {op} 不能用于 {Kinds.Of(left)} 和 {Kinds.Of(right)}");
}
