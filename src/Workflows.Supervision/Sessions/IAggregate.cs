namespace Workflows.Supervision.Sessions;

/// <summary>
/// A piece of the domain that is stored, locked and shown as one: an immutable record. A change is a new record with the same
/// <see cref="Id"/>, handed to <see cref="ISupervisionSession.Save{T}"/>.
/// </summary>
public interface IAggregate
{
    /// <summary>Identifier, unique among aggregates of the type.</summary>
    string Id { get; }

    /// <summary>The narrow columns under which the store lists it. Lists are answered from these alone.</summary>
    AggregateIndex Index { get; }
}

/// <summary>The narrow, indexed columns that every aggregate shares. What does not apply is null.</summary>
public sealed record AggregateIndex
{
    /// <summary>Serialises everything of one family: the root workflow instance of the plan or case; for the rest the aggregate's own id.</summary>
    public required string CaseKey { get; init; }

    /// <summary>The case it belongs to.</summary>
    public string? CaseId { get; init; }

    /// <summary>The plan it belongs to.</summary>
    public string? PlanId { get; init; }

    /// <summary>Code of the department whose data it is (row-level rule); null where a joint task shares it.</summary>
    public string? Department { get; init; }

    /// <summary>Code of the district or town it lies in.</summary>
    public string? Area { get; init; }

    /// <summary>The target of supervision.</summary>
    public string? TargetId { get; init; }

    /// <summary>Who has to act next: a user, an officer or <c>department:FIR</c>, <c>role:supervisor</c>.</summary>
    public string? Owner { get; init; }

    /// <summary>Finer kind within the type, such as the kind of document or of task.</summary>
    public string? Kind { get; init; }

    /// <summary>State in the life of the aggregate, such as <c>Open</c>.</summary>
    public required string State { get; init; }

    /// <summary>When something must have happened, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it came to be, UTC; lists are ordered by it and by id.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A second key, unique within the type where given, such as a document number.</summary>
    public string? Reference { get; init; }
}

/// <summary>A condition over the narrow columns; all given members must hold.</summary>
public sealed record AggregateFilter
{
    /// <summary>Of this family.</summary>
    public string? CaseKey { get; init; }

    /// <summary>Of this case.</summary>
    public string? CaseId { get; init; }

    /// <summary>Of this plan.</summary>
    public string? PlanId { get; init; }

    /// <summary>Of one of these departments.</summary>
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>In an area whose code begins with this.</summary>
    public string? AreaPrefix { get; init; }

    /// <summary>Of this target.</summary>
    public string? TargetId { get; init; }

    /// <summary>With one of these owners.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <summary>Of one of these kinds.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>In one of these states.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>Due before this instant.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Created at this instant or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>With this second key.</summary>
    public string? Reference { get; init; }

    /// <summary>At most so many rows, in order of (CreatedAt, Id); null for all.</summary>
    public int? Take { get; init; }
}
