using System.Globalization;
using System.Text;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>The little of <c>Intl</c> that scripts need: numbers with groups, and comparison of texts.</summary>
internal static class Localization
{
    /// <summary>ASCII in the order of the root collation; letters are compared without case first.</summary>
    private const string SignOrder = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";
    private static readonly Encoding? Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936);

    /// <summary><c>toLocaleString</c> of a number: groups of three and at most three decimals unless options say otherwise.</summary>
    public static string Number(Evaluation evaluation, double value, JsValue locale, JsValue options)
    {
        var settings = options.AsObject;
        JsValue Option(string name) => settings?.Get(evaluation, name) ?? default;
        var style = Option("style") is { IsString: true } given ? given.Text : "decimal";
        var currency = Option("currency") is { IsString: true } code ? code.Text.ToUpperInvariant() : "";
        var isChinese = locale.IsString && locale.Text.StartsWith("zh", StringComparison.Ordinal);
        if (style == "currency" && currency.Length == 0)
        {
            throw evaluation.TypeError("Currency code is required with currency style.", "货币格式需要 currency。");
        }

        int Digits(string name, int missing)
        {
            var wanted = Option(name);
            if (wanted.IsUndefined)
            {
                return missing;
            }

            var number = Conversions.ToNumber(evaluation, wanted);
            return number is >= 0 and <= 100 ? (int)number : throw evaluation.RangeError($"{name} value is out of range.", $"{name} 应在 0 到 100 之间。");
        }

        var usual = style == "currency" ? (currency is "JPY" or "KRW" ? 0 : 2) : 0;
        var least = Digits("minimumFractionDigits", -1);
        var most = Digits("maximumFractionDigits", -1);
        least = least >= 0 ? least : most >= 0 ? Math.Min(usual, most) : usual;
        most = most >= 0 ? most : Math.Max(least, style == "currency" ? usual : style == "percent" ? 0 : 3);
        if (most < least)
        {
            throw evaluation.RangeError("maximumFractionDigits value is out of range.", "maximumFractionDigits 不能小于 minimumFractionDigits。");
        }

        var size = Math.Abs(style == "percent" ? value * 100 : value);
        var grouped = Option("useGrouping") is not { IsBoolean: true, IsTrue: false };
        var body = double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? "∞" : Group(RoundedDecimal(size, most), least, grouped);
        var sign = double.IsNegative(value) && !double.IsNaN(value) ? "-" : "";
        return style switch
        {
            "percent" => $"{sign}{body}%",
            "currency" => $"{sign}{Symbol(currency, isChinese)}{body}",
            _ => sign + body,
        };
    }

    /// <summary><c>localeCompare</c>: letters before case, Chinese by code point, or by pinyin where the locale is Chinese.</summary>
    public static double Compare(Evaluation evaluation, string left, string right, JsValue locale, JsValue options)
    {
        evaluation.Steps(1 + ((left.Length + right.Length) / 16));
        var byPinyin = locale.IsString && locale.Text.StartsWith("zh", StringComparison.Ordinal);
        var settings = options.AsObject;
        var isNumeric = settings is not null && Conversions.ToBoolean(settings.Get(evaluation, "numeric"));
        var sensitivity = settings?.Get(evaluation, "sensitivity") is { IsString: true } given ? given.Text : "variant";
        var primary = ComparePrimary(Plain(left), Plain(right), byPinyin, isNumeric);
        if (primary != 0 || sensitivity == "base")
        {
            return Math.Sign(primary);
        }

        var accents = string.CompareOrdinal(Plain(left, keepAccents: true).ToLowerInvariant(), Plain(right, keepAccents: true).ToLowerInvariant());
        if (accents != 0 || sensitivity == "accent")
        {
            return sensitivity == "case" ? 0 : Math.Sign(accents);
        }

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (left[i] != right[i])
            {
                return char.IsLower(left[i]) ? -1 : 1;
            }
        }

        return 0;
    }

    private static string Plain(string text, bool keepAccents = false)
    {
        var parts = Composition.Decompose(text);
        return keepAccents || Ascii.IsValid(parts) ? parts : string.Concat(parts.Where(static c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
    }

    private static int ComparePrimary(string left, string right, bool byPinyin, bool isNumeric)
    {
        int i = 0, j = 0;
        while (i < left.Length && j < right.Length)
        {
            if (isNumeric && char.IsAsciiDigit(left[i]) && char.IsAsciiDigit(right[j]))
            {
                var l = TakeNumber(left, ref i);
                var r = TakeNumber(right, ref j);
                var order = l.Length != r.Length ? l.Length - r.Length : string.CompareOrdinal(l, r);
                if (order != 0)
                {
                    return order;
                }

                continue;
            }

            var difference = Weight(left[i++], byPinyin) - Weight(right[j++], byPinyin);
            if (difference != 0)
            {
                return difference;
            }
        }

        return (left.Length - i) - (right.Length - j);
    }

    private static string TakeNumber(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text[start..at].TrimStart('0');
    }

    private static int Weight(char c, bool byPinyin)
    {
        if (c < 128)
        {
            var sign = SignOrder.IndexOf(c, StringComparison.Ordinal);
            return sign >= 0 ? 20 + sign : char.IsAsciiLetterOrDigit(c) ? 1000 + char.ToLowerInvariant(c) : c <= ' ' ? c / 4 : 90;
        }

        if (char.IsLetter(c))
        {
            // The first level of GB 2312 is ordered by pinyin.
            if (byPinyin && Gbk is not null && c is >= '\u4E00' and <= '\u9FFF')
            {
                var bytes = Gbk.GetBytes([c]);
                return bytes.Length == 2 && bytes[0] is >= 0xB0 and <= 0xD7 && bytes[1] >= 0xA1 ? 10_000 + (bytes[0] * 256) + bytes[1] : 100_000 + c;
            }

            return 10_000 + char.ToLowerInvariant(c);
        }

        return 200 + (c / 128);
    }

    /// <summary>Rounds what the shortest decimal text says, halves away from zero, as Intl does.</summary>
    private static string RoundedDecimal(double size, int places) => size < 1e15 && places <= 15
        ? Math.Round(decimal.Parse(NumberText.Shortest(size), NumberStyles.Float, CultureInfo.InvariantCulture), places, MidpointRounding.AwayFromZero).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : size < 1e21 ? NumberText.Fixed(size, places)
        : new System.Numerics.BigInteger(size).ToString(CultureInfo.InvariantCulture);

    private static string Group(string digits, int least, bool grouped)
    {
        var dot = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? digits : digits[..dot];
        var fraction = dot < 0 ? "" : digits[(dot + 1)..];
        while (fraction.Length > least && fraction[^1] == '0')
        {
            fraction = fraction[..^1];
        }

        if (grouped)
        {
            for (var i = whole.Length - 3; i > 0; i -= 3)
            {
                whole = whole.Insert(i, ",");
            }
        }

        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }

    private static string Symbol(string currency, bool isChinese) => currency switch
    {
        "CNY" => isChinese ? "¥" : "CN¥",
        "USD" => isChinese ? "US$" : "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => isChinese ? "JP¥" : "¥",
        "HKD" => "HK$",
        _ => currency + "\u00A0",
    };
}
