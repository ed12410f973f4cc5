using System.Text.Json.Serialization;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>What becomes of a finding.</summary>
public enum Disposition
{
    /// <summary>Not decided.</summary>
    [JsonStringEnumMemberName("待处理")]
    Pending,

    /// <summary>当场改正 with recorded education; nothing was waived.</summary>
    [JsonStringEnumMemberName("当场改正")]
    FixedOnSpot,

    /// <summary>首违不罚 or 轻微不罚.</summary>
    [JsonStringEnumMemberName("不予处罚")]
    Lenient,

    /// <summary>责令改正.</summary>
    [JsonStringEnumMemberName("责令改正")]
    Rectification,

    /// <summary>立案.</summary>
    [JsonStringEnumMemberName("立案")]
    Filing,

    /// <summary>移送.</summary>
    [JsonStringEnumMemberName("移送")]
    Transfer,

    /// <summary>整改完成.</summary>
    [JsonStringEnumMemberName("已改正")]
    Rectified,

    /// <summary>复检合格: a second test has refuted it; it counts no more.</summary>
    [JsonStringEnumMemberName("复检合格")]
    Refuted,
}

/// <summary>问题: an item that is not met, with the law of the day of the violation.</summary>
public sealed record Finding : SupervisionRecord
{
    /// <summary>Visit at which it was found.</summary>
    public required string VisitId { get; init; }

    /// <summary>Code of the item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>Variant of the item, or null.</summary>
    public string? VariantCode { get; init; }

    /// <summary>Title of the item.</summary>
    public required string ItemTitle { get; init; }

    /// <summary>监管部门: who supervises the item.</summary>
    public required string SupervisingDepartment { get; init; }

    /// <summary>处罚部门: who files and punishes (practice.md 2).</summary>
    public required string PenaltyDepartment { get; init; }

    /// <summary>How serious.</summary>
    public required Severity Severity { get; init; }

    /// <summary>罚则.</summary>
    public required PenaltyClause PenaltyClause { get; init; }

    /// <summary>Day of the violation; decides which law is cited.</summary>
    public required DateOnly ViolatedOn { get; init; }

    /// <summary>Provisions violated, as in force on that day.</summary>
    public required IReadOnlyList<Citation> Violates { get; init; }

    /// <summary>Provisions on which an order rests; empty where 行政处罚法 28 alone carries it.</summary>
    public IReadOnlyList<Citation> Orders { get; init; } = [];

    /// <summary>Penalty clauses quoted as consequence.</summary>
    public IReadOnlyList<Citation> Penalises { get; init; } = [];

    /// <summary>Facts.</summary>
    public required string Facts { get; init; }

    /// <summary>Evidence.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>Put right on the spot, or null.</summary>
    public OnTheSpotFix? Fix { get; init; }

    /// <summary>自我纠错报告 of the party in which it had told of it, where the officers confirmed that it is put right; else null.</summary>
    public string? SelfCorrectionId { get; init; }

    /// <summary>When and by whom the party was educated (处罚法 33(3)), or null.</summary>
    public Decision? Education { get; init; }

    /// <summary>Whether the item allows no second term (scenario 1: EH-05, EH-08, EH-15).</summary>
    public bool NoSecondTerm { get; init; }

    /// <summary>Whether an order is drawn up for it.</summary>
    public bool IsRectified { get; init; }

    /// <summary>Whether it goes to 立案 at once, side by side with any order.</summary>
    public bool IsFiledAtOnce { get; init; }

    /// <summary>Whether its records are sealed (治安管理处罚法 136): never published, scored or shown to other departments.</summary>
    public bool Sealed { get; init; }

    /// <summary>Whether the finding holds data on a minor; visible to 公安 and 文旅 only.</summary>
    public bool ConcernsMinor { get; init; }

    /// <summary>What becomes of it.</summary>
    public required Disposition Disposition { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => Disposition.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => ItemCode;
}

/// <summary>证据: immutable; a hash stands for the file.</summary>
public sealed record Evidence : SupervisionRecord
{
    /// <summary>Number within the case, from 1; printed as 证据1.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Kind, such as 照片, 视频, 书证, 系统截图.</summary>
    public required string Kind { get; init; }

    /// <summary>What it shows.</summary>
    public required string Title { get; init; }

    /// <summary>When it was taken, UTC.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Where it was taken, as text or coordinates; null if not recorded.</summary>
    public string? Place { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Media type, such as <c>image/jpeg</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Whether it holds data on a minor.</summary>
    public bool ConcernsMinor { get; init; }

    /// <summary>Whether it is a police record (治安管理处罚法 136): seen by its own department alone, never shared, scored or published.</summary>
    public bool Sealed { get; init; }

    /// <summary>取证部门: department that took it; null for what the party handed in.</summary>
    public string? Holder { get; init; }

    /// <summary>How it came to be.</summary>
    public EvidenceOrigin Origin { get; init; }

    /// <summary>Equipment that recorded it, or null.</summary>
    public MonitoringSource? Monitoring { get; init; }

    /// <summary>Legal and technical review of what equipment recorded, or null.</summary>
    public MonitoringReview? Review { get; init; }

    /// <summary>Evidence of another case of which it is a copy, or null.</summary>
    public string? CopyOf { get; init; }

    /// <summary>保管链: who did what with it, oldest first.</summary>
    public IReadOnlyList<CustodyStep> Custody { get; init; } = [];

    /// <inheritdoc/>
    protected override string StateKey => "Kept";

    /// <inheritdoc/>
    protected override string? KindKey => Kind;
}
