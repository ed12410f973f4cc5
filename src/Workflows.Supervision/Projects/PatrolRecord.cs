namespace Workflows.Supervision.Projects;

/// <summary>A milestone of a project as it stands.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">Title.</param>
/// <param name="PlannedOn">Day on which it is expected.</param>
/// <param name="ConfirmedAt">When somebody confirmed that it was reached, UTC; null until then.</param>
/// <param name="ConfirmedBy">Who did: 业主, 物业 or 网格.</param>
/// <param name="Before">Whether it was reached before the project came into this register.</param>
public sealed record ProjectMilestone(string Code, string Title, DateOnly PlannedOn, DateTimeOffset? ConfirmedAt = null, string? ConfirmedBy = null, bool Before = false);

/// <summary>Consent to enter a home: a dwelling is entered with consent or by law (宪法 39).</summary>
/// <param name="Person">Who consented.</param>
/// <param name="Capacity">In what capacity, such as 业主.</param>
/// <param name="At">When, UTC.</param>
public sealed record EntryConsent(string Person, string Capacity, DateTimeOffset At);

/// <summary>巡查 at a milestone.</summary>
/// <param name="Milestone">Milestone.</param>
/// <param name="Outcome">Outcome, one of <see cref="PatrolOutcomes"/>.</param>
/// <param name="Passed">Items that were in order.</param>
/// <param name="Found">Items that were not.</param>
/// <param name="Recurred">Items found that an earlier patrol had passed.</param>
/// <param name="Consent">Consent to enter; null where nobody entered.</param>
/// <param name="NoticeLeft">Whether a notice was left at the door.</param>
/// <param name="EvidenceIds">Evidence, from outside where nobody entered.</param>
/// <param name="Note">What was seen.</param>
/// <param name="By">Who patrolled.</param>
/// <param name="At">When, UTC.</param>
public sealed record PatrolRecord(
    string Milestone, string Outcome, IReadOnlyList<string> Passed, IReadOnlyList<string> Found, IReadOnlyList<string> Recurred, EntryConsent? Consent, bool NoticeLeft,
    IReadOnlyList<string> EvidenceIds, string Note, string By, DateTimeOffset At);

/// <summary>Outcomes of a patrol.</summary>
public static class PatrolOutcomes
{
    /// <summary>Nothing was wrong.</summary>
    public const string Clean = "未发现问题";

    /// <summary>Something was wrong and was put right at once.</summary>
    public const string Fixed = "当场改正";

    /// <summary>Something is wrong: a case.</summary>
    public const string Found = "发现问题";

    /// <summary>What an earlier patrol had passed is wrong now.</summary>
    public const string Recurred = "合格后复发";

    /// <summary>Entry was refused: a notice is left, evidence is taken from outside, nobody forces the door.</summary>
    public const string Refused = "拒绝入户";

    /// <summary>Entry was refused a second time at the same milestone: it is kept with the project, which goes on.</summary>
    public const string RefusedAgain = "再次拒绝入户";

    /// <summary>Entry was refused, but what is wrong was seen and recorded from outside: a case as any other.</summary>
    public const string FoundOutside = "外围发现问题";

    /// <summary>It is not clear who did it, such as works of an earlier owner.</summary>
    public const string PartyOpen = "责任主体待定";

    /// <summary>Those that a person chooses; <see cref="Recurred"/>, <see cref="RefusedAgain"/> and <see cref="FoundOutside"/> follow from what was found and from the earlier patrols.</summary>
    public static IReadOnlyList<string> Chosen { get; } = [Clean, Fixed, Found, Refused, PartyOpen];
}

/// <summary>What a patrol hands in.</summary>
/// <param name="Passed">Items that were in order.</param>
/// <param name="Found">Items that were not.</param>
/// <param name="Entered">Whether somebody went into the home.</param>
/// <param name="Consent">Consent to enter.</param>
/// <param name="NoticeLeft">Whether a notice was left at the door.</param>
/// <param name="EvidenceIds">Evidence.</param>
/// <param name="Note">What was seen.</param>
public sealed record PatrolReport(
    IReadOnlyList<string>? Passed = null, IReadOnlyList<string>? Found = null, bool Entered = false, EntryConsent? Consent = null, bool NoticeLeft = false,
    IReadOnlyList<string>? EvidenceIds = null, string? Note = null);
