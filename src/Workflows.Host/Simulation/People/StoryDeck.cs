using Workflows.Activities.Filing;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Simulation.People;

/// <summary>
/// What may happen in a case of a joint check, so that as many cases as there are stories meet every branch of the common flow
/// (practice.md 5 and 6). A story names kinds of breaches, not items: each scenario gives its own.
/// </summary>
internal static class StoryDeck
{
    private static readonly BreachWish OnSpot = new(BreachSort.OnSpot);
    private static readonly BreachWish Lenient = new(BreachSort.Lenient);
    private static readonly BreachWish Term = new(BreachSort.Term);
    private static readonly BreachWish SecondTerm = new(BreachSort.SecondTerm);
    private static readonly BreachWish CorrectFirst = new(BreachSort.CorrectFirst);
    private static readonly BreachWish Stop = new(BreachSort.Stop);
    private static readonly BreachWish Filed = new(BreachSort.FiledAtOnce);
    private static readonly BreachWish Urgent = new(BreachSort.Urgent);

    /// <summary>The stories that a scenario can have; what is common stands more than once.</summary>
    public static IReadOnlyList<CaseStory> Of(Scenario scenario) => [.. Stories.Where(story =>
        story.Wishes.All(wish => wish.IsPossible(scenario)) && (story.Sample == SampleStory.None || scenario.Documents.Any(d => d.Form == "sampling-record")) && (!story.OneAbsent || scenario.Departments.Any(d => d.Role == DepartmentRole.Participating)))];

    /// <summary>The stories that the case of a lead can have: nobody drew its target, so nobody takes its place, and who comes is named for it.</summary>
    public static IReadOnlyList<CaseStory> OfLeadCases(Scenario scenario) => [.. Of(scenario).Where(story => story is { Door: not DoorStory.Gone, OneAbsent: false })];

    /// <summary>Name of the story in which the next target of the draw takes the place of one that is gone.</summary>
    public const string Replaced = "target-gone-and-replaced";

    /// <summary>Name of the story in which an officer is recused and another takes the place.</summary>
    public const string Recused = "recusal-granted";

    /// <summary>The ordinary story of a plan.</summary>
    public static CaseStory OrdinaryPlan { get; } = new() { Name = "plan" };

    /// <summary>What may happen to a plan until its cases are dispatched; most go the ordinary way.</summary>
    public static IReadOnlyList<CaseStory> Plans { get; } =
    [
        .. Enumerable.Repeat(OrdinaryPlan, 5),
        new() { Name = "plan-returned", Choices = Chosen("plan.approve", "退回") },
        new() { Name = "plan-approved-late", Late = Days("plan.approve", 4) },
        new() { Name = "plan-confirmed-late", Late = Days("plan.confirm-draw", 4) },
        new() { Name = "plan-drawn-again", Choices = Chosen("plan.confirm-draw", "申请重抽") },
        new() { Name = "plan-short-of-officers", Roster = RosterStory.OneLeft, Choices = Chosen("plan.shortage", "已补充名录") },
        new() { Name = "plan-given-up", Roster = RosterStory.OneLeft },
        new() { Name = "plan-nobody-stands-by", Roster = RosterStory.TwoLeft },
        new() { Name = "plan-officer-lost", Roster = RosterStory.OneLost },
    ];

    private static IEnumerable<CaseStory> Stories => [.. Visits, .. Samples, .. Leniency, .. Orders, .. Filings, .. Measures, .. UrgentFinds, .. LateUnits];

    private static IEnumerable<CaseStory> Visits =>
    [
        new() { Name = "no-violation" },
        new() { Name = "no-violation" },
        new() { Name = "no-violation" },
        new() { Name = "fixed-on-the-spot", Wishes = [OnSpot with { Count = 2 }] },
        new() { Name = "fixed-on-the-spot", Wishes = [OnSpot] },
        new() { Name = "target-not-found", Door = DoorStory.NotFound },
        new() { Name = "found-the-second-time", Door = DoorStory.FoundLater, Wishes = [OnSpot] },
        new() { Name = "refused-the-second-time", Door = DoorStory.RefusedLater },
        new() { Name = "check-refused", Door = DoorStory.Refused },
        new() { Name = Replaced, Door = DoorStory.Gone, Choices = Chosen("visit.substitute-target", "同意递补") },
        new() { Name = "target-gone-not-replaced", Door = DoorStory.Gone },
        new() { Name = Recused, Recusal = true },
        new() { Name = "recusal-refused", Recusal = false, Wishes = [OnSpot] },
        new() { Name = "recusal-refused-inspection-sent-back", Recusal = false, Choices = Chosen("visit.approve", "退回") },
        new() { Name = "inspection-sent-back", Choices = Chosen("visit.approve", "退回") },
        new() { Name = "department-absent", OneAbsent = true, Wishes = [Term], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "publication-withheld", Choices = Chosen("publication.review", PublicationService.Withheld) },
    ];

