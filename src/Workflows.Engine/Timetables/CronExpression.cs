using System.Globalization;

namespace Workflows.Engine.Timetables;

/// <summary>
/// A cron expression: five fields (minute first, Sunday is 0 or 7), or six or seven with seconds first as in Quartz (Sunday is 1).
/// Lists, ranges, steps, names, <c>?</c>, <c>L</c>, <c>LW</c>, <c>nW</c>, <c>n#k</c> and <c>nL</c> are read.
/// </summary>
public sealed class CronExpression
{
    private const int LastYear = 2200;

    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] _seconds;
    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _months;
    private readonly bool[]? _years;
    private readonly DayRule _monthDay;
    private readonly DayRule _weekDay;
    private readonly bool _eitherDay;

    private CronExpression(string[] fields, bool quartz)
    {
        _seconds = Parse(fields[0], 0, 59, null, "秒");
        _minutes = Parse(fields[1], 0, 59, null, "分");
        _hours = Parse(fields[2], 0, 23, null, "时");
        _months = Parse(fields[4], 1, 12, Months, "月");
        _monthDay = DayRule.OfMonth(fields[3]);
        _weekDay = DayRule.OfWeek(fields[5], quartz);
        _years = fields.Length == 7 && fields[6] is not ("*" or "?") ? Parse(fields[6], 1970, LastYear, null, "年") : null;
        // In five fields, two restricted day fields mean either of them (POSIX); Quartz demands that one of them is "?".
        _eitherDay = !quartz && !_monthDay.IsAny && !_weekDay.IsAny;
    }

    /// <summary>Parses an expression.</summary>
    /// <exception cref="FormatException">It does not parse; the message names the field.</exception>
    public static CronExpression Parse(string expression)
    {
        if (expression.Length > 200)
            throw new FormatException("Cron 表达式过长。");
        var fields = expression.ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields.Length switch
        {
            5 => new CronExpression(["0", .. fields], false),
            6 or 7 => new CronExpression(fields, true),
            _ => throw new FormatException($"Cron 表达式应有 5、6 或 7 个字段，现有 {fields.Length} 个：{expression}"),
        };
    }

    /// <summary>The first time after <paramref name="after"/>; null when there is none before the year 2200.</summary>
    /// <param name="after">Not included.</param>
    /// <param name="zone">Zone whose wall clock the expression means; a time that the zone skips is passed over.</param>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        var time = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, DateTimeKind.Unspecified).AddSeconds(1);
        while (time.Year < LastYear)
        {
            if (_years is not null && (time.Year < 1970 || !_years[time.Year - 1970]))
                time = new DateTime(time.Year + 1, 1, 1);
            else if (!_months[time.Month - 1])
                time = new DateTime(time.Year, time.Month, 1).AddMonths(1);
            else if (!IsDay(time))
                time = time.Date.AddDays(1);
            else if (!_hours[time.Hour])
                time = time.Date.AddHours(time.Hour + 1);
            else if (!_minutes[time.Minute])
                time = time.Date.AddHours(time.Hour).AddMinutes(time.Minute + 1);
            else if (!_seconds[time.Second])
                time = time.AddSeconds(1);
            else if (zone.IsInvalidTime(time))
                time = time.AddSeconds(1);
            else
                return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
        }

        return null;
    }

    private static bool[] Parse(string field, int min, int max, string[]? names, string what)
    {
        var allowed = new bool[max - min + 1];
        foreach (var part in field.Split(','))
            Mark(part, allowed, min, max, names, what);
        return allowed;
    }

    private static void Mark(string part, bool[] allowed, int min, int max, string[]? names, string what)
    {
        var slash = part.Split('/');
        var step = slash.Length switch
        {
            1 => 1,
            2 when int.TryParse(slash[1], NumberStyles.None, CultureInfo.InvariantCulture, out var s) && s > 0 => s,
            _ => throw Wrong(part, what),
        };
        int from, to;
        if (slash[0] is "*" or "?")
        {
            (from, to) = (min, max);
        }
        else if (slash[0].Split('-') is [var first, var last])
        {
            (from, to) = (Number(first, min, names, what), Number(last, min, names, what));
        }
        else
        {
            from = Number(slash[0], min, names, what);
            to = slash.Length == 2 ? max : from;
        }

        if (from < min || from > max || to < min || to > max)
            throw Wrong(part, what);
        // A range may wrap around: 22-2, FRI-MON.
        for (var value = from; ; value += step)
        {
            var wrapped = value > max ? value - (max - min + 1) : value;
            if (to >= from ? value > to : value > to + (max - min + 1))
                break;
            allowed[wrapped - min] = true;
        }
    }

    private static int Number(string text, int min, string[]? names, string what)
    {
        if (names is not null && Array.IndexOf(names, text) is >= 0 and var index)
            return index + min;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(text, what);
    }

    private static FormatException Wrong(string part, string what) => new($"Cron 表达式的“{what}”字段无法识别：{part}");

    private bool IsDay(DateTime day) => _eitherDay ? _monthDay.Matches(day) || _weekDay.Matches(day) : _monthDay.Matches(day) && _weekDay.Matches(day);

    private sealed class DayRule(bool any, Func<DateTime, bool> matches)
    {
        public bool IsAny { get; } = any;

        public bool Matches(DateTime day) => matches(day);

        public static DayRule OfMonth(string field)
        {
            if (field is "*" or "?")
                return new DayRule(true, _ => true);
            if (field == "L")
                return new DayRule(false, d => d.Day == LastDay(d));
            if (field is "LW" or "WL")
                return new DayRule(false, d => d.Day == NearestWeekday(d, LastDay(d)));
            if (field.StartsWith("L-", StringComparison.Ordinal) && int.TryParse(field.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var before))
                return new DayRule(false, d => d.Day == LastDay(d) - before);
            if (field.EndsWith('W') && int.TryParse(field.AsSpan(0, field.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var near) && near is >= 1 and <= 31)
                return new DayRule(false, d => near <= LastDay(d) && d.Day == NearestWeekday(d, near));
            var allowed = Parse(field, 1, 31, null, "日");
            return new DayRule(false, d => allowed[d.Day - 1]);
        }

        public static DayRule OfWeek(string field, bool quartz)
        {
            if (field is "*" or "?")
                return new DayRule(true, _ => true);
            var hash = field.Split('#');
            if (hash.Length == 2 && int.TryParse(hash[1], NumberStyles.None, CultureInfo.InvariantCulture, out var nth) && nth is >= 1 and <= 5)
            {
                var weekday = DayNumber(hash[0], quartz);
                return new DayRule(false, d => (int)d.DayOfWeek == weekday && ((d.Day - 1) / 7) + 1 == nth);
            }

            if (field == "L")
                return new DayRule(false, d => d.DayOfWeek == DayOfWeek.Saturday);
            if (field.Length > 1 && field.EndsWith('L'))
            {
                var weekday = DayNumber(field[..^1], quartz);
                return new DayRule(false, d => (int)d.DayOfWeek == weekday && d.Day + 7 > LastDay(d));
            }

            var shift = quartz ? 1 : 0;
            // Sunday may also be 7 in five fields.
            var allowed = Parse(field, shift, quartz ? 7 : 6 + (field.Contains('7', StringComparison.Ordinal) ? 1 : 0), Days, "星期");
            return new DayRule(false, d => allowed[(int)d.DayOfWeek] || (allowed.Length == 8 && d.DayOfWeek == DayOfWeek.Sunday && allowed[7]));
        }

        private static int DayNumber(string text, bool quartz)
        {
            var number = Number(text, quartz ? 1 : 0, Days, "星期") - (quartz ? 1 : 0);
            return number is >= 0 and <= 7 ? number % 7 : throw Wrong(text, "星期");
        }

        private static int LastDay(DateTime day) => DateTime.DaysInMonth(day.Year, day.Month);

        private static int NearestWeekday(DateTime month, int day)
        {
            var last = LastDay(month);
            return new DateTime(month.Year, month.Month, Math.Min(day, last)).DayOfWeek switch
            {
                DayOfWeek.Saturday => day > 1 ? day - 1 : day + 2,
                DayOfWeek.Sunday => day < last ? day + 1 : day - 2,
                _ => day,
            };
        }
    }
}
