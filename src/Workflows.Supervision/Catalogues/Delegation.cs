using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Catalogues;

/// <summary>A time during which a town holds a power.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, or null for as long as it is not ended.</param>
/// <param name="List">Number of the list or decision that gives it.</param>
public sealed record DelegationTerm(DateOnly From, DateOnly? To, string List);

/// <summary>赋权事项: the power over one matter that was given to one town (行政处罚法 24), with all its terms.</summary>
public sealed record Delegation : SupervisionRecord
{
    /// <summary>Department code of towns.</summary>
    public const string TownDepartment = "TOWN";

    /// <summary>Code of the matter.</summary>
    public required string MatterCode { get; init; }

    /// <summary>Terms in order of their first days; no two begin on one day.</summary>
    public required IReadOnlyList<DelegationTerm> Terms { get; init; }

    /// <summary>Id of the delegation of a matter to a town.</summary>
    public static string IdOf(string town, string matterCode) => $"{town}/{matterCode}";

    /// <summary>The term that runs on a day, or null.</summary>
    public DelegationTerm? On(DateOnly day) => Terms.LastOrDefault(t => t.From <= day) is { } term && (term.To is null || day <= term.To) ? term : null;

    /// <summary>The delegation with a term added, or replaced where one begins on the same day.</summary>
    public Delegation With(DelegationTerm term) => this with { Terms = [.. Terms.Where(t => t.From != term.From).Append(term).OrderBy(t => t.From)] };

    /// <inheritdoc/>
    protected override string StateKey => "Known";

    /// <inheritdoc/>
    protected override string? KindKey => MatterCode;
}
