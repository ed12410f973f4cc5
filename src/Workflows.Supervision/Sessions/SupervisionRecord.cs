using System.Text.Json.Serialization;

namespace Workflows.Supervision.Sessions;

/// <summary>What made a record come to be, or changed it last.</summary>
/// <param name="ActivityId">Activity of the diagram that caused it; null outside a workflow.</param>
/// <param name="ActorId">Who acted (see <see cref="Actor.Id"/>).</param>
/// <param name="ActorName">Name as people read it.</param>
/// <param name="At">When, UTC.</param>
public sealed record Cause(string? ActivityId, string ActorId, string ActorName, DateTimeOffset At);

/// <summary>
/// Base of the stored records: the keys they share, and their cause. It round-trips through <see cref="SupervisionJson.Options"/>;
/// <see cref="Index"/> is computed from it and never stored inside the body.
/// </summary>
public abstract record SupervisionRecord : IAggregate
{
    /// <inheritdoc/>
    public required string Id { get; init; }

    /// <summary>Family of instances that serialises it (see <see cref="AggregateIndex.CaseKey"/>).</summary>
    public required string CaseKey { get; init; }

    /// <summary>The case it belongs to, or null.</summary>
    public string? CaseId { get; init; }

    /// <summary>The plan it belongs to, or null.</summary>
    public string? PlanId { get; init; }

    /// <summary>Code of the department whose data it is, or null where a joint task shares it.</summary>
    public string? Department { get; init; }

    /// <summary>Code of the district or town it lies in.</summary>
    public string? Area { get; init; }

    /// <summary>The target of supervision, or null.</summary>
    public string? TargetId { get; init; }

    /// <summary>What made it come to be.</summary>
    public required Cause Created { get; init; }

    /// <summary>What changed it last, or null.</summary>
    public Cause? Changed { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public AggregateIndex Index => new()
    {
        CaseKey = CaseKey,
        CaseId = CaseId,
        PlanId = PlanId,
        Department = Department,
        Area = Area,
        TargetId = TargetId,
        Owner = OwnerKey,
        Kind = KindKey,
        State = StateKey,
        DueAt = DueKey,
        CreatedAt = Created.At,
        Reference = ReferenceKey,
    };

    /// <summary>Who has to act next.</summary>
    protected virtual string? OwnerKey => null;

    /// <summary>Finer kind within the type.</summary>
    protected virtual string? KindKey => null;

    /// <summary>State in its life.</summary>
    protected abstract string StateKey { get; }

    /// <summary>When something must have happened, UTC.</summary>
    protected virtual DateTimeOffset? DueKey => null;

    /// <summary>Second unique key.</summary>
    protected virtual string? ReferenceKey => null;
}
