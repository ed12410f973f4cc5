namespace Workflows.Supervision.Time;

/// <summary>
/// The only bridge between instants (UTC) and legal dates (Asia/Shanghai). China has one offset and, since 1991, no
/// summer time; the offset is a constant so that a host without time-zone data counts the same days.
/// </summary>
public static class ShanghaiTime
{
    /// <summary>UTC+8.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The legal date on which an instant falls.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The wall-clock time in Shanghai at an instant.</summary>
    public static TimeOnly TimeOf(DateTimeOffset instant) => TimeOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The instant (UTC) at which the clocks in Shanghai show a date and time.</summary>
    public static DateTimeOffset At(DateOnly date, TimeOnly time) =>
        new DateTimeOffset(date.ToDateTime(time), Offset).ToUniversalTime();

    /// <summary>The instant (UTC) at which a legal date begins.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);

    /// <summary>
    /// The first instant (UTC) at which a limit with this last day has passed: the midnight that ends the day
    /// (民法典 203: the last day ends at 24:00). Timers of a limit are set to it, never earlier.
    /// </summary>
    public static DateTimeOffset PassedAt(DateOnly lastDay) => StartOf(lastDay.AddDays(1));

    /// <summary>The last instant (UTC) that is still in time, to the tick: one tick before <see cref="PassedAt"/>.</summary>
    public static DateTimeOffset LastInstantOf(DateOnly lastDay) => PassedAt(lastDay).AddTicks(-1);

    /// <summary>True if something done at an instant was done on or before the last day.</summary>
    public static bool IsInTime(DateTimeOffset doneAt, DateOnly lastDay) => DateOf(doneAt) <= lastDay;
}
