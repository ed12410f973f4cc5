using Workflows.Activities.Options;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Leads;

/// <summary>
/// 线索步骤: one thing that somebody does about a dispatched lead (接警联络, 到达现场, 现场处置), with a clock of minutes that runs day and night. When it runs out the port 超时 flows and
/// the step goes on waiting: a late arrival is counted, not called off. What the device says of time and place (<c>data.device</c>) is kept beside the service's time.
/// </summary>
[Activity("Supervision", SupervisionCategory.Leads, "派发的线索由谁做什么，几分钟内完成；超时后从“超时”出口继续，本步骤仍等待办理。", DisplayName = "线索步骤")]
[FlowNode(DonePort, NotFoundPort, FilePort, LatePort)]
public sealed class LeadTask : Activity, IDefinitionCheck
{
    /// <summary>Port: it was done.</summary>
    public const string DonePort = "完成";

    /// <summary>Port: nothing and nobody was found.</summary>
    public const string NotFoundPort = "未查获";

    /// <summary>Port: it becomes a case.</summary>
    public const string FilePort = "转案件";

    /// <summary>Port: the minutes are over; the step goes on waiting.</summary>
    public const string LatePort = "超时";

    private static readonly string[] s_outcomes = [DonePort, NotFoundPort, FilePort];

    private const string Clock = "Clock";
    private const int LongestMinutes = 60 * 24 * 30;

    /// <summary>Title as it stands on the list.</summary>
    [Input(DisplayName = "标题", Description = "待办清单上显示的标题，例如 到达现场。", IsRequired = true, Order = 1)]
    public Input<string>? Title { get; set; }

