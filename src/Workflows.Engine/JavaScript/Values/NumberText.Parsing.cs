using System.Globalization;
using System.Numerics;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>Text as numbers.</summary>
internal static partial class NumberText
{
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