    private static IEnumerable<CaseStory> Samples =>
    [
        new() { Name = "samples-pass", Sample = SampleStory.Passed },
        new() { Name = "sample-fails", Sample = SampleStory.Failed },
        new() { Name = "sample-fails-told-the-second-time", Sample = SampleStory.Failed, Choices = Chosen("document.serve.test-result-notice", "送达未果") },
        new() { Name = "second-test-passes", Sample = SampleStory.Refuted, Choices = Chosen("filing.decide", "不予立案") },
        new() { Name = "second-test-passes-not-reviewed", Sample = SampleStory.Refuted, Choices = Chosen("filing.review", "不同意") },
        new() { Name = "second-test-passes-after-filing", Sample = SampleStory.Refuted },
        new() { Name = "second-test-fails", Sample = SampleStory.Confirmed },
        new() { Name = "samples-noted-late", Sample = SampleStory.Passed, Late = Days("sample.take", 4) },
        new() { Name = "report-late", Sample = SampleStory.Passed, Late = Days("sample.report", 4) },
        new() { Name = "second-test-late", Sample = SampleStory.Confirmed, Late = Days("sample.retest", 4) },
        new() { Name = "sample-filing-late", Sample = SampleStory.Failed, Late = Days("filing.decide", 4) },
        new() { Name = "sample-case-late", Sample = SampleStory.Failed, Late = Days("filing.result", 4) },
        new() { Name = "sample-and-serious-case-late", Sample = SampleStory.Failed, Wishes = [Filed], Correction = CorrectionStory.AtReinspection, Late = Days("filing.result", 4) },
        new() { Name = "sample-told-late", Sample = SampleStory.Failed, Late = Days("document.serve", 4) },
    ];

    private static IEnumerable<CaseStory> Leniency =>
    [
        new() { Name = "first-offence-lenient", Wishes = [Lenient with { Count = 2 }] },
        new() { Name = "leniency-served-the-second-time", Wishes = [Lenient], Choices = Chosen("document.serve", "送达未果") },
        new() { Name = "leniency-sent-back-by-review", Wishes = [Lenient], Choices = Chosen("leniency.review", LeniencyService.SentBack) },
        new() { Name = "leniency-turned-down", Wishes = [Lenient], Lenient = false },
        new() { Name = "leniency-turned-down-not-filed", Wishes = [Lenient], Lenient = false, Choices = Chosen("filing.decide", "不予立案") },
        new() { Name = "leniency-turned-down-filing-not-reviewed", Wishes = [Lenient], Lenient = false, Choices = Chosen("filing.review", "不同意") },
        new() { Name = "leniency-turned-down-filing-late", Wishes = [Lenient], Lenient = false, Late = Days("filing.decide", 4) },
        new() { Name = "leniency-turned-down-case-late", Wishes = [Lenient], Lenient = false, Late = Days("filing.result", 4) },
        new() { Name = "leniency-turned-down-case-late", Wishes = [Lenient], Lenient = false, Late = Days("filing.result", 4) },
        new() { Name = "leniency-late", Wishes = [Lenient], Late = Days("leniency.decide", 4) },
    ];

