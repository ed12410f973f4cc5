using Workflows.Activities.Options;
using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Work;

/// <summary>
/// A step that a person does: it puts one task on somebody's list and waits. What is handed in goes to the domain service of the
/// step; a broken rule refuses it whole. One human step never spans more than one task or one wait.
/// </summary>
public abstract class HumanStep : Activity, IDefinitionCheck
{
    /// <summary>Stimulus that completes a step.</summary>
    public const string StimulusName = "Supervision.Task";

    /// <summary>Port: the step fell away because the step that it ends with was done first.</summary>
    public const string WithdrawnPort = "已撤回";

    /// <summary>Title as it stands on the list.</summary>
    [Input(DisplayName = "标题", Description = "待办清单上显示的标题。", Order = 1)]
    public Input<string>? Title { get; set; }

    /// <summary>Department that does it; by default the lead.</summary>
    [Input(DisplayName = "承办部门", Description = "由哪个部门办理；不填为牵头部门。", UIHint = "dropdown", Order = 2, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <summary>Role that may do it; by default that of the kind of step.</summary>
    [Input(DisplayName = "承办角色", Description = "哪种角色可以办理；不填为本步骤的默认角色。", UIHint = "dropdown", Order = 3, OptionsProvider = typeof(RoleOptions))]
    public Input<string>? Role { get; set; }

    /// <summary>Step of the diagram whose limit gives the due time.</summary>
    [Input(DisplayName = "时限步骤", Description = "图中哪个“办理时限”步骤给出本步骤的到期时间。", UIHint = "dropdown", Order = 4, OptionsProvider = typeof(TimeLimitOptions))]
    public Input<string>? TimeLimitId { get; set; }

    /// <summary>Working days until it is due, where no limit stands beside it.</summary>
    [Input(DisplayName = "办理天数", Description = "没有时限步骤时，几个工作日内办结；默认 5。", DefaultValue = 5, Order = 5)]
    public Input<int>? DueIn { get; set; }

    /// <summary>Steps whose end withdraws this one.</summary>
    [Input(DisplayName = "随同结束", Description = "其中一步结束时，本步骤撤回；填步骤编号，每个一项。", UIHint = "multitext", Order = 6)]
    public Input<string[]>? EndsWith { get; set; }

    /// <inheritdoc/>
    public void Check(DefinitionCheckContext context)
    {
        StepReferences.Limit(context, TimeLimitId);
        StepReferences.Check(context, EndsWith, "endsWith", "随同结束");
        if (context.TryGetFixed(DueIn, out var days) && days is < 1 or > 2500)
        {
            context.Report("dueIn", ValidationCodes.InvalidValue, $"办理天数为 {days}，请填写 1 至 2500 个工作日。");
        }

        // A step behind which nothing is drawn ends its branch whatever is chosen; a limit's own port is a problem, not a notice.
        if (context.ConnectedPorts.Count > 0)
        {
            foreach (var port in context.Descriptor.Ports.Where(p => p.Kind == PortKind.Flow && p.Name != WithdrawnPort && !p.MeansTimeLimitPassed && !context.ConnectedPorts.Contains(p.Name)))
            {
                context.Notice(port.Name, ValidationCodes.OutcomeUnconnected, $"步骤“{Name ?? Id}”的出口“{port.DisplayName}”没有连线：办成这个结果后，这条路到此为止，没有人接着办理。请连接后续步骤；确实到此为止的，请连到一个“汇合”或“结束”，让人看得出来。");
            }
        }
    }

    /// <summary>Kind of step, such as <c>visit.section</c>: tells pages which form to show.</summary>
    protected abstract string Kind { get; }

    /// <summary>Outcomes that a person may choose; empty where the domain decides from what is handed in.</summary>
    protected virtual IReadOnlyList<string> Choices => [];

    /// <summary>Role that does steps of this kind.</summary>
    protected abstract string DefaultRole { get; }

    /// <summary>Department that does it where the diagram names none: the lead, or a unit of its own such as the command centre.</summary>
    protected virtual ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new(lead);

    /// <summary>Whether the step is asked for again after a port: the port flows, and the step waits with a new task on the list.</summary>
    protected virtual bool IsAskedAgainAfter(string port) => false;

    /// <summary>When the law of the department's field wants it done, UTC, where that is earlier than what the diagram says; or null.</summary>
    protected virtual ValueTask<DateTimeOffset?> LawfulDueAsync(ActivityExecutionContext context, string department) => new((DateTimeOffset?)null);

    /// <summary>Whether the step decides something, so that an assistant may never do it.</summary>
    protected virtual bool IsDecision => true;

    /// <summary>Hands what the person gave to the domain and returns the port to leave by.</summary>
    protected abstract ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task);

    /// <summary>People it is for; empty for anybody with role and department.</summary>
    protected virtual ValueTask<IReadOnlyList<string>> AssigneesAsync(ActivityExecutionContext context, string department) => new([]);

    /// <summary>Ids of what it is about, shown with the task.</summary>
    protected virtual ValueTask<IReadOnlyDictionary<string, string>> SubjectAsync(ActivityExecutionContext context, string department) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Who has to act, where it is not a unit of government.</summary>
    protected virtual string? OwnerOf(Case? matter) => null;

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var subject = await WorkSubject.OfAsync(context);
        var department = context.Get(Department) is { Length: > 0 } given
            ? await Responsible.ResolveAsync(context, given, subject.LeadDepartment)
            : await DefaultDepartmentAsync(context, subject.LeadDepartment);
        var title = context.Get(Title) is { Length: > 0 } text ? text : context.ActivityName ?? Kind;
        var assignees = await AssigneesAsync(context, department);
        var taskId = session.NewId();
        var (due, limitId) = await DueAsync(context, subject, department);
        if (await LawfulDueAsync(context, department) is { } lawful && lawful < due)
        {
            (due, limitId) = (lawful, null);
        }

        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = StimulusName,
            Stimulus = new { taskId },
            IncludeActivityInstanceId = false,
            Callback = OnAnsweredAsync,
            WaitName = title,
            WaitOwner = OwnerOf(subject.Matter) ?? (assignees.Count == 1 ? $"officer:{assignees[0]}" : $"department:{department}"),
            CompletesWith = context.Get(EndsWith),
        });
        await context.GetRequiredService<TaskService>().CreateAsync(
            new NewTask
            {
                Id = taskId,
                InstanceId = context.WorkflowInstanceId,
                CaseKey = subject.CaseKey,
                ActivityId = context.ActivityId,
                BookmarkId = bookmark.Id,
                Kind = Kind,
                Title = title,
                CaseId = subject.Matter?.Id,
                PlanId = subject.PlanId,
                Area = subject.Area,
                Department = DefaultRole == Supervision.Sessions.Role.Party || assignees.Count > 0 ? null : department,
                Role = assignees.Count > 0 ? null : context.Get(Role) is { Length: > 0 } role ? role : DefaultRole,
                Assignees = assignees,
                DueAt = due,
                LimitId = limitId,
                IsDecision = IsDecision,
                Outcomes = Choices,
                Subject = subject.Lead is { } lead ? new Dictionary<string, string>(await SubjectAsync(context, department), StringComparer.Ordinal) { ["leadId"] = lead.Id } : await SubjectAsync(context, department),
            },
            context.CancellationToken);
        context.SetProperty(nameof(WorkTask), taskId);
    }

    /// <inheritdoc/>
    protected override async ValueTask OnCanceledAsync(ActivityExecutionContext context) => await WithdrawAsync(context);

    /// <inheritdoc/>
    protected override async ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration)
    {
        var session = context.Session();
        if (await session.FindAsync<WorkTask>(context.GetProperty<string>(nameof(WorkTask)) ?? "", context.CancellationToken) is not { State: TaskState.Open } task)
        {
            return;
        }

        if (task.BookmarkId is { } bookmark)
        {
            context.Watch(bookmark, context.Get(EndsWith));
        }

        var due = migration.Timers == TimerPolicy.Keep ? task.DueAt : await MigratedDueAsync(context, migration, task);
        migration.Tell(task.Title, task.DueAt, due);
        if (due != task.DueAt)
        {
            session.Save(task with { DueAt = due, Changed = session.CauseNow() });
        }
    }

    private async ValueTask<DateTimeOffset?> MigratedDueAsync(ActivityExecutionContext context, MigrationContext migration, WorkTask task)
    {
        var session = context.Session();
        if (context.Get(TimeLimitId) is { Length: > 0 } stepId
            && await StepLimits.FindAsync(session, (await WorkSubject.OfAsync(context)).Records, stepId, task.Department ?? context.Get(Department), context.CancellationToken) is { } limit)
        {
            return limit.DueAt;
        }

        if (!migration.IsChanged(nameof(TimeLimitId), nameof(DueIn)))
        {
            return task.DueAt;
        }

        var start = migration.Timers == TimerPolicy.RecomputeFromNow ? session.Now : context.StartedAt;
        var days = context.Get(DueIn) is > 0 and var given ? given : 5;
        return LegalDeadline.Compute(ShanghaiTime.DateOf(start), LegalPeriod.WorkingDays(days), session.Calendar).PassedAt;
    }

    private async ValueTask OnAnsweredAsync(ActivityExecutionContext context)
    {
        if (context.WatchedActivity() is not null)
        {
            await WithdrawAsync(context);
            await context.CompleteActivityWithOutcomesAsync(WithdrawnPort);
            return;
        }

        var task = await context.GetRequiredService<TaskService>().CompleteAsync(
            context.GetProperty<string>(nameof(WorkTask))!, context.ChosenOutcome() ?? "", resultJson: null, context.CancellationToken);
        var port = await PerformAsync(context, task);
        var reason = WorkTask.ReturningOutcomes.Contains(port) ? context.GivenReason() : null;
        if (port != task.Outcome || reason is not null)
        {
            context.Session().Save(task with { Outcome = port, ReturnReason = reason });
        }

        if (IsAskedAgainAfter(port))
        {
            await context.ScheduleOutcomesAsync(port);
            await ExecuteAsync(context);
            return;
        }

        await context.CompleteActivityWithOutcomesAsync(port);
    }

    // A try that faulted may have put no task on any list.
    private static async ValueTask WithdrawAsync(ActivityExecutionContext context)
    {
        if (context.GetProperty<string>(nameof(WorkTask)) is { } id && await context.Session().FindAsync<WorkTask>(id, context.CancellationToken) is not null)
            await context.GetRequiredService<TaskService>().CancelAsync(id, "流程环节结束", context.CancellationToken);
    }

    private async ValueTask<(DateTimeOffset DueAt, string? LimitId)> DueAsync(ActivityExecutionContext context, WorkSubject subject, string department)
    {
        var session = context.Session();
        if (context.Get(TimeLimitId) is { Length: > 0 } stepId
            && await StepLimits.FindAsync(session, subject.Records, stepId, department, context.CancellationToken) is { } limit)
        {
            return (limit.DueAt, limit.Id);
        }

        var days = context.Get(DueIn) is > 0 and var given ? given : 5;
        return (LegalDeadline.Compute(ShanghaiTime.DateOf(session.Now), LegalPeriod.WorkingDays(days), session.Calendar).PassedAt, null);
    }
}
