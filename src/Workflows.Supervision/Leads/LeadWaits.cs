using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>
/// What the passing of time does to leads (超期未办, never 逾期: it is the handling unit that is late). The first lapse urges (催办) and gives
/// a last term; the second hands the lead to a supervisor, who is reminded for as long as it stays there. What the grid does not settle
/// in its hour goes to the department.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="routing">The catalogues.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadWaits(ISupervisionSession session, CatalogueRouting routing, LeadClocks clocks) : IWakeHandler
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public string Kind => LeadLife.WakeKind;

    /// <inheritdoc/>
    public async ValueTask WokenAsync(DomainWake wake, CancellationToken cancellationToken = default)
    {
        if (await session.FindAsync<Lead>(wake.Id, cancellationToken) is not { } lead || lead.State.IsEnded())
        {
            return;
        }

        if (wake.Wait == LeadLife.ReplyWait)
        {
            ReplyLapsed(lead);
        }
        else if (wake.Wait == LeadLife.WhistleWait)
        {
            WhistleLapsed(lead);
        }
        else if (lead.Wait is { } wait && wait.Key == wake.Wait && session.Now >= wait.DueAt)
        {
            await LapsedAsync(lead, wait, cancellationToken);
        }
    }

    private void ReplyLapsed(Lead lead)
    {
        if (lead.ReplyLateSince is not null || lead.AnswerBy is not { } due || session.Now < due)
        {
            return;
        }

        session.Update(lead with { ReplyLateSince = due }, "lead.reply-late", ("department", lead.Department), ("number", lead.ExternalNumber));
        session.Tell(lead, lead.Wait?.Owner ?? LeadLife.DispatcherOwner, "答复超期");
        session.Tell(lead, $"role:{Role.Supervisor}", "答复超期");
    }

    private void WhistleLapsed(Lead lead)
    {
        if (lead.Whistle is not { AnsweredAt: null, Lapsed: false } whistle)
        {
            return;
        }

        session.Update(lead with { Whistle = whistle with { Lapsed = true } }, "lead.whistle-lapsed", ("department", lead.Department));
        session.Tell(lead, $"role:{Role.Supervisor}", "吹哨超期未应");
        session.Tell(lead, lead.Wait?.Owner ?? LeadLife.DispatcherOwner, "吹哨超期未应");
    }

    private async ValueTask LapsedAsync(Lead lead, LeadWait wait, CancellationToken ct)
    {
        if (lead is { State: LeadState.Dispatched, Path: LeadPath.InGrid })
        {
            await OutOfGridAsync(lead, ct);
        }
        else if (lead.State == LeadState.Stuck)
        {
            // It stays with the supervisor; somebody above is told each time.
            var due = LeadClocks.Within(clocks.ReviewDays, session.Today(), session.Calendar);
            Wait(lead, wait, due.PassedAt, "lead.review-overdue", new LeadTerm(clocks.ReviewDays, due.StartDate, due.Provisional));
            session.Tell(lead, wait.Owner, "督办超期");
            session.Tell(lead, "department:CMD", "督办超期");
        }
        else if (wait.LateSince is null)
        {
            var length = wait.DueAt - lead.Steps[^1].At;
            Wait(lead, wait, session.Now + (length < LongestGrace ? length : LongestGrace), "lead.overdue");
            session.Tell(lead, wait.Owner, "催办");
            session.Tell(lead, $"role:{Role.Supervisor}", "催办");
        }
        else
        {
            var stuck = session.MoveWithin(
                lead with { StuckIn = lead.State }, LeadState.Stuck, "转督办", $"“{wait.Name}”催办后仍超期未办",
                $"role:{Role.Supervisor}", clocks.ReviewDays);
            session.Update(stuck, "lead.stuck", ("in", lead.State.ToString()), ("owner", wait.Owner));
            session.Tell(stuck, $"role:{Role.Supervisor}", "督办");
        }
    }

    private void Wait(Lead lead, LeadWait wait, DateTimeOffset due, string fact, LeadTerm? term = null) => session.Update(
        lead with { Wait = session.WaitOf(lead.Id, wait.Name, wait.Owner, due) with { LateSince = wait.LateSince ?? wait.DueAt, Term = term } }, fact, ("wait", wait.Name), ("owner", wait.Owner));

    private async ValueTask OutOfGridAsync(Lead lead, CancellationToken ct)
    {
        const string reason = "网格未在规定时间内处置完毕";
        if (await routing.FindAsync(lead.MatterCode, lead.Place.Area, session.Today(), ct) is { } found)
        {
            var routed = lead with { Path = LeadPath.Department, Dispatch = null, Routing = found, Department = found.Department, Involved = [.. lead.Involved.Append(found.Department).Distinct(StringComparer.Ordinal)] };
            session.Update(
                session.Move(routed, LeadState.Routed, "转部门", reason, LeadLife.OwnerOf(found.Department), session.Now + clocks.Accept), "lead.out-of-grid", ("department", found.Department));
            session.Tell(routed, LeadLife.OwnerOf(found.Department), "新线索");
        }
        else
        {
            session.Update(
                session.Move(
                    lead with { Path = LeadPath.Department, Dispatch = null, Department = null }, LeadState.Triaged, "转派单", reason, LeadLife.DispatcherOwner, session.Now + clocks.Route),
                "lead.out-of-grid");
        }
    }
}
