using System.Text.Json.Nodes;
using Workflows.Engine.Execution;

namespace Workflows.Engine.State;

/// <summary>One execution as it is kept between bursts. Values are JSON and never changed in place.</summary>
internal sealed record ActivityContextState
{
    public required string Id { get; init; }

    public string? ParentId { get; init; }

    /// <summary>Path within its own compiled workflow.</summary>
    public required string NodeId { get; init; }

    /// <summary>Path from the top workflow; differs inside a workflow used as activity.</summary>
    public required string FullNodeId { get; init; }

    public required ActivityStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public string? Callback { get; init; }

    public JsonNode? Tag { get; init; }

    public int Counter { get; init; }

    public int FaultCount { get; init; }

    public bool IsBackward { get; init; }

    public bool IsBreaking { get; init; }

    public bool InputsEvaluated { get; init; }

    public JsonObject? Inputs { get; init; }

    public JsonObject? Properties { get; init; }

    public IReadOnlyList<VariableState> Variables { get; init; } = [];

    public JsonNode? Scope { get; init; }

    public string? Exception { get; init; }
}

/// <summary>The value of a variable between bursts.</summary>
internal sealed record VariableState(string Id, string Name, JsonNode? Value, bool IsDynamic);
