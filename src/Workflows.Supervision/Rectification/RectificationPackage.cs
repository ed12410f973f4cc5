using System.Text.Json.Serialization;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>集成改一次: the cover over the orders of several organs.</summary>
public sealed record RectificationPackage : SupervisionRecord
{
    /// <summary>Orders in it, one for each organ.</summary>
    public required IReadOnlyList<string> OrderIds { get; init; }

    /// <summary>Whether every item in it is closed.</summary>
    public required bool Closed { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Closed ? "Closed" : "Open";
}

/// <summary>Life of an order.</summary>
public enum OrderState
{
    /// <summary>Being drawn up.</summary>
    Draft,

    /// <summary>Approved by the head of the department.</summary>
    Approved,

    /// <summary>Issued with its number.</summary>
    Issued,

    /// <summary>Served: its clocks run.</summary>
    Served,

    /// <summary>Every item is put right.</summary>
    Fulfilled,

    /// <summary>Some item went to 立案.</summary>
    Filed,

    /// <summary>Ended without being put right: what it asked for is asked no more.</summary>
    Revoked,
}

/// <summary>State of an item of an order.</summary>
public enum RectificationItemState
{
    /// <summary>The party is putting it right.</summary>
    Open,

    /// <summary>Proof is there and waits for review.</summary>
    ProofSubmitted,

    /// <summary>已改正 (by desk review or re-inspection).</summary>
    Rectified,

    /// <summary>逾期未改正.</summary>
    Overdue,

    /// <summary>转立案.</summary>
    Filed,

    /// <summary>终止整改: not put right and not filed; the head ended the demand with a reason.</summary>
    Ended,
}

/// <summary>责令(限期)改正通知书 of one organ, in its own name.</summary>
public sealed record RectificationOrder : SupervisionRecord
{
    /// <summary>Package it belongs to.</summary>
    public required string PackageId { get; init; }

    /// <summary>Full name of the organ.</summary>
    public required string Organ { get; init; }

    /// <summary>Items, each with its own date.</summary>
    public required IReadOnlyList<RectificationItem> Items { get; init; }

    /// <summary>Officers who prepared it; two.</summary>
    public IReadOnlyList<OfficerSignature> PreparedBy { get; init; } = [];

    /// <summary>Approval by the head of the department, or null.</summary>
    public Decision? Approval { get; init; }

    /// <summary>Issued document, or null.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Its number, or null.</summary>
    public string? DocumentNumber { get; init; }

    /// <summary>Day of service, or null.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>Life of the order.</summary>
    public required OrderState State { get; init; }

    /// <summary>The earliest last day among items that are not closed, or null.</summary>
    public DateOnly? NextDue => Items.Where(i => i.IsOpen).Select(i => i.Due).Min();

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State == OrderState.Served ? $"party:{TargetId}" : $"department:{Department}";

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == OrderState.Served && NextDue is { } due ? ShanghaiTime.PassedAt(due) : null;

    /// <inheritdoc/>
    protected override string? ReferenceKey => DocumentNumber;
}

/// <summary>An item of an order.</summary>
public sealed record RectificationItem
{
    /// <summary>Number within the order, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Finding it answers.</summary>
    public required string FindingId { get; init; }

    /// <summary>Code of the checklist item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>What is to be done, and how it passes.</summary>
    public required string Requirement { get; init; }

    /// <summary>How the party proves it.</summary>
    public required string ProofWanted { get; init; }

    /// <summary>Period in days chosen by the officer; null for an immediate order (立即改正).</summary>
    public LegalPeriod? Period { get; init; }

    /// <summary>Why this period, where it is not the scenario's default.</summary>
    public string? PeriodReason { get; init; }

    /// <summary>Absolute last day (含当日) printed on the order; for an immediate order the day of issue.</summary>
    public DateOnly? PrintedDue { get; init; }

    /// <summary>Last day as it binds: printed, or later by extension or recount.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>Its clock, or null before service.</summary>
    public string? ClockId { get; init; }

    /// <summary>Which term it is: 1, or 2 after a written decision of the head.</summary>
    public int Term { get; init; } = 1;

    /// <summary>Decision that gave the second term, or null.</summary>
    public Decision? SecondTerm { get; init; }

    /// <summary>Decision that ended the demand without its being met, or null.</summary>
    public Decision? Ended { get; init; }

    /// <summary>Filings for being overdue that were turned down and after which the head decided: a further term, or the filing proposed again.</summary>
    public int RefusalsAnswered { get; init; }

    /// <summary>Whether it was extended; once only.</summary>
    public bool Extended { get; init; }

    /// <summary>State.</summary>
    public required RectificationItemState State { get; init; }

    /// <summary>Whether something is still to be done.</summary>
    [JsonIgnore]
    public bool IsOpen => State is RectificationItemState.Open or RectificationItemState.ProofSubmitted or RectificationItemState.Overdue;
}

/// <summary>State of an application.</summary>
public enum RequestState
{
    /// <summary>Waits for a decision; silence is no consent.</summary>
    Pending,

    /// <summary>Granted.</summary>
    Granted,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>延期申请.</summary>
public sealed record ExtensionRequest : SupervisionRecord
{
    /// <summary>Order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Items for which more time is asked.</summary>
    public required IReadOnlyList<int> Items { get; init; }

