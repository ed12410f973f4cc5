using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Measures;

/// <summary>What a measure reads of one record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CaseId">Its case, or null.</param>
/// <param name="PlanId">Its plan, or null.</param>
/// <param name="Department">Its department, or null where it is shared.</param>
/// <param name="Area">Its area, or null.</param>
/// <param name="TargetId">Its target, or null.</param>
/// <param name="Kind">Its kind, or null.</param>
/// <param name="State">Its state.</param>
/// <param name="CreatedAt">When it came to be, UTC.</param>
/// <param name="Parts">The members that were asked for, as text or JSON; null where they are not there.</param>
public sealed record Fact(
    string Id, string? CaseId, string? PlanId, string? Department, string? Area, string? TargetId, string? Kind, string State, DateTimeOffset CreatedAt, IReadOnlyList<string?> Parts);

/// <summary>Which records, and what of them.</summary>
/// <param name="Paths">Members of the record, such as <c>closing.at</c>.</param>
public sealed record FactQuery(params IReadOnlyList<string> Paths)
{
    /// <summary>Rows that one statement gives at most.</summary>
    public const int MostRows = 200_000;

    /// <summary>Rows after which the reading is refused.</summary>
    public int Most { get; init; } = MostRows;

    /// <summary>Only in one of these states; null for all.</summary>
    public IReadOnlyList<string>? States { get; init; }

    /// <summary>Only in areas whose code begins with this; null for all.</summary>
    public string? AreaPrefix { get; init; }

    /// <summary>Only created at this time or later, UTC; null for all.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only created before this time, UTC; null for all.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }
}

/// <summary>Reads facts of many records; each call is one statement.</summary>
public interface IFactSource
{
    /// <summary>The facts of all records that match, in order of creation.</summary>
    /// <exception cref="RuleViolationException"><c>too-many-rows</c> (422) beyond <see cref="FactQuery.Most"/>.</exception>
    ValueTask<IReadOnlyList<Fact>> ReadAsync<T>(FactQuery query, CancellationToken cancellationToken = default)
        where T : class, IAggregate;

    /// <summary>The values of the only member asked for among all records that match, each once; records without it are left out.</summary>
    ValueTask<IReadOnlyList<string>> DistinctAsync<T>(FactQuery query, CancellationToken cancellationToken = default)
        where T : class, IAggregate;
}
