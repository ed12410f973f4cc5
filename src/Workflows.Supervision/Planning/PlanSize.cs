using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Planning;

/// <summary>How many targets a plan draws that does not say so itself: the scenario's usual share (<c>draw.rate.default</c>) of those that the plan concerns.</summary>
public static class PlanSize
{
    /// <summary>The plan with its number of targets; one that says it stays as it is.</summary>
    /// <param name="session">The session, which reads the roster.</param>
    /// <param name="scenario">The plan's scenario.</param>
    /// <param name="plan">The plan; 0 targets stand for the usual share.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async ValueTask<OpenPlan> SettleAsync(ISupervisionSession session, Scenario scenario, OpenPlan plan, CancellationToken cancellationToken = default) =>
        plan.DrawCount != 0 ? plan : plan with
        {
            // An empty roster is refused when it is frozen; until then the plan has a size that it may have.
            DrawCount = Math.Max(1, scenario.Draw.UsualCount(await CountAsync(session, scenario, plan.Area, plan.CreditClasses, cancellationToken))),
        };

    /// <summary>How many targets of the roster an area has for a scenario and these credit classes.</summary>
    internal static async ValueTask<int> CountAsync(ISupervisionSession session, Scenario scenario, string? area, IReadOnlyList<string> classes, CancellationToken cancellationToken) =>
        (await session.ListAsync<TargetRecord>(new AggregateFilter { AreaPrefix = area }, cancellationToken)).Count(t => TargetScreening.Concerns(scenario, t.Target, classes));
}