    /// <summary>Department that does it; by default the one that has the lead.</summary>
    [Input(DisplayName = "承办部门", Description = "由哪个部门办理；不填为线索的承办部门。", UIHint = "dropdown", Order = 2, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Role that may do it.</summary>
    [Input(DisplayName = "承办角色", Description = "哪种角色可以办理；不填为执法人员。", UIHint = "dropdown", Order = 3, OptionsProvider = typeof(RoleOptions))]
    public Input<string>? Role { get; set; }

    /// <summary>Minutes until it is late; empty for the due time of the lead.</summary>
    [Input(DisplayName = "时限（分钟）", Description = "几分钟内完成，昼夜连续计算；不填则以线索的办理期限为准，不单独计时。", Order = 4)]
    public Input<int>? Minutes { get; set; }

    /// <summary>Whether the minutes are those that the scenario sets for the area and way.</summary>
    [Input(DisplayName = "响应目标", Description = "时限取场景 response.targets 中该区域、该出动方式的联络或者到达分钟数；没有规定的取“时限（分钟）”。未达到的只计数，不发牌。", UIHint = "dropdown", Order = 5,
        Options = ["None=不按响应目标", "Contact=联络", "Arrival=到达"], DefaultValue = "None")]
    public Input<string>? Response { get; set; }

    /// <summary>Step of the diagram whose limit gives the due time.</summary>
    [Input(DisplayName = "时限步骤", Description = "图中哪个“办理时限”步骤给出本步骤的到期时间；与时限（分钟）择一填写。", UIHint = "dropdown", Order = 6, OptionsProvider = typeof(TimeLimitOptions))]
    public Input<string>? TimeLimitId { get; set; }

    /// <summary>Outcomes that are offered.</summary>
    [Input(DisplayName = "可选结果", Description = "办理人可选哪些结果：完成、未查获、转案件，每个一项；不填为三项都可选。只列出图中接了后续步骤的。", UIHint = "multitext", Order = 7)]
    public Input<string[]>? Choices { get; set; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context)
    {
        StepReferences.Limit(context, TimeLimitId);
        if (context.TryGetFixed(Response, out var response) && response is not ("None" or "Contact" or "Arrival"))
        {
            context.Report("response", ValidationCodes.InvalidValue, "响应目标应为 None（不按响应目标）、Contact（联络）或者 Arrival（到达）。");
        }

        if (context.TryGetFixed(Choices, out var choices) && choices.FirstOrDefault(choice => !s_outcomes.Contains(choice, StringComparer.Ordinal)) is { } wrong)
        {
            context.Report("choices", ValidationCodes.InvalidValue, $"没有结果“{(wrong.Length > 40 ? wrong[..40] + "…" : wrong)}”，可用的有：{string.Join("、", s_outcomes)}。");
        }

        if (context.TryGetFixed(Minutes, out var minutes) && minutes is < 0 or > LongestMinutes)
        {
            context.Report("minutes", ValidationCodes.InvalidValue, $"时限为 {minutes} 分钟，请填写 1 至 {LongestMinutes} 分钟，或者不填。");
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var lead = await context.LeadAsync();
        var department = context.Get(Department) is { Length: > 0 } given ? given : lead.Team?.Department ?? lead.Department
            ?? throw new RuleViolationException(RefusalKind.Conflict, "lead-without-department", context.ActivityId, "线索没有承办部门：请在本步骤中填写承办部门。");
        var title = context.Get(Title) is { Length: > 0 } text ? text : context.ActivityName ?? "线索步骤";
        DateTimeOffset? clock = await MinutesAsync(context, lead) is { } minutes ? new ElapsedDeadline(session.Now, TimeSpan.FromMinutes(minutes)).Due : null;
        var limit = context.Get(TimeLimitId) is { Length: > 0 } stepId
            ? await StepLimits.FindAsync(session, new AggregateFilter { CaseKey = lead.CaseKey }, stepId, department, context.CancellationToken) : null;
        var taskId = session.NewId();
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = HumanStep.StimulusName,
            Stimulus = new { taskId },
            IncludeActivityInstanceId = false,
            Callback = OnAnsweredAsync,
            WaitName = title,
            WaitOwner = LeadOwner(lead, department),
        });
        if (clock is { } due)
        {
            var late = context.CreateBookmark(new CreateBookmarkArgs
            {
                Stimulus = new { lateTaskId = taskId },
                IncludeActivityInstanceId = true,
                Callback = OnLateAsync,
                DueAt = due,
                WaitName = $"{title}（计时）",
                WaitOwner = LeadOwner(lead, department),
            });
            context.SetProperty(Clock, late.Id);
        }

        var assignees = department == lead.Department && lead.Dispatch is { Officers.Count: > 0 } sent ? sent.Officers : [];
        await context.GetRequiredService<TaskService>().CreateAsync(
            new NewTask
            {
                Id = taskId,
                InstanceId = context.WorkflowInstanceId,
                CaseKey = lead.CaseKey,
                ActivityId = context.ActivityId,
                BookmarkId = bookmark.Id,
                Kind = "lead.step",
                Title = title,
                Area = lead.Area,
                Department = department,
                Role = context.Get(Role) is { Length: > 0 } role ? role : Supervision.Sessions.Role.Inspector,
                Assignees = assignees,
                DueAt = clock ?? limit?.DueAt ?? lead.Wait?.DueAt,
                LimitId = clock is null ? limit?.Id : null,
                Outcomes = context.Get(Choices) is { Length: > 0 } offered ? offered : s_outcomes,
                Subject = new Dictionary<string, string>(StringComparer.Ordinal) { ["leadId"] = lead.Id },
            },
            context.CancellationToken);
        context.SetProperty(nameof(WorkTask), taskId);
    }

    /// <inheritdoc/>
    protected override async ValueTask OnCanceledAsync(ActivityExecutionContext context)
    {
        if (context.GetProperty<string>(nameof(WorkTask)) is { } id && await context.Session().FindAsync<WorkTask>(id, context.CancellationToken) is not null)
        {
            await context.GetRequiredService<TaskService>().CancelAsync(id, "流程环节结束", context.CancellationToken);
        }
    }

    private async ValueTask<int?> MinutesAsync(ActivityExecutionContext context, Lead lead)
    {
        var target = Enum.TryParse<ResponseMeasure>(context.Get(Response), out var measure)
            ? await context.GetRequiredService<LeadResponse>().MinutesAsync(lead, measure, context.CancellationToken) : null;
        return target ?? (context.Get(Minutes) is > 0 and var minutes ? minutes : null);
    }

    private async ValueTask OnLateAsync(ActivityExecutionContext context)
    {
        context.SetProperty(Clock, null);
        await context.GetRequiredService<LeadFlowSteps>().LateAsync(context.SubjectId(), TitleOf(context), LatePort, context.CancellationToken);
        await context.ScheduleOutcomesAsync(LatePort);
    }

    private async ValueTask OnAnsweredAsync(ActivityExecutionContext context)
    {
        var task = await context.GetRequiredService<TaskService>().CompleteAsync(
            context.GetProperty<string>(nameof(WorkTask))!, context.ChosenOutcome() ?? "", resultJson: null, context.CancellationToken);
        if (context.GetProperty<string>(Clock) is { } late)
        {
            context.RemoveBookmark(late);
        }

        ResponseMeasure? measure = Enum.TryParse<ResponseMeasure>(context.Get(Response), out var measured) ? measured : null;
        await context.GetRequiredService<LeadFlowSteps>().DoneAsync(
            context.SubjectId(), TitleOf(context), task.Outcome!, measure, context.Submission<LeadStepDone>().Device, context.CancellationToken);
        await context.CompleteActivityWithOutcomesAsync(task.Outcome!);
    }

    private string TitleOf(ActivityExecutionContext context) => context.Get(Title) is { Length: > 0 } text ? text : context.ActivityName ?? "线索步骤";

    private static string LeadOwner(Lead lead, string department) =>
        department == lead.Department && lead.Dispatch is { Officers: [var only] } ? $"officer:{only}" : $"department:{department}";
}
