using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.CaseFilings;

/// <summary>State of a filing.</summary>
public enum FilingState
{
    /// <summary>Proposed by the handler; legal review is due.</summary>
    Proposed,

    /// <summary>法制审核 agreed; the head decides.</summary>
    Reviewed,

    /// <summary>案件办理中: filed; waits for number and outcome from the organ.</summary>
    InProgress,

    /// <summary>The organ told the outcome.</summary>
    Concluded,

    /// <summary>Not filed, with a reason.</summary>
    Rejected,
}

/// <summary>The way of a filing and what its choice rested on.</summary>
/// <param name="Way">Which of the three.</param>
/// <param name="Title">Its name in the scenario.</param>
/// <param name="Basis">Where it stands in law, or null.</param>
/// <param name="Limit">Its own limit, or null for that of the organ's law.</param>
/// <param name="Named">Whether a person named it; else the scenario's rules chose.</param>
/// <param name="Grounds">What was stated.</param>
public sealed record FilingProcedure(ProcedureKind Way, string Title, string? Basis, LegalPeriod? Limit, bool Named, ProcedureGrounds Grounds);

/// <summary>What is stated with a decision to file.</summary>
/// <param name="Way">Way that is asked for; null to let the rules choose.</param>
/// <param name="Grounds">What the case is like.</param>
public sealed record ProcedureRequest(ProcedureKind? Way, ProcedureGrounds Grounds);

/// <summary>延长办案期限 by the head of the organ.</summary>
/// <param name="Decision">Who decided, when and why.</param>
/// <param name="Before">Last day until then.</param>
/// <param name="Due">Last day from then on.</param>
public sealed record FilingExtension(Decision Decision, DateOnly Before, DateOnly Due);

/// <summary>立案 with the organ that punishes (practice.md 2 and 12).</summary>
public sealed record CaseFiling : SupervisionRecord
{
    /// <summary>Findings filed.</summary>
    public required IReadOnlyList<string> FindingIds { get; init; }

    /// <summary>Full name of the organ that punishes.</summary>
    public required string Organ { get; init; }

    /// <summary>Why it is filed, such as 逾期未改正.</summary>
    public required string Reason { get; init; }

    /// <summary>Who proposed it; may not review it.</summary>
    public required string HandlerId { get; init; }

    /// <summary>Last day for the filing decision.</summary>
    public required DateOnly FileBy { get; init; }

    /// <summary>Legal review, or null.</summary>
    public Decision? LegalReview { get; init; }

    /// <summary>Decision of the head, or null.</summary>
    public Decision? Approval { get; init; }

    /// <summary>Day of filing (立案之日), or null.</summary>
    public DateOnly? FiledOn { get; init; }

    /// <summary>Number given by the organ's own system, or null.</summary>
    public string? FilingNumber { get; init; }

    /// <summary>Rule of the organ's own time limit, such as <c>APL-60</c>.</summary>
    public required string LimitRule { get; init; }

    /// <summary>The organ's own time limit.</summary>
    public required LegalPeriod Limit { get; init; }

    /// <summary>繁简分流: way on which it is handled; null before filing and where the scenario tells none apart.</summary>
    public FilingProcedure? Procedure { get; init; }

    /// <summary>Clock of that limit, or null before filing.</summary>
    public string? ClockId { get; init; }

    /// <summary>Last day of that limit, or null before filing.</summary>
    public DateOnly? DecideBy { get; init; }

    /// <summary>延长办案期限, in the order of the decisions.</summary>
    public IReadOnlyList<FilingExtension> Extensions { get; init; } = [];

    /// <summary>Whether its records are sealed: never published, scored or shown to other departments (治安管理处罚法 136).</summary>
    public bool Sealed { get; init; }

    /// <summary>When the organ told its outcome, UTC, or null.</summary>
    public DateTimeOffset? ConcludedAt { get; init; }

    /// <summary>Outcome that the organ told, or null.</summary>
    public string? Outcome { get; init; }

    /// <summary>State.</summary>
    public required FilingState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State switch
    {
        FilingState.Proposed => $"role:{Role.LegalReviewer}",
        FilingState.Reviewed or FilingState.InProgress => $"department:{Department}",
        _ => null,
    };

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State switch
    {
        FilingState.Proposed or FilingState.Reviewed => ShanghaiTime.PassedAt(FileBy),
        FilingState.InProgress when DecideBy is { } due => ShanghaiTime.PassedAt(due),
        _ => null,
    };

    /// <inheritdoc/>
    protected override string? ReferenceKey => FilingNumber;
}
