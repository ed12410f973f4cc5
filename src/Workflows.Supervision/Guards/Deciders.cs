using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Guards;

/// <summary>Who may decide what (practice.md 11): officers decide, assistants record; nobody reviews the own proposal.</summary>
public static class Deciders
{
    /// <summary>Requires a certified officer or head; an assistant is refused.</summary>
    /// <exception cref="RuleViolationException"><c>assistant-decides</c> or <c>officer-required</c> (403).</exception>
    public static void RequireOfficer(Actor actor, string act)
    {
        if (actor.Is(Role.Assistant) || (!actor.Is(Role.Inspector) && !actor.Is(Role.DepartmentHead)))
        {
            throw actor.Is(Role.Assistant)
                ? Refusal.Forbidden("assistant-decides", "actor", $"辅助人员只能记录，不能{act}，请由持证执法人员办理。")
                : Refusal.Forbidden("officer-required", "actor", $"{act}须由持证执法人员办理，请转交。");
        }
    }

    /// <summary>Requires somebody of the department.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c> (403).</exception>
    public static void RequireDepartment(Actor actor, string? department, string act)
    {
        if (department is not null && actor.Department != department)
        {
            throw Refusal.Forbidden("other-department", "actor", $"{act}由部门“{department}”办理，您不属于该部门。");
        }
    }

    /// <summary>Requires the head of the department.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c> or <c>other-department</c> (403).</exception>
    public static void RequireHead(Actor actor, string? department, string act)
    {
        RequireRole(actor, Role.DepartmentHead, "head-required", $"{act}须由部门负责人决定，请报批。");
        RequireDepartment(actor, department, act);
    }

    /// <summary>Requires a legal reviewer who is not the handler.</summary>
    /// <exception cref="RuleViolationException"><c>legal-reviewer-required</c> or <c>own-legal-review</c> (403).</exception>
    public static void RequireLegalReviewer(Actor actor, string handlerId)
    {
        RequireRole(actor, Role.LegalReviewer, "legal-reviewer-required", "须由法制审核人员审核，请提交法制审核。");
        if (IsSame(actor, handlerId))
        {
            throw Refusal.Forbidden("own-legal-review", "actor", "承办人不得审核自己承办的事项，请由其他法制审核人员审核。");
        }
    }

    /// <summary>Requires a role.</summary>
    /// <exception cref="RuleViolationException">The code given (403).</exception>
    public static void RequireRole(Actor actor, string role, string code, string message)
    {
        if (!actor.Is(role))
        {
            throw Refusal.Forbidden(code, "actor", message);
        }
    }

    /// <summary>Requires the party of a target; whoever else asks is told that there is no such thing.</summary>
    /// <exception cref="RuleViolationException"><c>not-own-case</c> (404).</exception>
    public static void RequireParty(Actor actor, string? targetId)
    {
        if (!actor.Is(Role.Party) || actor.Id != $"party:{targetId}")
        {
            throw Refusal.NotFound("not-own-case", "orderId", "没有找到您名下的该文书，请核对文书编号。");
        }
    }

    /// <summary>Whether the actor is this user or officer.</summary>
    public static bool IsSame(Actor actor, string id) => actor.Id == id || (actor.OfficerId is { } officer && officer == id);
}
