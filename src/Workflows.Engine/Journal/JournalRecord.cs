using System.Text.Json.Nodes;

namespace Workflows.Engine.Journal;

/// <summary>One entry of the workflow execution log (Elsa's WorkflowExecutionLogRecord). Holds ids and outcomes, never case data.</summary>
public sealed record JournalRecord
{
    /// <summary>Position in the log of the instance, from 0, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>Time of the stimulus.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Started, Suspended, Resumed, Completed, Canceled, Faulted, "Precondition Failed", "Workflow cancelled".</summary>
    public required string EventName { get; init; }

    /// <summary>Id of the activity execution.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>Id of the parent's execution, or null for the workflow.</summary>
    public string? ParentActivityInstanceId { get; init; }

    /// <summary>Id of the activity in the definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Type name, such as <c>Elsa.Delay</c>.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Version of the type.</summary>
    public int ActivityTypeVersion { get; init; } = 1;

    /// <summary>Name that the analyst gave the activity, or null.</summary>
    public string? ActivityName { get; init; }

    /// <summary>Path of ids from the workflow down, joined by ":".</summary>
    public required string ActivityNodeId { get; init; }

    /// <summary>Message, or null.</summary>
    public string? Message { get; init; }

    /// <summary>For instance <c>{"Outcomes":["Done"]}</c>; null for none.</summary>
    public JsonNode? Payload { get; init; }
}

/// <summary>One activity execution as Studio shows it (Elsa's ActivityExecutionRecord).</summary>
public sealed record ActivityExecutionRecord
{
    /// <summary>Id of the execution.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the parent's execution, or null for the workflow.</summary>
    public string? ParentId { get; init; }

    /// <summary>Id of the activity in the definition.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Path of ids from the workflow down.</summary>
    public required string ActivityNodeId { get; init; }

    /// <summary>Type name.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Version of the type.</summary>
    public int ActivityTypeVersion { get; init; } = 1;

    /// <summary>Name given by the analyst, or null.</summary>
    public string? ActivityName { get; init; }

    /// <summary>Pending, Running, Completed, Canceled, Faulted.</summary>
    public required string Status { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it completed, or null.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Whether it waits.</summary>
    public bool HasBookmarks { get; init; }

    /// <summary>Its outcomes once completed with explicit ones.</summary>
    public IReadOnlyList<string>? Outcomes { get; init; }

    /// <summary>Evaluated inputs by name (ids and settings, no case data).</summary>
    public JsonObject? Inputs { get; init; }

    /// <summary>Outputs by name.</summary>
    public JsonObject? Outputs { get; init; }

    /// <summary>Message of the exception that faulted it, or null.</summary>
    public string? Exception { get; init; }

    /// <summary>Faults in it and in its descendants.</summary>
    public int AggregateFaultCount { get; init; }
}
