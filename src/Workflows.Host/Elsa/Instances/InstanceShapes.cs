using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Instances;

/// <summary>An instance in a list.</summary>
internal record InstanceSummary
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Logical id of its definition.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Id of the version on which it runs.</summary>
    public required string DefinitionVersionId { get; init; }

    /// <summary>Number of that version.</summary>
    public required int Version { get; init; }

    /// <summary>Instance that dispatched it, or null.</summary>
    public string? ParentWorkflowInstanceId { get; init; }

    /// <summary>Running or Finished.</summary>
    public required string Status { get; init; }

    /// <summary>Sub-status.</summary>
    public required string SubStatus { get; init; }

    /// <summary>Never: a burst is seen when it is over.</summary>
    public bool IsExecuting { get; init; }

    /// <summary>Case or plan that it carries through, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Incidents so far.</summary>
    public required int IncidentCount { get; init; }

    /// <summary>Never.</summary>
    public bool IsSystem { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last went on; another value after each burst.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The summary of a row.</summary>
    public static InstanceSummary Of(InstanceHead head) => new()
    {
        Id = head.Id,
        DefinitionId = head.DefinitionId,
        DefinitionVersionId = head.DefinitionVersionId,
        Version = head.Version,
        ParentWorkflowInstanceId = head.ParentId,
        Status = head.Status,
        SubStatus = head.SubStatus,
        CorrelationId = head.CorrelationId,
        Name = head.Name,
        IncidentCount = head.IncidentCount,
        CreatedAt = head.CreatedAt,
        UpdatedAt = head.UpdatedAt,
        FinishedAt = head.FinishedAt,
    };
}

/// <summary>An instance with its state.</summary>
internal sealed record InstanceShape : InstanceSummary
{
    /// <summary>What the engine keeps of it.</summary>
    public required JsonObject WorkflowState { get; init; }

    /// <summary>The shape of an instance.</summary>
    public static InstanceShape Of(InstanceHead head, WorkflowState state) => new()
    {
        Id = head.Id,
        DefinitionId = head.DefinitionId,
        DefinitionVersionId = head.DefinitionVersionId,
        Version = head.Version,
        ParentWorkflowInstanceId = head.ParentId,
        Status = head.Status,
        SubStatus = head.SubStatus,
        CorrelationId = head.CorrelationId,
        Name = head.Name,
        IncidentCount = head.IncidentCount,
        CreatedAt = head.CreatedAt,
        UpdatedAt = head.UpdatedAt,
        FinishedAt = head.FinishedAt,
        WorkflowState = StateShape.Of(state),
    };
}

/// <summary>How far an instance is.</summary>
/// <param name="Status">Running or Finished.</param>
/// <param name="SubStatus">Sub-status.</param>
/// <param name="UpdatedAt">When it last went on; another value after each burst.</param>
internal sealed record ExecutionStateShape(string Status, string SubStatus, DateTimeOffset UpdatedAt);

/// <summary>A page of instances.</summary>
/// <param name="Items">The instances.</param>
/// <param name="TotalCount">How many match.</param>
internal sealed record InstancePage(IReadOnlyList<InstanceSummary> Items, long TotalCount);

/// <summary>An entry of the journal.</summary>
internal sealed record JournalEntry
{
    /// <summary>Id: instance and position.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the execution.</summary>
    public required string ActivityInstanceId { get; init; }

    /// <summary>Id of the parent's execution, or null.</summary>
    public string? ParentActivityInstanceId { get; init; }

    /// <summary>Id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Its type.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Version of the type.</summary>
    public required int ActivityTypeVersion { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? ActivityName { get; init; }

    /// <summary>Its place in the diagram.</summary>
    public required string NodeId { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Position, from 0.</summary>
    public required long Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required string EventName { get; init; }

    /// <summary>Message, or null.</summary>
    public string? Message { get; init; }

    /// <summary>Outcomes and notes of the activity, or null.</summary>
    public JsonNode? Payload { get; init; }

    /// <summary>The shape of an entry.</summary>
    public static JournalEntry Of(string instanceId, JournalRecord record) => new()
    {
        Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{instanceId}-{record.Sequence}"),
        ActivityInstanceId = record.ActivityInstanceId,
        ParentActivityInstanceId = record.ParentActivityInstanceId,
        ActivityId = record.ActivityId,
        ActivityType = record.ActivityType,
        ActivityTypeVersion = record.ActivityTypeVersion,
        ActivityName = record.ActivityName,
        NodeId = record.ActivityNodeId,
        Timestamp = record.Timestamp,
        Sequence = record.Sequence,
        EventName = record.EventName,
        Message = record.Message,
        Payload = StateShape.CamelMembers(record.Payload),
    };
}

/// <summary>A stretch of a journal.</summary>
/// <param name="Items">The entries.</param>
/// <param name="TotalCount">How many match.</param>
internal sealed record JournalPage(IReadOnlyList<JournalEntry> Items, long TotalCount);

/// <summary>A variable of an instance; matched with the definition by its id.</summary>
/// <param name="Id">Id of the variable.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; left out where it has none.</param>
internal sealed record VariableShape(string Id, string Name, JsonNode? Value);

/// <summary>A list with its length.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Count">How many.</param>
internal sealed record CountedItems<T>(IReadOnlyList<T> Items, int Count)
{
    /// <summary>A list.</summary>
    public static CountedItems<T> Of(IReadOnlyList<T> items) => new(items, items.Count);
}
