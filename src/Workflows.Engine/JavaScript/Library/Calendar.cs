using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Days, months and times of day of a time value (ECMA-262, section 21.4.1), and the local zone.</summary>
internal static class Calendar
{
    public const double DayLength = 86_400_000;
    private const double Largest = 8.64e15;

    public static double Clip(double time) => double.IsFinite(time) && Math.Abs(time) <= Largest ? Math.Truncate(time) + 0.0 : double.NaN;

    /// <summary>Milliseconds from fields, each of which may overflow into the next.</summary>
    public static double Make(double year, double month, double day, double hour, double minute, double second, double millisecond)
    {
        if (!(double.IsFinite(year) && double.IsFinite(month) && double.IsFinite(day) && double.IsFinite(hour) && double.IsFinite(minute) && double.IsFinite(second) && double.IsFinite(millisecond)))
        {
            return double.NaN;
        }

        year = Math.Truncate(year) + Math.Floor(Math.Truncate(month) / 12);
        if (Math.Abs(year) > 300_000)
        {
            return double.NaN;
        }

        var month0 = (int)(((Math.Truncate(month) % 12) + 12) % 12);
        return ((DaysFromCivil((long)year, month0 + 1, 1) + Math.Truncate(day) - 1) * DayLength)
            + (Math.Truncate(hour) * 3_600_000) + (Math.Truncate(minute) * 60_000) + (Math.Truncate(second) * 1000) + Math.Truncate(millisecond);
    }

    public static (long Year, int Month, int Day) Civil(double time)
    {
        // Howard Hinnant's algorithm, eras of 400 years from March.
        var z = (long)Math.Floor(time / DayLength) + 719_468;
        var era = (z >= 0 ? z : z - 146_096) / 146_097;
        var dayOfEra = z - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        var month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, day);
    }

    public static int DayOfWeek(double time) => (int)((((Math.Floor(time / DayLength) + 4) % 7) + 7) % 7);

    public static double TimeOfDay(double time) => ((time % DayLength) + DayLength) % DayLength;

    /// <summary>Offset of the zone at a time in UTC, in milliseconds.</summary>
    public static double Offset(Evaluation evaluation, double utc) =>
        evaluation.Environment.TimeZone.GetUtcOffset(Near(utc)).TotalMilliseconds;

    public static double ToLocal(Evaluation evaluation, double utc) => double.IsFinite(utc) ? utc + Offset(evaluation, utc) : utc;

    /// <summary>UTC of a local time; of a time that a change of clocks skips, the offset before it counts.</summary>
    public static double ToUtc(Evaluation evaluation, double local)
    {
        if (!double.IsFinite(local) || Math.Abs(local) > Largest + DayLength)
        {
            return double.NaN;
        }

        var before = Offset(evaluation, local - DayLength);
        var guess = local - before;
        if (Offset(evaluation, guess) == before)
        {
            return guess;
        }

        var after = local - Offset(evaluation, local + DayLength);
        return Offset(evaluation, after) == local - after ? after : guess;
    }

    private static DateTimeOffset Near(double utc)
    {
        // .NET's calendar ends where JavaScript's goes on; the zone's rules at the edge apply beyond.
        const double Low = -62_135_596_800_000 + DayLength, High = 253_402_300_799_000 - DayLength;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(utc, Low, High));
    }

    private static double DaysFromCivil(long year, int month, int day)
    {
        year -= month <= 2 ? 1 : 0;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }
}
