using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>How far a plan has come (practice.md 5: this order and no other).</summary>
public enum PlanState
{
    /// <summary>Drawn up, not approved.</summary>
    Draft,

    /// <summary>Approved with its rosters and rates.</summary>
    Approved,

    /// <summary>The commitment is published; rosters can no longer change.</summary>
    Committed,

    /// <summary>The public value stands and the draw may be made.</summary>
    ValueKnown,

    /// <summary>Targets and officers are drawn.</summary>
    Drawn,

    /// <summary>The result is confirmed; each target becomes a case.</summary>
    Confirmed,

    /// <summary>All its cases are closed.</summary>
    Closed,

    /// <summary>Given up with a reason.</summary>
    Cancelled,
}

/// <summary>How chances are given (random-draw.md 3).</summary>
public enum WeightMode
{
    /// <summary>等概率: each target one ticket.</summary>
    Uniform,

    /// <summary>按风险加权: 1 to 64 tickets by class and factors.</summary>
    Weighted,

    /// <summary>分层: quotas by class or area, uniform within.</summary>
    Stratified,

    /// <summary>全覆盖排批次: everybody is checked; the order only makes batches.</summary>
    BatchOrder,
}

/// <summary>检查计划: from the item of the annual plan to the confirmed draw.</summary>
public sealed record InspectionPlan : SupervisionRecord
{
    /// <summary>Title as it stands on paper.</summary>
    public required string Title { get; init; }

    /// <summary>Item of the published annual plan on which it rests.</summary>
    public required AnnualPlanItem AnnualItem { get; init; }

    /// <summary>Code of the scenario.</summary>
    public required string ScenarioCode { get; init; }

    /// <summary>Version of the package (plan, case, scenario data, templates) to which it is pinned.</summary>
    public required string PackageVersionId { get; init; }

    /// <summary>Root instance of its workflow, or null while it has none.</summary>
    public string? RootInstanceId { get; init; }

    /// <summary>Department that initiates and writes the plan (浙江条例 14).</summary>
    public required string LeadDepartment { get; init; }

    /// <summary>Departments that take part.</summary>
    public required IReadOnlyList<PlanDepartment> Departments { get; init; }

    /// <summary>How many targets are drawn; 1 or more.</summary>
    public required int DrawCount { get; init; }

    /// <summary>How many alternates follow in draw order; 0 or more.</summary>
    public required int AlternateCount { get; init; }

    /// <summary>How chances are given.</summary>
    public WeightMode WeightMode { get; init; } = WeightMode.Weighted;

    /// <summary>First day of the visits.</summary>
    public required DateOnly VisitFrom { get; init; }

    /// <summary>Last day of the visits.</summary>
    public required DateOnly VisitTo { get; init; }

    /// <summary>Whether the party is told only on arrival.</summary>
    public bool Surprise { get; init; }

    /// <summary>Credit classes whose targets it is for, <c>-</c> for those without one; empty for all.</summary>
    public IReadOnlyList<string> CreditClasses { get; init; } = [];

    /// <summary>Task force from which the officers are drawn; null for the whole roster of the departments.</summary>
    public string? TaskForceId { get; init; }

    /// <summary>Roster of targets as frozen for the draw.</summary>
    public RosterSnapshot? TargetRoster { get; init; }

    /// <summary>Roster of officers as frozen for the draw.</summary>
    public RosterSnapshot? OfficerRoster { get; init; }

    /// <summary>Approval, or null.</summary>
    public PlanApproval? Approval { get; init; }

    /// <summary>The published commitment, or null.</summary>
    public DrawCommitment? Commitment { get; init; }

    /// <summary>The public value, or null.</summary>
    public PublicDrawValue? PublicValue { get; init; }

    /// <summary>The result of the draw, or null.</summary>
    public DrawOutcome? Draw { get; init; }

    /// <summary>Confirmation of the result, or null.</summary>
    public PlanApproval? Confirmation { get; init; }

    /// <summary>Decisions on exceptions to the frequency cap, by target; the latest one of a target stands.</summary>
    public IReadOnlyList<TargetException> FrequencyExceptions { get; init; } = [];

    /// <summary>Drawn targets whose cap was reached before their case was opened; they wait for the head of the leading department.</summary>
    public IReadOnlyList<HeldTarget> HeldTargets { get; init; } = [];

    /// <summary>Cases made of it, one for each target.</summary>
    public IReadOnlyList<string> CaseIds { get; init; } = [];

    /// <summary>Why it was given up, or null.</summary>
    public string? CancelReason { get; init; }

    /// <summary>How far it has come.</summary>
    public required PlanState State { get; init; }

    /// <summary>People who would stand in front of the party: officers and assistants of attending departments.</summary>
    public int HeadCount => Departments.Where(d => d.Attends).Sum(d => d.Officers + d.Assistants);

    /// <summary>People at the door above which the approver says why, from the scenario to which the plan is pinned (practice.md 4: 8).</summary>
    public int HeadCountLimit { get; init; } = 8;

    /// <summary>Whether the head-count is above the limit, which the approver must see.</summary>
    public bool HeadCountWarning => HeadCount > HeadCountLimit;

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => ScenarioCode;

