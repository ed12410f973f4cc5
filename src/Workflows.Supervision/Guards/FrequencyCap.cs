using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Guards;

/// <summary>How an organ stands with a target this year.</summary>
/// <param name="Department">Code of the organ's department.</param>
/// <param name="Count">Counted on-site checks so far.</param>
/// <param name="Cap">Most in a year; null for none.</param>
public sealed record FrequencyStanding(string Department, int Count, int? Cap)
{
    /// <summary>Whether a further check would be above the cap.</summary>
    public bool IsFull => Cap is { } most && Count >= most;
}

/// <summary>
/// Yearly cap of on-site checks by one organ on one enterprise (国办发〔2024〕54号), with reasoned exceptions. Counted are cases that the organ chose to
/// open and in which its officers attend, by the year of their opening; re-inspections and investigations are no cases of their own and never counted.
/// </summary>
/// <param name="session">The session.</param>
public sealed class FrequencyCap(ISupervisionSession session)
{
    /// <summary>The stable code of the refusal.</summary>
    public const string Code = "frequency-cap";

    /// <summary>Whether a case counts against the cap of a year.</summary>
    /// <param name="one">The case.</param>
    /// <param name="year">Calendar year in China.</param>
    /// <param name="rules">Rules of the scenario that asks.</param>
    public static bool IsCounted(Case one, int year, DrawRules rules) =>
        one.State != CaseState.Withdrawn && ShanghaiTime.DateOf(one.Created.At).Year == year
        && (!rules.IsOutsideCap(one.Trigger) || one.MergedFrom?.Any(m => !rules.IsOutsideCap(m.Trigger)) == true);

    /// <summary>Whether a counted case counts for an organ. What was merged into an answer to something from outside counts for the organs that chose it.</summary>
    public static bool Concerns(Case one, string department, DrawRules rules) => rules.IsOutsideCap(one.Trigger)
        ? one.MergedFrom?.Any(m => !rules.IsOutsideCap(m.Trigger) && m.Departments.Contains(department)) == true
        : one.Departments.Any(p => p.Code == department && p.Attends);

    /// <summary>How these cases stand against the caps.</summary>
    /// <param name="cases">Cases of the target.</param>
    /// <param name="year">The year.</param>
    /// <param name="creditClass">Class of the target, or null.</param>
    /// <param name="departments">Departments of the organs.</param>
    /// <param name="rules">Rules of the scenario that asks.</param>
    public static IReadOnlyList<FrequencyStanding> Standing(
        IReadOnlyList<Case> cases, int year, string? creditClass, IReadOnlyList<string> departments, DrawRules rules)
    {
        var counted = cases.Where(c => IsCounted(c, year, rules)).ToList();
        return [.. departments.Select(d => new FrequencyStanding(d, counted.Count(c => Concerns(c, d, rules)), rules.CapOf(creditClass, d)))];
    }

    /// <summary>How each organ stands with a target this year.</summary>
    /// <param name="targetId">The target.</param>
    /// <param name="creditClass">Its class, or null.</param>
    /// <param name="departments">Departments of the organs.</param>
    /// <param name="rules">Rules of the scenario that asks.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<FrequencyStanding>> StandingAsync(
        string targetId, string? creditClass, IReadOnlyList<string> departments, DrawRules rules, CancellationToken cancellationToken = default) =>
        Standing(await session.ListAsync<Case>(new AggregateFilter { TargetId = targetId }, cancellationToken), session.Today().Year, creditClass, departments, rules);

    /// <summary>Refuses a further check above the cap unless the trigger lies outside it or an exception was approved.</summary>
    /// <param name="standing">How the organs stand.</param>
    /// <param name="trigger">What sets the case off.</param>
    /// <param name="rules">Rules of the scenario.</param>
    /// <param name="exception">An approved exception, or null.</param>
    /// <exception cref="RuleViolationException"><c>frequency-cap</c> (409).</exception>
    public static void Require(IReadOnlyList<FrequencyStanding> standing, TriggerKind trigger, DrawRules rules, Decision? exception)
    {
        if (exception is null && !rules.IsOutsideCap(trigger) && standing.Where(s => s.IsFull).ToList() is { Count: > 0 } full)
        {
            throw Refusal.Conflict(Code, "frequencyExceptionReason",
                $"部门{string.Join("、", full.Select(s => $"{s.Department}（{s.Count}次，上限{s.Cap}次）"))}本年度对该对象的现场检查已达上限；确需检查的，由牵头部门负责人写明例外理由。");
        }
    }
}
