using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Leads;

/// <summary>线索复核: a person looks at what a machine or a patrol reported before anybody is sent.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "派队之前由人复核告警或者上报：属实的填写出动方式和所在区域，误报的办结。", DisplayName = "线索复核")]
[FlowNode(GenuinePort, FalsePort)]
public sealed class ConfirmLead : HumanStep
{
    /// <summary>Port: it is true.</summary>
    public const string GenuinePort = "属实";

    /// <summary>Port: a false alarm.</summary>
    public const string FalsePort = "误报";

    /// <inheritdoc/>
    protected override string Kind => "lead.confirm";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Dispatcher;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new("CMD");

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [GenuinePort, FalsePort];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var port = context.ChosenOutcome()!;
        await context.GetRequiredService<LeadResponse>().ConfirmAsync(context.SubjectId(), context.Submission<LeadConfirmation>(), port == GenuinePort, context.CancellationToken);
        return port;
    }
}

/// <summary>就近派队: sends the nearest team of the scenario on the lead's way; what follows in the diagram is theirs.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "按坐标派出场景中最近的水、陆、空等队伍；之后各线索步骤默认由该队所属部门办理。", DisplayName = "就近派队")]
[FlowNode(SentPort, NonePort)]
public sealed class SendTeam : Activity
{
    /// <summary>Port: a team is on its way.</summary>
    public const string SentPort = "已派出";

    /// <summary>Port: the scenario has no team for it.</summary>
    public const string NonePort = "无可派队伍";

    /// <summary>Way on which it moves.</summary>
    [Input(DisplayName = "出动方式", Description = "场景 response.channels 中的一种，例如 水、陆、空；不填则按复核时所选，复核也未选的不限。", Order = 1)]
    public Input<string>? Channel { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var sent = await context.GetRequiredService<LeadResponse>().SendNearestAsync(context.SubjectId(), context.Get(Channel), context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync(sent is null ? NonePort : SentPort);
    }
}

/// <summary>现场处理: what the team did, with the limits of the simple procedure.</summary>
[Activity("Supervision", SupervisionCategory.Leads, "到场后的处理：劝离教育、简易程序当场处罚（公民至多200元、单位至多3000元）、转案件、未查获（留存影像）或者未发现问题；先取证后处理。", DisplayName = "现场处理")]
[FlowNode(LeadOutcomes.Persuaded, LeadOutcomes.Punished, LeadOutcomes.Filed, LeadOutcomes.NotFound, LeadOutcomes.NothingWrong)]
public sealed class SettleOnSpot : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "lead.settle";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => LeadOutcomes.All;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        await context.GetRequiredService<LeadResponse>().SettleAsync(context.SubjectId(), task.Outcome!, context.Submission<SettleLead>(), context.CancellationToken);
        return task.Outcome!;
    }
}
