using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Work;

/// <summary>Asks a person for a step.</summary>
public sealed record NewTask
{
    /// <summary>Id, so that the bookmark can name it; null for the next.</summary>
    public string? Id { get; init; }

    /// <summary>Instance that waits.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Key that serialises the family.</summary>
    public required string CaseKey { get; init; }

    /// <summary>Activity that asks.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Bookmark, or null.</summary>
    public string? BookmarkId { get; init; }

    /// <summary>Kind of step, such as <c>visit.record</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>Case, or null.</summary>
    public string? CaseId { get; init; }

    /// <summary>Plan, or null.</summary>
    public string? PlanId { get; init; }

    /// <summary>District or town of a step that belongs to neither case nor plan.</summary>
    public string? Area { get; init; }

    /// <summary>Department, or null.</summary>
    public string? Department { get; init; }

    /// <summary>Role, or null.</summary>
    public string? Role { get; init; }

    /// <summary>Officers or users it is for.</summary>
    public IReadOnlyList<string> Assignees { get; init; } = [];

    /// <summary>When it is due, UTC.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Limit of the diagram that gives the due time, or null.</summary>
    public string? LimitId { get; init; }

    /// <summary>Whether the law sets the due time.</summary>
    public bool IsDueByLaw { get; init; }

    /// <summary>Whether it decides something.</summary>
    public bool IsDecision { get; init; } = true;

    /// <summary>Outcomes that may be given.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>Ids of what it is about.</summary>
    public IReadOnlyDictionary<string, string>? Subject { get; init; }
}

