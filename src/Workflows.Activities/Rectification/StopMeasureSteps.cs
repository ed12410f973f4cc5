using Workflows.Activities.Options;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Rectification;

/// <summary>采取停止措施 on the spot; its approval is made good within 24 hours.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "执法人员当场采取停止使用、临时查封等措施，24小时内补办批准。", DisplayName = "采取停止措施")]
[FlowNode("已采取")]
public sealed class TakeStopMeasure : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "measure.take";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var matter = await context.CaseAsync();
        var scenario = (await context.ScenarioAsync(matter)).Scenario;
        var taken = (await CaseRecords.AllAsync<StopMeasure>(context)).Select(m => m.FindingId).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in (await CaseRecords.AllAsync<Finding>(context)).Where(f =>
            f.PenaltyDepartment == task.Department && f.Fix is null && f.Severity >= Severity.Serious && !taken.Contains(f.Id)
            && scenario.Item(f.ItemCode)?.As(f.VariantCode)?.StopMeasure is not null))
        {
            await context.GetRequiredService<StopMeasureService>().TakeAsync(finding.Id, urgent: true, context.CancellationToken);
        }

        return "已采取";
    }
}

/// <summary>补办批准: the head approves or lifts an urgent measure.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "部门负责人在24小时内补办批准，或者决定解除措施。", DisplayName = "补办批准")]
[FlowNode("批准", "解除", WithdrawnPort)]
public sealed class ApproveStopMeasure : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "measure.approve";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["批准", "解除"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var measures = context.GetRequiredService<StopMeasureService>();
        var note = context.Submission<DecisionNote>().Note ?? "";
        foreach (var measure in (await CaseRecords.AllAsync<StopMeasure>(context)).Where(m => m is { Approval: null, Lifted: null } && m.Department == task.Department))
        {
            _ = context.ChosenOutcome() == "批准"
                ? await measures.ApproveAsync(measure.Id, note, context.CancellationToken)
                : await measures.LiftAsync(measure.Id, note, context.CancellationToken);
        }

        return context.ChosenOutcome()!;
    }
}

/// <summary>决定解除措施: the head ends an approved measure once the danger is gone (消防法 70: resumed only after a check).</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "危险消除、复查合格后，由部门负责人决定解除停止措施。", DisplayName = "决定解除措施")]
[FlowNode("已解除", WithdrawnPort)]
public sealed class DecideLift : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "measure.lift";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        foreach (var measure in (await CaseRecords.AllAsync<StopMeasure>(context)).Where(m => m is { Approval: not null, Lifted: null } && m.Department == task.Department))
        {
            await context.GetRequiredService<StopMeasureService>().LiftAsync(measure.Id, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
        }

        return "已解除";
    }
}

/// <summary>解除措施: what was not approved in time must end (强制法 19); what was approved ends when the matter is put right.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "解除停止措施：未按时补办批准的立即解除，已批准的在整改复查合格后解除。", DisplayName = "解除措施")]
public sealed class LiftStopMeasure : CodeActivity
{
    /// <summary>Department whose measures end; all of the case where it is empty.</summary>
    [Input(DisplayName = "部门", Description = "解除哪个部门的措施；不填为本案全部措施。", UIHint = "dropdown", Order = 1, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Why they end.</summary>
    [Input(DisplayName = "理由", Description = "解除理由。", DefaultValue = "未在24小时内补办批准", Order = 2)]
    public Input<string>? Reason { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var department = context.Get(Department);
        var reason = context.Get(Reason) is { Length: > 0 } given ? given : "未在24小时内补办批准";
        foreach (var measure in (await CaseRecords.AllAsync<StopMeasure>(context)).Where(m => m.Lifted is null && (string.IsNullOrEmpty(department) || m.Department == department)))
        {
            await context.GetRequiredService<StopMeasureService>().LiftAsync(measure.Id, reason, context.CancellationToken);
        }
    }
}
