using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public partial class DeadlineTests
{
    /// <summary>An invented arrangement of 2027 for these tests; the real one is not known.</summary>
    private const string Arrangement2027 = """
        {"official":{"2027":"测试〔2026〕1号"},"days":[
        {"date":"2027-01-01","name":"元旦","off":true},
        {"date":"2027-03-01","name":"试","off":true},{"date":"2027-03-02","name":"试","off":true},
        {"date":"2027-02-28","name":"试","off":true}]}
        """;

    [Theory]
    [InlineData("2026-12-28", 3, "2026-12-31", false)]
    [InlineData("2026-12-28", 4, "2027-01-04", true)]
    public void A_count_that_reaches_an_unpublished_year_is_provisional(string start, int days, string due, bool provisional)
    {
        var deadline = LegalDeadline.Compute(D(start), LegalPeriod.WorkingDays(days), National);
        Assert.Equal((D(due), provisional), (deadline.Due, deadline.Provisional));
        Assert.Equal(provisional ? [2027] : Array.Empty<int>(), deadline.Arithmetic.ProvisionalYears.ToArray());
        Assert.Equal(provisional, deadline.Arithmetic.Explanation.Contains("尚未公布", StringComparison.Ordinal));
    }

    [Fact]
    public void Statutory_days_known_for_an_unpublished_year_are_not_counted() =>
        Assert.Equal(D("2027-02-09"), LegalDeadline.Compute(D("2027-02-04"), LegalPeriod.WorkingDays(1), National).Due);

    [Fact]
    public void A_statutory_day_that_a_published_arrangement_forgot_is_still_off() =>
        Assert.False(National.LoadText(Arrangement2027).IsWorkingDay(D("2027-06-09")));

    [Fact]
    public void A_year_far_beyond_is_counted_with_weekends_and_is_provisional()
    {
        var deadline = LegalDeadline.Compute(D("2026-11-21"), LegalPeriod.Years(5), National);
        Assert.Equal((D("2031-11-21"), true), (deadline.Due, deadline.Provisional));
    }

    [Fact]
    public void Publishing_the_year_settles_the_date()
    {
        var deadline = LegalDeadline.Compute(D("2026-08-31"), LegalPeriod.Months(6), National.LoadText(Arrangement2027));
        Assert.Equal((D("2027-03-03"), false), (deadline.Due, deadline.Provisional));
    }

    [Theory]
    [InlineData("1990-12-31")]
    [InlineData("2201-01-01")]
    public void A_date_outside_the_countable_range_is_refused(string date) =>
        Assert.Equal("date-out-of-range", Assert.Throws<DomainRuleException>(() => LegalDeadline.Compute(D(date), LegalPeriod.CalendarDays(1), National)).Code);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    public void A_length_outside_its_range_is_refused(int length) =>
        Assert.Equal("period-out-of-range", Assert.Throws<DomainRuleException>(() => LegalPeriod.WorkingDays(length)).Code);

    [Fact]
    public void A_default_period_is_refused() =>
        Assert.Equal("period-out-of-range", Assert.Throws<DomainRuleException>(() => LegalDeadline.Compute(D("2026-11-21"), default, National)).Code);
}
