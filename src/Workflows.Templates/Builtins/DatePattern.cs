using System.Globalization;
using Workflows.Templates.Evaluation;

namespace Workflows.Templates.Builtins;

/// <summary>Printing of dates by patterns such as <c>%Y-%m-%d</c>.</summary>
internal static class DatePattern
{
    public const string Default = "%d %b %Y";

    public static string Format(DateTime date, string pattern, CultureInfo culture, TimeZoneInfo zone, string? defaultFormat = null)
    {
        using var buffer = new OutputBuffer();
        Append(buffer, date, pattern, culture, zone, defaultFormat ?? Default);
        return buffer.ToString();
    }

    private static void Append(OutputBuffer buffer, DateTime date, string pattern, CultureInfo culture, TimeZoneInfo zone, string defaultFormat)
    {
        if (pattern == "%g") pattern = "%g " + (defaultFormat == "%g" ? Default : defaultFormat);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i == pattern.Length - 1)
            {
                buffer.Append(pattern[i]);
                continue;
            }
            var code = pattern[++i];
            if (code == 'g')
            {
                // A modifier: what follows is printed regardless of the culture, without the blank behind it.
                culture = Cultures.Invariant;
                if (i + 1 < pattern.Length && pattern[i + 1] == ' ') i++;
            }
            else if (Expansion(code) is { } longer) Append(buffer, date, longer, culture, zone, defaultFormat);
            else if (Text(date, code, culture, zone) is { } text) buffer.Append(text);
            else
            {
                buffer.Append('%');
                buffer.Append(code);
            }
        }
    }

    private static string? Expansion(char code) => code switch
    {
        'c' => "%a %b %e %T %Y",
        'D' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' => "%H:%M:%S",
        _ => null,
    };

    private static string? Text(DateTime date, char code, CultureInfo culture, TimeZoneInfo zone)
    {
        var names = culture.DateTimeFormat;
        var hour12 = date.Hour % 12 == 0 ? 12 : date.Hour % 12;
        return code switch
        {
            'a' => names.AbbreviatedDayNames[(int)date.DayOfWeek],
            'A' => names.DayNames[(int)date.DayOfWeek],
            'b' or 'h' => names.AbbreviatedMonthNames[date.Month - 1],
            'B' => names.MonthNames[date.Month - 1],
            'C' => Digits(date.Year / 100, "00"),
            'd' => Digits(date.Day, "00"),
            'e' => Blank(date.Day),
            'H' => Digits(date.Hour, "00"),
            'I' => Digits(hour12, "00"),
            'j' => Digits(date.DayOfYear, "000"),
            'k' => Blank(date.Hour),
            'l' => Blank(hour12),
            'L' => Digits(date.Millisecond, "000"),
            'm' => Digits(date.Month, "00"),
            'M' => Digits(date.Minute, "00"),
            'n' => "\n",
            'N' => (date.Ticks % TimeSpan.TicksPerSecond * 100).ToString("000000000", CultureInfo.InvariantCulture),
            'p' => date.Hour < 12 ? names.AMDesignator : names.PMDesignator,
            'P' => (date.Hour < 12 ? names.AMDesignator : names.PMDesignator).ToLowerInvariant(),
            's' => SinceEpoch(date, zone).ToString(CultureInfo.InvariantCulture),
            'S' => Digits(date.Second, "00"),
            't' => "\t",
            'u' => Digits(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, "0"),
            'U' => Week(date, names.CalendarWeekRule, DayOfWeek.Sunday),
            'v' => $"{Blank(date.Day)}-{Cultures.Invariant.DateTimeFormat.AbbreviatedMonthNames[date.Month - 1].ToUpperInvariant()}-{date.Year:0000}",
            'V' => Digits(ISOWeek.GetWeekOfYear(date), "00"),
            'W' => Week(date, names.CalendarWeekRule, DayOfWeek.Monday),
            'w' => Digits((int)date.DayOfWeek, "0"),
            'x' => date.ToString("d", culture),
            'X' => date.ToString("T", culture),
            'y' => Digits(date.Year % 100, "00"),
            'Y' => Digits(date.Year, "0000"),
            'Z' => Offset(date, zone),
            '%' => "%",
            _ => null,
        };
    }

    private static string Digits(int value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static string Blank(int value) => value.ToString(CultureInfo.InvariantCulture).PadLeft(2);

    private static string Week(DateTime date, CalendarWeekRule rule, DayOfWeek first) =>
        Digits(CultureInfo.InvariantCulture.Calendar.GetWeekOfYear(date, rule, first), "00");

    private static TimeSpan OffsetOf(DateTime date, TimeZoneInfo zone) =>
        date.Kind == DateTimeKind.Utc ? TimeSpan.Zero : zone.GetUtcOffset(DateTime.SpecifyKind(date, DateTimeKind.Unspecified));

    private static long SinceEpoch(DateTime date, TimeZoneInfo zone) =>
        (date.Ticks - OffsetOf(date, zone).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    private static string Offset(DateTime date, TimeZoneInfo zone)
    {
        var offset = OffsetOf(date, zone);
        return (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);
    }
}
