using System.Text.Json;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Model;

/// <summary>The row of an aggregate: the narrow columns of <see cref="AggregateIndex"/> and the whole as JSON.</summary>
public abstract class AggregateRow
{
    /// <summary>Identifier of the aggregate.</summary>
    public string Id { get; set; } = "";

    /// <summary>See <see cref="AggregateIndex.CaseKey"/>.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>See <see cref="AggregateIndex.CaseId"/>.</summary>
    public string? CaseId { get; set; }

    /// <summary>See <see cref="AggregateIndex.PlanId"/>.</summary>
    public string? PlanId { get; set; }

    /// <summary>See <see cref="AggregateIndex.Department"/>.</summary>
    public string? Department { get; set; }

    /// <summary>See <see cref="AggregateIndex.Area"/>.</summary>
    public string? Area { get; set; }

    /// <summary>See <see cref="AggregateIndex.TargetId"/>.</summary>
    public string? TargetId { get; set; }

    /// <summary>See <see cref="AggregateIndex.Owner"/>.</summary>
    public string? Owner { get; set; }

    /// <summary>See <see cref="AggregateIndex.Kind"/>.</summary>
    public string? Kind { get; set; }

    /// <summary>See <see cref="AggregateIndex.State"/>.</summary>
    public string State { get; set; } = "";

    /// <summary>See <see cref="AggregateIndex.DueAt"/>.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>See <see cref="AggregateIndex.CreatedAt"/>.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>See <see cref="AggregateIndex.Reference"/>.</summary>
    public string? Reference { get; set; }

    /// <summary>Counts the versions from 1.</summary>
    public long Revision { get; set; }

    /// <summary>The revision on which this version was built: 0 for none, -1 where it was not read before.</summary>
    public long BaseRevision { get; set; }

    /// <summary>The aggregate as JSON.</summary>
    public string Body { get; set; } = "";
}

/// <summary>The row of an aggregate of one type; each type has its own table.</summary>
/// <typeparam name="T">Type of the aggregate.</typeparam>
public sealed class AggregateRow<T> : AggregateRow
    where T : class, IAggregate
{
    internal static AggregateRow<T> Of(T aggregate, long baseRevision)
    {
        AggregateIndex index = aggregate.Index;
        return new AggregateRow<T>
        {
            Id = aggregate.Id,
            CaseKey = index.CaseKey,
            CaseId = index.CaseId,
            PlanId = index.PlanId,
            Department = index.Department,
            Area = index.Area,
            TargetId = index.TargetId,
            Owner = index.Owner,
            Kind = index.Kind,
            State = index.State,
            DueAt = index.DueAt,
            CreatedAt = index.CreatedAt,
            Reference = index.Reference,
            Revision = baseRevision < 0 ? 1 : baseRevision + 1,
            BaseRevision = baseRevision,
            Body = JsonSerializer.Serialize(aggregate, SupervisionJson.Options),
        };
    }
}
