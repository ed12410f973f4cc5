using System.Globalization;

namespace Workflows.Engine.JavaScript.Library;

/// <summary>Dates as text in the fixed forms of the standard.</summary>
internal static class DateText
{
    public const string Invalid = "Invalid Date";
    private static readonly string[] Days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    public static string Iso(double time)
    {
        var (year, month, day) = Calendar.Civil(time);
        var sign = year < 0 ? "-" : "+";
        var years = year is >= 0 and <= 9999 ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}") : string.Create(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(year):000000}");
        var rest = Calendar.TimeOfDay(time);
        return string.Create(CultureInfo.InvariantCulture, $"{years}-{month:00}-{day:00}T{Clock(rest)}.{rest % 1000:000}Z");
    }

    public static string Full(Evaluation evaluation, double time) =>
        double.IsNaN(time) ? Invalid : $"{DatePart(Calendar.ToLocal(evaluation, time))} {TimePart(evaluation, time)}";

    public static string DatePart(double local)
    {
        if (double.IsNaN(local))
        {
            return Invalid;
        }

        var (year, month, day) = Calendar.Civil(local);
        return string.Create(CultureInfo.InvariantCulture, $"{Days[Calendar.DayOfWeek(local)]} {Months[month - 1]} {day:00} {Year(year)}");
    }

    public static string TimePart(Evaluation evaluation, double time)
    {
        if (double.IsNaN(time))
        {
            return Invalid;
        }

        var minutes = (int)(Calendar.Offset(evaluation, time) / 60_000);
        var sign = minutes < 0 ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{Clock(Calendar.TimeOfDay(Calendar.ToLocal(evaluation, time)))} GMT{sign}{Math.Abs(minutes) / 60:00}{Math.Abs(minutes) % 60:00} ({ZoneName(evaluation, minutes)})");
    }

    public static string Utc(double time)
    {
        if (double.IsNaN(time))
        {
            return Invalid;
        }

        var (year, month, day) = Calendar.Civil(time);
        return string.Create(CultureInfo.InvariantCulture, $"{Days[Calendar.DayOfWeek(time)]}, {day:00} {Months[month - 1]} {Year(year)} {Clock(Calendar.TimeOfDay(time))} GMT");
    }

    private static string Year(long year) => (year < 0 ? "-" : "") + Math.Abs(year).ToString("0000", CultureInfo.InvariantCulture);

    private static string Clock(double rest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)(rest / 3_600_000):00}:{(int)(rest / 60_000) % 60:00}:{(int)(rest / 1000) % 60:00}");

    private static string ZoneName(Evaluation evaluation, int minutes) => evaluation.Environment.TimeZone.Id switch
    {
        "Asia/Shanghai" => minutes == 540 ? "China Daylight Time" : "China Standard Time",
        "UTC" or "Etc/UTC" => "Coordinated Universal Time",
        _ => evaluation.Environment.TimeZone.StandardName,
    };
}