    private static IEnumerable<CaseStory> Orders =>
    [
        new() { Name = "several-deadlines-partial-pass", Wishes = [SecondTerm with { Count = 2 }, CorrectFirst with { Count = 2 }], Correction = CorrectionStory.PartialPass },
        new() { Name = "extension-granted", Wishes = [Term with { Count = 2 }], Extension = ExtensionStory.Granted, Correction = CorrectionStory.AtReinspection },
        new() { Name = "extension-refused", Wishes = [Term with { Count = 2 }], Extension = ExtensionStory.Refused, Correction = CorrectionStory.AtReinspection },
        new() { Name = "extension-granted-served-later", Wishes = [Term], Extension = ExtensionStory.Granted, Correction = CorrectionStory.AtReinspection, Choices = Chosen("document.serve.extension-decision", "送达未果") },
        new() { Name = "extension-refused-served-later", Wishes = [Term], Extension = ExtensionStory.Refused, Correction = CorrectionStory.AtReinspection, Choices = Chosen("document.serve.extension-decision", "送达未果") },
        new() { Name = "extension-late", Wishes = [Term], Extension = ExtensionStory.Granted, Correction = CorrectionStory.AtReinspection, Late = Days("extension.decide", 4) },
        new() { Name = "proof-accepted", Wishes = [Term with { Count = 2 }], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "proof-accepted", Wishes = [Term], Correction = CorrectionStory.ProofAccepted },
        new() { Name = "proof-to-be-completed", Wishes = [Term], Correction = CorrectionStory.ProofAccepted, Choices = Chosen("proof.review", ProofService.MoreWanted) },
        new() { Name = "checked-on-the-spot", Wishes = [Term with { Count = 2 }], Correction = CorrectionStory.OnTheSpot },
        new() { Name = "checked-on-the-spot-half-done", Wishes = [SecondTerm with { Count = 2 }], Correction = CorrectionStory.OnTheSpotHalf },
        new() { Name = "checked-on-the-spot-nothing-done", Wishes = [SecondTerm], Correction = CorrectionStory.OnTheSpotNothing },
        new() { Name = "checked-on-the-spot-late", Wishes = [Term], Correction = CorrectionStory.OnTheSpot, Late = Days("reinspection.record", 4) },
        new() { Name = "order-sent-back", Wishes = [Term], Correction = CorrectionStory.ProofAccepted, Choices = Chosen("order.approve", "退回") },
        new() { Name = "order-served-the-second-time", Wishes = [Term], Correction = CorrectionStory.ProofAccepted, Choices = Chosen("document.serve", "送达未果") },
        new() { Name = "half-done-at-reinspection", Wishes = [SecondTerm with { Count = 2 }], Correction = CorrectionStory.HalfAtReinspection },
        new() { Name = "overdue-second-term", Wishes = [SecondTerm], Correction = CorrectionStory.AfterInterview },
        new() { Name = "overdue-second-term-refused", Wishes = [SecondTerm], Correction = CorrectionStory.Never, Choices = Chosen("order.second-term", "不同意") },
        new() { Name = "overdue-interview-missed", Wishes = [SecondTerm], Correction = CorrectionStory.AfterInterview, ComesToInterview = false },
        new() { Name = "overdue-interview-missed-no-second-term", Wishes = [SecondTerm], Correction = CorrectionStory.Never, ComesToInterview = false, Choices = Chosen("order.second-term", "不同意") },
    ];

    private static IEnumerable<CaseStory> Filings =>
    [
        new() { Name = "overdue-filed", Wishes = [SecondTerm], Correction = CorrectionStory.Never },
        new() { Name = "overdue-filed-at-once", Wishes = [CorrectFirst], Correction = CorrectionStory.Never },
        new() { Name = "overdue-filing-late", Wishes = [CorrectFirst], Correction = CorrectionStory.Never, Late = Days("filing.decide", 4) },
        new() { Name = "overdue-case-late", Wishes = [CorrectFirst], Correction = CorrectionStory.Never, Late = Days("filing.result", 4) },
        new() { Name = "overdue-case-late", Wishes = [CorrectFirst], Correction = CorrectionStory.Never, Late = Days("filing.result", 4) },
        new() { Name = "overdue-filing-not-reviewed", Wishes = [CorrectFirst], Correction = CorrectionStory.Never, Choices = Chosen("filing.review", "不同意"), Unfiled = UnfiledStory.Ends },
        new() { Name = "overdue-not-filed-further-term", Wishes = [CorrectFirst], Correction = CorrectionStory.AfterInterview, Unfiled = UnfiledStory.Continues },
        new() { Name = "overdue-not-filed-beside-a-round", Wishes = [CorrectFirst with { Count = 2 }], Correction = CorrectionStory.AfterInterview, Unfiled = UnfiledStory.Continues },
        new() { Name = "overdue-interview-beside-a-filing", Wishes = [CorrectFirst, SecondTerm], Correction = CorrectionStory.AfterInterview, Unfiled = UnfiledStory.Continues },
        new() { Name = "overdue-not-filed-ended", Wishes = [CorrectFirst], Correction = CorrectionStory.Never, Unfiled = UnfiledStory.Ends },
        new() { Name = "overdue-not-filed-late", Wishes = [CorrectFirst], Correction = CorrectionStory.Never, Unfiled = UnfiledStory.Ends, Late = Days("order.unfiled", 4) },
        new()
        {
            Name = "overdue-proposed-again", Wishes = [CorrectFirst], Correction = CorrectionStory.Never,
            Choices = new Dictionary<string, string> { ["filing.decide"] = "不予立案", ["order.unfiled"] = ResolveUnfiled.Refile },
        },
        new() { Name = "serious-violation", Wishes = [Filed], Correction = CorrectionStory.AtReinspection },
        new() { Name = "serious-not-filed", Wishes = [Filed], Correction = CorrectionStory.AtReinspection, Choices = Chosen("filing.decide", "不予立案") },
        new() { Name = "serious-not-reviewed", Wishes = [Filed], Correction = CorrectionStory.AtReinspection, Choices = Chosen("filing.review", "不同意") },
        new() { Name = "serious-filing-late", Wishes = [Filed], Correction = CorrectionStory.AtReinspection, Late = Days("filing.decide", 4) },
        new() { Name = "serious-case-late", Wishes = [Filed], Correction = CorrectionStory.AtReinspection, Late = Days("filing.result", 4) },
    ];