    /// <summary>Reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Length asked for, in the unit of the original.</summary>
    public required int Length { get; init; }

    /// <summary>When it was made: time of the portal or postmark, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Whether an obstacle nobody could foresee is claimed.</summary>
    public bool ForceMajeure { get; init; }

    /// <summary>By when it is to be decided: the end of the second working day, UTC.</summary>
    public required DateTimeOffset DecideBy { get; init; }

    /// <summary>Decision, or null.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Length granted, or null.</summary>
    public int? GrantedLength { get; init; }

    /// <summary>State.</summary>
    public required RequestState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State == RequestState.Pending ? $"department:{Department}" : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => State == RequestState.Pending ? DecideBy : null;
}

/// <summary>整改证明 of the party.</summary>
public sealed record RectificationProof : SupervisionRecord
{
    /// <summary>Order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Items it proves.</summary>
    public required IReadOnlyList<int> Items { get; init; }

    /// <summary>What was done.</summary>
    public required string Description { get; init; }

    /// <summary>Evidence.</summary>
    public required IReadOnlyList<string> EvidenceIds { get; init; }

    /// <summary>When it was handed in: time of the portal or postmark, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Whether it came after the last day of an item.</summary>
    public bool Late { get; init; }

    /// <summary>Result of the review (通过, 补充材料, 现场复查), or null.</summary>
    public string? ReviewOutcome { get; init; }

    /// <summary>Review, or null.</summary>
    public Decision? Review { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Review is null ? "Submitted" : "Reviewed";

    /// <inheritdoc/>
    protected override string? OwnerKey => Review is null ? $"department:{Department}" : null;
}

/// <summary>Opinion on an item.</summary>
public enum ItemOpinion
{
    /// <summary>已改正.</summary>
    [JsonStringEnumMemberName("已改正")]
    Rectified,

    /// <summary>部分改正.</summary>
    [JsonStringEnumMemberName("部分改正")]
    Partly,

    /// <summary>未改正.</summary>
    [JsonStringEnumMemberName("未改正")]
    NotRectified,
}

/// <summary>复查 of the open items, with an opinion on each.</summary>
public sealed record Reinspection : SupervisionRecord
{
    /// <summary>Orders that it re-inspects.</summary>
    public required IReadOnlyList<string> OrderIds { get; init; }

    /// <summary>Which re-inspection of the case, from 1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Way: 现场, 书面 or 视频.</summary>
    public required string Method { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Officers; two or more for each department that has an open item.</summary>
    public required IReadOnlyList<OfficerSignature> Officers { get; init; }

    /// <summary>Opinion on each item.</summary>
    public required IReadOnlyList<OpinionOnItem> Opinions { get; init; }

    /// <summary>View of the party.</summary>
    public string? PartyView { get; init; }

    /// <summary>How a home was entered, or that nobody did; null where the target is none or nobody went there.</summary>
    public HomeEntry? HomeEntry { get; init; }

    /// <summary>全部改正, 部分改正 or 未改正.</summary>
    public required string Conclusion { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => "Done";

    /// <inheritdoc/>
    protected override string? KindKey => Conclusion;
}

/// <summary>Opinion on one item of an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Ordinal">Number of the item.</param>
/// <param name="Found">What was found.</param>
/// <param name="Opinion">The opinion.</param>
/// <param name="EvidenceIds">Evidence.</param>
public sealed record OpinionOnItem(string OrderId, int Ordinal, string Found, ItemOpinion Opinion, IReadOnlyList<string> EvidenceIds);

/// <summary>停业、停止使用、停止施工、查封 and the like, with the 24 hours of 强制法 19.</summary>
public sealed record StopMeasure : SupervisionRecord
{
    /// <summary>Finding on which it rests.</summary>
    public required string FindingId { get; init; }

    /// <summary>Kind of measure, such as 临时查封.</summary>
    public required string Measure { get; init; }

    /// <summary>Legal basis.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Whether it was urgent and approval is to be made good.</summary>
    public bool Urgent { get; init; }

    /// <summary>Until when approval must be made good (24 hours), UTC; null if approved before.</summary>
    public DateTimeOffset? ApproveBy { get; init; }

    /// <summary>Approval, or null.</summary>
    public Decision? Approval { get; init; }

    /// <summary>Lifting, or null.</summary>
    public Decision? Lifted { get; init; }

    /// <summary>The decision on paper, or null where the scenario has no form for it.</summary>
    public string? NoticeId { get; init; }

    /// <summary>Number of that paper.</summary>
    public string? NoticeNumber { get; init; }

    /// <summary>The decision that ended it on paper, or null.</summary>
    public string? LiftNoticeId { get; init; }

    /// <summary>Number of that paper.</summary>
    public string? LiftNoticeNumber { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Lifted is not null ? "Lifted" : Approval is null ? "AwaitingApproval" : "InForce";

    /// <inheritdoc/>
    protected override string? KindKey => Measure;

    /// <inheritdoc/>
    protected override string? OwnerKey => Lifted is null ? $"department:{Department}" : null;

    /// <inheritdoc/>
    protected override DateTimeOffset? DueKey => Approval is null && Lifted is null ? ApproveBy : null;
}
