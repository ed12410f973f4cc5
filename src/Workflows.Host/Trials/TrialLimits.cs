using Workflows.Engine.Bursts;

namespace Workflows.Host.Trials;

/// <summary>What a trial may cost. Whoever asks for more is told so; whatever turns out to cost more is ended with that reason.</summary>
internal static class TrialLimits
{
    /// <summary>Most days of virtual time.</summary>
    public const int MostDays = 400;

    /// <summary>Most targets, or cases of history.</summary>
    public const int MostTargets = 200;

    /// <summary>Most days × targets: a year of 60 targets, or a quarter of 200.</summary>
    public const int MostTargetDays = 24_000;

    /// <summary>Trials that wait for the one that runs.</summary>
    public const int MostWaiting = 4;

    /// <summary>Ended trials whose results are kept on a node.</summary>
    public const int MostKept = 8;

    /// <summary>Largest trial database, in bytes.</summary>
    public const long MostBytes = 384L << 20;

    /// <summary>How far the heap of the process may grow during a trial, in bytes.</summary>
    public const long MostHeapGrowth = 1L << 30;

    /// <summary>How long results are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Longest run.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    /// <summary>Budget of one burst of a diagram under trial.</summary>
    public static readonly BurstLimits Burst = new(100_000, TimeSpan.FromSeconds(5), TimeProvider.System);
}
