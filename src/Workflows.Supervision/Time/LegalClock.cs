using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Workflows.Supervision.Time;

/// <summary>A stretch of a clock: its first period or an extension, each counted from the end of the one before.</summary>
/// <param name="Period">What is counted.</param>
/// <param name="Printed">The last day that a served document names, if one does; a count that ends earlier does not bind.</param>
/// <param name="Reason">Why the clock was extended; empty for the first stretch.</param>
public sealed record ClockStretch(LegalPeriod Period, DateOnly? Printed, string Reason);

/// <summary>Something that happened to a clock.</summary>
/// <param name="On">Local date.</param>
/// <param name="Kind">What: started, paused, resumed, extended, printed, recomputed, ended.</param>
/// <param name="DueBefore">Last day before it.</param>
/// <param name="DueAfter">Last day after it.</param>
/// <param name="Reason">Why, in Chinese.</param>
/// <param name="CalendarVersion">Version of the calendar used, if one was.</param>
public sealed record ClockChange(DateOnly On, string Kind, DateOnly DueBefore, DateOnly DueAfter, string Reason, string? CalendarVersion);

/// <summary>
/// A legal period that runs for a matter: started by an event on a date, it can be paused for a legal reason, extended from
/// its old end date, recounted when a calendar is published, and ended. Immutable; each transition gives a new clock and a
/// line of history, and an impossible one is refused with a <see cref="DomainRuleException"/>.
/// </summary>
public sealed record LegalClock
{
    [JsonConstructor]
    private LegalClock()
    {
    }

    /// <summary>Code of the rule, such as <c>APL-60</c>.</summary>
    [JsonInclude]
    public required string RuleCode { get; init; }

    /// <summary>The event from which it runs, in the domain's words, such as 送达.</summary>
    [JsonInclude]
    public required string StartEvent { get; init; }

    /// <summary>Local date of that event; it does not count.</summary>
    [JsonInclude]
    public DateOnly StartDate { get; private init; }

    /// <summary>The first period and its extensions, in order.</summary>
    [JsonInclude]
    public ImmutableArray<ClockStretch> Stretches { get; private init; } = [];

    /// <summary>Pauses in order of date; only the last can be open.</summary>
    [JsonInclude]
    public ImmutableArray<ClockPause> Pauses { get; private init; } = [];

    /// <summary>The last day, as known now. While the clock is paused it is the earliest possible one.</summary>
    [JsonInclude]
    public DateOnly Due { get; private init; }

    /// <summary>True if the count touched a year without a published calendar.</summary>
    [JsonInclude]
    public bool Provisional { get; private init; }

    /// <summary>The local date on which the matter was done; null while the clock runs.</summary>
    [JsonInclude]
    public DateOnly? EndedOn { get; private init; }

    /// <summary>All that happened to the clock, oldest first.</summary>
    [JsonInclude]
    public ImmutableArray<ClockChange> Changes { get; private init; } = [];

    /// <summary>The first period, without extensions.</summary>
    [JsonIgnore]
    public LegalPeriod Period => Stretches[0].Period;

    /// <summary>True while a pause lasts.</summary>
    [JsonIgnore]
    public bool IsPaused => Pauses is [.., { IsOpen: true }];

    /// <summary>The first instant (UTC) at which the limit has passed, for timers; null while paused or ended.</summary>
    [JsonIgnore]
    public DateTimeOffset? PassedAt => IsPaused || EndedOn is not null ? null : ShanghaiTime.PassedAt(Due);

    /// <summary>Starts a clock.</summary>
    /// <param name="ruleCode">Code of the rule.</param>
    /// <param name="startEvent">The event, in Chinese.</param>
    /// <param name="startDate">Its local date.</param>
    /// <param name="period">What to count.</param>
    /// <param name="calendar">The calendar of the place.</param>
    public static LegalClock Start(string ruleCode, string startEvent, DateOnly startDate, LegalPeriod period, WorkCalendar calendar)
    {
        var deadline = LegalDeadline.Compute(startDate, period, calendar);
        return new LegalClock
        {
            RuleCode = ruleCode,
            StartEvent = startEvent,
            StartDate = startDate,
            Stretches = [new ClockStretch(period, null, "")],
            Due = deadline.Due,
            Provisional = deadline.Provisional,
            Changes = [new ClockChange(startDate, "started", deadline.Due, deadline.Due, startEvent, calendar.Version)],
        };
    }

