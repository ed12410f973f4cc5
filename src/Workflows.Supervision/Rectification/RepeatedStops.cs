using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>Flags a party that was stopped again and again, such as by two orders within a year (浙江三小规定 24): it may not apply for a number of years.</summary>
/// <param name="session">The session.</param>
public sealed class RepeatedStops(ISupervisionSession session)
{
    /// <summary>Counts the approved stop measures on the target of a case and sets the flag where they are enough.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="times">How many measures.</param>
    /// <param name="months">Within how many months.</param>
    /// <param name="years">For how many years the flag holds.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>Last day of the ban, or null where there is none.</returns>
    public async ValueTask<DateOnly?> FlagAsync(string caseId, int times, int months, int years, CancellationToken cancellationToken = default)
    {
        var one = await session.GetAsync<Case>(caseId, "caseId", "案件", cancellationToken);
        var measures = (await session.ListAsync<StopMeasure>(new AggregateFilter { TargetId = one.TargetId }, cancellationToken))
            .Where(m => m.Approval is not null).OrderByDescending(m => m.TakenAt).Take(times).ToList();
        if (measures.Count < times || ShanghaiTime.DateOf(measures[^1].TakenAt).AddMonths(months) < ShanghaiTime.DateOf(measures[0].TakenAt)
            || await session.FindAsync<TargetRecord>(one.TargetId!, cancellationToken) is not { } record)
        {
            return null;
        }

        var until = ShanghaiTime.DateOf(measures[0].TakenAt).AddYears(years);
        if (record.Target.BannedUntil >= until)
        {
            return record.Target.BannedUntil;
        }

        session.Update(record with { Target = record.Target with { BannedUntil = until } }, "target.banned", ("target", record.Id), ("until", until.ToString("yyyy-MM-dd")), ("case", one.Number));
        return until;
    }
}
