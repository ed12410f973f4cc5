using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leads;

/// <summary>How leads move: each move leaves a step, a fact in the audit trail, and either a wait with its time or the end.</summary>
internal static class LeadLife
{
    /// <summary>Kind of the wakes of leads.</summary>
    public const string WakeKind = "lead";

    /// <summary>Wait under which the time for the answer to the source wakes: the order's own clock, beside those of the house.</summary>
    public const string ReplyWait = "reply";

    /// <summary>Wait under which an unanswered whistle wakes.</summary>
    public const string WhistleWait = "whistle";

    /// <summary>Steps kept with a lead; the audit trail keeps all.</summary>
    private const int MostSteps = 200;

    public static bool IsEnded(this LeadState state) => state is LeadState.Merged or LeadState.Closed;

    public static string DispatcherOwner => $"role:{Role.Dispatcher}";

    public static string OwnerOf(string department) => $"department:{department}";

    /// <summary>Name of a state as people read it.</summary>
    public static string NameOf(LeadState state) => state switch
    {
        LeadState.Received => "待分诊",
        LeadState.Triaged => "待派单",
        LeadState.Routed => "待受理",
        LeadState.Accepted => "待派发",
        LeadState.Dispatched => "办理中",
        LeadState.Returned => "已退回",
        LeadState.Disputed => "职责争议",
        LeadState.Transferred => "待回执",
        LeadState.Stuck => "督办中",
        LeadState.Merged => "已并件",
        _ => "已办结",
    };

    /// <summary>The lead in its next state. Without owner it has come to its end. Where people were on the way to it is forgotten.</summary>
    public static Lead Move(this ISupervisionSession session, Lead lead, LeadState state, string act, string? text, string? owner, DateTimeOffset? dueAt, string? waitName = null)
    {
        var wait = owner is null ? null : session.WaitOf(lead.Id, waitName ?? NameOf(state), owner, dueAt!.Value);
        var step = new LeadStep(session.Now, session.Actor.Id, session.Actor.Name, act, state, lead.Department, text);
        return lead with { State = state, StuckIn = state == LeadState.Stuck ? lead.StuckIn : null, Wait = wait, Positions = [], Steps = [.. lead.Steps.TakeLast(MostSteps - 1), step] };
    }

    /// <summary>The lead in its next state, with a wait counted in working days.</summary>
    public static Lead MoveWithin(this ISupervisionSession session, Lead lead, LeadState state, string act, string? text, string owner, int workingDays)
    {
        var due = LeadClocks.Within(workingDays, session.Today(), session.Calendar);
        return session.Move(lead, state, act, text, owner, due.PassedAt).Counted(due, workingDays);
    }

    /// <summary>The lead with how its wait was counted.</summary>
    public static Lead Counted(this Lead lead, LegalDeadline due, int workingDays) =>
        lead with { Wait = lead.Wait! with { Term = new LeadTerm(workingDays, due.StartDate, due.Provisional) } };

    /// <summary>The lead with a step in its history that does not move it.</summary>
    public static Lead Noted(this ISupervisionSession session, Lead lead, string act, string text) =>
        lead with { Steps = [.. lead.Steps.TakeLast(MostSteps - 1), new LeadStep(session.Now, session.Actor.Id, session.Actor.Name, act, lead.State, lead.Department, text)] };

    /// <summary>A wait that begins now, with its letter to the clock.</summary>
    public static LeadWait WaitOf(this ISupervisionSession session, string leadId, string name, string owner, DateTimeOffset dueAt)
    {
        var key = session.NewId();
        session.Wake(new DomainWake(leadId, WakeKind, leadId, key, dueAt));
        return new LeadWait(key, name, owner, dueAt);
    }

    /// <summary>A message on a lead: number and link, never what was reported (practice.md 14).</summary>
    public static void Tell(this ISupervisionSession session, Lead lead, string recipient, string kind) => session.Send(
        new OutboxMessage("notice", recipient, kind, $"【{kind}】线索{lead.Id}，请登录查看：/leads/{lead.Id}", lead.CaseId, session.ActivityId)
        {
            Subject = new(lead.Id, null, $"/leads/{lead.Id}", lead.Area),
        });
}
