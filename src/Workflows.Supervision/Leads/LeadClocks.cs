using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Leads;

/// <summary>
/// How long each wait of a lead may take. Minutes and hours run day and night; days are working days. The catalogue may say otherwise
/// for a matter. No law gives these; they are rules of the house.
/// </summary>
public sealed record LeadClocks
{
    /// <summary>分诊, by people.</summary>
    public TimeSpan Triage { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>分诊 of what a machine or a patrol reports.</summary>
    public TimeSpan TriageOfAlarm { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>派单.</summary>
    public TimeSpan Route { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>受理, where the catalogue says nothing.</summary>
    public TimeSpan Accept { get; init; } = TimeSpan.FromHours(4);

    /// <summary>派发 after acceptance.</summary>
    public TimeSpan Dispatch { get; init; } = TimeSpan.FromHours(4);

    /// <summary>重新派单 of what was returned.</summary>
    public TimeSpan RouteAgain { get; init; } = TimeSpan.FromHours(2);

    /// <summary>即时处置 in the grid (S0: 1 小时).</summary>
    public TimeSpan InGrid { get; init; } = TimeSpan.FromHours(1);

    /// <summary>应哨.</summary>
    public TimeSpan Whistle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>办理, working days, where the catalogue says nothing.</summary>
    public int HandleDays { get; init; } = 5;

    /// <summary>办案 after the lead has become a case, calendar days (行政处罚法 60).</summary>
    public int CaseDays { get; init; } = 90;

    /// <summary>裁决 of a dispute, working days.</summary>
    public int DecideDays { get; init; } = 3;

    /// <summary>回执 of a transfer, working days.</summary>
    public int ReceiptDays { get; init; } = 5;

    /// <summary>督办人审查 of what nobody moves, working days.</summary>
    public int ReviewDays { get; init; } = 1;

    /// <summary>Returns after which whose duty it is must be decided: the third.</summary>
    public int ReturnsToDispute { get; init; } = 3;

    internal TimeSpan TriageOf(TriggerKind trigger) =>
        trigger is TriggerKind.SensorAlarm or TriggerKind.VideoAI or TriggerKind.DronePatrol or TriggerKind.BoatPatrol or TriggerKind.LandPatrol ? TriageOfAlarm : Triage;

    internal static DateTimeOffset AfterDays(int days, DateTimeOffset now, WorkCalendar calendar) =>
        Within(days, ShanghaiTime.DateOf(now), calendar).PassedAt;

    internal static LegalDeadline Within(int days, DateOnly from, WorkCalendar calendar) => LegalDeadline.Compute(from, LegalPeriod.WorkingDays(days), calendar);
}
