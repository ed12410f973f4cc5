using Workflows.Engine.Bursts;

namespace Workflows.Storage.Stimuli;

/// <summary>How the pump works.</summary>
public sealed record PumpOptions
{
    /// <summary>No background work: everything runs inside <see cref="StimulusPump.RunUntilIdleAsync"/> and <see cref="IStimulusGate.SendAsync"/>, in a fixed order.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Callers' stimuli in one batch.</summary>
    public int MaxBatch { get; init; } = 128;

    /// <summary>Timers and mailbox rows, each, that join a batch while callers wait; four times as many when nobody waits.</summary>
    public int MaxClaims { get; init; } = 64;

    /// <summary>Stimuli that may wait before callers are turned away.</summary>
    public int MaxQueue { get; init; } = 10_000;

    /// <summary>How often a shared database is asked for work that other nodes left behind.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Budget of a burst in the batch; beyond it the stimulus runs alone in the slow lane.</summary>
    public BurstLimits BatchLimits { get; init; } = new(20_000, TimeSpan.FromMilliseconds(200), TimeProvider.System);

    /// <summary>Budget of a burst in the slow lane; beyond it the stimulus has failed.</summary>
    public BurstLimits SlowLimits { get; init; } = BurstLimits.Default;

    /// <summary>Tries of a mailbox row before it becomes a dead letter.</summary>
    public int MaxAttempts { get; init; } = 5;
}
