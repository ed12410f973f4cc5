namespace Workflows.Storage.Queries.Instances;

/// <summary>By what a list of instances is ordered.</summary>
public enum InstanceOrder
{
    /// <summary>When they began.</summary>
    Created,

    /// <summary>When they last went on.</summary>
    Updated,

    /// <summary>When they ended; those that run come as if they had not.</summary>
    Finished,

    /// <summary>By name.</summary>
    Name,
}

/// <summary>A time of an instance.</summary>
public enum InstanceTime
{
    /// <summary>When it began.</summary>
    Created,

    /// <summary>When it last went on.</summary>
    Updated,

    /// <summary>When it ended.</summary>
    Finished,
}

/// <summary>How a time is compared.</summary>
public enum TimeComparison
{
    /// <summary>The same instant.</summary>
    Is,

    /// <summary>Another instant.</summary>
    IsNot,

    /// <summary>Before.</summary>
    LessThan,

    /// <summary>After.</summary>
    GreaterThan,

    /// <summary>Not after.</summary>
    LessThanOrEqual,

    /// <summary>Not before.</summary>
    GreaterThanOrEqual,
}

/// <summary>A condition on a time.</summary>
/// <param name="Column">Which time.</param>
/// <param name="Comparison">How it is compared.</param>
/// <param name="At">With what.</param>
public sealed record TimeCondition(InstanceTime Column, TimeComparison Comparison, DateTimeOffset At);

/// <summary>Which instances are meant; all given members must hold. An empty list holds for none.</summary>
public sealed record InstanceSelection
{
    /// <summary>A part of the id, of the family, of the definition, of the correlation id or of the name.</summary>
    public string? SearchTerm { get; init; }

    /// <summary>One of these.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Of one of these definitions.</summary>
    public IReadOnlyList<string>? DefinitionIds { get; init; }

    /// <summary>On one of these versions, by their ids.</summary>
    public IReadOnlyList<string>? DefinitionVersionIds { get; init; }

    /// <summary>On a version with this number.</summary>
    public int? Version { get; init; }

    /// <summary>With one of these correlation ids.</summary>
    public IReadOnlyList<string>? CorrelationIds { get; init; }

    /// <summary>Dispatched by one of these.</summary>
    public IReadOnlyList<string>? ParentIds { get; init; }

    /// <summary>With one of these names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>With one of these main statuses.</summary>
    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>With one of these sub-statuses.</summary>
    public IReadOnlyList<string>? SubStatuses { get; init; }

    /// <summary>With or without incidents.</summary>
    public bool? HasIncidents { get; init; }

    /// <summary>Conditions on times.</summary>
    public IReadOnlyList<TimeCondition> Times { get; init; } = [];
}

/// <summary>An instance by its narrow columns.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CaseKey">Its family.</param>
/// <param name="DefinitionId">Logical id of its definition.</param>
/// <param name="DefinitionVersionId">Id of the version on which it runs.</param>
/// <param name="Version">Number of that version.</param>
/// <param name="Status">Running or Finished.</param>
/// <param name="SubStatus">Pending, Suspended, Finished, Cancelled, Faulted.</param>
/// <param name="CorrelationId">Case or plan that it carries through, or null.</param>
/// <param name="Name">Name, or null.</param>
/// <param name="ParentId">Instance that dispatched it, or null.</param>
/// <param name="IncidentCount">Incidents so far.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="UpdatedAt">When it last went on. Two bursts at the same instant are told apart: each revision adds a tick.</param>
/// <param name="FinishedAt">When it ended, or null.</param>
public sealed record InstanceHead(
    string Id, string CaseKey, string DefinitionId, string DefinitionVersionId, int Version, string Status, string SubStatus, string? CorrelationId,
    string? Name, string? ParentId, int IncidentCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt);

/// <summary>A page of a list together with the number of all that match.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="TotalCount">How many match.</param>
public sealed record CountedPage<T>(IReadOnlyList<T> Items, long TotalCount);

/// <summary>Which stretch of an ordered list is asked for.</summary>
/// <param name="Skip">Rows before it, 0 or more.</param>
/// <param name="Take">Rows in it, 0 or more.</param>
public readonly record struct Stretch(long Skip, int Take);
