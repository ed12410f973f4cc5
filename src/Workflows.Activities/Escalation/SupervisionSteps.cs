using Workflows.Activities.Options;
using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Escalation;

/// <summary>拟制督办单: what is grave enough is not reminded of first; the order waits for the supervisor's signature.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "对紧急事项不经提醒、催办，直接拟制督办单，由督办人签发。", DisplayName = "拟制督办单")]
public sealed class DraftUrgentOrder : CodeActivity
{
    /// <summary>Unit that must act.</summary>
    [Input(DisplayName = "承办部门", Description = "受督办的部门；不填为牵头部门。", UIHint = "dropdown", Order = 1, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>What is demanded.</summary>
    [Input(DisplayName = "督办要求", Description = "要求办什么、何时办结。", IsRequired = true, Order = 2)]
    public Input<string>? Requirement { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var matter = await context.CaseAsync();
        var unit = context.Get(Department) is { Length: > 0 } given ? given : matter.LeadDepartment;
        var scenario = (await context.ScenarioAsync(matter)).Scenario;
        var items = (await CaseRecords.AllAsync<Finding>(context)).Where(f => scenario.Item(f.ItemCode)?.Urgent == true).Select(f => f.ItemCode).Distinct(StringComparer.Ordinal).ToList();
        await context.GetRequiredService<SupervisionOrderService>().DraftAsync(
            new DraftSupervisionOrder(
                matter.Id, unit, $"检查发现紧急事项{string.Join('、', items)}", context.Get(Requirement) ?? "", $"权责清单：{string.Join('、', items)}", context.Session().Now),
            context.CancellationToken);
    }
}

/// <summary>What the supervisor may change when signing.</summary>
/// <param name="Receiver">Unit that holds the power, where the drafted receiver does not; null to leave it.</param>
public sealed record SupervisionSignature(string? Receiver = null);

/// <summary>签发督办单: the supervisor signs after checking that the receiver has the power.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "督办人签发督办单；受督办单位的职权按管执清单和赋权清单核对，没有职权的不能签发，可改发有职权的单位（receiver）。", DisplayName = "签发督办单")]
[FlowNode("已签发", WithdrawnPort)]
public sealed class SignSupervisionOrder : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "supervision.sign";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Supervisor;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new("CMD");

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var order = await CaseRecords.RequireAsync<SupervisionOrder>(context, o => o.State == SupervisionOrderState.Draft, "待签发的督办单");
        var signed = await context.GetRequiredService<SupervisionOrderService>().SignAsync(
            order.Id, receiver: context.Submission<SupervisionSignature>().Receiver, cancellationToken: context.CancellationToken);
        await context.GetRequiredService<NoticeService>().SendAsync(
            signed.CaseId!, Recipients.Of(signed), "督办单", ShanghaiTime.DateOf(signed.OriginalDueAt.AddTicks(-1)), cancellationToken: context.CancellationToken);
        return "已签发";
    }
}

/// <summary>Reply to a supervision order, or objection.</summary>
/// <param name="Reply">Reply, where the unit acts.</param>
/// <param name="Objection">Reason, where the unit says that it has no power.</param>
public sealed record SupervisionAnswer(ReplyToSupervisionOrder? Reply = null, string? Objection = null);

/// <summary>督办回复 of the unit.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "承办单位回复督办单；认为不属于本单位职权的可以提出异议。", DisplayName = "督办回复")]
[FlowNode(SupervisionOrderService.Replied, SupervisionOrderService.Objected)]
public sealed class ReplySupervisionOrder : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "supervision.reply";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override async ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        (await CaseRecords.LatestAsync<SupervisionOrder>(context, o => o.State is SupervisionOrderState.Sent or SupervisionOrderState.Unanswered))?.Department ?? lead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [SupervisionOrderService.Replied, SupervisionOrderService.Objected];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var orders = context.GetRequiredService<SupervisionOrderService>();
        var order = await CaseRecords.RequireAsync<SupervisionOrder>(
            context, o => o.State is SupervisionOrderState.Sent or SupervisionOrderState.Unanswered && o.Department == task.Department, "已发出的督办单");
        var answer = context.Submission<SupervisionAnswer>();
        if (context.ChosenOutcome() == SupervisionOrderService.Objected)
        {
            await orders.ObjectAsync(order.Id, answer.Objection ?? "", context.CancellationToken);
            return SupervisionOrderService.Objected;
        }

        await orders.ReplyAsync(order.Id, answer.Reply ?? new ReplyToSupervisionOrder("", ""), context.CancellationToken);
        return SupervisionOrderService.Replied;
    }
}

