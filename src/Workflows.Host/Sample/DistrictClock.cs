namespace Workflows.Host.Sample;

/// <summary>
/// The clock that the district lives by. It is the machine's, except in the sample district, where it runs ahead of it by an
/// offset that only grows: time can be moved on, never back.
/// </summary>
/// <param name="wall">The machine's clock.</param>
internal sealed class DistrictClock(TimeProvider wall) : TimeProvider
{
    private long _ahead;

    /// <summary>How far it runs ahead of the machine's clock.</summary>
    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => wall.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => wall.GetUtcNow() + Ahead;

    /// <inheritdoc/>
    public override long GetTimestamp() => wall.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>Lets it run further ahead; a smaller offset than the present one changes nothing.</summary>
    public void RunAhead(TimeSpan ahead)
    {
        for (var now = Interlocked.Read(ref _ahead); ahead.Ticks > now;)
        {
            var seen = Interlocked.CompareExchange(ref _ahead, ahead.Ticks, now);
            if (seen == now)
                return;
            now = seen;
        }
    }
}
