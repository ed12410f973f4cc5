using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Host.Elsa.Instances;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Elsa.Executions;

/// <summary>An execution without what it read and wrote.</summary>
internal record ExecutionSummary
{
    /// <summary>Id of the execution.</summary>
    public required string Id { get; init; }

    /// <summary>Instance.</summary>
    public required string WorkflowInstanceId { get; init; }

    /// <summary>Id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Its place in the diagram.</summary>
    public required string ActivityNodeId { get; init; }

    /// <summary>Its type.</summary>
    public required string ActivityType { get; init; }

    /// <summary>Version of the type.</summary>
    public required int ActivityTypeVersion { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? ActivityName { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Whether it waits.</summary>
    public required bool HasBookmarks { get; init; }

    /// <summary>Pending, Running, Completed, Canceled, Faulted.</summary>
    public required string Status { get; init; }

    /// <summary>Faults in it and below it.</summary>
    public required int AggregateFaultCount { get; init; }

    /// <summary>Nothing here.</summary>
    public JsonObject Metadata { get; } = [];

    /// <summary>The summary of a row.</summary>
    public static ExecutionSummary Of(ExecutionHead head) => new()
    {
        Id = head.Id,
        WorkflowInstanceId = head.InstanceId,
        ActivityId = head.ActivityId,
        ActivityNodeId = head.ActivityNodeId,
        ActivityType = head.ActivityType,
        ActivityTypeVersion = head.ActivityTypeVersion,
        ActivityName = head.ActivityName,
        StartedAt = head.StartedAt,
        CompletedAt = head.CompletedAt,
        HasBookmarks = head.HasBookmarks,
        Status = head.Status,
        AggregateFaultCount = head.FaultCount,
    };
}

/// <summary>Why an execution faulted.</summary>
/// <param name="Type">Kind of exception, in general.</param>
/// <param name="Message">What went wrong.</param>
internal sealed record ExceptionShape(string Type, string Message);

/// <summary>A whole execution: ids, settings and outcomes.</summary>
internal sealed record ExecutionShape : ExecutionSummary
{
    /// <summary>Evaluated inputs by name.</summary>
    public required JsonObject ActivityState { get; init; }

    /// <summary>Outputs by name.</summary>
    public required JsonObject Outputs { get; init; }

    /// <summary>Its outcomes, or null.</summary>
    public JsonObject? Payload { get; init; }

    /// <summary>Nothing here.</summary>
    public JsonObject Properties { get; } = [];

    /// <summary>Why it faulted, or null.</summary>
    public ExceptionShape? Exception { get; init; }

    /// <summary>Execution that scheduled it, or null for the workflow.</summary>
    public string? SchedulingActivityExecutionId { get; init; }

    /// <summary>Depth below the workflow, where it is known.</summary>
    public int? CallStackDepth { get; init; }

    /// <summary>The shape of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="depth">Depth below the workflow, where it is known.</param>
    public static ExecutionShape Of((ExecutionHead Head, ActivityExecutionRecord Record) row, int? depth = null) => new()
    {
        Id = row.Head.Id,
        WorkflowInstanceId = row.Head.InstanceId,
        ActivityId = row.Head.ActivityId,
        ActivityNodeId = row.Head.ActivityNodeId,
        ActivityType = row.Head.ActivityType,
        ActivityTypeVersion = row.Head.ActivityTypeVersion,
        ActivityName = row.Head.ActivityName,
        StartedAt = row.Head.StartedAt,
        CompletedAt = row.Head.CompletedAt,
        HasBookmarks = row.Head.HasBookmarks,
        Status = row.Head.Status,
        AggregateFaultCount = row.Head.FaultCount,
        ActivityState = row.Record.Inputs ?? [],
        Outputs = row.Record.Outputs ?? [],
        Payload = row.Record.Outcomes is { } outcomes ? new JsonObject { ["outcomes"] = new JsonArray([.. outcomes.Select(outcome => JsonValue.Create(outcome))]) } : null,
        Exception = row.Record.Exception is { } message ? new ExceptionShape("System.Exception", message) : null,
        SchedulingActivityExecutionId = row.Head.ParentId,
        CallStackDepth = depth,
    };
}

/// <summary>What became of the executions at one place of the diagram.</summary>
internal sealed record NodeStats
{
    /// <summary>Id of the activity.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Its place in the diagram.</summary>
    public required string ActivityNodeId { get; init; }

    /// <summary>How many began.</summary>
    public required long StartedCount { get; init; }

    /// <summary>How many completed.</summary>
    public required long CompletedCount { get; init; }

    /// <summary>How many have not ended.</summary>
    public required long UncompletedCount { get; init; }

    /// <summary>Whether one waits.</summary>
    public required bool IsBlocked { get; init; }

    /// <summary>Whether one has faulted.</summary>
    public required bool IsFaulted { get; init; }

    /// <summary>Faults in them and below them.</summary>
    public required long AggregateFaultCount { get; init; }

    /// <summary>Nothing here.</summary>
    public JsonObject Metadata { get; } = [];

    /// <summary>The shape of a report.</summary>
    public static NodeStats Of(NodeReport report) => new()
    {
        ActivityId = report.ActivityId,
        ActivityNodeId = report.ActivityNodeId,
        StartedCount = report.Started,
        CompletedCount = report.Completed,
        UncompletedCount = report.Uncompleted,
        IsBlocked = report.IsBlocked,
        IsFaulted = report.IsFaulted || report.FaultCount > 0,
        AggregateFaultCount = report.FaultCount,
    };
}

/// <summary>Reports of several places.</summary>
/// <param name="Stats">The reports.</param>
internal sealed record NodeStatsList(IReadOnlyList<NodeStats> Stats);
