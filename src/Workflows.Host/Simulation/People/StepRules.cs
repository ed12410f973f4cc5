namespace Workflows.Host.Simulation.People;

/// <summary>The rules of all kinds of steps that people of a plan and its cases do.</summary>
internal static class StepRules
{
    /// <summary>The ordinary rules by kind of step.</summary>
    public static IReadOnlyDictionary<string, StepRule> All { get; } = PlanPeople.Rules
        .Concat(VisitPeople.Rules)
        .Concat(RectificationPeople.Rules)
        .Concat(PartyPeople.Rules)
        .Concat(FilingPeople.Rules)
        .Concat(EscalationPeople.Rules)
        .ToDictionary(rule => rule.Kind, rule => rule.Rule, StringComparer.Ordinal);
}
