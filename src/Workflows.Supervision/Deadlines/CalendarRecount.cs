using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Supervision.Deadlines;

/// <summary>A running clock that a newly loaded calendar counts otherwise.</summary>
/// <param name="ClockId">The clock.</param>
/// <param name="CaseId">Case, or null.</param>
/// <param name="PlanId">Plan, or null.</param>
/// <param name="Department">Department whose matter it is, or null.</param>
/// <param name="RuleCode">Code of its rule.</param>
/// <param name="HeldBy">Who is held by it.</param>
/// <param name="Before">Last day before.</param>
/// <param name="After">Last day now; the same where only the doubt is gone.</param>
/// <param name="Provisional">Whether a further calendar may still move it.</param>
public sealed record ClockMove(
    string ClockId, string? CaseId, string? PlanId, string? Department, string RuleCode, string HeldBy, DateOnly Before, DateOnly After, bool Provisional);

/// <summary>
/// 暂定期限重算: counts the running clocks of a family again with the calendar now in force. What shows a last day shows the new one, except papers that were
/// served: they stay as printed, and of the printed and the counted day the later binds. Whoever is held by a clock that moved is told.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="clocks">Clocks.</param>
/// <param name="notices">Messages.</param>
public sealed class CalendarRecount(ISupervisionSession session, ClockService clocks, NoticeService notices)
{
    /// <summary>Kind of the message to whoever is held.</summary>
    public const string NoticeKind = "期限调整";

    /// <summary>Counts these clocks again; gives those that changed, in the order given.</summary>
    /// <param name="clockIds">Clocks of one case or plan.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async ValueTask<IReadOnlyList<ClockMove>> RunAsync(IReadOnlyList<string> clockIds, CancellationToken cancellationToken = default)
    {
        var moves = new List<ClockMove>();
        foreach (var id in clockIds)
        {
            if (await session.FindAsync<DeadlineClock>(id, cancellationToken) is { } before && await clocks.RecountAsync(id, cancellationToken) is { } after)
            {
                moves.Add(new ClockMove(id, after.CaseId, after.PlanId, after.Department, after.Clock.RuleCode, after.HeldBy, before.Clock.Due, after.Clock.Due, after.Clock.Provisional));
                await ShowAsync(after, cancellationToken);
            }
        }

        foreach (var move in moves.Where(m => m.Before != m.After && m.CaseId is not null).DistinctBy(m => (m.HeldBy, m.After)))
        {
            await notices.SendAsync(move.CaseId!, [move.HeldBy], NoticeKind, move.After, cancellationToken: cancellationToken);
        }

        return moves;
    }

    // Records that repeat the last day of their clock.
    private async ValueTask ShowAsync(DeadlineClock clock, CancellationToken ct)
    {
        var due = clock.Clock.Due;
        switch (clock.Subject.Split(':', 2))
        {
            case ["order", var item] when await session.FindAsync<RectificationOrder>(item.Split('#')[0], ct) is { } order:
                session.Save(order with { Items = [.. order.Items.Select(i => i.ClockId == clock.Id && i.IsOpen ? i with { Due = due } : i)] });
                break;
            case ["filing", var filingId] when await session.FindAsync<CaseFiling>(filingId, ct) is { } filing:
                session.Save(filing with { DecideBy = due });
                break;
            default:
                break;
        }
    }
}
