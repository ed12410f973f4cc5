namespace Workflows.Supervision.Inspections;

/// <summary>The team has arrived.</summary>
/// <param name="Attendances">Departments that came, with the people who did.</param>
/// <param name="AbsenceReasons">Reasons given by departments that did not come, by department.</param>
/// <param name="ArrivedAt">When, UTC; null for the time of the stimulus.</param>
/// <param name="CheckIn">How it was made sure that this is the place, or null.</param>
/// <param name="HomeEntry">How a home was entered, or that nobody did; required where the scenario guards homes.</param>
public sealed record VisitArrival(
    IReadOnlyList<Attendance> Attendances, IReadOnlyDictionary<string, string>? AbsenceReasons = null, DateTimeOffset? ArrivedAt = null, CheckIn? CheckIn = null,
    HomeEntry? HomeEntry = null);

/// <summary>A department hands in its own section, finished or not.</summary>
/// <param name="Section">The section.</param>
/// <param name="BasedOn">Version that the writer had seen; 0 for none.</param>
public sealed record HandInSection(VisitSection Section, int BasedOn);

/// <summary>Certificates and action code were shown and rights told.</summary>
/// <param name="ActionCode">行政行为码.</param>
/// <param name="RecusalAnswer">What the party answered on recusal, such as 不申请回避.</param>
public sealed record CertificatesShown(string ActionCode, string RecusalAnswer);

/// <summary>The record of a visit as it was signed.</summary>
/// <param name="Sections">A section for each department whose items were checked.</param>
/// <param name="Party">The party's statement and signature, or its refusal.</param>
/// <param name="EndedAt">When the check ended, UTC; null for the time of the stimulus.</param>
public sealed record VisitRecord(IReadOnlyList<VisitSection> Sections, PartySignature Party, DateTimeOffset? EndedAt = null);

/// <summary>Nobody was found.</summary>
/// <param name="Note">What was seen.</param>
/// <param name="EvidenceIds">Photographs.</param>
/// <param name="GridConfirmation">Confirmation by the grid, or null.</param>
public sealed record ReportNotFound(string Note, IReadOnlyList<string> EvidenceIds, string? GridConfirmation);

/// <summary>Entry was refused or the check obstructed.</summary>
/// <param name="Reason">Reason the party gave.</param>
/// <param name="LawExplained">Whether the law was explained; must be.</param>
/// <param name="VideoNumber">Number of the video.</param>
/// <param name="PoliceCalledAt">When the police were called, or null.</param>
/// <param name="Facts">How entry or check was refused.</param>
/// <param name="AfterExplained">What the party did after the law was explained.</param>
/// <param name="PersonName">Who refused.</param>
/// <param name="Capacity">In what capacity.</param>
/// <param name="WitnessName">Who witnessed it.</param>
/// <param name="OutsideHome">Whether what was obstructed lies outside the home, such as stairs and common parts; required where the scenario guards homes.</param>
public sealed record ReportRefusal(
    string Reason, bool LawExplained, string VideoNumber, DateTimeOffset? PoliceCalledAt = null,
    string? Facts = null, string? AfterExplained = null, string? PersonName = null, string? Capacity = null, string? WitnessName = null, bool OutsideHome = false);

/// <summary>What a visit came to.</summary>
public static class VisitOutcome
{
    /// <summary>未发现问题.</summary>
    public const string NoProblem = "未发现问题";

    /// <summary>当场改正: every finding was put right on the spot.</summary>
    public const string FixedOnSpot = "当场改正";

    /// <summary>责令改正: some finding needs an order.</summary>
    public const string Rectify = "责令改正";

    /// <summary>立案: some finding goes to a case at once.</summary>
    public const string File = "立案";

    /// <summary>再次核实: nobody was found for the first time.</summary>
    public const string TryAgain = "再次核实";

    /// <summary>无法联系.</summary>
    public const string NotFound = "无法联系";

    /// <summary>当事人无法查明: officers were there and nobody could be identified.</summary>
    public const string Unknown = "当事人无法查明";

    /// <summary>拒绝检查.</summary>
    public const string Refused = "拒绝检查";

    /// <summary>全部到场.</summary>
    public const string AllPresent = "全部到场";

    /// <summary>部门缺席.</summary>
    public const string SomeAbsent = "部门缺席";
}

/// <summary>Result of recording a visit.</summary>
/// <param name="Outcomes">One or more of <see cref="VisitOutcome"/>; 责令改正 and 立案 may stand side by side.</param>
/// <param name="FindingIds">Findings that were made.</param>
/// <param name="LenientFindingIds">Findings for which leniency may be proposed.</param>
public sealed record VisitResult(IReadOnlyList<string> Outcomes, IReadOnlyList<string> FindingIds, IReadOnlyList<string> LenientFindingIds);
