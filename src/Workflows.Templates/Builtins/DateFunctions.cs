using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>date</c>. <c>date.now</c> is the time of the rendering's clock in the rendering's zone.</summary>
internal static class DateFunctions
{
    public static BuiltinObject Create() => new("date", new[]
    {
        Function("now", Now),
        Function("add_days", c => Move(c, (d, n) => d.AddDays(n)), "date", "days"),
        Function("add_months", c => MoveWhole(c, (d, n) => d.AddMonths(n)), "date", "months"),
        Function("add_years", c => MoveWhole(c, (d, n) => d.AddYears(n)), "date", "years"),
        Function("add_hours", c => Move(c, (d, n) => d.AddHours(n)), "date", "hours"),
        Function("add_minutes", c => Move(c, (d, n) => d.AddMinutes(n)), "date", "minutes"),
        Function("add_seconds", c => Move(c, (d, n) => d.AddSeconds(n)), "date", "seconds"),
        Function("add_milliseconds", c => Move(c, (d, n) => d.AddMilliseconds(n)), "date", "millis"),
        Function("parse", c => Parse(c, c.Text(0), c.Text(1), 2), "text", "pattern?", "culture?"),
        Function("parse_to_string", c => Print(c, Parse(c, c.Text(0), c.Text(3), 4), c.Text(1), 2), "text", "output_pattern?", "output_culture?", "input_pattern?", "input_culture?"),
        Function("to_string", c => Print(c, c.Date(0), c.Text(1), 2), "datetime", "pattern", "culture?"),
    }.ToDictionary(f => f.Name, f => (object)f).Append(new KeyValuePair<string, object>("default_format", DatePattern.Default)).ToDictionary());

    private static object Now(BuiltinCall call) =>
        TimeZoneInfo.ConvertTime(call.Context.Options.Clock.GetUtcNow(), call.Context.Options.TimeZone).DateTime;

    private static object? Move(BuiltinCall call, Func<DateTime, double, DateTime> move) => Moved(call, date => move(date, call.Double(1)));

    private static object? MoveWhole(BuiltinCall call, Func<DateTime, int, DateTime> move) => Moved(call, date => move(date, call.Int(1)));

    private static object? Moved(BuiltinCall call, Func<DateTime, DateTime> move)
    {
        if (call.Date(0) is not { } date) return null;
        try
        {
            return move(date);
        }
        catch (ArgumentException)
        {
            throw call.Error("日期超出范围");
        }
    }

    private static DateTime? Parse(BuiltinCall call, string? text, string? pattern, int culture)
    {
        if (call[0] is DateTime date) return date;
        if (string.IsNullOrEmpty(text)) return null;
        var zone = call.Context.Options.TimeZone;
        return string.IsNullOrEmpty(pattern)
            ? DateParsing.Parse(text, call.Culture(culture), zone)
            : DateParsing.Parse(text, pattern, call.Culture(culture), zone);
    }

    private static string? Print(BuiltinCall call, DateTime? date, string? pattern, int culture)
    {
        if (date is not { } value) return null;
        pattern ??= call.Context.DateFormat;
        call.CheckText(32L + (pattern.Length * 16L));
        return DatePattern.Format(value, pattern, call.Culture(culture), call.Context.Options.TimeZone, call.Context.DateFormat);
    }
}
