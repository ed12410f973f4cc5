using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Deadlines;

/// <summary>Legal clocks as stored rows: start, pause, resume, end, recount; each step names its cause.</summary>
/// <param name="session">The session.</param>
public sealed class ClockService(ISupervisionSession session)
{
    /// <summary>Starts a clock for a matter of a case.</summary>
    /// <param name="of">Record whose keys the clock takes over.</param>
    /// <param name="subject">What it is for, such as <c>order:{id}#1</c>.</param>
    /// <param name="heldBy">Who is held by it, such as <c>party:T001</c>.</param>
    /// <param name="rule">Code of the rule.</param>
    /// <param name="startEvent">Event that starts it, in Chinese.</param>
    /// <param name="startDate">Its local date; does not count.</param>
    /// <param name="period">What is counted.</param>
    public DeadlineClock Start(
        SupervisionRecord of, string subject, string heldBy, string rule, string startEvent, DateOnly startDate, LegalPeriod period) =>
        session.Add(
            new DeadlineClock
            {
                Id = session.NewId(),
                CaseKey = of.CaseKey,
                CaseId = of.CaseId,
                PlanId = of.PlanId,
                Department = of.Department,
                Area = of.Area,
                TargetId = of.TargetId,
                Created = session.Cause(),
                Clock = LegalClock.Start(rule, startEvent, startDate, period, session.Calendar),
                Subject = subject,
                HeldBy = heldBy,
            },
            "clock.started", ("rule", rule), ("subject", subject));

    /// <summary>Lets a clock stand still for a legal reason.</summary>
    /// <exception cref="DomainRuleException">What <see cref="LegalClock.Pause"/> refuses.</exception>
    public ValueTask<DeadlineClock> PauseAsync(string clockId, PauseReason reason, string? basis, CancellationToken cancellationToken = default) =>
        ChangeAsync(clockId, c => c.Pause(reason, session.Today(), basis), "clock.paused", cancellationToken);

    /// <summary>Lets it run again from today.</summary>
    /// <exception cref="DomainRuleException">What <see cref="LegalClock.Resume"/> refuses.</exception>
    public ValueTask<DeadlineClock> ResumeAsync(string clockId, CancellationToken cancellationToken = default) =>
        ChangeAsync(clockId, c => c.Resume(session.Today(), session.Calendar), "clock.resumed", cancellationToken);

    /// <summary>Ends a clock because the matter was done or fell away; one that has ended stays as it is.</summary>
    public ValueTask<DeadlineClock> EndAsync(string clockId, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            clockId,
            c => c.EndedOn is not null ? c : c.End(session.Today() < c.StartDate ? c.StartDate : session.Today(), reason, session.Calendar),
            "clock.ended",
            cancellationToken);

    /// <summary>Extends a clock from its old end date.</summary>
    /// <exception cref="DomainRuleException">What <see cref="LegalClock.Extend"/> refuses.</exception>
    public ValueTask<DeadlineClock> ExtendAsync(string clockId, LegalPeriod by, DateOnly askedOn, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(clockId, c => c.Extend(by, askedOn, session.Today(), reason, session.Calendar), "clock.extended", cancellationToken);

    /// <summary>Notes that a served document names the last day.</summary>
    public ValueTask<DeadlineClock> MarkPrintedAsync(string clockId, CancellationToken cancellationToken = default) =>
        ChangeAsync(clockId, c => c.MarkPrinted(session.Today() < c.StartDate ? c.StartDate : session.Today()), "clock.printed", cancellationToken);

    /// <summary>Counts a clock again with the calendar now in force.</summary>
    /// <returns>The clock if anything changed, or null.</returns>
    public async ValueTask<DeadlineClock?> RecountAsync(string clockId, CancellationToken cancellationToken = default)
    {
        var stored = await session.GetAsync<DeadlineClock>(clockId, "clockId", "期限", cancellationToken);
        var recounted = stored.Clock.Recompute(session.Calendar, session.Today());
        if (ReferenceEquals(recounted, stored.Clock))
        {
            return null;
        }

        return session.Update(
            stored with { Clock = recounted }, "clock.recounted",
            ("rule", recounted.RuleCode), ("before", stored.Clock.Due.ToString("yyyy-MM-dd")), ("due", recounted.Due.ToString("yyyy-MM-dd")));
    }

    private async ValueTask<DeadlineClock> ChangeAsync(string id, Func<LegalClock, LegalClock> change, string kind, CancellationToken ct)
    {
        var stored = await session.GetAsync<DeadlineClock>(id, "clockId", "期限", ct);
        var changed = change(stored.Clock);
        return ReferenceEquals(changed, stored.Clock) ? stored : session.Update(stored with { Clock = changed }, kind, ("due", changed.Due.ToString("yyyy-MM-dd")));
    }
}
