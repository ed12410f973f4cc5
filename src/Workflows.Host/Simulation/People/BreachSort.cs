using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Simulation.People;

/// <summary>Kinds of breaches as the rules tell them apart; every scenario has items of some of them.</summary>
internal enum BreachSort
{
    /// <summary>Put right on the spot, without leniency.</summary>
    OnSpot,

    /// <summary>Put right on the spot, and on the list of leniency.</summary>
    Lenient,

    /// <summary>Ordered to be put right within a time limit.</summary>
    Term,

    /// <summary>Within a time limit, and a second term may follow.</summary>
    SecondTerm,

    /// <summary>Within a time limit, punished only where it is not kept.</summary>
    CorrectFirst,

    /// <summary>Grave enough for a measure at once.</summary>
    Stop,

    /// <summary>Filed at once.</summary>
    FiledAtOnce,

    /// <summary>Told by phone and held by a 督办单 at once.</summary>
    Urgent,
}

/// <summary>Breaches of a kind that a visit is to find.</summary>
/// <param name="Sort">Kind.</param>
/// <param name="Count">How many.</param>
internal sealed record BreachWish(BreachSort Sort, int Count = 1)
{
    private bool IsFixed => Sort is BreachSort.OnSpot or BreachSort.Lenient;

    /// <summary>Whether a scenario has any such item.</summary>
    public bool IsPossible(Scenario scenario) => scenario.Items.Any(item => Fits(item) || item.Variants.Any(Fits));

    /// <summary>Chooses items of a scenario for a target.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="tags">Tags of the target.</param>
    /// <param name="chance">Chance of the case.</param>
    public IEnumerable<Breach> Choose(Scenario scenario, IReadOnlyList<string> tags, Chance chance) =>
        chance.Shuffle(scenario.Items.Where(item => Fits(item.For(tags)!) && item.AppliesTo(tags) && Comes(scenario.Department(item.SupervisingDepartment), tags)))
            .Take(Count).Select(item => new Breach(item.Code, IsFixed));

    private static bool Comes(ScenarioDepartment? department, IReadOnlyList<string> tags) => department switch
    {
        { Role: DepartmentRole.Lead or DepartmentRole.Participating } => true,
        { Role: DepartmentRole.ForItem, OnlyWithTag: { } tag } => tags.Contains(tag),
        _ => false,
    };

    private bool Fits(ScenarioItem item) => Sort switch
    {
        BreachSort.OnSpot => item is { OnSpot: OnSpotPossibility.Yes, Leniency: null, IsFiledAtOnce: false, Severity: < Severity.Serious },
        BreachSort.Lenient => item is { OnSpot: OnSpotPossibility.Yes, Leniency: not null, IsFiledAtOnce: false },
        BreachSort.Term => HasTerm(item) && item.Severity < Severity.Serious,
        BreachSort.SecondTerm => HasTerm(item) && item is { SecondTerm: true, PenaltyClause: not PenaltyClause.CorrectFirst, Severity: < Severity.Serious },
        BreachSort.CorrectFirst => HasTerm(item) && item is { PenaltyClause: PenaltyClause.CorrectFirst, Severity: < Severity.Serious },
        BreachSort.Stop => item is { StopMeasure: not null, Severity: >= Severity.Serious },
        BreachSort.Urgent => item.Urgent,
        _ => item.IsFiledAtOnce,
    };

    private static bool HasTerm(ScenarioItem item) => item is { Rectification.Mode: RectificationMode.TimeLimited, IsFiledAtOnce: false };
}
