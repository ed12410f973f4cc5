using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;

namespace Workflows.Engine.State;

/// <summary>Main status of an instance (Elsa concept).</summary>
public enum WorkflowStatus
{
    /// <summary>Something can still happen.</summary>
    Running,

    /// <summary>Nothing can happen any more.</summary>
    Finished,
}

/// <summary>Finer status of an instance (Elsa concept).</summary>
public enum WorkflowSubStatus
{
    /// <summary>Created, not yet run.</summary>
    Pending,

    /// <summary>In a burst.</summary>
    Executing,

    /// <summary>Waiting for a stimulus.</summary>
    Suspended,

    /// <summary>Stopped by a drain; goes on by itself.</summary>
    Interrupted,

    /// <summary>Completed.</summary>
    Finished,

    /// <summary>Cancelled.</summary>
    Cancelled,

    /// <summary>Ended by a fault.</summary>
    Faulted,
}

/// <summary>A variable of an instance.</summary>
/// <param name="Id">Id of the variable in the definition.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, or null.</param>
public sealed record WorkflowVariable(string Id, string Name, JsonNode? Value);

/// <summary>A fault of an activity (Elsa concept).</summary>
/// <param name="ActivityId">Id of the activity in the definition.</param>
/// <param name="ActivityNodeId">Its path from the workflow down.</param>
/// <param name="ActivityInstanceId">Id of the execution.</param>
/// <param name="ActivityType">Type name.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="ExceptionType">Type of the exception, or null.</param>
/// <param name="Timestamp">Time of the stimulus.</param>
public sealed record Incident(
    string ActivityId,
    string ActivityNodeId,
    string ActivityInstanceId,
    string ActivityType,
    string Message,
    string? ExceptionType,
    DateTimeOffset Timestamp)
{
    /// <summary>What lies behind, such as the error of an expression; null for none.</summary>
    public string? Cause { get; init; }
}

/// <summary>The persistent state of one workflow instance; everything a later burst needs.</summary>
public sealed partial class WorkflowState
{
    /// <summary>Instance id.</summary>
    public required string Id { get; init; }

    /// <summary>Logical definition id.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Id of the version it runs on.</summary>
    public required string DefinitionVersionId { get; set; }

    /// <summary>Number of that version.</summary>
    public required int DefinitionVersion { get; set; }

    /// <summary>Instance that dispatched this one, or null.</summary>
    public string? ParentWorkflowInstanceId { get; init; }

    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; set; }

    /// <summary>Main status.</summary>
    public WorkflowStatus Status { get; set; }

    /// <summary>Finer status.</summary>
    public WorkflowSubStatus SubStatus { get; set; }

    /// <summary>All open bookmarks.</summary>
    public List<Bookmark> Bookmarks { get; init; } = [];

    /// <summary>All incidents so far.</summary>
    public List<Incident> Incidents { get; init; } = [];

    /// <summary>Created at.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last changed at.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Finished at, or null.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Number of the next journal record.</summary>
    public long ExecutionLogSequence { get; set; }

    /// <summary>Workflow inputs that are kept with the instance (those declared with a storage driver).</summary>
    public JsonObject Input { get; init; } = [];

    /// <summary>Workflow outputs so far.</summary>
    public JsonObject Output { get; init; } = [];

    /// <summary>Properties of the instance, such as <c>Flowchart:ExecutionMode</c>.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>
    /// The instance can never go on by itself or by a stimulus: it is suspended and waits for nothing (a join that cannot be satisfied,
    /// a branch that ended in an incident). Must be shown to a person.
    /// </summary>
    public bool IsStuck => Status == WorkflowStatus.Running && SubStatus == WorkflowSubStatus.Suspended && Bookmarks.Count == 0;

    /// <summary>Executions that are not final, and the root's; ancestors before descendants.</summary>
    internal List<ActivityContextState> Contexts { get; init; } = [];
}
