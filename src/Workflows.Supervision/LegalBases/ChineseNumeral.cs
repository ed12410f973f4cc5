using System.Text;

namespace Workflows.Supervision.LegalBases;

/// <summary>Whole numbers in the lower-case Chinese numerals of laws: 十, 二十一, 一百零三, 一千一百四十五.</summary>
public static class ChineseNumeral
{
    private const string Digits = "零一二三四五六七八九";
    private const string Places = "千百十";

    /// <summary>Writes a number.</summary>
    /// <param name="number">1 to 9999.</param>
    /// <exception cref="ArgumentOutOfRangeException">Out of that range.</exception>
    public static string Of(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 9999);
        var text = new StringBuilder();
        var gap = false;
        for (int place = 0, unit = 1000; place < 4; place++, unit /= 10)
        {
            var digit = number / unit % 10;
            if (digit == 0)
            {
                gap = text.Length > 0;
                continue;
            }

            if (gap)
            {
                text.Append('零');
                gap = false;
            }

            // Laws write 十五, not 一十五, where ten stands at the head.
            if (digit != 1 || unit != 10 || text.Length > 0)
            {
                text.Append(Digits[digit]);
            }

            if (place < Places.Length)
            {
                text.Append(Places[place]);
            }
        }

        return text.ToString();
    }
}
