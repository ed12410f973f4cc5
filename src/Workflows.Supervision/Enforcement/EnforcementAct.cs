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
}

/// <summary>A step that was taken.</summary>
/// <param name="Stage">Step.</param>
/// <param name="Outcome">Outcome, such as 已完成 or 维持.</param>
/// <param name="Note">What was done.</param>
/// <param name="EvidenceIds">Papers and pictures.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When, UTC.</param>
public sealed record EnforcementAct(EnforcementStage Stage, string Outcome, string Note, IReadOnlyList<string> EvidenceIds, string By, DateTimeOffset At);

/// <summary>What somebody hands in with a step.</summary>
/// <param name="Note">What was done.</param>
/// <param name="EvidenceIds">Papers and pictures.</param>
public sealed record EnforcementReport(string? Note = null, IReadOnlyList<string>? EvidenceIds = null);

/// <summary>强制拆除 as it is recorded.</summary>
/// <param name="At">When it began, UTC.</param>
/// <param name="Witness">Who witnessed it.</param>
/// <param name="VideoNumber">Number of the video.</param>
/// <param name="Inventory">Inventory of what was there.</param>
/// <param name="EmergencyReason">Why it could not wait for the day, or null.</param>
/// <param name="ApprovedBy">Head of the organ who approved that, or null.</param>
/// <param name="Note">What was done.</param>
public sealed record ExecutionReport(
    DateTimeOffset At, string? Witness = null, string? VideoNumber = null, string? Inventory = null, string? EmergencyReason = null, string? ApprovedBy = null, string? Note = null);

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
}
