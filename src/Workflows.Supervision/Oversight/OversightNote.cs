using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Oversight;

/// <summary>What an observer's note is about.</summary>
public enum OversightSubject
{
    /// <summary>A case.</summary>
    Case,

    /// <summary>A plan.</summary>
    Plan,

    /// <summary>A lead.</summary>
    Lead,
}

/// <summary>Life of a note.</summary>
public enum OversightState
{
    /// <summary>Noted; nobody is asked anything.</summary>
    Noted,

    /// <summary>Handed over to the department of justice (司法) as a lead of its own.</summary>
    Transferred,

    /// <summary>Justice has answered.</summary>
    Answered,
}

/// <summary>执法监督意见: what an invited supervisor or the auditor saw of the work of the authorities. It changes nothing of what it is about.</summary>
public sealed record OversightNote : SupervisionRecord
{
    /// <summary>Department that supervises administrative enforcement.</summary>
    public const string Justice = "JUS";

    /// <summary>What it is about.</summary>
    public required OversightSubject Subject { get; init; }

    /// <summary>Id of the case, plan or lead.</summary>
    public required string SubjectId { get; init; }

    /// <summary>What was seen.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the observer was there when it happened.</summary>
    public bool Accompanied { get; init; }

    /// <summary>Handing over to justice, or null.</summary>
    public Decision? Transfer { get; init; }

    /// <summary>Answer of justice, or null.</summary>
    public Decision? Answer { get; init; }

    /// <summary>State.</summary>
    public required OversightState State { get; init; }

    /// <inheritdoc/>
    protected override string StateKey => State.ToString();

    /// <inheritdoc/>
    protected override string? KindKey => Subject.ToString();

    /// <inheritdoc/>
    protected override string? OwnerKey => State == OversightState.Transferred ? $"department:{Justice}" : null;
}

/// <summary>A note as it is written.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="SubjectId">Id of the case, plan or lead.</param>
/// <param name="Text">What was seen.</param>
/// <param name="Accompanied">Whether the observer was there.</param>
public sealed record WriteNote(OversightSubject Subject, string SubjectId, string Text, bool Accompanied = false);

/// <summary>Supervision of the supervisors: observers note and hand over, justice answers; none of it touches the matter itself.</summary>
/// <param name="session">The session.</param>
public sealed class OversightService(ISupervisionSession session)
{
    /// <summary>Writes a note. Whoever works on the matter cannot be its observer.</summary>
    /// <exception cref="RuleViolationException"><c>observer-required</c>, <c>observer-involved</c>, <c>field-missing</c>, <c>subject-not-found</c>.</exception>
    public async ValueTask<OversightNote> WriteAsync(WriteNote command, CancellationToken cancellationToken = default)
    {
        RequireObserver();
        SupervisionRecord subject = command.Subject switch
        {
            OversightSubject.Case => await session.GetAsync<Case>(command.SubjectId, "subjectId", "案件", cancellationToken),
            OversightSubject.Plan => await session.GetAsync<InspectionPlan>(command.SubjectId, "subjectId", "检查计划", cancellationToken),
            _ => await session.GetAsync<Lead>(command.SubjectId, "subjectId", "线索", cancellationToken),
        };
        await RequireUninvolvedAsync(subject, cancellationToken);
        var id = session.NewId();
        return session.Add(
            new OversightNote
            {
                Id = id,
                CaseKey = id,
                CaseId = subject is Case ? subject.Id : subject.CaseId,
                PlanId = subject is InspectionPlan ? subject.Id : subject.PlanId,
                Area = subject.Area,
                TargetId = subject.TargetId,
                Department = OversightNote.Justice,
                Created = session.Cause(),
                Subject = command.Subject,
                SubjectId = command.SubjectId,
                Text = Refusal.Text(command.Text, "text", "监督意见"),
                Accompanied = command.Accompanied,
                State = OversightState.Noted,
            },
            "oversight.noted", ("subject", command.SubjectId));
    }

    /// <summary>Hands a note over to justice.</summary>
    /// <exception cref="RuleViolationException"><c>observer-required</c>, <c>note-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<OversightNote> TransferAsync(string id, string reason, CancellationToken cancellationToken = default)
    {
        RequireObserver();
        var note = await GetAsync(id, OversightState.Noted, "移交司法", cancellationToken);
        session.Send(new OutboxMessage("notice", $"department:{OversightNote.Justice}", "执法监督线索", $"执法监督线索{note.Id}已移交，请登录办理。", note.CaseId, session.ActivityId)
        {
            Subject = new(note.Id, null, "/oversight", note.Area),
        });
        return session.Update(note with { State = OversightState.Transferred, Transfer = By(reason, "移交理由") }, "oversight.transferred", ("reason", reason));
    }

    /// <summary>Justice answers.</summary>
    /// <exception cref="RuleViolationException"><c>other-department</c>, <c>note-state</c>, <c>field-missing</c>.</exception>
    public async ValueTask<OversightNote> AnswerAsync(string id, string answer, CancellationToken cancellationToken = default)
    {
        Deciders.RequireDepartment(session.Actor, OversightNote.Justice, "答复执法监督线索");
        var note = await GetAsync(id, OversightState.Transferred, "答复", cancellationToken);
        session.Send(new OutboxMessage("notice", $"user:{note.Created.ActorId}", "执法监督线索", $"您移交的执法监督线索{note.Id}已有答复，请登录查看。", note.CaseId, session.ActivityId)
        {
            Subject = new(note.Id, null, "/oversight", note.Area),
        });
        return session.Update(note with { State = OversightState.Answered, Answer = By(answer, "答复内容") }, "oversight.answered");
    }

    private void RequireObserver() => Deciders.RequireRole(session.Actor, Role.Auditor, "observer-required", "执法监督意见由执法监督员填写。");

    private async ValueTask RequireUninvolvedAsync(SupervisionRecord subject, CancellationToken ct)
    {
        if (session.Actor.OfficerId is { } officer && (await OfficersAsync(subject, ct)).Contains(officer, StringComparer.Ordinal))
        {
            throw Refusal.Forbidden("observer-involved", "actor", "您参与该事项的检查或者办理，不能作为执法监督员提出意见。");
        }
    }

    // Whoever stands by may yet go, so that an alternate is involved too.
    private async ValueTask<IEnumerable<string>> OfficersAsync(SupervisionRecord subject, CancellationToken ct)
    {
        var filter = subject is InspectionPlan ? new AggregateFilter { PlanId = subject.Id } : new AggregateFilter { CaseId = subject is Case ? subject.Id : subject.CaseId ?? "-" };
        var teams = (await session.ListAsync<InspectionTeam>(filter, ct)).SelectMany(t => t.Members.Concat(t.Standby)).Select(m => m.OfficerId);
        return subject switch
        {
            InspectionPlan plan => teams.Concat(plan.Draw?.Officers.SelectMany(o => o.Drawn.Concat(o.Alternates)) ?? []),
            Lead lead => teams.Concat(lead.Dispatch?.Officers ?? []),
            _ => teams,
        };
    }

    private async ValueTask<OversightNote> GetAsync(string id, OversightState state, string act, CancellationToken ct)
    {
        var note = await session.GetAsync<OversightNote>(id, "id", "执法监督意见", ct);
        return note.State == state ? note : throw Refusal.Conflict("note-state", "id", $"该意见当前为“{NameOf(note.State)}”，不能{act}。");
    }

    private static string NameOf(OversightState state) => state switch
    {
        OversightState.Noted => "已记录",
        OversightState.Transferred => "已移交司法",
        _ => "已答复",
    };

    private Decision By(string text, string name) => new(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(text, "reason", name));
}
