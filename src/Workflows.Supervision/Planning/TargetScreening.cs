using System.Collections.Immutable;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Planning;

/// <summary>Which targets of the roster may be drawn, with what weight, and which are left out for which reason (random-draw.md 3 and 4).</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="calendar">The calendar in force.</param>
/// <param name="day">Day of the screening.</param>
/// <param name="departments">Departments that would attend; the checks of each count for its own frequency cap.</param>
/// <param name="excepted">Targets with an approved exception to the cap.</param>
internal sealed class TargetScreening(Scenario scenario, WorkCalendar calendar, DateOnly day, IReadOnlyList<string> departments, IReadOnlySet<string> excepted)
{
    private readonly RiskWeighting _weighting = new(
        ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, scenario.Draw.ClassWeights), scenario.Draw.UnclassifiedWeight, scenario.Draw.MaxFactor);

    /// <summary>Whether a target belongs to the scenario and the plan at all: its kind, one of the scenario's tags, one of the plan's classes.</summary>
    public static bool Concerns(Scenario scenario, RosterTarget target, IReadOnlyList<string> classes) =>
        !target.IsAdHoc && (classes.Count == 0 || classes.Contains(target.Credit?.Class ?? "-", StringComparer.Ordinal)) && TargetGuard.Concerns(scenario, target.Kind.ToString(), target.Tags);

    /// <summary>The first reason to leave a target out, or null.</summary>
    public Exclusion? ExclusionOf(RosterTarget target, IReadOnlyList<Case> cases)
    {
        foreach (var rule in scenario.Draw.Exclusions)
        {
            var evidence = rule.Code switch
            {
                ExclusionCode.Closed when target.Status is TargetStatus.Deregistered or TargetStatus.MovedAway or TargetStatus.Suspended => $"status={target.Status}",
                ExclusionCode.Closed when target.ValidTo < day => $"validTo={target.ValidTo:yyyy-MM-dd}",
                ExclusionCode.OpenCase when cases.FirstOrDefault(c => c.State == CaseState.Open) is { } open => $"case={open.Number}",
                ExclusionCode.Recent when rule.Within is { } within && LastInspection(target, cases) is { } last && Reaches(last, within) => $"lastInspectedOn={last:yyyy-MM-dd}",
                ExclusionCode.Cap when !excepted.Contains(target.Id) && Fullest(rule, target, cases) is { } full => $"visits={full.Count}",
                ExclusionCode.NewGrace when scenario.Draw.NewBusiness == NewBusinessRule.Observed && rule.Within is { } grace && target.OpenedOn is { } opened && Reaches(opened, grace) => $"openedOn={opened:yyyy-MM-dd}",
                _ => null,
            };
            if (evidence is not null)
            {
                return new Exclusion(target.Id, rule.Code, rule.Title, evidence);
            }
        }

        return null;
    }

    /// <summary>The target as it goes into the pool.</summary>
    /// <param name="target">The target.</param>
    /// <param name="mode">How chances are given.</param>
    /// <param name="findings">What was found at it.</param>
    /// <param name="score">Points of its 监管评分, or null where no case of it has been counted.</param>
    /// <param name="promise">How it stands to what it promised, or null where it never did.</param>
    /// <param name="cases">Its cases, whose visits count besides what the roster knows; null for none.</param>
    /// <param name="facts">What else is known of it; null for nothing.</param>
    public DrawCandidate CandidateOf(
        RosterTarget target, WeightMode mode, IReadOnlyList<Finding> findings, int? score, PromiseStanding? promise = null, IReadOnlyList<Case>? cases = null,
        RiskFacts? facts = null)
    {
        var creditClass = target.Credit?.Class ?? "-";
        if (mode is WeightMode.Uniform or WeightMode.BatchOrder)
        {
            return new DrawCandidate(target.Id, creditClass, 1);
        }

        if (mode == WeightMode.Stratified)
        {
            return new DrawCandidate(target.Id, creditClass, 1, creditClass);
        }

        // Sealed records weigh nothing: what was weighed stands in the draw record, and that is public (治安管理处罚法 136).
        var weight = _weighting.Weigh(target.Credit?.Class, Factors(target, [.. findings.Where(f => !f.Sealed)], score, promise, cases ?? [], facts ?? RiskFacts.None));
        return new DrawCandidate(target.Id, creditClass, Math.Min(weight.Value, scenario.Draw.MaxWeight), null, weight.Basis);
    }

    private IEnumerable<RiskFactor> Factors(RosterTarget target, IReadOnlyList<Finding> findings, int? score, PromiseStanding? promise, IReadOnlyList<Case> cases, RiskFacts facts)
    {
        foreach (var factor in scenario.Draw.Factors)
        {
            var applies = factor.Code switch
            {
                WeightFactor.Complained => target.ComplaintsIn90Days > 0,
                WeightFactor.NewOpening => scenario.Draw.NewBusiness == NewBusinessRule.Weighted && factor.Within is { } within && target.OpenedOn is { } opened && Reaches(opened, within),
                WeightFactor.LongUnchecked => LastInspection(target, cases) is not { } last || EndOf(last, factor.Within ?? LegalPeriod.Months(12)) <= day,
                WeightFactor.SelfChecked => target.Tags.Contains(factor.Code) || findings.Any(f => f.SelfCorrectionId is not null && (factor.Within is not { } back || Reaches(ShanghaiTime.DateOf(f.Created.At), back))),
                _ when factor.Promise is { } standing => promise == standing,
                _ when factor.ScoreBelow is { } below => score < below,
                _ when factor.Items.Count > 0 && (factor.ItemsOf == FindingsOf.Contractor ? [.. facts.OfContractor.Where(f => !f.Sealed), .. findings] : findings).Any(f =>
                    factor.Items.Contains(f.ItemCode) && (factor.Within is not { } reach || Reaches(ShanghaiTime.DateOf(f.Created.At), reach))) => true,
                _ when factor.When is { } source => Holds(source, target, facts),
                _ => factor.Items.Count == 0 && target.Tags.Contains(factor.Code),
            };
            if (applies)
            {
                yield return new RiskFactor(factor.Code, factor.Title, FactorKind.Multiply, factor.Multiplier);
            }
        }
    }

    private bool Holds(FactorSource source, RosterTarget target, RiskFacts facts) =>
        source.Tags.Any(target.Tags.Contains)
        || (target.RiskLevel is { } level && source.RiskLevels.Contains(level, StringComparer.Ordinal))
        || source.CaretakerTags.Any(tag => facts.CaretakerTags.Contains(tag, StringComparer.Ordinal))
        || source.Season?.Contains(day) == true
        || source.Holiday?.Holds(day, calendar) == true
        || (source.Alarms is { } alarms && facts.Alarms.Count(at => Reaches(at, alarms.Within)) > alarms.MoreThan)
        || (source.MilestoneLate is { } late && facts.Unconfirmed.Any(planned => EndOf(planned, late) < day));

    private static DateOnly? LastInspection(RosterTarget target, IReadOnlyList<Case> cases)
    {
        var own = cases.Where(c => c.TaskEndedAt is not null).Select(c => (DateOnly?)ShanghaiTime.DateOf(c.TaskEndedAt!.Value)).Max();
        return target.LastInspectedOn is { } known && (own is null || known > own) ? known : own;
    }

    // Whoever is drawn must also be allowed a case, so the exclusion is never laxer than the cap at which a case is refused.
    private FrequencyStanding? Fullest(DrawExclusion rule, RosterTarget target, IReadOnlyList<Case> cases) =>
        FrequencyCap.Standing(cases, day.Year, target.Credit?.Class, departments, scenario.Draw)
            .Where(s => s.IsFull || (rule.PerYear is { } most && s.Count >= most && !scenario.Draw.OrganCaps.ContainsKey(s.Department)))
            .MaxBy(s => s.Count);

    private bool Reaches(DateOnly from, LegalPeriod within) => EndOf(from, within) >= day;

    private DateOnly EndOf(DateOnly from, LegalPeriod within) => LegalDeadline.Compute(from, within, calendar).Raw;
}
