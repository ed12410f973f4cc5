using Workflows.Engine.Bursts;

namespace Workflows.Engine.Alterations;

/// <summary>
/// What becomes of a timer whose settings the new version changes. A timer whose settings are the same keeps its time under each of them:
/// a new version of a diagram is no reason to give anybody more or less time than it says.
/// </summary>
public enum TimerPolicy
{
    /// <summary>It stays as it was promised.</summary>
    Keep,

    /// <summary>Counted anew from where it began.</summary>
    RecomputeFromStart,

    /// <summary>Counted anew from the time of the migration.</summary>
    RecomputeFromNow,
}

/// <summary>Takes an instance to another version of its definition (Elsa's Migrate alteration, made safe).</summary>
public sealed record Migration
{
    /// <summary>What becomes of timers whose settings differ.</summary>
    public TimerPolicy Timers { get; init; }

    /// <summary>
    /// Where an instance goes on that waits at an activity: id in the old version to id in the new one, both in the same flowchart. The
    /// old wait is withdrawn and the new activity begins. For a container of the same type it says its new id. Null withdraws without more.
    /// </summary>
    public IReadOnlyDictionary<string, string?> ActivityMap { get; init; } = new Dictionary<string, string?>();
}

/// <summary>Why an instance cannot be migrated.</summary>
/// <param name="Code">Stable code in kebab case.</param>
/// <param name="ActivityId">Activity that it concerns, or null.</param>
/// <param name="Message">What is wrong and what to do, in the users' language.</param>
public sealed record MigrationProblem(string Code, string? ActivityId, string Message);

/// <summary>An instance cannot be migrated; it stays as it was.</summary>
/// <param name="problems">All reasons, at least one.</param>
public sealed class MigrationRefusedException(IReadOnlyList<MigrationProblem> problems) : Exception(string.Join('；', problems.Select(p => p.Message)))
{
    /// <summary>All reasons.</summary>
    public IReadOnlyList<MigrationProblem> Problems { get; } = problems;
}

/// <summary>A live activity in a migration.</summary>
/// <param name="ActivityId">Its id in the old version, or in the new one where it begins.</param>
/// <param name="ActivityType">Its type.</param>
/// <param name="Name">Name given by the analyst, or null.</param>
/// <param name="To">Id in the new version where it is another one; null where it is the same.</param>
public sealed record MigratedActivity(string ActivityId, string ActivityType, string? Name, string? To = null);

/// <summary>A due time before and after.</summary>
/// <param name="ActivityId">Activity that waits.</param>
/// <param name="Name">What is waited for, or null.</param>
/// <param name="OldDueAt">Due time before; null where the wait begins with the migration.</param>
/// <param name="NewDueAt">Due time after; null where the wait is withdrawn.</param>
public sealed record MigratedTimer(string ActivityId, string? Name, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt);

/// <summary>What a migration does, or has done, to an instance.</summary>
public sealed record MigrationReport
{
    /// <summary>Version before.</summary>
    public required int FromVersion { get; init; }

    /// <summary>Version after.</summary>
    public required int ToVersion { get; init; }

    /// <summary>Activities that wait on as before.</summary>
    public IReadOnlyList<MigratedActivity> Kept { get; init; } = [];

    /// <summary>Activities that are withdrawn and go on elsewhere, and containers with a new id.</summary>
    public IReadOnlyList<MigratedActivity> Moved { get; init; } = [];

    /// <summary>Activities that are withdrawn.</summary>
    public IReadOnlyList<MigratedActivity> Dropped { get; init; } = [];

    /// <summary>Activities that begin in the new version.</summary>
    public IReadOnlyList<MigratedActivity> Started { get; init; } = [];

    /// <summary>Containers (flowcharts, loops, branches) in which the instance is, by their id in the new version.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Ids of variables whose values are kept.</summary>
    public IReadOnlyList<string> KeptVariables { get; init; } = [];

    /// <summary>Ids of variables that the new version no longer has.</summary>
    public IReadOnlyList<string> DroppedVariables { get; init; } = [];

    /// <summary>Ids of variables that begin with their default value.</summary>
    public IReadOnlyList<string> AddedVariables { get; init; } = [];

    /// <summary>Every due time, before and after.</summary>
    public IReadOnlyList<MigratedTimer> Timers { get; init; } = [];
}

/// <summary>What a migration gives: the burst to write and the report for people.</summary>
/// <param name="Burst">The burst.</param>
/// <param name="Report">The report.</param>
public sealed record MigratedBurst(Burst Burst, MigrationReport Report);
