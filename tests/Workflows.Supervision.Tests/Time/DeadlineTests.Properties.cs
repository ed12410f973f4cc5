using FsCheck;
using FsCheck.Fluent;
using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public partial class DeadlineTests
{
    private static readonly Arbitrary<(DateOnly Start, LegalPeriod Period)> Counts = Arb.From(
        from day in Gen.Choose(0, 1400)
        from unit in Gen.Elements(PeriodUnit.WorkingDays, PeriodUnit.CalendarDays, PeriodUnit.Months, PeriodUnit.Years)
        from length in Gen.Choose(1, unit is PeriodUnit.Years ? 5 : unit is PeriodUnit.Months ? 40 : 200)
        select (new DateOnly(2024, 1, 1).AddDays(day), new LegalPeriod(length, unit)));

    [Fact]
    public void The_first_day_is_never_counted() => Prop.ForAll(Counts, c =>
    {
        var deadline = LegalDeadline.Compute(c.Start, c.Period, National);
        var after = Enumerable.Range(1, deadline.Raw.DayNumber - c.Start.DayNumber).Select(c.Start.AddDays);
        return c.Period.Unit switch
        {
            PeriodUnit.WorkingDays => after.Count(National.IsWorkingDay) == c.Period.Length,
            PeriodUnit.CalendarDays => after.Count() == c.Period.Length,
            _ => deadline.Raw.DayNumber > c.Start.DayNumber,
        };
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_period_ends_on_a_working_day() => Prop.ForAll(Counts, c =>
        National.IsWorkingDay(LegalDeadline.Compute(c.Start, c.Period, National).Due)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_longer_period_never_ends_earlier() => Prop.ForAll(Counts, c =>
        LegalDeadline.Compute(c.Start, c.Period, National).Due
        <= LegalDeadline.Compute(c.Start, new LegalPeriod(c.Period.Length + 1, c.Period.Unit), National).Due).QuickCheckThrowOnFailure();

    [Fact]
    public void A_later_start_never_ends_earlier() => Prop.ForAll(Counts, c =>
        LegalDeadline.Compute(c.Start, c.Period, National).Due
        <= LegalDeadline.Compute(c.Start.AddDays(1), c.Period, National).Due).QuickCheckThrowOnFailure();

    [Fact]
    public void Roll_over_crosses_only_days_on_which_nobody_works() => Prop.ForAll(Counts, c =>
    {
        var deadline = LegalDeadline.Compute(c.Start, c.Period, National);
        return Enumerable.Range(0, deadline.Due.DayNumber - deadline.Raw.DayNumber).All(i => !National.IsWorkingDay(deadline.Raw.AddDays(i)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Adding_and_counting_working_days_agree() => Prop.ForAll(Counts, Arb.From(Gen.Choose(1, 60)), (c, n) =>
    {
        var later = National.AddWorkingDays(c.Start, n);
        var earlier = National.AddWorkingDays(c.Start, -n);
        return National.WorkingDaysBetween(c.Start, later) == n
            && National.WorkingDaysBetween(earlier, c.Start) == n - (National.IsWorkingDay(c.Start) ? 0 : 1);
    }).QuickCheckThrowOnFailure();
}