/// <summary>Human steps: asked for, seen, done, handed on, dropped.</summary>
/// <param name="session">The session.</param>
public sealed class TaskService(ISupervisionSession session)
{
    /// <summary>Asks for a step. A step without department, role and assignee would wait for nobody and is refused.</summary>
    /// <exception cref="RuleViolationException"><c>task-without-owner</c>.</exception>
    public async ValueTask<WorkTask> CreateAsync(NewTask command, CancellationToken cancellationToken = default)
    {
        if (command.Department is null && command.Role is null && command.Assignees.Count == 0)
        {
            throw Refusal.Invalid("task-without-owner", "department", $"步骤“{command.Title}”没有指定部门、角色或者人员，请在流程图中补充。");
        }

        var one = command.CaseId is { } caseId ? await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken) : null;
        // A step of a plan lies where the plan does: without an area it would stand on the lists of every district.
        var area = one is not null ? one.Area
            : command.PlanId is { } planId ? (await session.FindAsync<InspectionPlan>(planId, cancellationToken))?.Area
            : command.Area;
        var (departments, shared) = await DepartmentsAsync(command.Assignees, cancellationToken);
        var added = session.Add(
            new WorkTask
            {
                Id = command.Id ?? session.NewId(),
                CaseKey = command.CaseKey,
                CaseId = command.CaseId,
                PlanId = command.PlanId ?? one?.PlanId,
                Department = command.Department ?? shared,
                AssigneeDepartments = departments,
                Area = area,
                TargetId = one?.TargetId,
                Created = session.Cause(),
                InstanceId = command.InstanceId,
                TaskActivityId = command.ActivityId,
                BookmarkId = command.BookmarkId,
                Kind = command.Kind,
                Title = Refusal.Text(command.Title, "title", "待办标题"),
                Role = command.Role,
                Assignees = command.Assignees,
                DueAt = command.DueAt,
                LimitId = command.LimitId,
                IsDueByLaw = command.IsDueByLaw,
                IsDecision = command.IsDecision,
                Outcomes = command.Outcomes,
                Subject = command.Subject ?? new Dictionary<string, string>(StringComparer.Ordinal),
                State = TaskState.Open,
            },
            "task.created", ("task", command.Kind));
        await CaseStage.FollowAsync(session, added.CaseId, cancellationToken);
        return added;
    }

    /// <summary>Notes that somebody who may do it opened it.</summary>
    public async ValueTask<WorkTask> SeeAsync(string taskId, CancellationToken cancellationToken = default)
    {
        var task = await GetOwnAsync(taskId, cancellationToken);
        return task.SeenAt is null && task.State == TaskState.Open ? session.Update(task with { SeenAt = session.Now }, "task.seen") : task;
    }

    /// <summary>Ends a step with an outcome; the activity then calls the service of the domain with the data.</summary>
    /// <exception cref="RuleViolationException"><c>task-not-found</c> (404), <c>task-ended</c> (409), <c>assistant-decides</c>, <c>task-not-yours</c> (403), <c>outcome-unknown</c> (422).</exception>
    public async ValueTask<WorkTask> CompleteAsync(string taskId, string outcome, string? resultJson, CancellationToken cancellationToken = default)
    {
        var task = await GetOwnAsync(taskId, cancellationToken);
        if (task.State != TaskState.Open)
        {
            throw Refusal.Conflict("task-ended", "taskId", $"该待办已经{(task.State == TaskState.Done ? "完成" : "取消")}。");
        }

        if (task.Outcomes.Count > 0 && !task.Outcomes.Contains(outcome))
        {
            throw Refusal.Invalid("outcome-unknown", "outcome", $"办理结果“{outcome}”不可用，可用：{string.Join("、", task.Outcomes)}。");
        }

        var done = session.Update(
            task with { State = TaskState.Done, Outcome = outcome, Result = resultJson, CompletedBy = session.Actor.Id, EndedAt = session.Now },
            "task.completed", ("outcome", outcome));
        await CaseStage.FollowAsync(session, done.CaseId, cancellationToken);
        return done;
    }

    /// <summary>Drops a step whose need fell away.</summary>
    public async ValueTask<WorkTask> CancelAsync(string taskId, string reason, CancellationToken cancellationToken = default)
    {
        var task = await session.GetAsync<WorkTask>(taskId, "taskId", "待办", cancellationToken);
        if (task.State != TaskState.Open)
        {
            return task;
        }

        var cancelled = session.Update(task with { State = TaskState.Cancelled, EndedAt = session.Now }, "task.cancelled", ("reason", reason));
        await CaseStage.FollowAsync(session, task.CaseId, cancellationToken);
        return cancelled;
    }

    /// <summary>Hands a step to other people or to a new date (consultation, substitution).</summary>
    /// <exception cref="RuleViolationException"><c>task-ended</c>.</exception>
    public async ValueTask<WorkTask> ReassignAsync(
        string taskId, string? department, IReadOnlyList<string> assignees, DateTimeOffset? dueAt, CancellationToken cancellationToken = default)
    {
        var task = await session.GetAsync<WorkTask>(taskId, "taskId", "待办", cancellationToken);
        return task.State != TaskState.Open
            ? throw Refusal.Conflict("task-ended", "taskId", "该待办已经结束，不能转办。")
            : session.Update(task with { Department = department ?? task.Department, Assignees = assignees, DueAt = dueAt ?? task.DueAt, SeenAt = null }, "task.reassigned");
    }

    /// <summary>转办, 退回: hands a step to others. Where nobody is left it waits for the head of <paramref name="department"/>, who hands it out again.</summary>
    /// <param name="taskId">The step.</param>
    /// <param name="assignees">Who is named from now on; empty for nobody.</param>
    /// <param name="department">Department that keeps it where nobody is named.</param>
    /// <param name="passedOn">Who passed it on and why, for whoever has it now.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RuleViolationException"><c>task-ended</c>.</exception>
    public async ValueTask<WorkTask> HandOnAsync(string taskId, IReadOnlyList<string> assignees, string? department, PassedOn passedOn, CancellationToken cancellationToken = default)
    {
        var task = await session.GetAsync<WorkTask>(taskId, "taskId", "待办", cancellationToken);
        if (task.State != TaskState.Open)
        {
            throw Refusal.Conflict("task-ended", "taskId", "该待办已经结束，不能转办。");
        }

        var (departments, shared) = await DepartmentsAsync(assignees, cancellationToken);
        var returned = assignees.Count == 0;
        return session.Update(
            task with
            {
                Assignees = assignees,
                AssigneeDepartments = departments,
                Department = returned ? department : departments is null ? task.Department : shared,
                Role = returned ? Role.DepartmentHead : task.IsReturned ? null : task.Role,
                IsReturned = returned,
                PassedOn = passedOn,
                SeenAt = null,
            },
            "task.reassigned");
    }

    // Whoever has no place in the roster of officers has no department that could be told here, and then they share none.
    private async ValueTask<(IReadOnlyList<string>? All, string? Shared)> DepartmentsAsync(IReadOnlyList<string> assignees, CancellationToken ct)
    {
        var (all, everybody) = (new List<string>(), true);
        foreach (var assignee in assignees)
        {
            if (await session.FindAsync<OfficerRecord>(assignee, ct) is not { Officer.Department: var department })
            {
                everybody = false;
            }
            else if (!all.Contains(department))
            {
                all.Add(department);
            }
        }

        return (all.Count > 0 ? all : null, everybody && all is [var shared] ? shared : null);
    }

    /// <summary>Whether an actor may do a step.</summary>
    public static bool MayDo(Actor actor, WorkTask task) =>
        IsParty(task) ? actor.Is(Role.Party) && actor.Id == $"party:{task.TargetId}"
        : !actor.Is(Role.Party) && !actor.Is(Role.Auditor)
            && (task.Assignees.Count == 0 || task.Assignees.Any(a => Deciders.IsSame(actor, a)))
            && (task.Department is null || task.Department == actor.Department)
            && (task.Role is null || actor.Is(task.Role) || (task.Role == Role.Assistant && actor.Is(Role.Inspector)));

    private async ValueTask<WorkTask> GetOwnAsync(string taskId, CancellationToken ct)
    {
        var task = await session.GetAsync<WorkTask>(taskId, "taskId", "待办", ct);
        if (task.IsDecision && session.Actor.Is(Role.Assistant) && !IsParty(task))
        {
            throw Refusal.Forbidden("assistant-decides", "actor", $"“{task.Title}”须由持证执法人员办理，辅助人员只能记录。");
        }

        // Another department, or another party, is not even told that the step exists.
        if (!MayDo(session.Actor, task))
        {
            throw task.Department is { } own && own == session.Actor.Department
                ? Refusal.Forbidden("task-not-yours", "actor", $"“{task.Title}”不由您办理，请由指定人员办理。")
                : Refusal.NotFound("task-not-found", "taskId", $"待办“{taskId}”不存在，请核对编号。");
        }

        return task;
    }

    private static bool IsParty(WorkTask task) => task.Role == Role.Party;
}
