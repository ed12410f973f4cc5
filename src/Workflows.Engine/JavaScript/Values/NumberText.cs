using System.Globalization;
using System.Numerics;
using System.Text;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>Numbers as text and back, digit for digit as ECMA-262 and V8 do it.</summary>
internal static partial class NumberText
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
}