    private static IEnumerable<CaseStory> Measures =>
    [
        new() { Name = "stopped-and-lifted", Wishes = [Stop], Correction = CorrectionStory.AtReinspection },
        new() { Name = "stopped-not-approved", Wishes = [Stop], Correction = CorrectionStory.AtReinspection, Choices = Chosen("measure.approve", "解除") },
        new() { Name = "stopped-approval-late", Wishes = [Stop], Correction = CorrectionStory.AtReinspection, Late = Days("measure.approve", 2) },
        new() { Name = "stopped-until-the-law-ends-it", Wishes = [Stop], Correction = CorrectionStory.AtReinspection, Late = Days("measure.lift", 2) },
    ];

    private static IEnumerable<CaseStory> UrgentFinds =>
    [
        new() { Name = "urgent-found", Wishes = [Urgent], Correction = CorrectionStory.AtReinspection },
        new() { Name = "urgent-order-signed-late", Wishes = [Urgent], Correction = CorrectionStory.AtReinspection, Late = Days("supervision.sign", 2) },
        new() { Name = "urgent-unanswered", Wishes = [Urgent], Correction = CorrectionStory.AtReinspection, Late = Days("supervision.reply", 6) },
        new() { Name = "urgent-unit-objects", Wishes = [Urgent], Correction = CorrectionStory.AtReinspection, Choices = Chosen("supervision.reply", SupervisionOrderService.Objected) },
        new()
        {
            Name = "urgent-unit-is-right", Wishes = [Urgent], Correction = CorrectionStory.AtReinspection,
            Choices = new Dictionary<string, string> { ["supervision.reply"] = SupervisionOrderService.Objected, ["supervision.objection"] = "异议成立" },
        },
    ];

    private static IEnumerable<CaseStory> LateUnits =>
    [
        new() { Name = "visit-late", Late = Days("visit.arrive", 4) },
        new() { Name = "visit-late-until-consultation", Late = new Dictionary<string, int> { ["visit.arrive"] = 13, ["supervision.reply"] = 6 } },
        new() { Name = "visit-late-order-signed-late", Late = new Dictionary<string, int> { ["visit.arrive"] = 9, ["supervision.sign"] = 2 } },
        new() { Name = "visit-late-unit-objects", Late = Days("visit.arrive", 9), Choices = Chosen("supervision.reply", SupervisionOrderService.Objected) },
        new() { Name = "visit-late-unit-is-right", Late = Days("visit.arrive", 9), Choices = new Dictionary<string, string> { ["supervision.reply"] = SupervisionOrderService.Objected, ["supervision.objection"] = "异议成立" } },
        new() { Name = "record-late", Late = Days("visit.record", 4) },
        new() { Name = "publication-late", Late = Days("publication.review", 2) },
        new() { Name = "education-late", Wishes = [OnSpot], Late = Days("finding.education", 4) },
        new() { Name = "order-draft-late", Wishes = [Term], Late = Days("order.prepare", 4), Correction = CorrectionStory.ProofAccepted },
        new() { Name = "order-late", Wishes = [Term], Late = Days("order.approve", 4), Correction = CorrectionStory.ProofAccepted },
        new() { Name = "handler-late-at-reinspection", Wishes = [Term with { Count = 2 }], Correction = CorrectionStory.AtReinspection, Late = Days("reinspection.record", 10) },
        new() { Name = "handler-late-order-signed-late", Wishes = [Term], Correction = CorrectionStory.AtReinspection, Late = new Dictionary<string, int> { ["reinspection.record"] = 10, ["supervision.sign"] = 2 } },
        new() { Name = "handler-late-unanswered", Wishes = [Term], Correction = CorrectionStory.AtReinspection, Late = new Dictionary<string, int> { ["reinspection.record"] = 13, ["supervision.reply"] = 6 } },
        new()
        {
            Name = "handler-late-unit-is-right", Wishes = [Term], Correction = CorrectionStory.AtReinspection, Late = Days("reinspection.record", 10),
            Choices = new Dictionary<string, string> { ["supervision.reply"] = SupervisionOrderService.Objected, ["supervision.objection"] = "异议成立" },
        },
        new() { Name = "handler-late-unit-objects", Wishes = [Term], Correction = CorrectionStory.AtReinspection, Late = Days("reinspection.record", 10), Choices = Chosen("supervision.reply", SupervisionOrderService.Objected) },
    ];

    private static Dictionary<string, int> Days(string kind, int workingDays) => new() { [kind] = workingDays };

    private static Dictionary<string, string> Chosen(string kind, string outcome) => new() { [kind] = outcome };
}