    /// <summary>True if the limit had passed by the end of the day before <paramref name="today"/>; never while paused. For an ended clock: whether it ended late.</summary>
    public bool HasPassed(DateOnly today) => EndedOn is { } ended ? ended > Due : !IsPaused && today > Due;

    /// <summary>How each stretch was counted, with the calendar given.</summary>
    public ImmutableArray<DeadlineArithmetic> Explain(WorkCalendar calendar) => [.. Count(calendar).Select(d => d.Arithmetic)];

    /// <summary>Lets the clock stand still from a date on; see <see cref="ClockPause"/> for which days do not count.</summary>
    /// <param name="reason">The legal reason.</param>
    /// <param name="on">First day that does not count: not before the start or the last resumption, not after the last day.</param>
    /// <param name="basis">Law or decision, or null.</param>
    public LegalClock Pause(PauseReason reason, DateOnly on, string? basis = null)
    {
        RequireRunning("暂停", on);
        Require(!IsPaused, "clock-already-paused", "期限已处于暂停状态，请先恢复计时。");
        Require(Pauses is not [.., { ResumedOn: { } resumed }] || on >= resumed, "clock-time-reversed", "暂停日期早于上次恢复日期，请核对日期。");
        Require(on <= Due, "clock-already-passed", $"期限已于 {Due:yyyy-MM-dd} 届满，不能再暂停。");
        var pause = new ClockPause(reason, on, null, basis);
        return (this with { Pauses = Pauses.Add(pause) }).Noting(on, "paused", Due, basis is null ? pause.ReasonText : $"{pause.ReasonText}（{basis}）", null);
    }

    /// <summary>Lets the clock run again.</summary>
    /// <param name="on">First day that counts again; not before the pause.</param>
    /// <param name="calendar">The calendar of the place.</param>
    public LegalClock Resume(DateOnly on, WorkCalendar calendar)
    {
        RequireRunning("恢复", on);
        Require(IsPaused, "clock-not-paused", "期限没有暂停，无需恢复。");
        var open = Pauses[^1];
        Require(on >= open.From, "clock-time-reversed", "恢复日期早于暂停日期，请核对日期。");
        var pause = open with { ResumedOn = on };
        var resumed = this with
        {
            Pauses = Pauses.SetItem(Pauses.Length - 1, pause),
            Stretches = [.. Stretches.Select(s => s.Printed is { } printed && printed >= pause.From
                ? s with { Printed = Shift(printed, s.Period, pause, calendar) }
                : s)],
        };
        return resumed.Recounted(calendar).Noting(on, "resumed", Due, pause.ReasonText, calendar.Version);
    }

    /// <summary>Extends the clock from its old end date (整改延期: the new date is computed from the old one).</summary>
    /// <param name="by">The further period.</param>
    /// <param name="askedOn">Local date of the application; one made after the last day is refused.</param>
    /// <param name="decidedOn">Local date of the decision; may lie after the old last day.</param>
    /// <param name="reason">Reason of the decision, in Chinese.</param>
    /// <param name="calendar">The calendar of the place.</param>
    public LegalClock Extend(LegalPeriod by, DateOnly askedOn, DateOnly decidedOn, string reason, WorkCalendar calendar)
    {
        RequireRunning("延长", askedOn);
        Require(!IsPaused, "clock-paused", "期限处于暂停状态，请先恢复计时再延长。");
        Require(askedOn <= Due, "extension-after-expiry", $"延期申请应在期限届满（{Due:yyyy-MM-dd}）前提出，该申请于 {askedOn:yyyy-MM-dd} 提出，不予延长。");
        Require(decidedOn >= askedOn, "clock-time-reversed", "延期决定日期早于申请日期，请核对日期。");
        return (this with { Stretches = Stretches.Add(new ClockStretch(by, null, reason)) })
            .Recounted(calendar).Noting(decidedOn, "extended", Due, reason, calendar.Version);
    }

    /// <summary>Notes that a served document names the last day; from now on an earlier recount does not bind the party.</summary>
    public LegalClock MarkPrinted(DateOnly on)
    {
        RequireRunning("打印", on);
        return (this with { Stretches = Stretches.SetItem(Stretches.Length - 1, Stretches[^1] with { Printed = Due }) })
            .Noting(on, "printed", Due, "文书载明的届满日", null);
    }

