using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>Flags a party that was stopped again and again, such as by two orders within a year (浙江三小规定 24): it may not apply for a number of years.</summary>
/// <param name="session">The session.</param>
public sealed class RepeatedStops(ISupervisionSession session)
{
    /// <summary>Counts the approved stop orders on the target of a case and sets the flag where they are enough. What was ordered in one case on one day is one order, for however many findings.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="kinds">Kinds of measure that count, such as 责令停止生产经营; empty for all.</param>
    /// <param name="times">How many orders.</param>
    /// <param name="months">Within how many months.</param>
    /// <param name="years">For how many years the flag holds.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Last day of the ban, or null where there is none.</returns>
    public async ValueTask<DateOnly?> FlagAsync(string caseId, IReadOnlyCollection<string> kinds, int times, int months, int years, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var orders = (await session.ListAsync<StopMeasure>(new AggregateFilter { TargetId = one.TargetId }, cancellationToken))
            .Where(m => m.Approval is not null && (kinds.Count == 0 || kinds.Contains(m.Measure)))
            .Select(m => (m.CaseId, Day: ShanghaiTime.DateOf(m.TakenAt))).Distinct()
            .Select(o => o.Day).OrderDescending().Take(times).ToList();
        if (orders.Count < times || orders[^1].AddMonths(months) < orders[0]
            || await session.FindAsync<TargetRecord>(one.TargetId!, cancellationToken) is not { } record)
        {
            return null;
        }

        var until = orders[0].AddYears(years);
        if (record.Target.BannedUntil >= until)
        {
            return record.Target.BannedUntil;
        }

        session.Update(record with { Target = record.Target with { BannedUntil = until } }, "target.banned", ("target", record.Id), ("until", until.ToString("yyyy-MM-dd")), ("case", one.Number));
        return until;
    }
}
