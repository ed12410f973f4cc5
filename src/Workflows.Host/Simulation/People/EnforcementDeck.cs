using Workflows.Activities.Enforcement;
using Workflows.Supervision.Enforcement;

namespace Workflows.Host.Simulation.People;

/// <summary>What may happen on the lawful way to a forced demolition, so that as many cases as there are stories meet each branch of it.</summary>
internal static class EnforcementDeck
{
    private const string Itself = RegisterPartyChoice.Itself;
    private const string Help = RegisterPartyChoice.Help;
    private const string Contest = RegisterPartyChoice.Contest;

    /// <summary>All stories.</summary>
    public static IReadOnlyList<EnforcementStory> All { get; } = [.. Lawful, .. BeforeTheDecision, .. InItsFirstPeriod, .. AfterTheAnnouncement, .. AfterReviewAndCourt, .. BeforeTheExecution];

    private static IEnumerable<EnforcementStory> Lawful =>
    [
        new() { Name = "nothing-unlawful", Confirmed = ReplyConfirmation.Lawful },
    ];

    private static IEnumerable<EnforcementStory> BeforeTheDecision =>
    [
        new() { Name = "performs-when-stopped", Performed = [EnforcementStage.StopOrder] },
        new() { Name = "stopped-in-word-only", Performed = [EnforcementStage.StopOrder], EmptyWords = 1, Choices = Chosen((EnforcementStage.Decision, Itself)) },
        new() { Name = "performs-when-heard", Performed = [EnforcementStage.Views] },
        new() { Name = "heard-late", HeardLate = 70, Choices = Chosen((EnforcementStage.Decision, Itself)) },
        new() { Name = "performs-in-word-before-the-decision", Performed = [EnforcementStage.Decision], EmptyWords = 1, Choices = Chosen((EnforcementStage.Decision, Help)) },
    ];

    private static IEnumerable<EnforcementStory> InItsFirstPeriod =>
    [
        new() { Name = "takes-it-down", Choices = Chosen((EnforcementStage.Decision, Itself)) },
        new() { Name = "takes-it-down-when-announced", Choices = Chosen((EnforcementStage.Decision, Itself)), EmptyWords = 1, Performed = [EnforcementStage.Announcement] },
        new() { Name = "helped-at-the-third-try", Choices = Chosen((EnforcementStage.Decision, Help), (EnforcementStage.Announcement, Help)), EmptyWords = 2 },
    ];

    private static IEnumerable<EnforcementStory> AfterTheAnnouncement =>
    [
        new() { Name = "lets-every-period-pass" },
        new() { Name = "lets-every-period-pass" },
        new() { Name = "announced-in-word-only", Performed = [EnforcementStage.Announcement], EmptyWords = 1, Choices = Chosen((EnforcementStage.Announcement, Itself)) },
        new() { Name = "goes-to-court-and-wins", Choices = Chosen((EnforcementStage.Announcement, Contest)), Remedies = [EnforcementProcedure.Annulled] },
    ];

    private static IEnumerable<EnforcementStory> AfterReviewAndCourt =>
    [
        new() { Name = "review-annuls", Choices = Chosen((EnforcementStage.Decision, Contest)), Remedies = [EnforcementProcedure.Annulled] },
        new() { Name = "loses-at-last", Choices = Chosen((EnforcementStage.Decision, Contest)) },
        new() { Name = "loses-and-takes-it-down", Choices = Chosen((EnforcementStage.Decision, Contest)), Performed = [EnforcementStage.Announcement] },
        new() { Name = "loses-and-does-so-in-word", Choices = Chosen((EnforcementStage.Decision, Contest)), Performed = [EnforcementStage.Announcement, EnforcementStage.Reminder], EmptyWords = 1 },
        new()
        {
            Name = "review-then-court-then-by-night", Choices = Chosen((EnforcementStage.Decision, Contest), (EnforcementStage.Remedy, Contest)),
            Remedies = [EnforcementProcedure.Upheld, EnforcementProcedure.FinallyUpheld], Emergency = true,
        },
        new() { Name = "review-and-no-court", Choices = Chosen((EnforcementStage.Decision, Contest)), Remedies = [EnforcementProcedure.Upheld] },
        new() { Name = "review-then-takes-it-down", Choices = Chosen((EnforcementStage.Decision, Contest), (EnforcementStage.Remedy, Itself)), Remedies = [EnforcementProcedure.Upheld] },
        new() { Name = "review-then-helped", Choices = Chosen((EnforcementStage.Decision, Contest), (EnforcementStage.Remedy, Help)), Remedies = [EnforcementProcedure.Upheld] },
    ];

    private static IEnumerable<EnforcementStory> BeforeTheExecution =>
    [
        new()
        {
            Name = "performs-when-defending", Choices = Chosen((EnforcementStage.Decision, Contest), (EnforcementStage.Remedy, Itself)), Remedies = [EnforcementProcedure.Upheld], EmptyWords = 1,
            Performed = [EnforcementStage.Defence],
        },
        new()
        {
            Name = "performs-when-execution-is-decided", Choices = Chosen((EnforcementStage.Decision, Contest), (EnforcementStage.Remedy, Help)), Remedies = [EnforcementProcedure.Upheld], EmptyWords = 1,
            Performed = [EnforcementStage.ExecutionDecision],
        },
        new() { Name = "performs-at-the-mandate", Choices = Chosen((EnforcementStage.Decision, Contest)), EmptyWords = 1, Performed = [EnforcementStage.Reminder, EnforcementStage.Mandate] },
        new()
        {
            Name = "performs-before-the-execution", Choices = Chosen((EnforcementStage.Decision, Contest)), Emergency = true,
            Performed = [EnforcementStage.EmergencyApproval, EnforcementStage.Execution],
        },
    ];

    private static Dictionary<EnforcementStage, string> Chosen(params (EnforcementStage Since, string Choice)[] choices) => choices.ToDictionary(c => c.Since, c => c.Choice);
}
