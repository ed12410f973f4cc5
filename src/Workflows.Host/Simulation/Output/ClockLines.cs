using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Time;

namespace Workflows.Host.Simulation.Output;

/// <summary>Every clock with all that its due date was counted from, so that anybody can count again.</summary>
internal static class ClockLines
{
    /// <summary>The lines: legal clocks, clocks in hours and minutes, and limits that follow a date kept elsewhere.</summary>
    public static async Task<IReadOnlyList<object>> ReadAsync(SimulationRows rows, CancellationToken cancellationToken) =>
    [
        .. (await rows.AllAsync<DeadlineClock>(cancellationToken)).Select(stored => Legal(stored, rows)),
        .. (await rows.AllAsync<ElapsedLimit>(cancellationToken)).Select(stored => Elapsed(stored, rows)),
        .. (await rows.AllAsync<StepLimit>(cancellationToken)).Where(limit => limit.ClockId is null).Select(limit => Following(limit, rows)),
    ];

    private static object Legal(DeadlineClock stored, SimulationRows rows) => new
    {
        Id = stored.Id,
        Case = rows.Names.GetValueOrDefault(stored.CaseKey),
        ActivityId = stored.Created.ActivityId,
        Subject = stored.Subject,
        HeldBy = stored.HeldBy,
        Rule = stored.Clock.RuleCode,
        Unit = stored.Clock.Period.UnitCode,
        Length = stored.Clock.Period.Length,
        StartEvent = stored.Clock.StartEvent,
        Start = stored.Clock.StartDate,
        Printed = stored.Clock.Stretches[0].Printed,
        Extensions = stored.Clock.Stretches.Skip(1).Select(s => new { Unit = s.Period.UnitCode, s.Period.Length, s.Printed, s.Reason }),
        Pauses = stored.Clock.Pauses.Select(p => new { p.From, p.ResumedOn, Reason = p.ReasonText, p.Basis }),
        Due = stored.Clock.Due,
        Provisional = stored.Clock.Provisional,
        Ended = stored.Clock.EndedOn,
    };

    private static object Elapsed(ElapsedLimit stored, SimulationRows rows) => new
    {
        Id = stored.Id,
        Case = rows.Names.GetValueOrDefault(stored.CaseKey),
        ActivityId = stored.Created.ActivityId,
        HeldBy = stored.HeldBy,
        Rule = stored.Clock.RuleCode,
        Unit = "minutes",
        Length = (int)stored.Clock.Deadline.Limit.TotalMinutes,
        StartEvent = stored.Clock.StartEvent,
        Start = stored.Clock.Deadline.Start,
        Pauses = Array.Empty<object>(),
        Due = stored.Clock.Deadline.Due,
        Provisional = false,
        Ended = stored.Clock.EndedAt,
    };

    private static object Following(StepLimit limit, SimulationRows rows) => new
    {
        Id = limit.Id,
        Case = rows.Names.GetValueOrDefault(limit.CaseKey),
        ActivityId = limit.Created.ActivityId,
        HeldBy = limit.HeldBy,
        Rule = limit.RuleCode,
        Unit = "follows",
        Length = 0,
        StartEvent = "",
        Start = ShanghaiTime.DateOf(limit.Created.At),
        Pauses = Array.Empty<object>(),
        Due = limit.LastDay,
        Provisional = limit.Provisional,
        Ended = limit.State == StepLimitState.Running || limit.Changed is null ? (DateOnly?)null : ShanghaiTime.DateOf(limit.Changed.At),
    };
}
