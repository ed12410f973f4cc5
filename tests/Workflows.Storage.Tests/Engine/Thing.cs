using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Engine;

/// <summary>A stand-in for the aggregates of the domain.</summary>
public sealed record Thing(string Id, string CaseKey, string Text, DateTimeOffset CreatedAt) : IAggregate
{
    public string? Department { get; init; }

    public string? Area { get; init; }

    public string? Owner { get; init; }

    public string? Number { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public AggregateIndex Index => new()
    {
        CaseKey = CaseKey,
        CaseId = CaseKey,
        Department = Department,
        Area = Area,
        Owner = Owner,
        State = Text,
        Reference = Number,
        DueAt = DueAt,
        CreatedAt = CreatedAt,
    };
}
