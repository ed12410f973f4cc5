namespace Workflows.Host.Simulation.People;

/// <summary>The rules of all kinds of steps that people of a plan and its cases do.</summary>
internal static class StepRules
{
    /// <summary>The ordinary rules by kind of step.</summary>
    public static IReadOnlyDictionary<string, StepRule> All { get; } = PlanPeople.Rules
        .Concat(VisitPeople.Rules)
        .Concat(SamplingPeople.Rules)
        .Concat(RectificationPeople.Rules)
        .Concat(PartyPeople.Rules)
        .Concat(FilingPeople.Rules)
        .Concat(EscalationPeople.Rules)
        .Concat(LeadPeople.Rules)
        .Concat(ProjectPeople.Rules)
        .Concat(EnforcementPeople.Rules)
        .ToDictionary(rule => rule.Kind, rule => rule.Rule, StringComparer.Ordinal);

    /// <summary>A kind of step that nobody was taught: one of the outcomes that it offers, with a remark.</summary>
    public static StepRule Unknown { get; } = StepRule.Ordinary(step => Handing.Decision(
        step.Task.Outcomes.Count == 0 ? "" : step.Task.Outcomes[step.Chance.Next(step.Task.Outcomes.Count)], "按规定办理。"));
}
