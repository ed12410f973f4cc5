namespace Workflows.Engine.Timetables;

/// <summary>The one zone of the People's Republic of China.</summary>
internal static class ChinaTime
{
    // China has had no daylight saving since 1991: a fixed offset gives the same times on a machine without zone data.
    public static TimeZoneInfo Zone { get; } =
        TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Shanghai", out var zone) ? zone : TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "北京时间", "北京时间");
}
