using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>The ways out: 应哨, 并件, 移送, 办结.</summary>
/// <param name="session">The session.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadEnding(ISupervisionSession session, LeadClocks clocks)
{
    internal const int MostMerges = 8;

    /// <summary>应哨: the mandatory answer to a whistle, by whoever has the lead or by the dispatcher.</summary>
    /// <exception cref="RuleViolationException"><c>no-whistle</c>, <c>other-department</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> AnswerWhistleAsync(string id, string answer, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        if (lead.Whistle is not { AnsweredAt: null } whistle)
        {
            throw Refusal.Conflict("no-whistle", "id", "此线索不是吹哨，或者已经应答。");
        }

        if (!session.Actor.Is(Role.Dispatcher))
        {
            LeadGuards.RequireHolder(session.Actor, lead, "应哨");
        }

        var text = Refusal.Text(answer, "answer", "应答内容");
        var answered = lead with { Whistle = whistle with { AnsweredAt = session.Now, AnsweredBy = session.Actor.Id, Answer = text } };
        session.Tell(answered, lead.Created.ActorId, "应哨");
        return session.Update(
            answered with { Steps = [.. lead.Steps, new LeadStep(session.Now, session.Actor.Id, session.Actor.Name, "应哨", lead.State, lead.Department, text)] },
            "lead.whistle-answered", ("late", whistle.Lapsed ? "yes" : "no"));
    }

    /// <summary>并件: the lead ends, the other goes on and is answered under its number too.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>dispatcher-required</c>, <c>merge-target</c>, <c>whistle-unanswered</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> MergeAsync(string id, MergeLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        LeadGuards.RequireDispatcher(session.Actor, "并件");
        lead.RequireState("并件", LeadState.Received, LeadState.Triaged, LeadState.Routed, LeadState.Returned);
        LeadGuards.RequireWhistleAnswered(lead, "并件");
        var why = Refusal.Text(command.Reason, "reason", "并件理由");
        var into = await session.GetAsync<Lead>(command.Into, "into", "线索", cancellationToken);
        for (var step = 0; into.DuplicateOf is { } root && step < MostMerges; step++)
        {
            into = await session.GetAsync<Lead>(root, "into", "线索", cancellationToken);
        }

        if (into.Id == lead.Id || into.State.IsEnded() || into.Place.District != lead.Place.District)
        {
            throw Refusal.Conflict("merge-target", "into", "只能并入本区域另一条尚未办结的线索：请核对编号。");
        }

        // All numbers go along, those of reports that were merged into this one before too: each is answered.
        var more = lead.Numbers.Where(n => !into.Numbers.Any(known => known.Names(n.Source, n.ExternalNumber)));
        TakeUp(into, into with { MergedIn = into.MergedIn + 1, Aliases = [.. into.Aliases, .. more] }, "lead.merged-in", ("from", lead.Id));
        return session.Update(
            session.Move(lead with { DuplicateOf = into.Id }, LeadState.Merged, "并件", why, null, null), "lead.merged", ("into", into.Id));
    }

    // Its deadline goes along: whoever has the lead is asked by the earliest of all.
    private void TakeUp(Lead before, Lead after, string kind, (string, string?) fact)
    {
        if (after.AnswerBy is { } due && (before.AnswerBy is not { } known || due < known))
        {
            session.Wake(new DomainWake(after.Id, LeadLife.WakeKind, after.Id, LeadLife.ReplyWait, due));
        }

        session.Update(after, kind, fact);
    }

    /// <summary>移送 to somebody outside; the dispatcher waits for the receipt and closes the lead with it, or triages it anew where it comes back.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>other-department</c>, <c>whistle-unanswered</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> TransferAsync(string id, TransferLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        lead.RequireState("移送", LeadState.Received, LeadState.Triaged, LeadState.Returned, LeadState.Routed, LeadState.Accepted);
        if (!session.Actor.Is(Role.Dispatcher))
        {
            LeadGuards.RequireHolder(session.Actor, lead, "移送");
        }

        return Transferred(lead, command);
    }

    private Lead Transferred(Lead lead, TransferLead command)
    {
        LeadGuards.RequireWhistleAnswered(lead, "移送");
        var transfer = new LeadTransfer(
            Refusal.Text(command.Receiver, "receiver", "受移送单位"), Refusal.Text(command.Reason, "reason", "移送理由"), command.DocumentNumber, session.Now);
        return session.Update(
            session.MoveWithin(
                lead with { Transfer = transfer, Department = null }, LeadState.Transferred, "移送", $"{transfer.Receiver}：{transfer.Reason}",
                LeadLife.DispatcherOwner, clocks.ReceiptDays),
            "lead.transferred", ("document", command.DocumentNumber));
    }

    /// <summary>移送 by the diagram that carries the lead through; the dispatcher waits for the receipt.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>whistle-unanswered</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> TransferByFlowAsync(string id, TransferLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        lead.RequireState("移送", LeadState.Dispatched);
        return Transferred(lead, command);
    }

    /// <summary>办结 with an outcome and a reason: by whoever handles it; before it is routed and after a transfer, by the dispatcher.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>other-department</c>, <c>whistle-unanswered</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> CloseAsync(string id, CloseLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        await RequireCloserAsync(lead, command, cancellationToken);
        var closed = Closed(lead, command);
        if (lead.Dispatch?.InstanceId is { } instance)
        {
            session.EndWorkflow(instance, "线索已办结");
        }

        return closed;
    }

    /// <summary>办结 by the diagram that carries the lead through.</summary>
    /// <exception cref="RuleViolationException"><c>lead-state</c>, <c>whistle-unanswered</c>, <c>field-missing</c>.</exception>
    public async ValueTask<Lead> CloseByFlowAsync(string id, CloseLead command, CancellationToken cancellationToken = default)
    {
        var lead = await GetAsync(id, cancellationToken);
        lead.RequireState("办结", LeadState.Dispatched);
        return Closed(lead, command);
    }

    private async ValueTask RequireCloserAsync(Lead lead, CloseLead command, CancellationToken ct)
    {
        lead.RequireState("办结", LeadState.Received, LeadState.Triaged, LeadState.Returned, LeadState.Transferred, LeadState.Accepted, LeadState.Dispatched);
        if (lead.Department is null)
        {
            LeadGuards.RequireDispatcher(session.Actor, "办结未派单的线索");
            return;
        }

        if (!LeadGuards.IsHolder(session.Actor, lead) && !await TownCommand.IsSentAsync(session, lead, ct))
        {
            throw Refusal.Forbidden("other-department", "actor", "办结由承办单位办理，您不属于该单位。");
        }

        if (command.Class is null)
        {
            throw Refusal.Invalid("field-missing", "class", "缺少“处置类别”，请填写 Service（服务）、Management（管理）或 Enforcement（执法）。");
        }

        // What the grid settled by service or management needs no officer; what is enforcement does.
        if (lead.Path != LeadPath.InGrid || command.Class == ResponseClass.Enforcement)
        {
            Deciders.RequireOfficer(session.Actor, "办结");
        }
    }

    private Lead Closed(Lead lead, CloseLead command)
    {
        LeadGuards.RequireWhistleAnswered(lead, "办结");
        var reply = lead.MustAnswer ? Refusal.Text(command.Reply, "reply", "答复内容") : command.Reply;
        var closing = new LeadClosing(
            Refusal.Text(command.Outcome, "outcome", "办理结果"), Refusal.Text(command.Reason, "reason", "办理情况"), command.Class, reply,
            lead is { Path: LeadPath.InGrid, Dispatch: not null }, session.Now);
        foreach (var number in lead.Numbers.Where(alias => alias.ExternalNumber.Length > 0))
        {
            session.Send(new OutboxMessage("webhook", number.Source, "线索办结", $"【线索办结】{number.Source} {number.ExternalNumber}，结果请查询：/leads/{lead.Id}", lead.CaseId, session.ActivityId));
        }

        return session.Update(
            session.Move(lead with { Closing = closing }, LeadState.Closed, "办结", closing.Outcome, null, null),
            "lead.closed", ("outcome", closing.Outcome), ("class", closing.Class?.ToString()), ("inGrid", closing.InGrid ? "yes" : "no"));
    }

    private ValueTask<Lead> GetAsync(string id, CancellationToken ct) => session.GetAsync<Lead>(id, "id", "线索", ct);
}
