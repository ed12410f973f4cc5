using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>
/// The rule between workflows and what they carry through: the root instance of an open case or plan is not cancelled. First the matter is withdrawn, by
/// who may and with a reason (<see cref="Withdrawal"/>); its workflow follows. So nothing is ever left open without a workflow that moves it.
/// </summary>
public static class OpenMatters
{
    /// <summary>The open case or plan of which an instance is the root, or null.</summary>
    /// <param name="session">The session.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async ValueTask<SupervisionRecord?> OfAsync(ISupervisionSession session, string instanceId, CancellationToken cancellationToken = default)
    {
        var filter = new AggregateFilter { CaseKey = instanceId };
        var cases = await session.ListAsync<Case>(filter, cancellationToken);
        if (cases.FirstOrDefault(c => c.RootInstanceId == instanceId && c.State == CaseState.Open) is { } open)
        {
            return open;
        }

        var plans = await session.ListAsync<InspectionPlan>(filter, cancellationToken);
        return plans.FirstOrDefault(p => p.RootInstanceId == instanceId && p.State is not (PlanState.Closed or PlanState.Cancelled));
    }

    /// <summary>The refusal for who wants to cancel the workflow of an open matter; it names the way to withdraw the matter.</summary>
    /// <param name="matter">The case or plan.</param>
    /// <param name="instanceId">Its root instance.</param>
    public static RuleViolationException NotByInstance(SupervisionRecord matter, string instanceId)
    {
        var (name, route) = matter is Case ? ("案件", "cases") : ("抽查计划", "plans");
        return new RuleViolationException(
            RefusalKind.Conflict, "instance-of-open-matter", "id",
            $"流程实例“{instanceId}”承载着未办结的{name}，不能直接取消：请由牵头部门负责人写明理由撤销{name}（POST /api/{route}/{matter.Id}/cancel），流程随之结束。");
    }
}
