using Workflows.Supervision.Guards;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>
/// Whose duty it is: 退回 with a reason, 职责争议, 裁决 by the guidance office (浙江条例 14), and 督办 of what nobody moves. Nothing bounces silently: each return
/// has a reason and is counted, the third becomes a dispute by itself, and what was decided cannot be returned.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="placing">Puts leads with departments.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadDuties(ISupervisionSession session, LeadPlacing placing, LeadClocks clocks)
{
    /// <summary>退回.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>other-department</c>, <c>duty-decided</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> ReturnAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        lead.RequireState("退回", LeadState.Routed, LeadState.Accepted);
        LeadGuards.RequireHolder(session.Actor, lead, "退回");
        RequireOpenDuty(lead);
        var why = Refusal.Text(reason, "reason", "退回理由");
        var from = lead.Department;
        var returned = lead with { Returns = lead.Returns + 1, Department = null };
        return returned.Returns >= clocks.ReturnsToDispute
            ? Disputed(returned, "退回转争议", $"{why}（第{returned.Returns}次退回）", "lead.returned", from)
            : session.Update(
                session.Move(returned, LeadState.Returned, "退回", why, LeadLife.DispatcherOwner, session.Now + clocks.RouteAgain), "lead.returned", ("department", from), ("returns", Number(returned)));
    }

    /// <summary>提起职责争议, by the department that has it or by the dispatcher.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>other-department</c>, <c>duty-decided</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> DisputeAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        if (!session.Actor.Is(Role.Dispatcher))
        {
            lead.RequireState("提起争议", LeadState.Routed, LeadState.Accepted);
            LeadGuards.RequireHolder(session.Actor, lead, "提起争议");
        }

        lead.RequireState("提起争议", LeadState.Triaged, LeadState.Routed, LeadState.Accepted, LeadState.Returned);
        RequireOpenDuty(lead);
        return Disputed(lead with { Department = null }, "职责争议", Refusal.Text(reason, "reason", "争议理由"), "lead.disputed", lead.Department);
    }

    /// <summary>
    /// 裁决. The head of the guidance office says whose duty a disputed lead is; that binds. A supervisor says where a lead that nobody moves goes, or urges
    /// whoever has it for the last time.
    /// </summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>guidance-office-required</c>, <c>supervisor-required</c>, <c>department-unknown</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> DecideAsync(string id, DecideLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        var why = Refusal.Text(command.Reason, "reason", "裁决理由");
        if (lead.Effective() == LeadState.Disputed && session.Actor is { Department: LeadGuards.GuidanceOffice } && session.Actor.Is(Role.DepartmentHead))
        {
            var named = Refusal.Text(command.Department, "department", "承办部门");
            var decided = await placing.PlaceAsync(lead with { DutyDecided = true }, await placing.NamedAsync(lead, named, lead.Routing, "裁决", cancellationToken), "裁决", why, cancellationToken);
            return session.Update(decided, "lead.duty-decided", ("department", named));
        }

        if (lead.State != LeadState.Stuck)
        {
            throw lead.State == LeadState.Disputed
                ? Refusal.Forbidden("guidance-office-required", "actor", "职责争议由综合行政执法指导办负责人裁决。")
                : Refusal.Conflict("lead-state", "id", $"线索当前为“{LeadLife.NameOf(lead.State)}”，没有争议或督办需要裁决。");
        }

        Deciders.RequireRole(session.Actor, Role.Supervisor, "supervisor-required", "督办中的线索由督办人决定。");
        if (command.Department is { Length: > 0 } department)
        {
            var moved = await placing.PlaceAsync(lead, await placing.NamedAsync(lead, department, lead.Routing, "督办", cancellationToken), "督办指定", why, cancellationToken);
            return session.Update(moved, "lead.review-decided", ("department", department));
        }

        var state = lead.Effective();
        var owner = OwnerOf(lead, state);
        session.Tell(lead, owner, "督办");
        return session.Update(
            session.MoveWithin(lead, state, "督办限办", why, owner, clocks.ReviewDays),
            "lead.review-decided", ("state", state.ToString()));
    }

    private Lead Disputed(Lead lead, string act, string why, string fact, string? from)
    {
        session.Tell(lead, LeadLife.OwnerOf(LeadGuards.GuidanceOffice), "职责争议");
        return session.Update(
            session.MoveWithin(lead, LeadState.Disputed, act, why, LeadLife.OwnerOf(LeadGuards.GuidanceOffice), clocks.DecideDays),
            fact, ("department", from), ("returns", Number(lead)));
    }

    private static void RequireOpenDuty(Lead lead)
    {
        if (lead.DutyDecided)
        {
            throw Refusal.Conflict("duty-decided", "id", "指导办已裁决由本单位办理，不能再退回或提起争议：请受理。");
        }
    }

    private static string OwnerOf(Lead lead, LeadState state) => state switch
    {
        LeadState.Disputed => LeadLife.OwnerOf(LeadGuards.GuidanceOffice),
        LeadState.Routed or LeadState.Accepted or LeadState.Dispatched when lead.Department is { } department => LeadLife.OwnerOf(department),
        _ => LeadLife.DispatcherOwner,
    };

    private static string Number(Lead lead) => lead.Returns.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private ValueTask<Lead> GetAsync(string id, CancellationToken ct) => session.GetAsync<Lead>(id, "id", "线索", ct);
}
