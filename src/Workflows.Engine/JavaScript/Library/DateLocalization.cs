using System.Globalization;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>toLocaleString</c> and its sisters of dates, for Chinese and English.</summary>
internal static class DateLocalization
{
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] EnglishMonths = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
    private const string ChineseDays = "日一二三四五六";

    public static string Format(Evaluation evaluation, double time, JsValue locale, JsValue options, string parts)
    {
        if (double.IsNaN(time))
        {
            return DateText.Invalid;
        }

        var language = locale.IsString ? locale.Text : "en-US";
        var isChinese = locale.IsString && locale.Text.StartsWith("zh", StringComparison.Ordinal);
        string? Option(string name) => options.AsObject?.Get(evaluation, name) is { IsString: true } text ? text.Text : null;
        var hour12 = options.AsObject?.Get(evaluation, "hour12") is { IsBoolean: true } given ? given.IsTrue : Option("hourCycle") is { } cycle ? cycle is "h12" or "h11" : !isChinese && language is not ("sv-SE" or "en-GB");
        var local = Shift(evaluation, time, Option("timeZone"));
        string? year = Option("year"), month = Option("month"), day = Option("day"), weekday = Option("weekday");
        string? hour = Option("hour"), minute = Option("minute"), second = Option("second");
        var (dateStyle, timeStyle) = (Option("dateStyle"), Option("timeStyle"));
        if (dateStyle is not null || timeStyle is not null)
        {
            (year, month, day, weekday) = dateStyle switch
            {
                null => (null, null, null, null),
                "full" => ("numeric", "long", "numeric", "long"),
                "long" => ("numeric", "long", "numeric", null),
                "medium" => ("numeric", isChinese ? "long" : "short", "numeric", null),
                _ => (isChinese ? "numeric" : "2-digit", "numeric", "numeric", (string?)null),
            };
            (hour, minute, second) = timeStyle is null ? (null, null, null) : ("numeric", "2-digit", timeStyle == "short" ? null : "2-digit");
        }
        else
        {
            var hasDate = (year ?? month ?? day ?? weekday) is not null;
            var hasTime = (hour ?? minute ?? second) is not null;
            if (parts == "date" ? !hasDate : parts == "date time" && !hasDate && !hasTime)
            {
                (year, month, day) = ("numeric", "numeric", "numeric");
            }

            if (parts == "time" ? !hasTime : parts == "date time" && !hasDate && !hasTime)
            {
                (hour, minute, second) = ("numeric", "2-digit", "2-digit");
            }
        }

        var date = isChinese ? ChineseDate(local, year, month, day, weekday)
            : language is "sv-SE" or "en-CA" or "en-GB" && (year, month, day, weekday, dateStyle) is ("numeric", "numeric", "numeric", null, null) ? PlainDate(local, language)
            : EnglishDate(local, year, month, day, weekday);
        var clock = Clock(local, hour, minute, second, hour12, isChinese);
        var joint = isChinese || language == "sv-SE" ? " " : dateStyle is "full" or "long" ? " at " : ", ";
        return date.Length > 0 && clock.Length > 0 ? date + joint + clock : date + clock;
    }

    private static double Shift(Evaluation evaluation, double time, string? zone)
    {
        if (zone is null)
        {
            return Calendar.ToLocal(evaluation, time);
        }

        if (zone is "Asia/Shanghai" or "Asia/Chongqing" or "PRC")
        {
            return time + 28_800_000;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? time + found.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(time, -62_135_500_000_000, 253_402_200_000_000))).TotalMilliseconds
            : throw evaluation.RangeError($"Invalid time zone specified: {zone}", $"时区“{zone}”不存在。");
    }

    /// <summary>The numeric dates of Sweden and Canada, which people use to get an ISO date, and of Britain.</summary>
    private static string PlainDate(double local, string language)
    {
        var (y, m, d) = Calendar.Civil(local);
        return language == "en-GB"
            ? string.Create(CultureInfo.InvariantCulture, $"{d:00}/{m:00}/{y}")
            : string.Create(CultureInfo.InvariantCulture, $"{y}-{m:00}-{d:00}");
    }

    private static string ChineseDate(double local, string? year, string? month, string? day, string? weekday)
    {
        var (y, m, d) = Calendar.Civil(local);
        var hasWords = month is "long" or "short" || month is null || day is null;
        var text = "";
        if (hasWords)
        {
            text = (year is null ? "" : Number(y, year) + "年") + (month is null ? "" : Number(m, month) + "月") + (day is null ? "" : Number(d, day) + "日");
            text = year is not null && month is not null && day is null && month is "numeric" or "2-digit" && text.Length > 0 ? Number(y, year!) + "年" + Number(m, month!) + "月" : text;
        }
        else
        {
            text = (year is null ? "" : Number(y, year) + "/") + $"{Number(m, month!)}/{Number(d, day!)}";
        }

        return weekday is null ? text : text + (weekday == "long" ? "星期" : "周") + ChineseDays[Calendar.DayOfWeek(local)];
    }

    private static string EnglishDate(double local, string? year, string? month, string? day, string? weekday)
    {
        var (y, m, d) = Calendar.Civil(local);
        var name = weekday is null ? "" : weekday == "long" ? EnglishDays[Calendar.DayOfWeek(local)] : EnglishDays[Calendar.DayOfWeek(local)][..3];
        if (month is "long" or "short")
        {
            var monthName = month == "long" ? EnglishMonths[m - 1] : EnglishMonths[m - 1][..3];
            var head = monthName + (day is null ? "" : " " + Number(d, day));
            var text = year is null ? head : head + (day is null ? " " : ", ") + Number(y, year);
            return name.Length > 0 ? $"{name}, {text}" : text;
        }

        var numbers = string.Join('/', new[] { month is null ? null : Number(m, month), day is null ? null : Number(d, day), year is null ? null : Number(y, year) }.Where(static p => p is not null));
        return name.Length > 0 && numbers.Length > 0 ? $"{name}, {numbers}" : name + numbers;
    }

    private static string Clock(double local, string? hour, string? minute, string? second, bool hour12, bool isChinese)
    {
        if (hour is null && minute is null && second is null)
        {
            return "";
        }

        var rest = Calendar.TimeOfDay(local);
        int h = (int)(rest / 3_600_000), n = (int)(rest / 60_000) % 60, s = (int)(rest / 1000) % 60;
        var parts = new List<string>();
        if (hour is not null)
        {
            var shown = hour12 ? ((h + 11) % 12) + 1 : h;
            parts.Add(shown.ToString(hour12 && hour != "2-digit" ? "0" : "00", CultureInfo.InvariantCulture));
        }

        if (minute is not null)
        {
            parts.Add(n.ToString(parts.Count > 0 || second is not null ? "00" : "0", CultureInfo.InvariantCulture));
        }

        if (second is not null)
        {
            parts.Add(s.ToString(parts.Count > 0 ? "00" : "0", CultureInfo.InvariantCulture));
        }

        var text = string.Join(':', parts);
        if (hour is null || !hour12)
        {
            return hour is not null && parts.Count == 1 && isChinese ? text + "时" : text;
        }

        return isChinese ? (h < 12 ? "上午" : "下午") + text : $"{text} {(h < 12 ? "AM" : "PM")}";
    }

    private static string Number(long value, string form) => form == "2-digit"
        ? (value % 100).ToString("00", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);
}