/// <summary>指导办裁定异议: whether the unit must act after all.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "指导办裁定对督办单的职权异议。", DisplayName = "指导办裁定异议")]
[FlowNode("异议成立", "异议不成立")]
public sealed class DecideSupervisionObjection : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "supervision.objection";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Supervisor;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new("GUI");

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["异议成立", "异议不成立"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var order = await CaseRecords.RequireAsync<SupervisionOrder>(context, o => o.State == SupervisionOrderState.Objected, "提出异议的督办单");
        await context.GetRequiredService<SupervisionOrderService>().DecideObjectionAsync(
            order.Id, context.ChosenOutcome() == "异议成立", context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
        return context.ChosenOutcome()!;
    }
}

/// <summary>登记督办未回复: no reply in time; goes to consultation.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "登记督办单逾期未回复并提请会商。", DisplayName = "登记督办未回复")]
public sealed class MarkSupervisionUnanswered : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        foreach (var order in (await CaseRecords.AllAsync<SupervisionOrder>(context)).Where(o => o.State == SupervisionOrderState.Sent))
        {
            await context.GetRequiredService<SupervisionOrderService>().MarkUnansweredAsync(order.Id, context.CancellationToken);
        }
    }
}

/// <summary>联合会商: another unit, another date or a transfer.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "指挥中心或者指导办组织会商，确定改派、改期或者移送。", DisplayName = "联合会商")]
[FlowNode(MeetingService.NewOwner, MeetingService.NewDate, MeetingService.Transfer, WithdrawnPort)]
public sealed class Consult : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "consultation.conclude";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Dispatcher;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new("CMD");

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var consultation = await CaseRecords.RequireAsync<Consultation>(context, c => c.HeldAt is null && c.Created.ActivityId is not null, "已召集的会商");
        var held = await context.GetRequiredService<MeetingService>().ConcludeConsultationAsync(consultation.Id, context.Submission<ConcludeConsultation>(), context.CancellationToken);
        return held.Conclusion!;
    }
}

/// <summary>出具预警牌: a card outside a ladder, such as for absence at a visit.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "对承办单位发黄牌或者红牌；不对当事人。", DisplayName = "发预警牌")]
public sealed class GiveWarningCard : CodeActivity
{
    /// <summary>The unit.</summary>
    [Input(DisplayName = "承办部门", Description = "被警示的部门。", UIHint = "dropdown", IsRequired = true, Order = 1, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Colour.</summary>
    [Input(DisplayName = "牌色", Description = "黄牌或者红牌。", UIHint = "dropdown", DefaultValue = "黄牌", Order = 2, Options = ["黄牌", "红牌"])]
    public Input<string>? Colour { get; set; }

    /// <summary>Why.</summary>
    [Input(DisplayName = "理由", Description = "发牌理由。", IsRequired = true, Order = 3)]
    public Input<string>? Reason { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var colour = context.Get(Colour) == "红牌" ? CardColour.Red : CardColour.Yellow;
        if ((await WorkSubject.OfAsync(context)).Lead is { } lead)
        {
            await context.GetRequiredService<CardService>().GiveOnLeadAsync(lead.Id, context.Get(Department) ?? "", colour, context.Get(Reason) ?? "", context.CancellationToken);
            return;
        }

        var card = new GiveCard(context.SubjectId(), context.Get(Department) ?? "", colour, context.Get(Reason) ?? "");
        await context.GetRequiredService<CardService>().GiveAsync(card, context.CancellationToken);
    }
}
