using System.Diagnostics.Metrics;

namespace Workflows.Storage.Providers;

/// <summary>Counts what the spine does: statements, commits, stimuli, and how late timers fire. Exported as the meter <c>Workflows.Storage</c>.</summary>
public sealed class StoreMeter : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Workflows.Storage";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _lateness;
    private readonly Counter<long> _stimuliCounter;
    private long _statements;
    private long _commits;
    private long _stimuli;
    private long _rollbacks;
    private long _timers;
    private long _latestTicks;

    /// <summary>Creates the meter.</summary>
    public StoreMeter()
    {
        _lateness = _meter.CreateHistogram<double>("workflows.timer.lateness", "s", "How long after its due time a timer fired");
        _stimuliCounter = _meter.CreateCounter<long>("workflows.stimuli", null, "Stimuli carried out");
        _meter.CreateObservableCounter("workflows.store.statements", () => Statements);
        _meter.CreateObservableCounter("workflows.store.commits", () => Commits);
        _meter.CreateObservableCounter("workflows.store.rollbacks", () => Rollbacks);
    }

    /// <summary>Statements sent by the pump, begin and commit not counted.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>Transactions committed by the pump.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Batches rolled back.</summary>
    public long Rollbacks => Interlocked.Read(ref _rollbacks);

    /// <summary>Stimuli carried out and committed.</summary>
    public long Stimuli => Interlocked.Read(ref _stimuli);

    /// <summary>Timers fired and committed.</summary>
    public long Timers => Interlocked.Read(ref _timers);

    /// <summary>The greatest lateness of a timer so far.</summary>
    public TimeSpan GreatestLateness => TimeSpan.FromTicks(Interlocked.Read(ref _latestTicks));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Shows the pump: callers that wait, and whether it is paused.</summary>
    internal void Watch(Func<int> queue, Func<bool> paused)
    {
        _meter.CreateObservableGauge("workflows.pump.queue", queue, null, "Requests that wait for their turn");
        _meter.CreateObservableGauge("workflows.pump.paused", () => paused() ? 1 : 0, null, "1 while this node takes no timers, no letters and no new starts");
    }

    internal void Statement(int count = 1) => Interlocked.Add(ref _statements, count);

    internal void Committed(int stimuli)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _stimuli, stimuli);
        _stimuliCounter.Add(stimuli);
    }

    internal void RolledBack() => Interlocked.Increment(ref _rollbacks);

    internal void Fired(TimeSpan late)
    {
        Interlocked.Increment(ref _timers);
        _lateness.Record(late.TotalSeconds);
        long seen = Interlocked.Read(ref _latestTicks);
        while (late.Ticks > seen)
        {
            long before = Interlocked.CompareExchange(ref _latestTicks, late.Ticks, seen);
            if (before == seen)
                break;
            seen = before;
        }
    }
}
