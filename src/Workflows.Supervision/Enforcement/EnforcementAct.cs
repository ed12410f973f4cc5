using Workflows.Supervision.Time;

namespace Workflows.Supervision.Enforcement;

/// <summary>Steps of the lawful way to a forced demolition, in their order (城乡规划法 64–68; 行政强制法 35–37, 43, 44).</summary>
public enum EnforcementStage
{
    /// <summary>责令停止, in writing and on the spot.</summary>
    StopOrder,

    /// <summary>认定 by the planning authority or an appraiser.</summary>
    Confirmation,

    /// <summary>听取陈述申辩 before the decision.</summary>
    Views,

    /// <summary>限期改正、拆除决定.</summary>
    Decision,

    /// <summary>公告限期自行拆除 (行政强制法 44).</summary>
    Announcement,

    /// <summary>催告 (行政强制法 35).</summary>
    Reminder,

    /// <summary>陈述申辩 after 催告 (行政强制法 36).</summary>
    Defence,

    /// <summary>强制执行决定 (行政强制法 37).</summary>
    ExecutionDecision,

    /// <summary>县级以上人民政府责成 (城乡规划法 68).</summary>
    Mandate,

    /// <summary>强制拆除.</summary>
    Execution,

    /// <summary>核实已自行拆除.</summary>
    Verification,

    /// <summary>当事人申请复议或者提起诉讼.</summary>
    Contest,

    /// <summary>复议、诉讼结果.</summary>
    Remedy,

    /// <summary>机关负责人批准紧急情况下在夜间或者法定节假日实施 (行政强制法 43).</summary>
    EmergencyApproval,
}

/// <summary>A step that was taken.</summary>
/// <param name="Stage">Step.</param>
/// <param name="Outcome">Outcome, such as 已完成 or 维持.</param>
/// <param name="Note">What was done.</param>
/// <param name="EvidenceIds">Papers and pictures.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="ServedOn">Day on which a decision, or what review or court said, was served; null for other steps.</param>
/// <param name="PerformBy">Last day for the party to perform, as the announcement or the reminder says; null for other steps.</param>
public sealed record EnforcementAct(
    EnforcementStage Stage, string Outcome, string Note, IReadOnlyList<string> EvidenceIds, string By, DateTimeOffset At, DateOnly? ServedOn = null, DateOnly? PerformBy = null);

/// <summary>What somebody hands in with a step.</summary>
/// <param name="Note">What was done.</param>
/// <param name="EvidenceIds">Papers and pictures.</param>
/// <param name="ServedOn">With a decision, or what review or court said: day of service, not ahead.</param>
/// <param name="PerformBy">With an announcement or a reminder: last day for the party to perform, ahead.</param>
public sealed record EnforcementReport(string? Note = null, IReadOnlyList<string>? EvidenceIds = null, DateOnly? ServedOn = null, DateOnly? PerformBy = null);

/// <summary>强制拆除 as it is recorded.</summary>
/// <param name="At">When it began, UTC; after 责成 and not ahead.</param>
/// <param name="Witness">Who witnessed it.</param>
/// <param name="VideoNumber">Number of the video.</param>
/// <param name="Inventory">Inventory of what was there.</param>
/// <param name="EmergencyReason">Why it could not wait for the day, or null; the approval is an act of its own.</param>
/// <param name="Note">What was done.</param>
public sealed record ExecutionReport(
    DateTimeOffset? At = null, string? Witness = null, string? VideoNumber = null, string? Inventory = null, string? EmergencyReason = null, string? Note = null);

/// <summary>停止供电 (浙江省房屋使用安全管理条例 12): all of it must be so.</summary>
/// <param name="ItemCode">Item found.</param>
/// <param name="Unoccupied">Nobody lives there.</param>
/// <param name="Danger">The safety of the building is in danger.</param>
/// <param name="Supplier">Supplier that is written to.</param>
/// <param name="LetterNumber">Number of the letter.</param>
/// <param name="Note">Reason.</param>
public sealed record SupplyCut(string? ItemCode = null, bool Unoccupied = false, bool Danger = false, string? Supplier = null, string? LetterNumber = null, string? Note = null);

/// <summary>How long a party may ask for review or go to court before the decision can be forced.</summary>
public static class RemedyPeriods
{
    /// <summary>Administrative review: 60 days (行政复议法 20).</summary>
    public static LegalPeriod Review { get; } = LegalPeriod.CalendarDays(60);

    /// <summary>Lawsuit: six months (行政诉讼法 46).</summary>
    public static LegalPeriod Lawsuit { get; } = LegalPeriod.Months(6);

    /// <summary>After a review that upholds, to go to court (行政诉讼法 45), and after a first judgment, to appeal (行政诉讼法 85): 15 days.</summary>
    public static LegalPeriod Further { get; } = LegalPeriod.CalendarDays(15);
}
