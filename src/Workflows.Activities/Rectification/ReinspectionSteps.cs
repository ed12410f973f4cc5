using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Rectification;

/// <summary>复查 of the open items by the organs that have one, together.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "有未办结事项的部门一同复查并逐项出具意见；通过的事项即办结。", DisplayName = "复查")]
[FlowNode(ReinspectionService.AllRectified, ReinspectionService.PartlyRectified, ReinspectionService.NotRectified)]
public sealed class Reinspect : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "reinspection.record";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        Responsible.ResolveAsync(context, Responsible.Rectifying, lead);

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var record = context.Submission<RecordReinspection>();
        var result = await context.GetRequiredService<ReinspectionService>().RecordAsync(record with { CaseId = context.SubjectId() }, context.CancellationToken);
        return result.Outcome;
    }
}
