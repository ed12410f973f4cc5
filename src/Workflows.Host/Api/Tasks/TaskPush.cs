using Workflows.Activities.Deadlines;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>A new last day for a step.</summary>
/// <param name="LastDay">Last day on which it is in time.</param>
/// <param name="Reason">Why.</param>
internal sealed record TaskExtension(DateOnly LastDay, string Reason);

/// <summary>催办 and 延长: what a supervisor or dispatcher does about a step that lies. Both stand in the audit trail with their reason.</summary>
internal static class TaskPush
{
    /// <summary>Kind of the message that reminds.</summary>
    private const string UrgeKind = "催办";

    private const int LongestExtensionDays = 92;

    /// <summary>Maps <c>/api/tasks/{id}/remind</c> and <c>/api/tasks/{id}/extend</c>.</summary>
    public static void MapTaskPush(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("待办");
        tasks.MapPost("/{id}/remind", RemindAsync).For(Role.Supervisor, Role.Dispatcher, Role.DepartmentHead).Idempotent().Produces<TaskChanged>()
            .WithSummary("催办：向承办方发出提醒，须说明理由");
        tasks.MapPost("/{id}/extend", ExtendAsync).For(Role.Supervisor).Idempotent().Produces<TaskChanged>()
            .WithSummary("延长办理时间：督办人重新确定最后一日，须说明理由；法定期限和当事人的期限不能在此延长");
    }

    private static async Task<IResult> RemindAsync(
        string id, TaskRefusal remind, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var task = await TaskRoutes.VisibleAsync(id, rows, viewer, cancellationToken);
        var reason = TaskHandover.Reason(remind.Reason);
        return await gate.CommandAsync(context, task.CaseKey, async (session, token) =>
        {
            var current = Open(await session.FindAsync<WorkTask>(id, token) ?? task);
            string[] recipient = current.Assignees.Count > 0 ? [.. current.Assignees.Select(one => $"officer:{one}")] : [current.Index.Owner ?? $"role:{current.Role}"];
            if (current.CaseId is { } caseId)
                await new NoticeService(session).SendAsync(caseId, recipient, UrgeKind, current.DueAt is { } due ? ShanghaiTime.DateOf(due.AddTicks(-1)) : null, null, token);
            else if (current.PlanId is { } planId && await session.FindAsync<InspectionPlan>(planId, token) is { } plan)
                new NoticeService(session).SendOnPlan(plan, recipient, UrgeKind);
            else
                throw new RuleViolationException(RefusalKind.Conflict, "nothing-to-name", "id", "此事项既不属于案件也不属于计划：请在线索中办理。");
            return Told(current, "task.urged", reason, ("to", string.Join(' ', recipient)), session);
        }, cancellationToken);
    }

    private static async Task<IResult> ExtendAsync(
        string id, TaskExtension extension, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var task = await TaskRoutes.VisibleAsync(id, rows, viewer, cancellationToken);
        var reason = TaskHandover.Reason(extension.Reason);
        return await gate.CommandAsync(context, task.CaseKey, async (session, token) =>
        {
            var current = Open(await session.FindAsync<WorkTask>(id, token) ?? task);
            var today = ShanghaiTime.DateOf(session.Now);
            if (current.Role == Role.Party)
                throw new RuleViolationException(RefusalKind.Conflict, "party-term", "id", "当事人的期限由文书载明：请由当事人申请延期，由承办部门决定。");
            if (current.IsDueByLaw)
                throw LegalPeriodHolds();
            if (extension.LastDay < today || extension.LastDay > today.AddDays(LongestExtensionDays) || current.DueAt >= ShanghaiTime.PassedAt(extension.LastDay))
                throw new RuleViolationException(RefusalKind.Invalid, "bad-day", "lastDay", $"新的最后一日应在今日以后、原期限以后，且不超过{LongestExtensionDays}日。");
            var moved = current.LimitId is { } limitId
                ? await ExtendLimitAsync(session, current, limitId, extension.LastDay, reason, token)
                : await new TaskService(session).ReassignAsync(id, null, current.Assignees, ShanghaiTime.PassedAt(extension.LastDay), token);
            return Told(moved, "task.extended", reason, ("lastDay", extension.LastDay.ToString("O")), session);
        }, cancellationToken);
    }

    // The limit of the diagram moves, and with it every step and ladder that takes its time from it. What the law sets is not the house's to move.
    private static async ValueTask<WorkTask> ExtendLimitAsync(
        ISupervisionSession session, WorkTask task, string limitId, DateOnly lastDay, string reason, CancellationToken cancellationToken)
    {
        if (await session.FindAsync<StepLimit>(limitId, cancellationToken) is not { State: StepLimitState.Running, ClockId: { } clockId, LastDay: { } before } limit)
            throw new RuleViolationException(RefusalKind.Conflict, "limit-holds", "id", "此事项的期限跟随其他期限或按小时计算，不能单独延长：请召集会商。");
        if (char.IsAsciiLetterUpper(limit.RuleCode[0]))
            throw LegalPeriodHolds();
        var days = session.Calendar.WorkingDaysBetween(before, lastDay);
        if (days < 1)
            throw new RuleViolationException(RefusalKind.Invalid, "bad-day", "lastDay", "新的最后一日应比原最后一日至少晚一个工作日。");
        await new ClockService(session).ExtendAsync(clockId, LegalPeriod.WorkingDays(days), ShanghaiTime.DateOf(session.Now), reason, cancellationToken);
        await StepLimits.RefreshAsync(session, limit, null, cancellationToken);
        session.Signal(DeadlineChanged.SignalFor(task.CaseKey, task.CaseId ?? task.PlanId ?? task.CaseKey));
        return await session.FindAsync<WorkTask>(task.Id, cancellationToken) ?? task;
    }

    private static RuleViolationException LegalPeriodHolds() => new(RefusalKind.Conflict, "legal-period", "id", "此期限由法律规定，督办人不能延长：请按法定程序办理。");

    private static WorkTask Open(WorkTask task) => task.State == TaskState.Open
        ? task
        : throw new RuleViolationException(RefusalKind.Conflict, "task-ended", "id", "此事项已办结或已撤回：请刷新列表。");

    private static TaskChanged Told(WorkTask task, string fact, string reason, (string Name, string Value) more, ISupervisionSession session)
    {
        session.Audit(new AuditFact(task.CaseKey, fact, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["task"] = task.Id,
            ["caseId"] = task.CaseId,
            ["department"] = task.Department,
            ["reason"] = reason,
            [more.Name] = more.Value,
        }));
        return new TaskChanged(task.Id, task.State, task.Outcome);
    }
}
