using System.Globalization;
using Workflows.Engine.Timetables;
using Workflows.Host.Api;

namespace Workflows.Host.Scheduling;

/// <summary>
/// When a schedule acts: a cron expression (Beijing time), an ISO 8601 interval counted from the row's creation, or one instant.
/// The same calculation serves Quartz, the sample district's movable clock and the simulation.
/// </summary>
internal static class Timetable
{
    // Bounds the look for the last of many missed times; a minute schedule of two months.
    private const int MostMissed = 100_000;
    private static readonly TimeZoneInfo China = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "北京时间", "北京时间");

    /// <summary>The first time after <paramref name="after"/>, UTC; null when there is none, or the expression cannot be read.</summary>
    public static DateTimeOffset? Next(string expression, DateTimeOffset createdAt, DateTimeOffset after)
    {
        // Intervals before instants: 00:00:01 reads as a time of today too, which has passed.
        if (IsoDuration.TryParse(expression, out var interval) || TimeSpan.TryParse(expression, CultureInfo.InvariantCulture, out interval) && interval > TimeSpan.Zero)
        {
            var passed = after < createdAt ? 0 : (after - createdAt).Ticks / interval.Ticks;
            return createdAt + interval * (passed + 1);
        }

        if (DateTimeOffset.TryParse(expression, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            return instant > after ? instant : null;
        try
        {
            return CronExpression.Parse(expression).Next(after, China);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// The time for which a schedule has to act next: of the times missed while the service was down only the last, else the first to come.
    /// </summary>
    /// <param name="expression">Its expression.</param>
    /// <param name="createdAt">When the row came to be.</param>
    /// <param name="lastActedAt">Scheduled time of its last act, or null.</param>
    /// <param name="now">Now.</param>
    public static DateTimeOffset? Due(string expression, DateTimeOffset createdAt, DateTimeOffset? lastActedAt, DateTimeOffset now)
    {
        var due = Next(expression, createdAt, lastActedAt ?? createdAt);
        for (var look = 0; due is { } missed && missed <= now && look < MostMissed; look++)
        {
            if (Next(expression, createdAt, missed) is not { } later || later > now)
                break;
            due = later;
        }

        return due;
    }
}