    /// <inheritdoc/>
    protected override string? OwnerKey => State is PlanState.Closed or PlanState.Cancelled ? null : $"department:{LeadDepartment}";
}

/// <summary>A decision on a check above the frequency cap.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Granted">Whether the check may be made all the same.</param>
/// <param name="Decision">Who decided, when and why.</param>
public sealed record TargetException(string TargetId, bool Granted, Decision Decision);

/// <summary>A drawn target that was not dispatched because an organ's cap is reached.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Why">Which organs, with counts and caps.</param>
/// <param name="At">When, UTC.</param>
public sealed record HeldTarget(string TargetId, string Why, DateTimeOffset At);

/// <summary>年度抽查计划 item.</summary>
/// <param name="Year">Year of the annual plan.</param>
/// <param name="Code">Number of the item.</param>
/// <param name="Title">Its title.</param>
/// <param name="PublishedOn">When the annual plan was published.</param>
public sealed record AnnualPlanItem(int Year, string Code, string Title, DateOnly? PublishedOn = null);

/// <summary>A department in a plan.</summary>
public sealed record PlanDepartment
{
    /// <summary>Code of the department.</summary>
    public required string Code { get; init; }

    /// <summary>Name of the organ that acts.</summary>
    public required string Name { get; init; }

    /// <summary>Whether its officers attend the visit.</summary>
    public bool Attends { get; init; } = true;

    /// <summary>Attending department that fixes the facts of its items by cooperation agreement (practice.md 4), or null.</summary>
    public string? ItemsLeftTo { get; init; }

    /// <summary>Officers it sends; two or more where it attends.</summary>
    public int Officers { get; init; } = 2;

    /// <summary>Assistants it brings; they record and never decide.</summary>
    public int Assistants { get; init; }
}

/// <summary>A roster as it was frozen.</summary>
/// <param name="SnapshotId">Id of the snapshot.</param>
/// <param name="Sha256">Hash over its canonical text, lower-case hex.</param>
/// <param name="Count">Entries in it.</param>
/// <param name="TakenAt">When, UTC.</param>
public sealed record RosterSnapshot(string SnapshotId, string Sha256, int Count, DateTimeOffset TakenAt);

/// <summary>Approval or confirmation by a person.</summary>
/// <param name="By">Id of the approver.</param>
/// <param name="Name">Name of the approver.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Note">Remark, or null.</param>
public sealed record PlanApproval(string By, string Name, DateTimeOffset At, string? Note);

/// <summary>What is published before the public value is known (random-draw.md 5.2).</summary>
public sealed record DrawCommitment
{
    /// <summary>Id of the draw; serial within the plan so that repeated draws show.</summary>
    public required string DrawId { get; init; }

    /// <summary>SHA-256 of the secret, lower-case hex.</summary>
    public required string Commitment { get; init; }

    /// <summary>Hash of the pool with its weights.</summary>
    public required string PoolHash { get; init; }

    /// <summary>Hash of the exclusions.</summary>
    public required string ExclusionHash { get; init; }

    /// <summary>Algorithm, such as <c>SSF-DRAW-v1</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Key under which the secret is kept until it is revealed; never the secret itself.</summary>
    public required string SecretKey { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who published it.</summary>
    public required string By { get; init; }
}

/// <summary>A value that the drawer cannot choose.</summary>
/// <param name="Value">The value as typed or announced.</param>
/// <param name="Source">Where it comes from, such as 见证人现场输入 or 双色球第2026140期.</param>
/// <param name="WitnessName">Who witnessed it.</param>
/// <param name="WitnessCapacity">In what capacity, such as 企业代表.</param>
/// <param name="At">When it was entered, UTC; after the commitment.</param>
public sealed record PublicDrawValue(string Value, string Source, string WitnessName, string? WitnessCapacity, DateTimeOffset At);

/// <summary>What a draw brought; the whole record is a <see cref="DrawFile"/>.</summary>
public sealed record DrawOutcome
{
    /// <summary>Id of the <see cref="DrawFile"/>.</summary>
    public required string DrawFileId { get; init; }

    /// <summary>Hash of the file's text, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Drawn targets in draw order.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Alternates in draw order.</summary>
    public IReadOnlyList<string> Alternates { get; init; } = [];

    /// <summary>Drawn officers, for each target and department.</summary>
    public IReadOnlyList<DrawnOfficers> Officers { get; init; } = [];
}

/// <summary>Officers drawn for one target and department.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Department">The department.</param>
/// <param name="Drawn">Officers who go, in draw order.</param>
/// <param name="Alternates">Officers who follow, in draw order.</param>
public sealed record DrawnOfficers(string TargetId, string Department, IReadOnlyList<string> Drawn, IReadOnlyList<string> Alternates);

/// <summary>The exportable record of a draw, kept word for word so that it can be replayed offline.</summary>
public sealed record DrawFile : SupervisionRecord
{
    /// <summary>Id of the draw.</summary>
    public required string DrawId { get; init; }

    /// <summary>Its JSON text.</summary>
    public required string Json { get; init; }

    /// <summary>SHA-256 of the text in UTF-8, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Kept";

    /// <inheritdoc/>
    protected override string? ReferenceKey => DrawId;
}
