using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public class ShanghaiTimeTests
{
    [Theory]
    [InlineData("2026-11-20T15:59:59.999Z", "2026-11-20")]
    [InlineData("2026-11-20T16:00:00Z", "2026-11-21")]
    [InlineData("2026-11-21T07:00:00-08:00", "2026-11-21")]
    public void An_instant_falls_on_the_date_that_clocks_in_Shanghai_show(string instant, string date) =>
        Assert.Equal(D(date), ShanghaiTime.DateOf(DateTimeOffset.Parse(instant)));

    [Fact]
    public void The_last_day_lasts_until_midnight_in_Shanghai()
    {
        var due = D("2026-11-25");
        var midnight = DateTimeOffset.Parse("2026-11-25T16:00:00Z");
        Assert.Equal(midnight, ShanghaiTime.PassedAt(due));
        Assert.True(ShanghaiTime.IsInTime(midnight.AddMilliseconds(-1), due));
        Assert.False(ShanghaiTime.IsInTime(midnight, due));
        Assert.Equal(midnight.AddTicks(-1), ShanghaiTime.LastInstantOf(due));
    }

    [Fact]
    public void An_elapsed_limit_runs_through_nights_and_holidays_and_includes_its_figure()
    {
        var start = DateTimeOffset.Parse("2026-09-30T23:59:30+08:00");
        var clock = ElapsedClock.Start("CMD-1M", "派发", start, TimeSpan.FromMinutes(1));
        Assert.Equal(DateTimeOffset.Parse("2026-09-30T16:00:30Z"), clock.Deadline.Due);
        Assert.True(clock.IsInTime(clock.Deadline.Due));
        Assert.False(clock.IsInTime(clock.Deadline.Due.AddTicks(1)));
        Assert.False(clock.Deadline.HasRunOut(clock.Deadline.Due.AddTicks(-1)));
        Assert.True(clock.Deadline.HasRunOut(clock.Deadline.Due));
        Assert.Equal("clock-already-ended", Assert.Throws<DomainRuleException>(() => clock.End(start).End(start)).Code);
        Assert.Equal("clock-time-reversed", Assert.Throws<DomainRuleException>(() => clock.End(start.AddTicks(-1))).Code);
        Assert.Equal("elapsed-out-of-range", Assert.Throws<DomainRuleException>(() => new ElapsedDeadline(start, TimeSpan.Zero)).Code);
    }

    [Theory]
    [InlineData("2026-11-23T21:59:59+08:00", null)]
    [InlineData("2026-11-23T22:00:00+08:00", "enforcement-at-night")]
    [InlineData("2026-11-23T05:59:59+08:00", "enforcement-at-night")]
    [InlineData("2026-11-23T06:00:00+08:00", null)]
    [InlineData("2026-10-01T10:00:00+08:00", "enforcement-on-holiday")]
    [InlineData("2026-10-06T10:00:00+08:00", "enforcement-on-holiday")]
    [InlineData("2026-10-10T10:00:00+08:00", null)]
    [InlineData("2026-11-21T10:00:00+08:00", null)]
    [InlineData("2027-06-09T10:00:00+08:00", "enforcement-on-holiday")]
    public void Nothing_is_enforced_at_night_or_on_a_holiday(string at, string? code)
    {
        var instant = DateTimeOffset.Parse(at);
        var refusal = Record.Exception(() => CompulsionGuard.Require(instant, National, NightHours.Usual)) as DomainRuleException;
        Assert.Equal(code, refusal?.Code);
        CompulsionGuard.Require(instant, National, NightHours.Usual, "房屋即将倒塌，情况紧急");
    }
}
