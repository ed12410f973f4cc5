namespace Workflows.Supervision.Time;

/// <summary>Dates as they stand in Chinese official documents (GB/T 9704: Arabic numerals, no leading zeros).</summary>
public static class ChineseDate
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>The date as 2026年11月21日.</summary>
    public static string Of(DateOnly date) => $"{date.Year}年{date.Month}月{date.Day}日";

    /// <summary>The date with its weekday, as 2026年11月21日（星期六）.</summary>
    public static string WithWeekday(DateOnly date) => $"{Of(date)}（星期{WeekdayOf(date)}）";

    /// <summary>The character of the weekday: 一 to 六, 日.</summary>
    public static char WeekdayOf(DateOnly date) => Weekdays[(int)date.DayOfWeek];
}
