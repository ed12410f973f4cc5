using System.Text.Json.Serialization;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Inspections;

/// <summary>How far a visit has come.</summary>
public enum VisitState
{
    /// <summary>Appointed.</summary>
    Planned,

    /// <summary>The team is there.</summary>
    Arrived,

    /// <summary>Every attending department has signed and the party has signed or refused.</summary>
    Recorded,

    /// <summary>The target was not found at two different times and the grid confirmed it.</summary>
    NotFound,

    /// <summary>Entry or check was refused or obstructed.</summary>
    Refused,
}

/// <summary>Answer to an item of the checklist.</summary>
public enum ItemAnswer
{
    /// <summary>未检查.</summary>
    [JsonStringEnumMemberName("未检查")]
    NotChecked,

    /// <summary>符合.</summary>
    [JsonStringEnumMemberName("符合")]
    Compliant,

    /// <summary>不符合.</summary>
    [JsonStringEnumMemberName("不符合")]
    NonCompliant,

    /// <summary>不适用.</summary>
    [JsonStringEnumMemberName("不适用")]
    NotApplicable,
}

/// <summary>综合查一次: one visit of several departments, with one record and a section for each of them.</summary>
public sealed record Visit : SupervisionRecord
{
    /// <summary>Number of the visit within the case; 1 is the only one without approval.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Appointed day.</summary>
    public required DateOnly PlannedOn { get; init; }

    /// <summary>Team that goes.</summary>
    public string? TeamId { get; init; }

    /// <summary>When the team arrived, UTC.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>When the check ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When certificates were shown and rights told, UTC.</summary>
    public DateTimeOffset? CertificatesShownAt { get; init; }

    /// <summary>行政行为码 that was shown to the party.</summary>
    public string? ActionCode { get; init; }

    /// <summary>What the party answered when told of the right to ask for recusal.</summary>
    public string? RecusalAnswer { get; init; }

    /// <summary>How a home was entered, or that nobody did; null where the target is none.</summary>
    public HomeEntry? HomeEntry { get; init; }

    /// <summary>Departments that came, with the officers who did.</summary>
    public IReadOnlyList<Attendance> Attendances { get; init; } = [];

    /// <summary>Departments that should have come and did not.</summary>
    public IReadOnlyList<AbsentDepartment> Absent { get; init; } = [];

    /// <summary>The record's sections, one for each department whose items were checked.</summary>
    public IReadOnlyList<VisitSection> Sections { get; init; } = [];

    /// <summary>Sections that departments are still writing, each its own; null before the first and after the record.</summary>
    public IReadOnlyList<SectionInWork>? SectionsInWork { get; init; }

    /// <summary>How it was made sure that this is the place, or null.</summary>
    public CheckIn? CheckIn { get; init; }

    /// <summary>Who recorded.</summary>
    public string? RecorderId { get; init; }

    /// <summary>Statement and signature of the party, or null.</summary>
    public PartySignature? Party { get; init; }

    /// <summary>Attempts at which nobody was found.</summary>
    public IReadOnlyList<NotFoundAttempt> NotFoundAttempts { get; init; } = [];

    /// <summary>Refusal or obstruction, or null.</summary>
    public VisitRefusal? Refusal { get; init; }

    /// <summary>Guardian and police told of a minor, before anything else was done, or null.</summary>
    public MinorProtectionNotice? MinorNotice { get; init; }

    /// <summary>抽样: samples taken at the visit, with their reports.</summary>
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    /// <summary>Approval of a second or later visit, or null.</summary>
    public Decision? Approval { get; init; }

    /// <summary>What the party thought of the visit, or null.</summary>
    public VisitRating? Rating { get; init; }

    /// <summary>How far it has come.</summary>
    public required VisitState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => "joint";
}

/// <summary>评价: what the party thought of a visit. It serves oversight alone: no measure ranks officers by it.</summary>
/// <param name="Stars">1 (very poor) to 5 (very good).</param>
/// <param name="Words">The party's words, or null.</param>
/// <param name="At">When it was given, UTC.</param>
public sealed record VisitRating(int Stars, string? Words, DateTimeOffset At);

/// <summary>A department that came.</summary>
/// <param name="Department">Its code.</param>
/// <param name="OfficerIds">Certified officers who came.</param>
/// <param name="AssistantIds">Assistants who came.</param>
public sealed record Attendance(string Department, IReadOnlyList<string> OfficerIds, IReadOnlyList<string> AssistantIds);

/// <summary>A department that did not come; the visit stays valid for the others.</summary>
/// <param name="Department">Its code.</param>
/// <param name="Reason">Reason it gave, or null.</param>
public sealed record AbsentDepartment(string Department, string? Reason);

/// <summary>A department's own part of the record.</summary>
public sealed record VisitSection
{
    /// <summary>Department whose officers sign it.</summary>
    public required string Department { get; init; }

    /// <summary>Answers to its items.</summary>
    public required IReadOnlyList<ItemResult> Items { get; init; }

    /// <summary>Signatures of its own officers; two or more.</summary>
    public IReadOnlyList<OfficerSignature> Signatures { get; init; } = [];

    /// <summary>Numbers of the clips of the officers' body cameras (执法全过程记录), or null.</summary>
    public IReadOnlyList<string>? VideoNumbers { get; init; }
}

/// <summary>A department's section while the visit goes on.</summary>
/// <param name="Section">The section as it was handed in last; it may lack answers and signatures.</param>
/// <param name="Version">1, 2, …: whoever writes names the version that it has seen.</param>
/// <param name="At">When it was handed in, UTC.</param>
/// <param name="By">Name of who handed it in.</param>
public sealed record SectionInWork(VisitSection Section, int Version, DateTimeOffset At, string By);

