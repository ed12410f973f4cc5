using System.Text;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Documents;

/// <summary>Numbers in Chinese characters, as official documents write them.</summary>
public static class ChineseNumerals
{
    private const string Small = "零一二三四五六七八九";
    private const string Capital = "零壹贰叁肆伍陆柒捌玖";
    private const string Dated = "〇一二三四五六七八九";
    private const decimal MostYuan = 9_999_999_999_999_999.99m;

    private static readonly string[] SmallUnits = ["", "十", "百", "千"];
    private static readonly string[] CapitalUnits = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿"];

    /// <summary>A whole number, as 十二 or 一千零一.</summary>
    /// <param name="value">0 to 9,999,999,999,999,999.</param>
    /// <exception cref="RuleViolationException"><c>number-out-of-range</c>.</exception>
    public static string Of(long value)
    {
        Check(value);
        var text = Whole(value, Small, SmallUnits);

        // 10 to 19 are read without the leading one: 十二, not 一十二.
        return text.StartsWith("一十", StringComparison.Ordinal) ? text[1..] : text;
    }

    /// <summary>Each digit by itself, as a year in 二〇二六年.</summary>
    /// <param name="value">0 or more.</param>
    public static string Digits(int value) =>
        string.Concat(value.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => Dated[c - '0']));

    /// <summary>
    /// An amount of money in capitals, as 壹仟元整, 叁佰元伍角整, 壹佰零伍元零肆分 (正确填写票据和结算凭证的基本规定). 整 follows 元 and 角, not 分.
    /// </summary>
    /// <param name="yuan">Amount in yuan, 0 to 9,999,999,999,999,999.99, with at most two decimals.</param>
    /// <exception cref="RuleViolationException"><c>number-out-of-range</c>.</exception>
    public static string Money(decimal yuan)
    {
        Check(yuan);
        if (decimal.Round(yuan, 2) != yuan)
        {
            throw Refuse(yuan, "金额最多两位小数");
        }

        var whole = (long)decimal.Truncate(yuan);
        var cents = (int)((yuan - whole) * 100);
        var (jiao, fen) = (cents / 10, cents % 10);
        var text = new StringBuilder();
        if (whole > 0 || cents == 0)
        {
            text.Append(Whole(whole, Capital, CapitalUnits)).Append('元');
        }

        if (jiao > 0)
        {
            text.Append(Capital[jiao]).Append('角');
        }
        else if (fen > 0 && whole > 0)
        {
            text.Append('零');
        }

        return fen > 0 ? text.Append(Capital[fen]).Append('分').ToString() : text.Append('整').ToString();
    }

    private static string Whole(long value, string digits, string[] units)
    {
        if (value == 0)
        {
            return digits[..1];
        }

        var text = new StringBuilder();
        var zeroOwed = false;
        for (var group = Groups.Length - 1; group >= 0; group--)
        {
            var part = (int)(value / Power(group * 4) % 10_000);
            if (part == 0)
            {
                zeroOwed = text.Length > 0;
                continue;
            }

            for (var place = 3; place >= 0; place--)
            {
                var digit = part / (int)Power(place) % 10;
                if (digit == 0)
                {
                    zeroOwed = text.Length > 0;
                    continue;
                }

                if (zeroOwed)
                {
                    text.Append(digits[0]);
                    zeroOwed = false;
                }

                text.Append(digits[digit]).Append(units[place]);
            }

            // 一万亿 and what follows share one 亿: 一万二千亿, not 一万亿二千亿.
            text.Append(group == 3 && value / Power(8) % 10_000 != 0 ? "万" : Groups[group]);
        }

        return text.ToString();
    }

    private static long Power(int exponent)
    {
        long power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static void Check(decimal value)
    {
        if (value is < 0 or > MostYuan)
        {
            throw Refuse(value, "应在 0 至 9999999999999999.99 之间");
        }
    }

    private static RuleViolationException Refuse(decimal value, string why) =>
        new(RefusalKind.Invalid, "number-out-of-range", "number", $"数值 {value} 不能写成汉字：{why}。");
}
