namespace Workflows.Host.Tests.Serving;

/// <summary>A machine's clock that moves only when a test moves it.</summary>
public sealed class WallClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
