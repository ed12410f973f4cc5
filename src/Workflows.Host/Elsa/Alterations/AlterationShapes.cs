using Workflows.Engine.Alterations;
using Workflows.Storage.Alterations;

namespace Workflows.Host.Elsa.Alterations;

/// <summary>A line of what happened.</summary>
/// <param name="Message">What happened.</param>
/// <param name="LogLevel">Information or Error.</param>
/// <param name="Timestamp">When.</param>
/// <param name="EventName">Code of a reason, or null.</param>
internal sealed record AlterationLogEntry(string Message, string LogLevel, DateTimeOffset Timestamp, string? EventName = null);

/// <summary>What was done, or would be done, to one instance.</summary>
internal sealed record AlterationResult
{
    /// <summary>The instance.</summary>
    public required string WorkflowInstanceId { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public required bool IsSuccessful { get; init; }

    /// <summary>Never: what follows has been done when this is answered.</summary>
    public bool HasScheduledWork { get; init; }

    /// <summary>What happened.</summary>
    public required AlterationLog Log { get; init; }

    /// <summary>What the migration does: kept, moved, dropped, and each timer before and after; null for other alterations.</summary>
    public MigrationReport? Migration { get; init; }

    /// <summary>Package version of the case or plan before and after; null where it stays.</summary>
    public PackageMove? PackageVersion { get; init; }

    /// <summary>Why it cannot be migrated, or null.</summary>
    public IReadOnlyList<MigrationProblem>? Problems { get; init; }
}

/// <summary>Lines of what happened.</summary>
/// <param name="LogEntries">The lines.</param>
internal sealed record AlterationLog(IReadOnlyList<AlterationLogEntry> LogEntries);

/// <summary>What was done to several instances.</summary>
/// <param name="Results">One for each.</param>
internal sealed record AlterationResults(IReadOnlyList<AlterationResult> Results);

/// <summary>What a plan would do.</summary>
/// <param name="WorkflowInstanceIds">To which instances.</param>
/// <param name="Previews">What would become of each; null where no alterations were named.</param>
internal sealed record DryRunAnswer(IReadOnlyList<string> WorkflowInstanceIds, IReadOnlyList<AlterationResult>? Previews);

/// <summary>A plan was taken.</summary>
/// <param name="PlanId">Its id.</param>
internal sealed record PlanSubmitted(string PlanId);

/// <summary>A plan.</summary>
internal sealed record PlanShape
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Running or Completed.</summary>
    public required string Status { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last job was done, or null.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Number of jobs.</summary>
    public required int JobCount { get; init; }

    /// <summary>Jobs that are done.</summary>
    public required int CompletedCount { get; init; }

    /// <summary>Jobs that failed.</summary>
    public required int FailedCount { get; init; }

    /// <summary>What is done.</summary>
    public required System.Text.Json.Nodes.JsonNode? Alterations { get; init; }
}

/// <summary>What a plan does to one instance.</summary>
internal sealed record JobShape
{
    /// <summary>Id of the job.</summary>
    public required string Id { get; init; }

    /// <summary>Its plan.</summary>
    public required string PlanId { get; init; }

    /// <summary>The instance.</summary>
    public required string WorkflowInstanceId { get; init; }

    /// <summary>Pending, Completed, Failed.</summary>
    public required string Status { get; init; }

    /// <summary>When it was planned.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done, or null.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What happened, or null while it is pending.</summary>
    public System.Text.Json.Nodes.JsonNode? Log { get; init; }
}

/// <summary>A plan with its jobs.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Jobs">Its jobs, in order.</param>
internal sealed record PlanAnswer(PlanShape Plan, IReadOnlyList<JobShape> Jobs);
