using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Guards;

/// <summary>Yearly cap of on-site checks by one organ on one enterprise (国办发〔2024〕54号), with reasoned exceptions.</summary>
/// <param name="session">The session.</param>
public sealed class FrequencyCap(ISupervisionSession session)
{
    /// <summary>How many checks this year, for each department; cases set off outside the cap or withdrawn before the visit are not counted.</summary>
    /// <param name="targetId">The target.</param>
    /// <param name="departments">Departments.</param>
    /// <param name="exceptTriggers">Triggers outside the cap.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(
        string targetId, IReadOnlyList<string> departments, IReadOnlyList<TriggerKind> exceptTriggers, CancellationToken cancellationToken = default)
    {
        var year = session.Today().Year;
        var cases = await session.ListAsync<Case>(new AggregateFilter { TargetId = targetId }, cancellationToken);
        var counted = cases.Where(c => c.State != CaseState.Withdrawn && ShanghaiTime.DateOf(c.Created.At).Year == year && !exceptTriggers.Contains(c.Trigger)).ToList();
        return departments.ToDictionary(d => d, d => counted.Count(c => c.Departments.Any(p => p.Code == d && p.Attends)), StringComparer.Ordinal);
    }

    /// <summary>Refuses a further check above the cap unless the trigger lies outside it or a reason is given.</summary>
    /// <param name="counts">Checks so far, by department.</param>
    /// <param name="cap">The cap; null for none.</param>
    /// <param name="trigger">What sets the case off.</param>
    /// <param name="exceptTriggers">Triggers outside the cap.</param>
    /// <param name="exceptionReason">Reason of an exception, or null.</param>
    /// <exception cref="RuleViolationException"><c>frequency-cap</c> (409).</exception>
    public static void Require(
        IReadOnlyDictionary<string, int> counts, int? cap, TriggerKind trigger, IReadOnlyList<TriggerKind> exceptTriggers, string? exceptionReason)
    {
        if (cap is not { } most || exceptTriggers.Contains(trigger) || !string.IsNullOrWhiteSpace(exceptionReason))
        {
            return;
        }

        var full = counts.Where(c => c.Value >= most).Select(c => c.Key).Order(StringComparer.Ordinal).ToList();
        if (full.Count > 0)
        {
            throw Refusal.Conflict("frequency-cap", "frequencyExceptionReason",
                $"部门{string.Join("、", full)}本年度对该对象的现场检查已达上限{most}次；确需检查的，请填写例外理由。");
        }
    }
}
