using Workflows.Supervision.Merging;
using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>Life of a case.</summary>
public enum CaseState
{
    /// <summary>Something is to be done.</summary>
    Open,

    /// <summary>办结.</summary>
    Closed,

    /// <summary>撤销: given up with a reason before anybody visited the target; counted nowhere as a check.</summary>
    Withdrawn,
}

/// <summary>What set a case off (scenarios.md 0.3).</summary>
public enum TriggerKind
{
    /// <summary>月度计划 (drawn).</summary>
    MonthlyPlan,

    /// <summary>专项.</summary>
    SpecialCampaign,

    /// <summary>12345热线.</summary>
    Complaint12345,

    /// <summary>举报.</summary>
    Report,

    /// <summary>网格上报.</summary>
    GridReport,

    /// <summary>吹哨.</summary>
    WhistleBlow,

    /// <summary>部门移送.</summary>
    TransferIn,

    /// <summary>上级交办.</summary>
    SuperiorAssign,

    /// <summary>感知告警.</summary>
    SensorAlarm,

    /// <summary>视频智能识别.</summary>
    VideoAI,

    /// <summary>无人机巡查.</summary>
    DronePatrol,

    /// <summary>船艇巡查.</summary>
    BoatPatrol,

    /// <summary>陆路巡查.</summary>
    LandPatrol,

    /// <summary>节点.</summary>
    Milestone,

    /// <summary>许可或登记.</summary>
    LicenceEvent,

    /// <summary>信用降级.</summary>
    CreditEvent,

    /// <summary>复查.</summary>
    Recheck,

    /// <summary>自查自纠.</summary>
    SelfCorrection,

    /// <summary>办不成事.</summary>
    StuckMatter,
}

/// <summary>联合检查案件: one target, one visit, one package, until closure and publication.</summary>
public sealed record Case : SupervisionRecord
{
    /// <summary>Number of the case, unique.</summary>
    public required string Number { get; init; }

    /// <summary>Code of the scenario.</summary>
    public required string ScenarioCode { get; init; }

    /// <summary>Version of the package to which it is pinned.</summary>
    public required string PackageVersionId { get; init; }

    /// <summary>What set it off.</summary>
    public required TriggerKind Trigger { get; init; }

    /// <summary>The target as it was when the case began.</summary>
    public required TargetSnapshot Target { get; init; }

    /// <summary>Departments that take part, with the name of the organ that acts.</summary>
    public required IReadOnlyList<CaseDepartment> Departments { get; init; }

    /// <summary>Department that leads.</summary>
    public required string LeadDepartment { get; init; }

    /// <summary>Root instance of its workflow.</summary>
    public required string RootInstanceId { get; init; }

    /// <summary>Whether the party is told only on arrival.</summary>
    public bool Surprise { get; init; }

    /// <summary>Approved exception to the frequency cap, or null.</summary>
    public Decision? FrequencyException { get; init; }

    /// <summary>Approval of a check although another department has just found nothing, or null.</summary>
    public Decision? RepeatException { get; init; }

    /// <summary>综合查一次: cases whose checks are made with this one.</summary>
    public IReadOnlyList<MergedCase>? MergedFrom { get; init; }

    /// <summary>Trip that it shares with checks of other scenarios, or null.</summary>
    public SharedTrip? SharedTrip { get; init; }

    /// <summary>检查事由 of a check that was opened by hand, or null.</summary>
    public string? Occasion { get; init; }

    /// <summary>What from outside it answers: number of a lead, a complaint or a transfer; or null.</summary>
    public string? SourceReference { get; init; }

    /// <summary>How many on-site checks of this year by the lead organ it makes with this one; printed on the notice.</summary>
    public int VisitOfYear { get; init; } = 1;

    /// <summary>Stage as people read it, such as 整改中; <see cref="CaseStage"/> derives it.</summary>
    public required string Stage { get; init; }

    /// <summary>Life of the case.</summary>
    public required CaseState State { get; init; }

