using Workflows.Activities.Planning;
using Workflows.Activities.Rectification;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Filing;

/// <summary>确定约谈: an officer sets time, place and persons.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "确定约谈的时间、地点和应到人员；至少提前三个工作日。", DisplayName = "确定约谈")]
[FlowNode("已确定")]
public sealed class CallInterviewStep : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "interview.call";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var overdue = (await context.GetRequiredService<OverdueItems>().ListAsync(context.SubjectId(), context.CancellationToken)).Where(x => x.Way == OverdueWay.ToTalk).Select(x => x.Order.Id).Distinct().ToArray();
        var call = context.Submission<CallInterview>();
        await context.GetRequiredService<MeetingService>().CallInterviewAsync(
            call with { CaseId = context.SubjectId(), Department = task.Department!, OrderIds = overdue }, context.CancellationToken);
        return "已确定";
    }
}

/// <summary>约谈: held or not attended.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "登记约谈情况、当事人说明和承诺。", DisplayName = "约谈")]
[FlowNode(MeetingService.Held, MeetingService.NotAttended)]
public sealed class HoldInterview : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "interview.hold";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var interview = await CaseRecords.RequireAsync<Interview>(context, i => i.HeldAt is null, "已确定的约谈");
        return await context.GetRequiredService<MeetingService>().RecordInterviewAsync(interview.Id, context.Submission<RecordInterview>(), context.CancellationToken);
    }
}

/// <summary>What the head decides on a second term.</summary>
/// <param name="Length">Length in the unit of the first term; at most half of it.</param>
/// <param name="Note">Reason.</param>
public sealed record SecondTermDecision(int Length = 0, string? Note = null);

/// <summary>二次期限审批: once, by written decision with reason, at most half of the first term.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "部门负责人书面决定是否给予一次不超过原期限一半的整改期限。", DisplayName = "二次期限审批")]
[FlowNode("同意", "不同意")]
public sealed class DecideSecondTerm : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "order.second-term";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["同意", "不同意"];

    /// <inheritdoc/>
    protected override async ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        (await TalkedOverAsync(context)).LastOrDefault()?.Order.Department ?? lead;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (context.ChosenOutcome() == "不同意")
        {
            return "不同意";
        }

        var decision = context.Submission<SecondTermDecision>();
        foreach (var order in (await TalkedOverAsync(context)).Where(x => x.Order.Department == task.Department).GroupBy(x => x.Order.Id))
        {
            await context.GetRequiredService<OrderService>().GrantSecondTermAsync(
                order.Key, [.. order.Select(x => x.Item.Ordinal)], decision.Length, decision.Note ?? "", cancellationToken: context.CancellationToken);
        }

        await RectificationBranches.TellRoundAsync(context);
        return "同意";
    }

    // Of the orders that the interview was about, what may still have a second term; what was filed beside it goes its own way.
    private static async ValueTask<List<OverdueItem>> TalkedOverAsync(ActivityExecutionContext context)
    {
        var orders = (await CaseRecords.LatestAsync<Interview>(context, i => i.HeldAt is not null))?.OrderIds ?? [];
        return [.. (await context.GetRequiredService<OverdueItems>().ListAsync(context.SubjectId(), context.CancellationToken)).Where(x => orders.Contains(x.Order.Id) && x is { MayHaveSecondTerm: true, Way: OverdueWay.ToFile })];
    }
}
