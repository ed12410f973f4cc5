using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>What is done about new businesses: one choice per scenario (practice.md 7).</summary>
public enum NewBusinessRule
{
    /// <summary>观察期: excluded as <c>NEW_GRACE</c>.</summary>
    Observed,

    /// <summary>加权.</summary>
    Weighted,
}

/// <summary>Options of the draw.</summary>
public sealed record DrawRules
{
    /// <summary>How chances are given.</summary>
    public required WeightMode WeightMode { get; init; }

    /// <summary>Usual share of targets drawn, with its bounds: where a plan does not say how many, and what the form proposes.</summary>
    public required SamplingRate Rate { get; init; }

    /// <summary>Fewest drawn.</summary>
    public required int MinimumDrawn { get; init; }

    /// <summary>Alternates drawn.</summary>
    public required int Alternates { get; init; }

    /// <summary>Share drawn with equal chances, 0 to 1.</summary>
    public required decimal UniformShare { get; init; }

    /// <summary>Tickets by class.</summary>
    public required IReadOnlyDictionary<string, int> ClassWeights { get; init; }

    /// <summary>Tickets of a target without class.</summary>
    public required int UnclassifiedWeight { get; init; }

    /// <summary>Most tickets of a target, at most 64.</summary>
    public required int MaxWeight { get; init; }

    /// <summary>Cap on each factor, so that no loop feeds itself.</summary>
    public required decimal MaxFactor { get; init; }

    /// <summary>Factors of risk.</summary>
    public required IReadOnlyList<WeightFactor> Factors { get; init; }

    /// <summary>What is done about new businesses.</summary>
    public required NewBusinessRule NewBusiness { get; init; }

    /// <summary>Exclusions, each with code and reason.</summary>
    public required IReadOnlyList<DrawExclusion> Exclusions { get; init; }

    /// <summary>On-site checks by one organ on one target in a year, by class; a class with null has no cap.</summary>
    public required IReadOnlyDictionary<string, int?> FrequencyCap { get; init; }

    /// <summary>Triggers outside the cap.</summary>
    public required IReadOnlyList<TriggerKind> CapExceptTriggers { get; init; }

    /// <summary>Caps of single organs, by code of the department; they stand before that of the class. Null for no cap.</summary>
    public IReadOnlyDictionary<string, int?> OrganCaps { get; init; } = new Dictionary<string, int?>();

    /// <summary>The cap of an organ on a target; null for none. A target without class is treated as B, a class without entry has 2.</summary>
    /// <param name="creditClass">Class of the target, or null.</param>
    /// <param name="department">Code of the organ's department.</param>
    public int? CapOf(string? creditClass, string department) =>
        OrganCaps.TryGetValue(department, out var own) ? own : FrequencyCap.TryGetValue(creditClass ?? "B", out var cap) ? cap : 2;

    /// <summary>How many of so many targets are drawn where nobody says: the usual share, rounded up, no fewer than the least and no more than there are.</summary>
    /// <param name="targets">Targets that may be drawn, 0 or more.</param>
    public int UsualCount(int targets) => Math.Min(targets, Math.Max(MinimumDrawn, (int)Math.Ceiling(targets * Rate.Default)));

    /// <summary>Whether checks of this trigger are neither counted nor refused: what came from outside never is, whatever the scenario says.</summary>
    public bool IsOutsideCap(TriggerKind trigger) => !trigger.IsChosen() || CapExceptTriggers.Contains(trigger);
}

/// <summary>Share of targets drawn.</summary>
/// <param name="Default">Usual.</param>
/// <param name="Min">Lowest.</param>
/// <param name="Max">Highest.</param>
public sealed record SamplingRate(decimal Default, decimal Min, decimal Max);

/// <summary>A factor of risk.</summary>
/// <param name="Code">Code, such as <c>COMPLAINT_90</c>.</param>
/// <param name="Title">Name as shown to the target.</param>
/// <param name="Multiplier">Factor; above 1 raises the chance.</param>
/// <param name="Items">Items of which an earlier finding counts.</param>
/// <param name="Within">How far back it counts, or null; only for factors that look back.</param>
/// <param name="ScoreBelow">Points (1 to 100) below which the 监管评分 of a target makes the factor apply, or null. Closed cases move the score, so it carries over to the next draw.</param>
/// <param name="Promise">守法承诺: how the target has to stand to what it promised for the factor to apply, or null.</param>
/// <param name="When">What else decides, or null.</param>
/// <param name="ItemsOf">At whose targets the findings of <paramref name="Items"/> count.</param>
public sealed record WeightFactor(
    string Code, string Title, decimal Multiplier, IReadOnlyList<string> Items, LegalPeriod? Within, int? ScoreBelow = null, PromiseStanding? Promise = null,
    FactorSource? When = null, FindingsOf ItemsOf = FindingsOf.Target)
{
    /// <summary>Complaints within 90 days, which the roster counts.</summary>
    public const string Complained = "COMPLAINT_90";

    /// <summary>A business that opened within the period of the factor.</summary>
    public const string NewOpening = "NEW_OPENING";

    /// <summary>No check within the period of the factor, 12 months unless it says otherwise.</summary>
    public const string LongUnchecked = "NO_CHECK_12M";

    /// <summary>A violation that the target corrected by itself, or the tag of that name.</summary>
    public const string SelfChecked = "SELF_CHECK";

    /// <summary>Whether anything decides that it applies. A package of before may hold factors with nothing but a code; they are read as a tag of the roster.</summary>
    public bool HasSource => Items.Count > 0 || ScoreBelow is not null || Promise is not null || When is not null || Code is Complained or NewOpening or LongUnchecked or SelfChecked;

    /// <summary>Whether a period decides when the factor applies.</summary>
    internal bool LooksBack => Items.Count > 0 || Code is NewOpening or LongUnchecked or SelfChecked;
}

/// <summary>An exclusion of targets from the draw.</summary>
/// <param name="Code">Code, such as <c>RECENT</c>.</param>
/// <param name="Title">Reason as published.</param>
/// <param name="Within">How far back it counts, or null.</param>
/// <param name="PerYear">Cap a year, or null.</param>
public sealed record DrawExclusion(string Code, string Title, LegalPeriod? Within, int? PerYear);

/// <summary>Default rungs of the two ladders.</summary>
/// <param name="Internal">对内.</param>
/// <param name="External">对外.</param>
public sealed record LadderDefaults(IReadOnlyList<LadderRung> Internal, IReadOnlyList<LadderRung> External);
