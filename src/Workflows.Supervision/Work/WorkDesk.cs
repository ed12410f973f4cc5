using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Work;

/// <summary>Who may do a task of the list, and what happens to it: done, withdrawn, seen, handed over.</summary>
public static class WorkDesk
{
    /// <summary>Whether the task is on this actor's list: assigned to it, or for its department and role.</summary>
    public static bool IsFor(WorkTask task, Actor actor)
    {
        if (task.Role == Role.Party)
        {
            return actor.Is(Role.Party) && actor.Id == $"party:{task.TargetId}";
        }

        if (task.Assignees.Count > 0 && (task.Assignees.Contains(actor.Id) || (actor.OfficerId is { } officer && task.Assignees.Contains(officer))))
        {
            return true;
        }

        var mayRecord = !task.IsDecision && actor.Is(Role.Assistant);
        return task.Assignees.Count == 0
            && (task.Role is null || actor.Is(task.Role) || mayRecord)
            && (task.Department is null || actor.Department == task.Department);
    }

    /// <summary>Refuses whoever may not complete the task, a task that is no longer open, and an outcome that it does not offer.</summary>
    /// <exception cref="RuleViolationException"><c>task-closed</c> (409), <c>assistant-decides</c> or <c>task-not-yours</c> (403), <c>outcome-unknown</c> (422).</exception>
    public static void CheckMayComplete(WorkTask task, Actor actor, string? outcome)
    {
        if (task.State != TaskState.Open)
        {
            throw new RuleViolationException(RefusalKind.Conflict, "task-closed", "taskId", $"待办“{task.Title}”已经{(task.State == TaskState.Done ? "办结" : "撤回")}，无需再办。");
        }

        if (task.IsDecision && actor.Is(Role.Assistant))
        {
            throw new RuleViolationException(RefusalKind.Forbidden, "assistant-decides", "actor", $"“{task.Title}”须由执法人员决定，辅助人员只能记录，请转交执法人员。");
        }

        if (!IsFor(task, actor))
        {
            throw new RuleViolationException(RefusalKind.Forbidden, "task-not-yours", "actor", $"“{task.Title}”不在您的待办清单内，请由承办部门和承办角色办理。");
        }

        if (task.Outcomes.Count > 0 && (outcome is null || !task.Outcomes.Contains(outcome)))
        {
            throw new RuleViolationException(
                RefusalKind.Invalid, "outcome-unknown", "outcome", $"办理结果“{outcome}”不在可选范围内，请选择：{string.Join("、", task.Outcomes)}。");
        }
    }

    /// <summary>Marks the task as done.</summary>
    public static void Complete(ISupervisionSession session, WorkTask task, string outcome)
    {
        session.Save(task with
        {
            State = TaskState.Done,
            Outcome = outcome,
            CompletedBy = session.Actor.Id,
            EndedAt = session.Now,
            Changed = session.CauseNow(),
        });
        Note(session, task, "task.done", ("outcome", outcome));
    }

    /// <summary>Takes an open task off the list; does nothing to one that has ended.</summary>
    public static void Withdraw(ISupervisionSession session, WorkTask task)
    {
        if (task.State != TaskState.Open)
        {
            return;
        }

        session.Save(task with { State = TaskState.Cancelled, EndedAt = session.Now, Changed = session.CauseNow() });
        Note(session, task, "task.withdrawn");
    }

    /// <summary>Records that its holder has opened it; the first time counts.</summary>
    public static void MarkSeen(ISupervisionSession session, WorkTask task)
    {
        if (task.SeenAt is null && task.State == TaskState.Open && IsFor(task, session.Actor))
        {
            session.Save(task with { SeenAt = session.Now, Changed = session.CauseNow() });
        }
    }

    /// <summary>Hands the task to somebody else of the same department, with the reason.</summary>
    /// <exception cref="RuleViolationException">The actor does not hold it, or the reason is missing.</exception>
    public static void HandOver(ISupervisionSession session, WorkTask task, string toOfficer, string reason)
    {
        CheckMayComplete(task with { Outcomes = [] }, session.Actor, null);
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RuleViolationException(RefusalKind.Invalid, "reason-missing", "reason", "转交须说明理由，请填写 reason。");
        }

        session.Save(task with { Assignees = [toOfficer], SeenAt = null, Changed = session.CauseNow() });
        Note(session, task, "task.handed-over", ("to", toOfficer), ("reason", reason));
    }

    private static void Note(ISupervisionSession session, WorkTask task, string kind, params (string Name, string? Value)[] more)
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["id"] = task.Id,
            ["step"] = task.TaskActivityId,
            ["kind"] = task.Kind,
            ["actor"] = session.Actor.Id,
        };
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        session.Audit(new AuditFact(task.CaseKey, kind, data));
    }
}
