using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Merging;

/// <summary>Life of a proposal.</summary>
public enum MergeState
{
    /// <summary>Waits for a decision.</summary>
    Proposed,

    /// <summary>The checks are made in one visit.</summary>
    Accepted,

    /// <summary>They are made apart, for a reason that is kept.</summary>
    Refused,

    /// <summary>One of them was made, or given up, before anybody decided.</summary>
    Lapsed,
}

/// <summary>How far checks can be merged.</summary>
public enum MergeKind
{
    /// <summary>一份笔录: the checks share a checklist, so they become one case with one visit, one record and one package.</summary>
    OneRecord,

    /// <summary>一同上门: checks of several scenarios go to the door together on one day; each keeps the record of its own checklist.</summary>
    SharedTrip,
}

/// <summary>A check in a proposal, as it stood when it was proposed.</summary>
/// <param name="CaseId">Its case.</param>
/// <param name="Number">Number of the case.</param>
/// <param name="ScenarioCode">Scenario.</param>
/// <param name="Trigger">What set it off.</param>
/// <param name="LeadDepartment">Department that leads.</param>
/// <param name="Departments">Departments that attend.</param>
/// <param name="From">First day on which it is to be made.</param>
/// <param name="To">Last day.</param>
public sealed record MergePart(
    string CaseId, string Number, string ScenarioCode, TriggerKind Trigger, string LeadDepartment, IReadOnlyList<string> Departments, DateOnly From, DateOnly To);

/// <summary>综合查一次 proposal: checks of one target that nobody has begun and whose windows meet.</summary>
public sealed record MergeProposal : SupervisionRecord
{
    /// <summary>Name of the target.</summary>
    public required string TargetName { get; init; }

    /// <summary>The checks.</summary>
    public required IReadOnlyList<MergePart> Parts { get; init; }

    /// <summary>How far they can be merged.</summary>
    public required MergeKind Kind { get; init; }

    /// <summary>First common day, or the day nearest to both where the windows only lie close.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last common day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Entry of the list that asks for it, or null.</summary>
    public string? RuleCode { get; init; }

    /// <summary>Whether the list demands it: no visit begins while it is undecided, and only a supervisor refuses it.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>Visits that the party is spared: one less than there are checks.</summary>
    public int VisitsSaved => Parts.Count - 1;

    /// <summary>State.</summary>
    public required MergeState State { get; init; }

    /// <summary>Who decided, when and why; null until then.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Case that carries the merged visit; null until it is accepted.</summary>
    public string? MainCaseId { get; init; }

    /// <summary>Day of the shared trip, or null.</summary>
    public DateOnly? Day { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Kind.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State == MergeState.Proposed ? "role:dispatcher" : null;
}

/// <summary>A case that was merged into another.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="Trigger">What had set it off.</param>
/// <param name="Departments">Departments that attend for it.</param>
/// <param name="PlanId">Its plan, or null.</param>
public sealed record MergedCase(string CaseId, string Number, TriggerKind Trigger, IReadOnlyList<string> Departments, string? PlanId);
