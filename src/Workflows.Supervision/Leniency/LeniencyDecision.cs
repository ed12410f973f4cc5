using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leniency;

/// <summary>Which leniency (处罚法 33(1)).</summary>
public enum LeniencyKind
{
    /// <summary>首违不罚: first offence, minor harm, prompt correction; may not be punished.</summary>
    [JsonStringEnumMemberName("首违不罚")]
    FirstOffence,

    /// <summary>轻微不罚: minor, prompt correction, no harm; shall not be punished.</summary>
    [JsonStringEnumMemberName("轻微不罚")]
    MinorOffence,
}

/// <summary>State of a decision of leniency.</summary>
public enum LeniencyState
{
    /// <summary>Proposed by the handler.</summary>
    Proposed,

    /// <summary>法制审核 agreed.</summary>
    Reviewed,

    /// <summary>Decided by the head.</summary>
    Decided,

    /// <summary>Turned down in review or by the head.</summary>
    Rejected,
}

/// <summary>不予处罚: the conditions, each with its evidence, and the decision.</summary>
public sealed record LeniencyDecision : SupervisionRecord
{
    /// <summary>Which leniency.</summary>
    public required LeniencyKind Kind { get; init; }

    /// <summary>Findings it covers.</summary>
    public required IReadOnlyList<string> FindingIds { get; init; }

    /// <summary>自我纠错报告 that count as prompt correction; empty where all was put right under the officers' eyes.</summary>
    public IReadOnlyList<string> SelfCorrectionIds { get; init; } = [];

    /// <summary>Number in the list of leniency matters.</summary>
    public required string MatterNumber { get; init; }

    /// <summary>Result of the query for earlier violations; printed.</summary>
    public required FirstOffenceQuery Query { get; init; }

    /// <summary>Harm as found: 无 or 轻微.</summary>
    public required string Harm { get; init; }

    /// <summary>What the party was taught (33(3)).</summary>
    public required string Education { get; init; }

    /// <summary>Whether the party signed a promise.</summary>
    public bool PromiseSigned { get; init; }

    /// <summary>Who proposed it; may not review it.</summary>
    public required string HandlerId { get; init; }

    /// <summary>Legal review, or null.</summary>
    public Decision? LegalReview { get; init; }

    /// <summary>Decision of the head, or null.</summary>
    public Decision? Approval { get; init; }

    /// <summary>State.</summary>
    public required LeniencyState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Kind.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State switch
    {
        LeniencyState.Proposed => $"role:{Role.LegalReviewer}",
        LeniencyState.Reviewed => $"department:{Department}",
        _ => null,
    };
}

/// <summary>Query for earlier violations of the same kind.</summary>
/// <param name="From">First day looked at.</param>
/// <param name="To">Last day looked at.</param>
/// <param name="EarlierCaseIds">Earlier cases found; empty for a first offence.</param>
/// <param name="ItemCodes">Items looked for.</param>
public sealed record FirstOffenceQuery(DateOnly From, DateOnly To, IReadOnlyList<string> EarlierCaseIds, IReadOnlyList<string> ItemCodes);
