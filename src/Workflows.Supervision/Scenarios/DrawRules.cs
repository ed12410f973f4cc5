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

    /// <summary>Usual share of targets drawn, with its bounds.</summary>
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

    /// <summary>Options of the draw of officers.</summary>
    public required OfficerDrawRules Officers { get; init; }

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
public sealed record WeightFactor(
    string Code, string Title, decimal Multiplier, IReadOnlyList<string> Items, LegalPeriod? Within, int? ScoreBelow = null, PromiseStanding? Promise = null)
{
    /// <summary>Complaints within 90 days, which the roster counts.</summary>
    public const string Complained = "COMPLAINT_90";

    /// <summary>A business that opened within the period of the factor.</summary>
    public const string NewOpening = "NEW_OPENING";

    /// <summary>No check within the period of the factor, 12 months unless it says otherwise.</summary>
    public const string LongUnchecked = "NO_CHECK_12M";

    /// <summary>A violation that the target corrected by itself, or the tag of that name.</summary>
    public const string SelfChecked = "SELF_CHECK";

    /// <summary>Whether a period decides when the factor applies. Other factors are read from the roster: its count of complaints, or a tag with the factor's code.</summary>
    internal bool LooksBack => Items.Count > 0 || Code is NewOpening or LongUnchecked or SelfChecked;
}

/// <summary>An exclusion of targets from the draw.</summary>
/// <param name="Code">Code, such as <c>RECENT</c>.</param>
/// <param name="Title">Reason as published.</param>
/// <param name="Within">How far back it counts, or null.</param>
/// <param name="PerYear">Cap a year, or null.</param>
public sealed record DrawExclusion(string Code, string Title, LegalPeriod? Within, int? PerYear);

/// <summary>Options of the draw of officers.</summary>
/// <param name="PerDepartment">Officers of each department; two or more.</param>
/// <param name="Exclusions">Codes of exclusions.</param>
/// <param name="MaxLoad">Most open tasks.</param>
/// <param name="RelaxOrder">Exclusions that may be relaxed, in order; never <c>NO_CERT</c> or <c>CONFLICT</c>.</param>
public sealed record OfficerDrawRules(int PerDepartment, IReadOnlyList<string> Exclusions, int MaxLoad, IReadOnlyList<string> RelaxOrder);

/// <summary>Default rungs of the two ladders.</summary>
/// <param name="Internal">对内.</param>
/// <param name="External">对外, those that are offset from the last day.</param>
/// <param name="AfterReinspection">对外, those that follow a failed re-inspection.</param>
public sealed record LadderDefaults(
    IReadOnlyList<LadderRung> Internal, IReadOnlyList<LadderRung> External, IReadOnlyList<ReinspectionRung> AfterReinspection);

/// <summary>What follows a failed re-inspection.</summary>
/// <param name="Action">约谈 or 立案.</param>
/// <param name="Title">Name of the rung.</param>
/// <param name="WorkingDays">Within so many working days after it.</param>
/// <param name="Recipients">Who is told.</param>
/// <param name="NotFor">Kinds of penalty clause to which it does not apply.</param>
public sealed record ReinspectionRung(
    LadderAction Action, string Title, int WorkingDays, IReadOnlyList<string> Recipients, IReadOnlyList<PenaltyClause> NotFor);
