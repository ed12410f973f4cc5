using System.Text;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Documents;

/// <summary>Amounts of money in capital numerals (大写金额), which nobody can alter with a stroke.</summary>
public static class CapitalAmount
{
    private const string Digits = "零壹贰叁肆伍陆柒捌玖";
    private const decimal Most = 9_999_999_999_999_999.99m;

    private static readonly string[] Places = ["", "拾", "佰", "仟"];
    private static readonly string[] Groups = ["", "万", "亿", "万亿"];

    /// <summary>
    /// The amount, as 壹仟元整, 叁佰元伍角整, 壹佰零伍元零肆分 (正确填写票据和结算凭证的基本规定). 整 follows 元 and 角, not 分.
    /// </summary>
    /// <param name="yuan">Amount in yuan, 0 to 9,999,999,999,999,999.99, with at most two decimals.</param>
    /// <exception cref="RuleViolationException"><c>amount-out-of-range</c>.</exception>
    public static string Of(decimal yuan)
    {
        if (yuan is < 0 or > Most || decimal.Round(yuan, 2) != yuan)
        {
            throw new RuleViolationException(
                RefusalKind.Invalid, "amount-out-of-range", "amount", $"金额 {yuan} 不能写成大写：应在 0 至 {Most} 元之间，最多两位小数。");
        }

        var whole = (long)decimal.Truncate(yuan);
        var cents = (int)((yuan - whole) * 100);
        var (jiao, fen) = (cents / 10, cents % 10);
        var text = new StringBuilder();
        if (whole > 0 || cents == 0)
        {
            text.Append(Whole(whole)).Append('元');
        }

        if (jiao > 0)
        {
            text.Append(Digits[jiao]).Append('角');
        }
        else if (fen > 0 && whole > 0)
        {
            text.Append('零');
        }

        return fen > 0 ? text.Append(Digits[fen]).Append('分').ToString() : text.Append('整').ToString();
    }

    private static string Whole(long value)
    {
        if (value == 0)
        {
            return Digits[..1];
        }

        var text = new StringBuilder();
        var zeroOwed = false;
        for (var (group, unit) = (Groups.Length - 1, 1_000_000_000_000L); group >= 0; group--, unit /= 10_000)
        {
            var part = (int)(value / unit % 10_000);
            if (part == 0)
            {
                zeroOwed = text.Length > 0;
                continue;
            }

            for (var (place, ten) = (3, 1000); place >= 0; place--, ten /= 10)
            {
                var digit = part / ten % 10;
                if (digit == 0)
                {
                    zeroOwed = text.Length > 0;
                    continue;
                }

                text.Append(zeroOwed ? Digits[..1] : "").Append(Digits[digit]).Append(Places[place]);
                zeroOwed = false;
            }

            // 万亿 and 亿 share one 亿: 壹万贰仟亿, not 壹万亿贰仟亿.
            text.Append(group == 3 && value / 100_000_000 % 10_000 != 0 ? "万" : Groups[group]);
        }

        return text.ToString();
    }
}
