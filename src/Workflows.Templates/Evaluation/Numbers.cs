using System.Globalization;
using System.Numerics;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <summary>Conversions between the kinds of number.</summary>
internal static class Numbers
{
    public static bool IsNumber(object? value) => value is int or long or double or float or decimal or BigInteger;

    public static bool IsInteger(object? value) => value is int or long or BigInteger;

    /// <summary>The smallest kind of integer that holds the value; too large a value is a limit error.</summary>
    public static object Fit(RenderContext context, Node site, BigInteger value)
    {
        if (value >= int.MinValue && value <= int.MaxValue) return Boxed.Int((int)value);
        if (value >= long.MinValue && value <= long.MaxValue) return (long)value;
        if (value.GetBitLength() > context.Limits.IntegerBits) throw site.Limit($"整数超过上限 {context.Limits.IntegerBits} 位");
        return value;
    }

    public static object Fit(long value) => value is >= int.MinValue and <= int.MaxValue ? Boxed.Int((int)value) : value;

    public static BigInteger ToBig(object value) => value switch
    {
        int i => i,
        long l => l,
        BigInteger b => b,
        double d => new BigInteger(d),
        float f => new BigInteger(f),
        decimal m => new BigInteger(m),
        _ => throw new InvalidCastException(),
    };

    public static double ToDouble(object value) => value switch
    {
        int i => i,
        long l => l,
        double d => d,
        float f => f,
        decimal m => (double)m,
        BigInteger b => (double)b,
        bool b => b ? 1 : 0,
        _ => throw new InvalidCastException(),
    };

    public static decimal ToDecimal(object value) => value switch
    {
        int i => i,
        long l => l,
        decimal m => m,
        double d => (decimal)d,
        float f => (decimal)f,
        BigInteger b => (decimal)b,
        _ => throw new InvalidCastException(),
    };

    /// <summary>An argument read as a 32-bit integer; null counts as zero, text is parsed, fractions are rounded.</summary>
    public static bool TryInt32(object? value, out int result)
    {
        if (TryInt64(value, out var wide) && wide is >= int.MinValue and <= int.MaxValue)
        {
            result = (int)wide;
            return true;
        }
        result = 0;
        return false;
    }

    public static bool TryInt64(object? value, out long result)
    {
        result = 0;
        switch (value)
        {
            case null: return true;
            case int i: result = i; return true;
            case long l: result = l; return true;
            case bool b: result = b ? 1 : 0; return true;
            case BigInteger b when b >= long.MinValue && b <= long.MaxValue: result = (long)b; return true;
            case decimal m when Math.Abs(m) < 9e18m: result = (long)Math.Round(m); return true;
            case double d when Math.Abs(d) < 9e18: result = (long)Math.Round(d); return true;
            case float f when Math.Abs(f) < 9e18f: result = (long)Math.Round(f); return true;
            case string s: return long.TryParse(s, NumberStyles.Integer, CultureInfo.InvariantCulture, out result);
            default: return false;
        }
    }

    /// <summary>A number read from text: integer where it is one, else double.</summary>
    public static object? Parse(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (long.TryParse(text, NumberStyles.Integer, culture, out var l)) return Fit(l);
        return double.TryParse(text, NumberStyles.Float, culture, out var d) ? d : null;
    }
}
