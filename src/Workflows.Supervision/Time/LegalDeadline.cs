using System.Collections.Immutable;

namespace Workflows.Supervision.Time;

/// <summary>
/// The last day of a legal period. The first day is excluded (民法典 201); periods in calendar days, months and years whose
/// last day is not a working day roll over to the next one (民法典 203); periods in working days end on a working day by
/// construction.
/// </summary>
/// <param name="StartDate">Date of the event from which the period runs.</param>
/// <param name="Period">Length and unit.</param>
/// <param name="Raw">Last day before roll-over.</param>
/// <param name="Due">Last day.</param>
/// <param name="Provisional">True if a year without a published calendar decided it; a later calendar may move it.</param>
/// <param name="Arithmetic">How it was counted.</param>
public sealed record LegalDeadline(
    DateOnly StartDate, LegalPeriod Period, DateOnly Raw, DateOnly Due, bool Provisional, DeadlineArithmetic Arithmetic)
{
    /// <summary>True if the last day moved over days on which offices do not work.</summary>
    public bool RolledOver => Due != Raw;

    /// <summary>The first instant (UTC) at which the limit has passed.</summary>
    public DateTimeOffset PassedAt => ShanghaiTime.PassedAt(Due);

    /// <summary>Counts a period.</summary>
    /// <param name="startDate">Local date of the event; between 1991 and 2200.</param>
    /// <param name="period">What to count.</param>
    /// <param name="calendar">The calendar of the place.</param>
    /// <exception cref="DomainRuleException">The date is out of range (<c>date-out-of-range</c>) or the period is empty.</exception>
    public static LegalDeadline Compute(DateOnly startDate, LegalPeriod period, WorkCalendar calendar) =>
        Compute(startDate, period, calendar, []);

    internal static LegalDeadline Compute(
        DateOnly startDate, LegalPeriod period, WorkCalendar calendar, ImmutableArray<ClockPause> pauses)
    {
        RequireCountable(startDate);
        if (period.Length == 0)
        {
            throw new DomainRuleException("period-out-of-range", "期限长度不能为零，请填写期限。", nameof(period));
        }

        var count = new DayCount(calendar, pauses);
        var raw = period.Unit == PeriodUnit.WorkingDays
            ? count.WorkingDays(startDate, period.Length)
            : count.CalendarDays(startDate, NominalEnd(startDate, period));
        var due = period.RollsOver ? count.RollOver(raw) : raw;

        // A period in calendar days depends on the calendar only where its last day is looked up.
        var looked = period.RollsOver ? raw : startDate.AddDays(1);
        ImmutableArray<int> unknown =
            [.. Enumerable.Range(looked.Year, due.Year - looked.Year + 1).Where(y => !calendar.IsPublished(y))];
        var arithmetic = new DeadlineArithmetic(
            startDate, startDate.AddDays(1), period, count.NotCounted, count.MakeUpDays, raw, count.RolledOver, due, unknown);
        return new LegalDeadline(startDate, period, raw, due, !unknown.IsEmpty, arithmetic);
    }

    internal static void RequireCountable(DateOnly date)
    {
        if (date.Year is < 1991 or > 2200)
        {
            throw new DomainRuleException("date-out-of-range", $"日期 {date:yyyy-MM-dd} 超出可计算范围，请填写 1991 年至 2200 年的日期。", nameof(date));
        }
    }

    private static DateOnly NominalEnd(DateOnly start, LegalPeriod period) => period.Unit switch
    {
        PeriodUnit.CalendarDays => start.AddDays(period.Length),
        PeriodUnit.Months => start.AddMonths(period.Length),
        _ => start.AddYears(period.Length),
    };
}
