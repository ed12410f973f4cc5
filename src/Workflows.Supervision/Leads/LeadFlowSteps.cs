using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>What the diagram that carries a lead through notes on the lead itself.</summary>
/// <param name="session">The session.</param>
public sealed class LeadFlowSteps(ISupervisionSession session)
{
    /// <summary>A step was done.</summary>
    public ValueTask<Lead> DoneAsync(string id, string step, string outcome, CancellationToken cancellationToken = default) =>
        NoteAsync(id, step, outcome, "lead.step-done", cancellationToken);

    /// <summary>The minutes of a step are over; it is counted, never a card (practice.md 8).</summary>
    public ValueTask<Lead> LateAsync(string id, string step, CancellationToken cancellationToken = default) => NoteAsync(id, step, "超时", "lead.step-late", cancellationToken);

    /// <summary>The lead has become a case.</summary>
    public async ValueTask<Lead> BecomeAsync(string id, string caseId, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        return session.Update(Noted(lead with { CaseId = caseId }, "转案件", caseId), "lead.became-case", ("case", caseId));
    }

    private async ValueTask<Lead> NoteAsync(string id, string step, string text, string fact, CancellationToken ct)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", ct);
        return session.Update(Noted(lead, step, text), fact, ("step", step), ("outcome", text));
    }

    private Lead Noted(Lead lead, string act, string text) =>
        lead with { Steps = [.. lead.Steps, new LeadStep(session.Now, session.Actor.Id, session.Actor.Name, act, lead.State, lead.Department, text)] };
}
