using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public partial class LegalClockTests
{
    private static readonly Arbitrary<(DateOnly Start, LegalPeriod Period, int After, int Days)> Pauses = Arb.From(
        from day in Gen.Choose(0, 800)
        from unit in Gen.Elements(PeriodUnit.WorkingDays, PeriodUnit.CalendarDays, PeriodUnit.Months)
        from length in Gen.Choose(1, unit is PeriodUnit.Months ? 6 : 60)
        from after in Gen.Choose(0, 200)
        from days in Gen.Choose(0, 40)
        select (new DateOnly(2024, 1, 1).AddDays(day), new LegalPeriod(length, unit), after, days));

    [Fact]
    public void A_pause_never_shortens_and_leaves_as_many_days_as_there_were() => Prop.ForAll(Pauses, p =>
    {
        var clock = LegalClock.Start("R", "送达", p.Start, p.Period, National);
        var from = p.Start.AddDays(p.After % (clock.Due.DayNumber - p.Start.DayNumber + 1));
        var to = from.AddDays(p.Days);
        var resumed = clock.Pause(PauseReason.Testing, from).Resume(to, National);
        var counted = Enumerable.Range(1, resumed.Due.DayNumber - p.Start.DayNumber).Select(p.Start.AddDays)
            .Count(d => (d < from || d >= to) && National.IsWorkingDay(d));
        return resumed.Due >= clock.Due
            && (p.Days > 0 || resumed.Due == clock.Due)
            && (p.Period.Unit != PeriodUnit.WorkingDays || counted == p.Period.Length)
            && (resumed.Due < from || resumed.Due >= to);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_paused_period_of_days_is_longer_by_the_days_of_the_pause_before_it_rolls_over() => Prop.ForAll(Pauses, p =>
    {
        var start = p.Start;
        var clock = LegalClock.Start("R", "送达", start, LegalPeriod.CalendarDays(p.Period.Length), National);
        var raw = start.AddDays(p.Period.Length);
        var from = start.AddDays(1 + (p.After % p.Period.Length));
        var resumed = clock.Pause(PauseReason.Testing, from).Resume(from.AddDays(p.Days), National);
        return resumed.Explain(National)[0].Raw == raw.AddDays(p.Days);
    }).QuickCheckThrowOnFailure();
}
