using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Api.Visits.Field;

/// <summary>A visit that lies ahead of an officer or goes on.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="VisitId">The visit.</param>
/// <param name="CaseNumber">Number of the case.</param>
/// <param name="Title">What is checked, such as 电竞酒店监管一件事.</param>
/// <param name="TargetName">To whom.</param>
/// <param name="Address">Where.</param>
/// <param name="PlannedOn">Appointed day.</param>
/// <param name="State">How far it has come.</param>
/// <param name="LeadDepartment">Department that leads and records.</param>
internal sealed record VisitAhead(
    string CaseId, string VisitId, string CaseNumber, string Title, string TargetName, string Address, DateOnly PlannedOn, VisitState State, string LeadDepartment);

/// <summary>An officer's visits, and the service's clock by which phones mark what they keep.</summary>
/// <param name="Now">Time of the service, UTC.</param>
/// <param name="Visits">Visits ahead, by day.</param>
internal sealed record FieldDay(DateTimeOffset Now, IReadOnlyList<VisitAhead> Visits);

/// <summary>All that officers need at the door, to be taken along where there is no network.</summary>
/// <param name="Visit">The visit; of sections in work the own department's alone.</param>
/// <param name="Case">The case, its target masked.</param>
/// <param name="Title">Title of the scenario.</param>
/// <param name="Team">The team.</param>
/// <param name="Departments">Departments of the scenario that take part.</param>
/// <param name="Items">Checklist as it holds for this target.</param>
/// <param name="Sections">How far each department's section has come.</param>
/// <param name="Previous">The visit before this one at the same target, or null.</param>
/// <param name="Homes">Whether the target is a home, which is entered with consent or by law alone.</param>
internal sealed record VisitKit(
    Visit Visit, Case Case, string Title, InspectionTeam? Team, IReadOnlyList<KitDepartment> Departments, IReadOnlyList<KitItem> Items,
    IReadOnlyList<SectionState> Sections, PreviousVisit? Previous, bool Homes);

/// <summary>A department at the door.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Name without place.</param>
/// <param name="Organ">Full name.</param>
/// <param name="Attends">Whether it is to come.</param>
/// <param name="Sealed">Whether its records are under seal.</param>
internal sealed record KitDepartment(string Code, string Name, string Organ, bool Attends, bool Sealed);

/// <summary>An item as in a textbook: what, how to judge, on what ground, and what follows.</summary>
/// <param name="Code">Code.</param>
/// <param name="Title">What is checked.</param>
/// <param name="Department">监管部门.</param>
/// <param name="Methods">How it is judged.</param>
/// <param name="Severity">How serious a breach is.</param>
/// <param name="Guidance">How to check, or null.</param>
/// <param name="FindingWording">Wording of the act where it is not met.</param>
/// <param name="PenaltyClause">罚则.</param>
/// <param name="Violates">Provisions that a breach violates.</param>
/// <param name="Penalises">Penalty clauses.</param>
/// <param name="OnSpot">Whether it can be put right on the spot.</param>
/// <param name="OnSpotAction">What is done then, or null.</param>
/// <param name="Correction">What an order demands.</param>
/// <param name="Proof">How the party proves it; what photographs should show.</param>
/// <param name="StopMeasure">Stop measure at hand with its condition, or null.</param>
/// <param name="MinorsInvolved">Whether guardian and police are told first.</param>
/// <param name="FilesAtOnce">Whether a breach goes to 立案 at once.</param>
/// <param name="Wording">The department's own words for the answers, or null.</param>
/// <param name="AskedWhen">Answer that opens it, or null.</param>
/// <param name="Variants">Graver or other forms that may be chosen.</param>
/// <param name="OccupiedRooms">Whether a breach has to say how a room that a guest lives in was entered.</param>
/// <param name="Group">Heading under which it stands in a long checklist, or null.</param>
/// <param name="InsideHome">Whether it is judged inside a home, so that nobody finds it in order from outside.</param>
internal sealed record KitItem(
    string Code, string Title, string Department, IReadOnlyList<CheckMethod> Methods, Severity Severity, string? Guidance, string FindingWording, PenaltyClause PenaltyClause,
    IReadOnlyList<Citation> Violates, IReadOnlyList<Citation> Penalises, OnSpotPossibility OnSpot, string? OnSpotAction, string Correction, string Proof,
    ItemStopMeasure? StopMeasure, bool MinorsInvolved, bool FilesAtOnce, AnswerWording? Wording, AskedWhen? AskedWhen, IReadOnlyList<KitVariant> Variants, bool OccupiedRooms, string? Group, bool InsideHome);

/// <summary>A form of a breach.</summary>
/// <param name="Code">Code of the variant.</param>
/// <param name="Title">What it is.</param>
/// <param name="FindingWording">Wording of the act.</param>
/// <param name="Severity">How serious.</param>
/// <param name="OnSpot">Whether it can be put right on the spot.</param>
internal sealed record KitVariant(string Code, string Title, string FindingWording, Severity Severity, OnSpotPossibility OnSpot);

/// <summary>How far a department's section has come.</summary>
/// <param name="Department">The department.</param>
/// <param name="Version">Version handed in last; 0 for none.</param>
/// <param name="Answered">Answers in it.</param>
/// <param name="Signed">Whether two officers have signed.</param>
/// <param name="At">When it was handed in, UTC, or null.</param>
/// <param name="By">Who handed it in, or null.</param>
internal sealed record SectionState(string Department, int Version, int Answered, bool Signed, DateTimeOffset? At, string? By);

/// <summary>What the visit before this one found.</summary>
/// <param name="On">Its day.</param>
/// <param name="CaseNumber">Its case.</param>
/// <param name="Answers">Answers that this person may see, by code of item.</param>
internal sealed record PreviousVisit(DateOnly On, string? CaseNumber, IReadOnlyDictionary<string, PreviousAnswer> Answers);

/// <summary>An earlier answer.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Facts">The facts, or null.</param>
internal sealed record PreviousAnswer(ItemAnswer Answer, string? Facts);
