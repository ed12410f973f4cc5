using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Visits;

/// <summary>How often the organs have checked a target this year, with every check: whoever plans a visit sees those of all departments.</summary>
/// <param name="TargetId">The target.</param>
/// <param name="Year">The year.</param>
/// <param name="CreditClass">Imported class of the target, or null.</param>
/// <param name="Organs">How each organ stands.</param>
/// <param name="Checks">Checks of the year, counted or not.</param>
/// <param name="BannedUntil">Last day on which the target may not apply for a licence or registration, after it was stopped again and again; null for no ban.</param>
internal sealed record TargetFrequency(string TargetId, int Year, string? CreditClass, IReadOnlyList<OrganFrequency> Organs, IReadOnlyList<CheckOfYear> Checks, DateOnly? BannedUntil)
{
    /// <summary>The year of a target.</summary>
    public static TargetFrequency Of(string targetId, string? creditClass, DateOnly? bannedUntil, int year, IReadOnlyList<Case> cases, Scenario scenario)
    {
        var ofYear = cases.Where(c => ShanghaiTime.DateOf(c.Created.At).Year == year).ToList();
        var departments = scenario.Departments.Select(d => d.Code).Concat(ofYear.SelectMany(c => c.Departments.Where(d => d.Attends).Select(d => d.Code))).Distinct(StringComparer.Ordinal).ToList();
        return new TargetFrequency(
            targetId, year, creditClass,
            [.. FrequencyCap.Standing(cases, year, creditClass, departments, scenario.Draw).Select(s => new OrganFrequency(s.Department, s.Count, s.Cap, s.Cap is { } cap ? Math.Max(0, cap - s.Count) : null))],
            [.. ofYear.Select(c => CheckOfYear.Of(c, FrequencyCap.IsCounted(c, year, scenario.Draw)))], bannedUntil);
    }
}

/// <summary>How an organ stands.</summary>
/// <param name="Department">Code of its department.</param>
/// <param name="Count">Counted checks so far; a further one is the next 年度第几次.</param>
/// <param name="Cap">Most in a year; null for none.</param>
/// <param name="Remaining">How many are left; null for no cap.</param>
internal sealed record OrganFrequency(string Department, int Count, int? Cap, int? Remaining);

/// <summary>A check of the year.</summary>
/// <param name="Number">Number of its case.</param>
/// <param name="ScenarioCode">Its scenario.</param>
/// <param name="Departments">Departments that attend.</param>
/// <param name="Trigger">What set it off.</param>
/// <param name="Counted">Whether it counts against the cap.</param>
/// <param name="Why">Why it does not count, in Chinese; null where it does.</param>
/// <param name="OpenedOn">Day of its opening.</param>
/// <param name="PassedOn">Day on which it ended without a problem left, so that its result is shared; null otherwise.</param>
/// <param name="Exception">Approved exception, or null.</param>
internal sealed record CheckOfYear(
    string Number, string ScenarioCode, IReadOnlyList<string> Departments, TriggerKind Trigger, bool Counted, string? Why, DateOnly OpenedOn, DateOnly? PassedOn, Decision? Exception)
{
    /// <summary>The check of a case.</summary>
    public static CheckOfYear Of(Case one, bool counted) => new(
        one.Number, one.ScenarioCode, [.. one.Departments.Where(d => d.Attends).Select(d => d.Code)], one.Trigger, counted,
        counted ? null : one.State == CaseState.Withdrawn ? "上门前已撤销" : one.Trigger.IsChosen() ? "该场景规定不计入" : "由投诉举报、移送、交办、复查等引起，不计入",
        ShanghaiTime.DateOf(one.Created.At),
        one.TaskEndedAt is { } ended && one.Outcome is VisitOutcome.NoProblem or VisitOutcome.FixedOnSpot ? ShanghaiTime.DateOf(ended) : null, one.FrequencyException);
}
