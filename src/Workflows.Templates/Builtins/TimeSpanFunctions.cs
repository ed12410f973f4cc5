using System.Globalization;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>timespan</c>.</summary>
internal static class TimeSpanFunctions
{
    public static BuiltinObject Create()
    {
        var members = new[]
        {
            Function("from_days", c => From(c, TimeSpan.TicksPerDay), "days"),
            Function("from_hours", c => From(c, TimeSpan.TicksPerHour), "hours"),
            Function("from_minutes", c => From(c, TimeSpan.TicksPerMinute), "minutes"),
            Function("from_seconds", c => From(c, TimeSpan.TicksPerSecond), "seconds"),
            Function("from_milliseconds", c => From(c, TimeSpan.TicksPerMillisecond), "millis"),
            Function("parse", Parse, "text"),
        }.ToDictionary(f => f.Name, f => (object)f);
        members["zero"] = TimeSpan.Zero;
        return new BuiltinObject("timespan", members);
    }

    private static object? From(BuiltinCall call, long ticks)
    {
        var total = call.Double(0) * ticks;
        return Math.Abs(total) < TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)total) : throw call.Error("时间间隔超出范围");
    }

    private static object? Parse(BuiltinCall call)
    {
        if (call.Text(0) is not { Length: > 0 } text) return null;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : throw call.Error("不是有效的时间间隔");
    }
}