/// <summary>How officers made sure at the door that this is the target.</summary>
/// <param name="Method">扫码 (the target's code was scanned) or 人工核对.</param>
/// <param name="Place">Coordinates as the phone gave them, or null.</param>
public sealed record CheckIn(string Method, string? Place = null);

/// <summary>What was found on an item: facts without legal conclusion.</summary>
public sealed record ItemResult
{
    /// <summary>Code of the item.</summary>
    public required string ItemCode { get; init; }

    /// <summary>Variant of the breach, or null.</summary>
    public string? VariantCode { get; init; }

    /// <summary>Answer.</summary>
    public required ItemAnswer Answer { get; init; }

    /// <summary>Facts; required for 不符合 and 未检查 (why).</summary>
    public string? Facts
    {
        get;
        init => field = value is null ? null : PlainText.Of(value);
    }

    /// <summary>Evidence.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>Day on which the violation was committed, where it is not the day of the visit.</summary>
    public DateOnly? ViolatedOn { get; init; }

    /// <summary>Put right on the spot, with evidence of before and after, or null.</summary>
    public OnTheSpotFix? Fix { get; init; }

    /// <summary>How a room that a guest lives in was entered; required where the item's facts were found in one.</summary>
    public RoomEntry? RoomEntry { get; init; }

    /// <summary>Department of the team that fixed the facts on behalf of an absent one, or null.</summary>
    public string? FactsFixedBy { get; init; }
}

/// <summary>On what ground a room that a guest lives in was entered (practice.md 4).</summary>
public enum RoomEntryGround
{
    /// <summary>公安机关在场.</summary>
    [JsonStringEnumMemberName("公安机关在场")]
    Police,

    /// <summary>住客同意.</summary>
    [JsonStringEnumMemberName("住客同意")]
    GuestConsent,
}

/// <summary>进入在住客房: on what ground, and by whom it was opened.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="By">The police officer who was there, or the guest who consented; name and number or room.</param>
public sealed record RoomEntry(RoomEntryGround Ground, string By);

/// <summary>当场改正.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="BeforeEvidenceId">Evidence of before.</param>
/// <param name="AfterEvidenceId">Evidence of after.</param>
/// <param name="Description">What was done.</param>
public sealed record OnTheSpotFix(DateTimeOffset At, string BeforeEvidenceId, string AfterEvidenceId, string Description);

/// <summary>Signature of an officer under the own department's section.</summary>
/// <param name="OfficerId">The officer.</param>
/// <param name="Name">Name.</param>
/// <param name="CertificateNumber">Certificate.</param>
/// <param name="At">When, UTC.</param>
/// <param name="EvidenceId">Evidence that holds the picture of the handwriting, or null where it stands on paper.</param>
public sealed record OfficerSignature(string OfficerId, string Name, string CertificateNumber, DateTimeOffset At, string? EvidenceId = null);

/// <summary>The party's part of a record.</summary>
public sealed record PartySignature
{
    /// <summary>Who was there for the party.</summary>
    public required string PersonName
    {
        get;
        init => field = PlainText.Of(value);
    }

    /// <summary>Job of that person.</summary>
    public string? Capacity
    {
        get;
        init => field = value is null ? null : PlainText.Of(value);
    }

    /// <summary>The party's view in its own words.</summary>
    public string? Statement
    {
        get;
        init => field = value is null ? null : PlainText.Of(value);
    }

    /// <summary>When signed, UTC; null on refusal.</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>Evidence that holds the picture of the handwriting, or null where it stands on paper.</summary>
    public string? EvidenceId { get; init; }

    /// <summary>Why it was not signed, or null.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>Who witnessed the refusal, or null.</summary>
    public string? WitnessName { get; init; }

    /// <summary>Number of the video of the refusal, or null.</summary>
    public string? VideoNumber { get; init; }
}

/// <summary>An attempt at which the target was not found.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">Who tried.</param>
/// <param name="Note">What was seen.</param>
/// <param name="EvidenceIds">Photographs.</param>
/// <param name="GridConfirmation">Confirmation by the grid, or null.</param>
public sealed record NotFoundAttempt(DateTimeOffset At, string By, string Note, IReadOnlyList<string> EvidenceIds, string? GridConfirmation);

/// <summary>拒绝检查.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Reason">Reason the party gave.</param>
/// <param name="LawExplained">Whether the law was explained.</param>
/// <param name="VideoNumber">Number of the video.</param>
/// <param name="PoliceCalledAt">When the police were called, or null.</param>
/// <param name="Facts">How entry or check was refused.</param>
/// <param name="AfterExplained">What the party did after the law was explained.</param>
/// <param name="PersonName">Who refused.</param>
/// <param name="Capacity">In what capacity.</param>
/// <param name="WitnessName">Who witnessed it.</param>
public sealed record VisitRefusal(
    DateTimeOffset At, string Reason, bool LawExplained, string VideoNumber, DateTimeOffset? PoliceCalledAt,
    string Facts, string AfterExplained, string PersonName, string Capacity, string WitnessName);

/// <summary>Practice.md 4: first the guardian and the police are told, and when is recorded.</summary>
/// <param name="GuardianToldAt">When the guardian was told, UTC.</param>
/// <param name="PoliceToldAt">When the police were told, UTC.</param>
/// <param name="EvidenceIds">Evidence that holds the child's data; visible to 公安 and 文旅 only.</param>
public sealed record MinorProtectionNotice(DateTimeOffset GuardianToldAt, DateTimeOffset PoliceToldAt, IReadOnlyList<string> EvidenceIds);