    /// <summary>
    /// Counts again with a newly loaded calendar. Of a printed and a recounted last day the later binds, in the party's
    /// favour. An ended clock, or one that does not change, is given back as it is.
    /// </summary>
    public LegalClock Recompute(WorkCalendar calendar, DateOnly on)
    {
        if (EndedOn is not null)
        {
            return this;
        }

        var counted = Recounted(calendar);
        return counted.Due == Due && counted.Provisional == Provisional
            ? this
            : counted.Noting(on, "recomputed", Due, "节假日安排已更新", calendar.Version);
    }

    /// <summary>
    /// Counts a running clock by another period, because the step that runs it was changed. Counted from another day it begins anew, without
    /// earlier pauses and extensions. Of a printed and a newly counted last day the later binds, in the party's favour.
    /// </summary>
    /// <param name="ruleCode">Code of the rule that holds from now on.</param>
    /// <param name="period">What is counted.</param>
    /// <param name="startDate">Local date from which it is counted; it does not count.</param>
    /// <param name="on">Local date of the change.</param>
    /// <param name="reason">Why, in Chinese.</param>
    /// <param name="calendar">The calendar of the place.</param>
    public LegalClock Restate(string ruleCode, LegalPeriod period, DateOnly startDate, DateOnly on, string reason, WorkCalendar calendar)
    {
        RequireRunning("重算", on);
        Require(!IsPaused, "clock-paused", "期限处于暂停状态，请先恢复计时再重算。");
        var anew = startDate != StartDate;
        var restated = this with
        {
            RuleCode = ruleCode,
            StartDate = startDate,
            Pauses = anew ? [] : Pauses,
            Stretches = anew ? [new ClockStretch(period, Stretches[^1].Printed, "")] : Stretches.SetItem(0, Stretches[0] with { Period = period }),
        };
        return restated.Recounted(calendar).Noting(on, "restated", Due, reason, calendar.Version);
    }

    /// <summary>Ends the clock because the matter was done or fell away; an open pause ends with it.</summary>
    public LegalClock End(DateOnly on, string reason, WorkCalendar calendar)
    {
        RequireRunning("结束", on);
        var clock = IsPaused ? Resume(on, calendar) : this;
        return (clock with { EndedOn = on }).Noting(on, "ended", clock.Due, reason, null);
    }

    private static DateOnly Shift(DateOnly printed, LegalPeriod period, ClockPause pause, WorkCalendar calendar)
    {
        // What was left on the printed date when the pause began is left when it ends.
        var before = pause.From.AddDays(-1);
        var left = period.Unit == PeriodUnit.WorkingDays
            ? calendar.WorkingDaysBetween(before, printed)
            : printed.DayNumber - before.DayNumber;
        var unit = period.Unit == PeriodUnit.WorkingDays ? PeriodUnit.WorkingDays : PeriodUnit.CalendarDays;
        var shifted = LegalDeadline.Compute(before, new LegalPeriod(Math.Max(left, 1), unit), calendar, [pause]).Due;
        return shifted > printed ? shifted : printed;
    }

    private List<LegalDeadline> Count(WorkCalendar calendar)
    {
        var counted = new List<LegalDeadline>(Stretches.Length);
        var from = StartDate;
        foreach (var stretch in Stretches)
        {
            var deadline = LegalDeadline.Compute(from, stretch.Period, calendar, Pauses);
            from = stretch.Printed is { } printed && printed > deadline.Due ? printed : deadline.Due;
            counted.Add(deadline);
        }

        return counted;
    }

    private LegalClock Recounted(WorkCalendar calendar)
    {
        var counted = Count(calendar);
        var due = counted[^1].Due;
        return this with
        {
            Due = Stretches[^1].Printed is { } printed && printed > due ? printed : due,
            Provisional = counted.Any(d => d.Provisional),
        };
    }

    private LegalClock Noting(DateOnly on, string kind, DateOnly before, string reason, string? version) =>
        this with { Changes = Changes.Add(new ClockChange(on, kind, before, Due, reason, version)) };

    private void RequireRunning(string act, DateOnly on)
    {
        Require(EndedOn is null, "clock-already-ended", $"期限已于 {EndedOn:yyyy-MM-dd} 结束，不能再{act}。");
        Require(on >= StartDate, "clock-time-reversed", $"日期早于起算日 {StartDate:yyyy-MM-dd}，请核对日期。");
    }

    private void Require(bool condition, string code, string problem)
    {
        if (!condition)
        {
            throw new DomainRuleException(code, $"期限“{RuleCode}”：{problem}", RuleCode);
        }
    }
}
