using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Tasks;

/// <summary>转办 and 退回: a step goes to somebody else of the same department, with a reason in the audit trail; nothing is decided by it.</summary>
internal static class TaskHandover
{
    private const int LongestReason = 500;
    private const string Delegated = "task.delegated";
    private const string Refused = "task.refused";

    /// <summary>Maps <c>/api/tasks/{id}/delegate</c> and <c>/api/tasks/{id}/refuse</c>.</summary>
    public static void MapTaskHandover(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("待办");
        tasks.MapPost("/{id}/delegate", DelegateAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<TaskChanged>()
            .WithSummary("转办：由承办人、本部门负责人或督办人转给承办部门的执法人员，须说明理由");
        tasks.MapPost("/{id}/refuse", RefuseAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<TaskChanged>()
            .WithSummary("退回：退回部门负责人重新安排，须说明理由");
    }

    private static async Task<IResult> DelegateAsync(
        string id, TaskDelegation delegation, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var task = await TaskRoutes.VisibleAsync(id, rows, viewer, cancellationToken);
        var reason = Reason(delegation.Reason);
        return await gate.CommandAsync(context, task.CaseKey, async (session, token) =>
        {
            var current = await session.FindAsync<WorkTask>(id, token) ?? task;
            var officer = await session.FindAsync<OfficerRecord>(delegation.To, token);
            var to = officer?.Officer.Department;
            var isHead = session.Actor.Is(Role.DepartmentHead) && session.Actor.Department is { } own && TaskAccess.IsOf(current, own);
            if (!TaskAccess.IsFor(current, session.Actor) && !isHead && !session.Actor.Is(Role.Supervisor))
                throw new RuleViolationException(RefusalKind.Forbidden, "not-your-task", "id", "只有承办人、本部门负责人或督办人可以转办。");
            if (to is null || !TaskAccess.IsOf(current, to) || !session.Actor.Is(Role.Supervisor) && to != session.Actor.Department)
                throw new RuleViolationException(RefusalKind.Invalid, "delegate-unknown", "to", "只能转给本部门执法人员名录中的人员：请填写其人员编号。");
            if (!current.IsReturned && current.Role is not (null or Role.Inspector))
                throw new RuleViolationException(RefusalKind.Invalid, "role-only", "to", "此事项须由规定职务的人员办理，不能转给执法人员。");
            var relieved = await RelievedAsync(current, delegation.From, to, session, token);
            // Whoever else is named stays: the step is theirs as well.
            string[] named = relieved.Count == 0 ? [delegation.To] : [.. current.Assignees.Select(one => relieved.Contains(one) ? delegation.To : one).Distinct(StringComparer.Ordinal)];
            return await MoveAsync(current, named, to, Delegated, reason, session, token);
        }, cancellationToken);
    }

    private static async Task<IResult> RefuseAsync(
        string id, TaskRefusal refusal, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var task = await TaskRoutes.VisibleAsync(id, rows, viewer, cancellationToken);
        var reason = Reason(refusal.Reason);
        return await gate.CommandAsync(context, task.CaseKey, async (session, token) =>
        {
            var current = await session.FindAsync<WorkTask>(id, token) ?? task;
            if (!TaskAccess.IsFor(current, session.Actor))
                throw new RuleViolationException(RefusalKind.Forbidden, "not-your-task", "id", "只有承办人可以退回。");
            if (current.Assignees.Count == 0)
                throw new RuleViolationException(RefusalKind.Conflict, "nobody-named", "id", "此事项没有指定承办人，无需退回。");
            // The step stays with whoever else is named. Named after nobody it waits for the head, who hands it out again.
            string[] left = [.. current.Assignees.Where(one => !TaskAccess.Names(one, session.Actor))];
            return await MoveAsync(current, left, session.Actor.Department ?? current.Department, Refused, reason, session, token);
        }, cancellationToken);
    }

    private static async ValueTask<TaskChanged> MoveAsync(
        WorkTask task, string[] to, string? department, string fact, string reason, ISupervisionSession session, CancellationToken cancellationToken)
    {
        var act = fact == Refused ? PassedOn.GivenBack : PassedOn.HandedOver;
        var moved = await new TaskService(session).HandOnAsync(task.Id, to, department, new PassedOn(act, reason, session.Actor.Name, session.Now), cancellationToken);
        session.Audit(new AuditFact(task.CaseKey, fact, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["task"] = task.Id,
            ["caseId"] = task.CaseId,
            ["department"] = department,
            ["from"] = string.Join(' ', task.Assignees),
            ["to"] = to.Length > 0 ? string.Join(' ', to) : $"department:{department}",
            ["reason"] = reason,
        }));
        return new TaskChanged(moved.Id, moved.State, moved.Outcome);
    }

    // Who is named and no longer will be: whom the request says, whoever asks, or all of the department; nobody where nobody is named.
    private static async ValueTask<IReadOnlyList<string>> RelievedAsync(WorkTask task, string? from, string department, ISupervisionSession session, CancellationToken cancellationToken)
    {
        var candidates = new List<string>();
        foreach (var one in task.Assignees)
        {
            if ((await session.FindAsync<OfficerRecord>(one, cancellationToken))?.Officer.Department == department)
                candidates.Add(one);
        }

        if (from is not null)
        {
            return candidates.Contains(from)
                ? [from]
                : throw new RuleViolationException(RefusalKind.Invalid, "delegate-from", "from", "转出人不是此事项在本部门的承办人：请从承办人中选择，或不填。");
        }

        return task.Assignees.FirstOrDefault(one => TaskAccess.Names(one, session.Actor)) is { } own ? [own] : candidates;
    }

    /// <summary>A reason as it is kept.</summary>
    /// <exception cref="RefusedException">It is missing or too long (422).</exception>
    internal static string Reason(string? reason) => reason?.Trim() is { Length: > 0 and <= LongestReason } text
        ? text
        : throw new RefusedException(new Refusal(422, "reason-missing", "reason", $"请说明理由（不超过{LongestReason}字）。"));
}
