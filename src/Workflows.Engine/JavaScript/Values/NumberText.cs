using System.Globalization;
using System.Numerics;
using System.Text;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>Numbers as text and back, digit for digit as ECMA-262 and V8 do it.</summary>
internal static class NumberText
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>The shortest text that reads back as the same number (ECMA-262, Number::toString).</summary>
    public static string Shortest(double value)
    {
        var whole = (int)value;
        if (whole == value)
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var (digits, point) = ShortestDigits(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        int count = digits.Length;
        if (point is > 0 and <= 21)
        {
            return count <= point
                ? string.Concat(sign, digits, new string('0', point - count))
                : string.Concat(sign, digits.AsSpan(0, point), ".", digits.AsSpan(point));
        }

        if (point is > -6 and <= 0)
        {
            return string.Concat(sign, "0.", new string('0', -point), digits);
        }

        return sign + Scientific(digits, point - 1);
    }

    /// <summary><c>Number("…")</c>: blank is 0, anything that is not wholly a number is NaN.</summary>
    public static double Parse(string text)
    {
        var trimmed = TextSpace.Trim(text);
        if (trimmed.Length == 0)
        {
            return 0;
        }

        if (trimmed.Length > 2 && trimmed[0] == '0')
        {
            var radix = (char)(trimmed[1] | 0x20) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
            if (radix != 0)
            {
                var value = ParseDigits(trimmed[2..], radix, out var used);
                return used == trimmed.Length - 2 ? value : double.NaN;
            }
        }

        var length = DecimalLength(trimmed);
        return length == trimmed.Length ? ParseDecimal(trimmed) : double.NaN;
    }

    /// <summary><c>parseFloat</c>: the longest beginning that is a number.</summary>
    public static double ParsePrefix(string text)
    {
        var trimmed = TextSpace.Trim(text);
        var length = DecimalLength(trimmed);
        return length == 0 ? double.NaN : ParseDecimal(trimmed[..length]);
    }

    /// <summary><c>parseInt</c>.</summary>
    public static double ParseInteger(string text, int radix)
    {
        var rest = TextSpace.Trim(text);
        var negative = rest.Length > 0 && rest[0] == '-';
        if (rest.Length > 0 && rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        if (radix is 0 or 16 && rest.Length > 1 && rest[0] == '0' && rest[1] is 'x' or 'X')
        {
            rest = rest[2..];
            radix = 16;
        }

        radix = radix == 0 ? 10 : radix;
        if (radix is < 2 or > 36)
        {
            return double.NaN;
        }

        var value = ParseDigits(rest, radix, out var used);
        return used == 0 ? double.NaN : negative ? -value : value;
    }

    public static double ParseDigits(ReadOnlySpan<char> text, int radix, out int used)
    {
        used = 0;
        double quick = 0;
        while (used < text.Length && DigitOf(text[used]) is var digit && digit >= 0 && digit < radix)
        {
            quick = (quick * radix) + digit;
            used++;
        }

        if (quick < 9007199254740992)
        {
            return quick;
        }

        if (radix == 10)
        {
            return ParseDecimal(text[..used]);
        }

        if (used > 1100)
        {
            return quick;
        }

        var exact = BigInteger.Zero;
        foreach (var c in text[..used])
        {
            exact = (exact * radix) + DigitOf(c);
        }

        return Nearest(exact);
    }

    public static string Fixed(double value, int places)
    {
        if (Math.Abs(value) >= 1e21 || double.IsNaN(value))
        {
            return Shortest(value);
        }

        var scaled = Scaled(Math.Abs(value), places);
        var text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        // Negative zero is plain zero, but a negative number that rounds to zero keeps its sign.
        var sign = value < 0 ? "-" : "";
        return places == 0 ? sign + text : string.Concat(sign, text.AsSpan(0, text.Length - places), ".", text.AsSpan(text.Length - places));
    }

    public static string Exponential(double value, int? places)
    {
        if (!double.IsFinite(value))
        {
            return Shortest(value);
        }

        var sign = value < 0 ? "-" : "";
        var size = Math.Abs(value);
        if (size == 0)
        {
            return sign + Scientific("0" + new string('0', places ?? 0), 0);
        }

        var (digits, exponent) = places is { } wanted ? Significant(size, wanted + 1) : (ShortestDigits(size).Digits, ShortestDigits(size).Point - 1);
        return sign + Scientific(digits, exponent);
    }

    public static string Precision(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return Shortest(value);
        }

        var sign = value < 0 ? "-" : "";
        var size = Math.Abs(value);
        var (digits, exponent) = size == 0 ? (new string('0', precision), 0) : Significant(size, precision);
        if (exponent < -6 || exponent >= precision)
        {
            return sign + Scientific(digits, exponent);
        }

        if (exponent == precision - 1)
        {
            return sign + digits;
        }

        return exponent >= 0
            ? string.Concat(sign, digits.AsSpan(0, exponent + 1), ".", digits.AsSpan(exponent + 1))
            : string.Concat(sign, "0.", new string('0', -(exponent + 1)), digits);
    }

    /// <summary><c>toString(radix)</c> with as many fraction digits as tell the number from its neighbours, as V8 counts them.</summary>
    public static string Radix(double value, int radix)
    {
        if (radix == 10 || !double.IsFinite(value))
        {
            return Shortest(value);
        }

        var size = Math.Abs(value);
        var integer = Math.Floor(size);
        var fraction = size - integer;
        var delta = Math.Max(0.5 * (Math.BitIncrement(size) - size), double.Epsilon);
        var tail = new StringBuilder();
        if (fraction >= delta)
        {
            tail.Append('.');
            do
            {
                fraction *= radix;
                delta *= radix;
                var digit = (int)fraction;
                tail.Append(Digits[digit]);
                fraction -= digit;
                if ((fraction > 0.5 || (fraction == 0.5 && (digit & 1) == 1)) && fraction + delta > 1)
                {
                    integer += RoundUp(tail, radix);
                    break;
                }
            }
            while (fraction >= delta);
        }

        var head = IntegerDigits(integer, radix);
        return (value < 0 ? "-" : "") + head + (tail.Length > 1 ? tail.ToString() : "");
    }

    private static int RoundUp(StringBuilder tail, int radix)
    {
        while (true)
        {
            var last = tail[^1];
            tail.Length--;
            if (last == '.')
            {
                return 1;
            }

            var digit = DigitOf(last);
            if (digit + 1 < radix)
            {
                tail.Append(Digits[digit + 1]);
                return 0;
            }
        }
    }

    private static string IntegerDigits(double integer, int radix)
    {
        var text = new StringBuilder();
        // Beyond 2^53 V8 writes zeros for the digits that the number does not hold.
        while (BitConverter.DoubleToInt64Bits(integer) >> 52 > 1023 + 52)
        {
            integer /= radix;
            text.Insert(0, '0');
        }

        do
        {
            var rest = integer % radix;
            text.Insert(0, Digits[(int)rest]);
            integer = (integer - rest) / radix;
        }
        while (integer > 0);
        return text.ToString();
    }

    private static string Scientific(string digits, int exponent) => string.Concat(
        digits.Length == 1 ? digits : string.Concat(digits.AsSpan(0, 1), ".", digits.AsSpan(1)),
        exponent < 0 ? "e-" : "e+",
        Math.Abs(exponent).ToString(CultureInfo.InvariantCulture));

    private static (string Digits, int Point) ShortestDigits(double value)
    {
        var plain = value.ToString("R", CultureInfo.InvariantCulture);
        var e = plain.IndexOf('E', StringComparison.Ordinal);
        var mantissa = (e < 0 ? plain : plain[..e]).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        int exponent;
        if (e >= 0)
        {
            exponent = int.Parse(plain.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }
        else if (value >= 1)
        {
            var dot = plain.IndexOf('.', StringComparison.Ordinal);
            exponent = (dot < 0 ? plain.Length : dot) - 1;
        }
        else
        {
            exponent = 1 - plain.AsSpan().IndexOfAnyExcept('0', '.');
        }

        return (mantissa, exponent + 1);
    }

    private static (string Digits, int Exponent) Significant(double value, int precision)
    {
        var exponent = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var digits = Scaled(value, precision - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == precision)
            {
                return (digits, exponent);
            }

            // The logarithm was off by one, or rounding carried into a new digit.
            exponent += digits.Length > precision ? 1 : -1;
        }
    }

    /// <summary>value × 10^places, rounded to the nearest whole number, halves up; exact.</summary>
    private static BigInteger Scaled(double value, int places)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var power = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (power == 0 ? 0 : 1L << 52);
        power = Math.Max(power, 1) - 1075;
        BigInteger numerator = mantissa, denominator = BigInteger.One;
        if (places >= 0)
        {
            numerator *= BigInteger.Pow(10, places);
        }
        else
        {
            denominator *= BigInteger.Pow(10, -places);
        }

        if (power >= 0)
        {
            numerator <<= power;
        }
        else
        {
            denominator <<= -power;
        }

        return ((numerator * 2) + denominator) / (denominator * 2);
    }

    private static double Nearest(BigInteger value) => ParseDecimal(value.ToString(CultureInfo.InvariantCulture));

    private static double ParseDecimal(ReadOnlySpan<char> text)
    {
        var unsigned = text[0] is '+' or '-' ? text[1..] : text;
        var value = unsigned[0] == 'I' ? double.PositiveInfinity : double.Parse(unsigned, NumberStyles.Float, CultureInfo.InvariantCulture);
        return text[0] == '-' ? -value : value;
    }

    private static int DecimalLength(ReadOnlySpan<char> text)
    {
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        if (text[at..].StartsWith("Infinity", StringComparison.Ordinal))
        {
            return at + 8;
        }

        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        var digits = at - start;
        if (at < text.Length && text[at] == '.')
        {
            var fraction = at + 1;
            while (fraction < text.Length && char.IsAsciiDigit(text[fraction]))
            {
                fraction++;
            }

            digits += fraction - at - 1;
            at = digits > 0 ? fraction : at;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var exponent = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            var first = exponent;
            while (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                exponent++;
            }

            at = exponent > first ? exponent : at;
        }

        return at;
    }

    private static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'z' => c - 'a' + 10,
        >= 'A' and <= 'Z' => c - 'A' + 10,
        _ => -1,
    };
}
