using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leads;

/// <summary>What the diagram that carries a lead through notes on the lead itself.</summary>
/// <param name="session">The session.</param>
/// <param name="clocks">How long waits take.</param>
public sealed class LeadFlowSteps(ISupervisionSession session, LeadClocks clocks)
{
    /// <summary>A step was done.</summary>
    public ValueTask<Lead> DoneAsync(string id, string step, string outcome, CancellationToken cancellationToken = default) =>
        NoteAsync(id, step, outcome, "lead.step-done", cancellationToken);

    /// <summary>A step of the response was done, with what the device said of time and place.</summary>
    /// <exception cref="RuleViolationException"><c>coordinates-invalid</c>, <c>accuracy-invalid</c>, <c>device-time-invalid</c>.</exception>
    public async ValueTask<Lead> DoneAsync(string id, string step, string outcome, ResponseMeasure? measure, DeviceReading? device, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        return session.Update(session.Marked(session.Noted(lead, step, outcome), step, measure, outcome, device), "lead.step-done", ("step", step), ("outcome", outcome));
    }

    /// <summary>The minutes of a step are over; it is counted, never a card (practice.md 8).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="step">The step.</param>
    /// <param name="port">Port of the diagram that flows while the step goes on waiting.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<Lead> LateAsync(string id, string step, string port, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        return session.Update(session.Noted(lead, step, port), "lead.step-late", ("step", step), ("outcome", port), ("port", port));
    }

    /// <summary>A step let a port flow and goes on waiting, such as a patrol that is to come a second time.</summary>
    public async ValueTask<Lead> GoesOnAsync(string id, string step, string port, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        return session.Update(session.Noted(lead, step, port), "lead.step-goes-on", ("step", step), ("outcome", port), ("port", port));
    }

    /// <summary>A rung of a ladder beside a step: whoever it names is told, and the lead's history says so. It is never a card: a card needs a case.</summary>
    public async ValueTask<Lead> RungAsync(string id, string step, string rung, IReadOnlyList<string> recipients, CancellationToken cancellationToken = default)
    {
        var lead = await NoteAsync(id, step, rung, "lead.rung", cancellationToken);
        foreach (var recipient in recipients)
        {
            session.Tell(lead, recipient, rung);
        }

        return lead;
    }

    /// <summary>A message on a lead: number and link alone (practice.md 14).</summary>
    public void Tell(Lead lead, string recipient, string kind) => session.Tell(lead, recipient, kind);

    /// <summary>The lead has become a case, and waits for it under the name 案件办理中 (practice.md 12).</summary>
    public async ValueTask<Lead> BecomeAsync(string id, string caseId, string? targetId, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        var became = lead with { CaseId = caseId, TargetId = lead.TargetId ?? targetId };
        // A project goes on beside its cases; what has ended waits for nothing.
        return session.Update(
            lead.State.IsEnded() || lead.Milestones.Count > 0 || lead.Department is not { } department ? session.Noted(became, "转案件", caseId) : session.Move(became, lead.State, "转案件", caseId, LeadLife.OwnerOf(department), ShanghaiTime.PassedAt(session.Today().AddDays(clocks.CaseDays)), "案件办理中"), "lead.became-case", ("case", caseId));
    }

    private async ValueTask<Lead> NoteAsync(string id, string step, string text, string fact, CancellationToken ct)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", ct);
        return session.Update(session.Noted(lead, step, text), fact, ("step", step), ("outcome", text));
    }
}
