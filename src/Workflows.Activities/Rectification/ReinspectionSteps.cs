using Workflows.Activities.Options;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
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

/// <summary>复查后处置: what becomes of items that are still open: another round, 约谈, 立案, or none is left.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "按未办结事项的期限、罚则和次数决定继续整改、约谈或者立案。", DisplayName = "复查后处置")]
[FlowNode("整改完成", "继续整改", "约谈", "立案")]
public sealed class RouteAfterReinspection : Activity
{
    /// <summary>Departments that file.</summary>
    [Output(DisplayName = "立案部门", Description = "应当立案的处罚部门。")]
    public Output<object>? FilingDepartments { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var orders = (await CaseRecords.AllAsync<RectificationOrder>(context)).Where(o => o.State == OrderState.Served).ToList();
        var open = orders.SelectMany(o => o.Items.Where(i => i.IsOpen).Select(i => (Order: o, Item: i))).ToList();
        var today = Supervision.Time.ShanghaiTime.DateOf(context.Session().Now);
        var overdue = open.Where(x => x.Item.State == RectificationItemState.Overdue || x.Item.Due < today).ToList();
        var filings = (await CaseRecords.AllAsync<CaseFiling>(context)).Where(f => f.State != FilingState.Rejected).SelectMany(f => f.FindingIds.Select(id => (id, f.State))).ToDictionary(f => f.id, f => f.State, StringComparer.Ordinal);

        // What was filed at once goes on as a case; its item leaves the order as soon as the case runs, and no second case is proposed.
        var already = overdue.Where(x => filings.ContainsKey(x.Item.FindingId)).ToList();
        foreach (var order in already.Where(x => filings[x.Item.FindingId] is FilingState.InProgress or FilingState.Concluded).GroupBy(x => x.Order.Id))
        {
            await context.GetRequiredService<OrderService>().TransferToFilingAsync(order.Key, [.. order.Select(x => x.Item.Ordinal)], context.CancellationToken);
        }

        overdue = [.. overdue.Except(already)];
        var findings = (await CaseRecords.AllAsync<Finding>(context)).ToDictionary(f => f.Id, StringComparer.Ordinal);
        var interviewed = (await CaseRecords.AllAsync<Supervision.Escalation.Interview>(context)).SelectMany(i => i.OrderIds).ToHashSet(StringComparer.Ordinal);
        var filed = overdue.Where(x => GoesToFiling(findings[x.Item.FindingId], x.Item) || interviewed.Contains(x.Order.Id)).ToList();
        var talked = overdue.Except(filed).ToList();
        var outcomes = new List<string>();
        if (filed.Count > 0)
        {
            // What carries no penalty cannot be filed; the step after the filings finds it and asks the head.
            var proposed = await context.GetRequiredService<CaseFilingService>().ProposeAsync(
                context.SubjectId(), [.. filed.Select(x => x.Item.FindingId).Where(id => findings[id].PenaltyClause != PenaltyClause.NoClause)], "逾期未改正", cancellationToken: context.CancellationToken);
            context.Set(FilingDepartments, proposed.Select(f => f.Department).Distinct().ToArray());
            outcomes.Add("立案");
        }

        if (talked.Count > 0)
        {
            // 约谈 decides on the term of what is overdue; the next round begins after it.
            outcomes.Add("约谈");
        }
        else if (open.Count > overdue.Count + already.Count)
        {
            outcomes.Add("继续整改");
        }

        await context.CompleteActivityWithOutcomesAsync(outcomes.Count > 0 ? [.. outcomes] : ["整改完成"]);
    }

    private static bool GoesToFiling(Finding finding, RectificationItem item) =>
        finding.NoSecondTerm || finding.PenaltyClause == PenaltyClause.CorrectFirst || finding.Severity >= Severity.Serious || item.Term > 1;
}

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
