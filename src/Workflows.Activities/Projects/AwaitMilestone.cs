using Workflows.Activities.Leads;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Projects;

/// <summary>
/// 等待节点: a project waits until owner, property firm or grid confirm that a milestone was reached. Where nobody does within the days after it was expected, the port 未按期确认 flows and
/// the step goes on waiting.
/// </summary>
[Activity("Supervision", SupervisionCategory.Leads, "等待业主、物业或者网格确认到达节点；预定日期后若干工作日仍无人确认的，从“未按期确认”出口继续，本步骤仍等待。登记前已过的节点直接跳过。", DisplayName = "等待节点")]
[FlowNode(ConfirmedPort, BeforePort, LatePort)]
public sealed class AwaitMilestone : Activity
{
    /// <summary>Port: it was reached.</summary>
    public const string ConfirmedPort = "已确认";

    /// <summary>Port: it was reached before the project was registered here.</summary>
    public const string BeforePort = "登记前已过";

    /// <summary>Port: nobody confirmed it in time; the step goes on waiting.</summary>
    public const string LatePort = "未按期确认";

    private const string Clock = "Clock";
    private const int DefaultDays = 5;

    /// <summary>Code of the milestone.</summary>
    [Input(DisplayName = "节点", Description = "场景 milestones 中的节点编码，例如 M1。", IsRequired = true, Order = 1)]
    public Input<string>? Milestone { get; set; }

    /// <summary>Working days after the expected day.</summary>
    [Input(DisplayName = "确认天数", Description = "预定日期后几个工作日内确认；不填取场景 limits.milestoneConfirmation，场景未规定的为 5。", Order = 2)]
    public Input<int>? Days { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var lead = await context.LeadAsync();
        var code = context.Get(Milestone) ?? "";
        var milestone = lead.Milestones.FirstOrDefault(m => m.Code == code)
            ?? throw new RuleViolationException(RefusalKind.Invalid, "milestone-unknown", "milestone", $"项目没有节点“{code}”，请核对场景 milestones 和本步骤的“节点”。");
        if (milestone.Before || milestone.ConfirmedAt is not null)
        {
            await context.CompleteActivityWithOutcomesAsync(milestone.Before ? BeforePort : ConfirmedPort);
            return;
        }

        var owner = $"party:{lead.CaretakerId ?? lead.TargetId}";
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = ProjectRegister.ConfirmedStimulus,
            Stimulus = new { leadId = lead.Id, milestone = code },
            IncludeActivityInstanceId = false,
            Callback = OnConfirmedAsync,
            WaitName = $"等待节点：{milestone.Title}",
            WaitOwner = owner,
        });
        var scenario = (await context.GetRequiredService<IScenarioCatalogue>().RequireAsync(lead.Dispatch!.PackageVersionId!, context.CancellationToken)).Scenario;
        var within = context.Get(Days) is > 0 and var days ? LegalPeriod.WorkingDays(days) : scenario.Limit(LimitNames.MilestoneConfirmation, LegalPeriod.WorkingDays(DefaultDays));
        var today = ShanghaiTime.DateOf(context.Session().Now);
        var from = milestone.PlannedOn > today ? milestone.PlannedOn : today;
        var late = context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new { lateLeadId = lead.Id, milestone = code },
            IncludeActivityInstanceId = true,
            Callback = OnLateAsync,
            DueAt = ShanghaiTime.PassedAt(LegalDeadline.Compute(from, within, context.Session().Calendar).Due),
            WaitName = $"{milestone.Title}（确认期限）",
            WaitOwner = owner,
        });
        context.SetProperty(Clock, late.Id);
    }

    private async ValueTask OnLateAsync(ActivityExecutionContext context)
    {
        context.SetProperty(Clock, null);
        await context.GetRequiredService<LeadFlowSteps>().LateAsync(context.SubjectId(), context.ActivityName ?? "等待节点", LatePort, context.CancellationToken);
        await context.ScheduleOutcomesAsync(LatePort);
    }

    private async ValueTask OnConfirmedAsync(ActivityExecutionContext context)
    {
        if (context.GetProperty<string>(Clock) is { } clock)
        {
            context.RemoveBookmark(clock);
        }

        await context.CompleteActivityWithOutcomesAsync(ConfirmedPort);
    }
}
