using Workflows.Activities.Leads;
using Workflows.Supervision.Leads;

namespace Workflows.Host.Simulation.People;

/// <summary>What may happen with a lead that was dispatched. As of cases, a story names kinds of steps and outcomes, never a scenario.</summary>
internal static class LeadStories
{
    /// <summary>Name of the story in which no team is near.</summary>
    public const string FarAway = "lead-far-away";

    /// <summary>What is wished of the settlement on the spot; the team follows it where the law allows it.</summary>
    public const string Settlement = "settlement";

    // Long enough for every rung of a ladder in minutes.
    private const int Late = 130;

    /// <summary>All stories.</summary>
    public static IReadOnlyList<CaseStory> All { get; } =
    [
        Of("lead-persuaded", LeadOutcomes.Persuaded),
        Of("lead-punished", LeadOutcomes.Punished),
        Of("lead-filed", LeadOutcomes.Filed) with { Choices = new Dictionary<string, string> { [Settlement] = LeadOutcomes.Filed, ["lead.step"] = LeadTask.FilePort } },
        Of("lead-gone", LeadOutcomes.NotFound) with { Choices = new Dictionary<string, string> { [Settlement] = LeadOutcomes.NotFound, ["lead.step"] = LeadTask.NotFoundPort } },
        Of("lead-nothing-wrong", LeadOutcomes.NothingWrong),
        new() { Name = "lead-false", Choices = new Dictionary<string, string> { ["lead.confirm"] = ConfirmLead.FalsePort } },
        Of(FarAway, LeadOutcomes.Persuaded),
        Of("lead-confirmed-late", LeadOutcomes.Persuaded) with { Late = new Dictionary<string, int> { ["lead.confirm"] = Late } },
        Of("lead-steps-late", LeadOutcomes.Persuaded) with { Late = new Dictionary<string, int> { ["lead.step"] = Late, ["lead.trace"] = Late } },
        Of("lead-settled-late", LeadOutcomes.NothingWrong) with { Late = new Dictionary<string, int> { ["lead.settle"] = Late } },
    ];

    /// <summary>Stories of projects: those who have to talk to the property firm do so, or let it lie.</summary>
    public static IReadOnlyList<CaseStory> Projects { get; } =
    [
        new() { Name = "project" },
        new() { Name = "project-town-late", Late = new Dictionary<string, int> { ["lead.step"] = Late } },
    ];

    private static CaseStory Of(string name, string settled) => new() { Name = name, Choices = new Dictionary<string, string> { [Settlement] = settled } };
}
