using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public partial class DeadlineTests
{
    [Fact]
    public void A_period_of_days_rolls_over_the_whole_holiday_and_says_over_which_days()
    {
        var deadline = LegalDeadline.Compute(D("2026-09-18"), LegalPeriod.CalendarDays(15), National);
        Assert.Equal(D("2026-10-03"), deadline.Raw);
        Assert.Equal(D("2026-10-08"), deadline.Due);
        Assert.True(deadline.RolledOver);
        var span = Assert.Single(deadline.Arithmetic.RolledOver);
        Assert.Equal((D("2026-10-03"), D("2026-10-07"), "国庆节放假"), (span.From, span.To, span.Reason));
        Assert.Equal(
            "自2026年9月18日（星期五）起，当日不计入，从2026年9月19日起算15日；期间届满日为2026年10月3日（星期六），不是工作日（2026年10月3日至2026年10月7日（国庆节放假）），顺延至2026年10月8日（星期四）。",
            deadline.Arithmetic.Explanation);
    }

    [Fact]
    public void A_period_that_ends_on_a_make_up_Saturday_does_not_roll_over()
    {
        var deadline = LegalDeadline.Compute(D("2025-08-31"), LegalPeriod.Months(6), National);
        Assert.Equal(D("2026-02-28"), deadline.Due);
        Assert.False(deadline.RolledOver);
        Assert.False(deadline.Provisional);
    }

    [Fact]
    public void A_period_of_working_days_never_rolls_over_and_names_the_days_left_out_and_made_up()
    {
        var deadline = LegalDeadline.Compute(D("2026-02-13"), LegalPeriod.WorkingDays(5), National);
        Assert.Equal(D("2026-02-27"), deadline.Due);
        Assert.False(deadline.RolledOver);
        Assert.Equal(D("2026-02-14"), Assert.Single(deadline.Arithmetic.MakeUpDays));
        var span = Assert.Single(deadline.Arithmetic.NotCounted);
        Assert.Equal((D("2026-02-15"), D("2026-02-23"), 9), (span.From, span.To, span.Days));
    }

    [Theory]
    [InlineData("2024-02-29", 1, "2025-02-28")]
    [InlineData("2023-11-21", 2, "2025-11-21")]
    public void Years_end_on_the_corresponding_day_or_the_last_of_the_month(string start, int years, string due) =>
        Assert.Equal(D(due), LegalDeadline.Compute(D(start), LegalPeriod.Years(years), National).Due);

    [Theory]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2026-10-31", 1, "2026-11-30")]
    [InlineData("2026-05-21", 3, "2026-08-21")]
    public void Months_end_on_the_corresponding_day_or_the_last_of_the_month(string start, int months, string due) =>
        Assert.Equal(D(due), LegalDeadline.Compute(D(start), LegalPeriod.Months(months), National).Due);
}
