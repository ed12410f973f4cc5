using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Leads;

/// <summary>The lead that an instance carries through: its correlation.</summary>
internal static class LeadSubject
{
    /// <summary>Whether a diagram carries a lead through: a step of it works on leads alone.</summary>
    public static bool IsLeadDiagram(DefinitionCheckContext context) => context.Activities.Any(activity => activity is LeadTask or EndLead or ConfirmLead or SendTeam or SettleOnSpot or Projects.AwaitMilestone);

    /// <summary>The lead of this instance.</summary>
    public static async ValueTask<Lead> LeadAsync(this ActivityExecutionContext context) =>
        await context.Session().FindAsync<Lead>(context.SubjectId(), context.CancellationToken)
        ?? throw new RuleViolationException(
            RefusalKind.NotFound, "lead-unknown", "correlationId", $"流程实例的关联编号“{context.CorrelationId}”不是线索：本步骤只能用于由线索派发启动的流程（lead.json）。");
}