    /// <summary>Outcome of the check, such as 责令改正; null until there is one.</summary>
    public string? Outcome { get; init; }

    /// <summary>How the target came to be gone before the check (对象已灭失), or null.</summary>
    public string? GoneReason { get; init; }

    /// <summary>Who reported the target gone; whoever approves a substitute has to be somebody else.</summary>
    public string? GoneReportedBy { get; init; }

    /// <summary>Why it was closed (销号原因) or withdrawn (撤销理由), or null.</summary>
    public string? ClosureReason { get; init; }

    /// <summary>When the check task ended, UTC; publication counts from its date.</summary>
    public DateTimeOffset? TaskEndedAt { get; init; }

    /// <summary>When it was closed or withdrawn, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Steps taken on the way to forced execution, oldest first; empty where there is none.</summary>
    public IReadOnlyList<EnforcementAct> Enforcement { get; init; } = [];

    /// <summary>Supplier and letter by which power was cut, or null.</summary>
    public string? SupplyCut { get; init; }

    /// <summary>Result code as published, or null.</summary>
    public string? PublicResult { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => ScenarioCode;

    /// <inheritdoc/>
    protected override string? OwnerKey => State != CaseState.Open ? null : $"department:{LeadDepartment}";

    /// <inheritdoc/>
    protected override string? ReferenceKey => Number;
}

/// <summary>One way to the door for checks of several scenarios.</summary>
/// <param name="ProposalId">The proposal that was accepted.</param>
/// <param name="Day">The day.</param>
public sealed record SharedTrip(string ProposalId, DateOnly Day);

/// <summary>A department in a case.</summary>
/// <param name="Code">Code of the department, such as <c>FIR</c>.</param>
/// <param name="Organ">Full name of the organ that acts, such as 宁波市海曙区消防救援大队.</param>
/// <param name="NumberName">Short name in its document numbers, such as 甬海曙消.</param>
/// <param name="Attends">Whether its officers attend.</param>
/// <param name="ItemsLeftTo">Attending department that fixes the facts of its items, or null.</param>
public sealed record CaseDepartment(string Code, string Organ, string NumberName, bool Attends = true, string? ItemsLeftTo = null);

/// <summary>A target as it was at a moment.</summary>
public sealed record TargetSnapshot
{
    /// <summary>Id in the roster.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the unit, or of the person.</summary>
    public required string Name { get; init; }

    /// <summary>Kind, such as <c>Premises</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether the party is a natural person (masked in public).</summary>
    public bool IsIndividual { get; init; }

    /// <summary>统一社会信用代码, or null.</summary>
    public string? CreditCode { get; init; }

    /// <summary>Address of the premises.</summary>
    public required string Address { get; init; }

    /// <summary>法定代表人 or 负责人 or operator.</summary>
    public string? Representative { get; init; }

    /// <summary>Title of that person, such as 法定代表人 or 经营者; null for 负责人.</summary>
    public string? RepresentativeTitle { get; init; }

    /// <summary>字号 of an individual business, or null.</summary>
    public string? TradeName { get; init; }

    /// <summary>Telephone.</summary>
    public string? Phone { get; init; }

    /// <summary>Division code of the town in which it lies, or null.</summary>
    public string? Area { get; init; }

    /// <summary>Number of the person's identity document; never leaves the organ unmasked.</summary>
    public string? IdentityNumber { get; init; }

    /// <summary>How far the party is known whose papers lack that number or the credit code; null for whoever the roster names with it.</summary>
    public PartyIdentity? Identity { get; init; }

    /// <summary>What was done to find out who the party is and why it led to nobody, or null.</summary>
    public string? UnknownReason { get; init; }

    /// <summary>Tags that items may ask for, such as 专业电竞酒店.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>信用风险分类 as imported (A to D), read-only here; never confused with 监管评分.</summary>
    public string? ImportedCreditClass { get; init; }
}
