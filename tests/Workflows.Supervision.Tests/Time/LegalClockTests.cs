using System.Text.Json;
using Workflows.Supervision.Time;
using static Workflows.Supervision.Tests.Time.Calendars;

namespace Workflows.Supervision.Tests.Time;

public partial class LegalClockTests
{
    private static LegalClock Started(string start, LegalPeriod period) => LegalClock.Start("ACL-25", "采取措施", D(start), period, National);

    private static string Refused(Func<LegalClock> act) => Assert.Throws<DomainRuleException>(act).Code;

    [Fact]
    public void A_limit_has_passed_on_the_day_after_its_last_day_and_not_an_instant_earlier()
    {
        var clock = Started("2026-11-20", LegalPeriod.WorkingDays(3));
        Assert.Equal(D("2026-11-25"), clock.Due);
        Assert.False(clock.HasPassed(D("2026-11-25")));
        Assert.True(clock.HasPassed(D("2026-11-26")));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 16, 0, 0, TimeSpan.Zero), clock.PassedAt);
        Assert.Equal(TimeSpan.Zero, clock.PassedAt!.Value.Offset);
    }

    [Theory]
    [InlineData("2026-11-23", "2026-11-26", "2026-12-07")]
    [InlineData("2026-11-23", "2026-11-23", "2026-12-02")]
    [InlineData("2026-11-23", "2026-11-30", "2026-12-09")]
    [InlineData("2026-11-28", "2026-11-29", "2026-12-02")]
    [InlineData("2026-12-02", "2026-12-05", "2026-12-07")]
    public void Paused_working_days_do_not_count(string pause, string resume, string due)
    {
        var clock = Started("2026-11-18", LegalPeriod.WorkingDays(10)).Pause(PauseReason.Appraisal, D(pause), "行政强制法第二十五条");
        Assert.Equal(D("2026-12-02"), clock.Due);
        Assert.Equal(D(due), clock.Resume(D(resume), National).Due);
    }

    [Theory]
    [InlineData("2026-11-10", "2026-11-15", "2026-12-07")]
    [InlineData("2026-12-01", "2026-12-02", "2026-12-02")]
    [InlineData("2026-11-10", "2026-11-16", "2026-12-07")]
    public void Paused_calendar_days_do_not_count_and_the_last_day_still_rolls_over(string pause, string resume, string due)
    {
        // 30 days from 1 November end on 1 December.
        var clock = Started("2026-11-01", LegalPeriod.CalendarDays(30));
        Assert.Equal(D("2026-12-01"), clock.Due);
        Assert.Equal(D(due), clock.Pause(PauseReason.Testing, D(pause)).Resume(D(resume), National).Due);
    }

    [Fact]
    public void A_pause_within_the_roll_over_moves_the_last_day_behind_the_pause()
    {
        // 15 days from 18 September end on Saturday 3 October and roll to 8 October.
        var clock = Started("2026-09-18", LegalPeriod.CalendarDays(15)).Pause(PauseReason.Hearing, D("2026-10-06")).Resume(D("2026-10-14"), National);
        Assert.Equal(D("2026-10-14"), clock.Due);
    }

    [Fact]
    public void While_paused_a_limit_does_not_pass()
    {
        var clock = Started("2026-11-20", LegalPeriod.WorkingDays(3)).Pause(PauseReason.ExtensionUnderReview, D("2026-11-25"));
        Assert.True(clock.IsPaused);
        Assert.Null(clock.PassedAt);
        Assert.False(clock.HasPassed(D("2027-11-26")));
    }

    [Fact]
    public void An_extension_runs_from_the_old_end_date()
    {
        var clock = Started("2026-11-20", LegalPeriod.WorkingDays(3))
            .Extend(LegalPeriod.WorkingDays(3), D("2026-11-24"), D("2026-11-26"), "需采购配件", National);
        Assert.Equal(D("2026-11-30"), clock.Due);
        Assert.Equal(["started", "extended"], clock.Changes.Select(c => c.Kind));
    }

    [Fact]
    public void Impossible_transitions_are_refused()
    {
        var clock = Started("2026-11-20", LegalPeriod.WorkingDays(3));
        var paused = clock.Pause(PauseReason.Inspection, D("2026-11-24"));
        var ended = clock.End(D("2026-11-24"), "已整改", National);
        Assert.Equal("clock-already-paused", Refused(() => paused.Pause(PauseReason.Inspection, D("2026-11-25"))));
        Assert.Equal("clock-not-paused", Refused(() => clock.Resume(D("2026-11-25"), National)));
        Assert.Equal("clock-time-reversed", Refused(() => paused.Resume(D("2026-11-23"), National)));
        Assert.Equal("clock-time-reversed", Refused(() => clock.Pause(PauseReason.Inspection, D("2026-11-19"))));
        Assert.Equal("clock-already-passed", Refused(() => clock.Pause(PauseReason.Inspection, D("2026-11-26"))));
        Assert.Equal("clock-paused", Refused(() => paused.Extend(LegalPeriod.WorkingDays(1), D("2026-11-25"), D("2026-11-25"), "x", National)));
        Assert.Equal("extension-after-expiry", Refused(() => clock.Extend(LegalPeriod.WorkingDays(1), D("2026-11-26"), D("2026-11-26"), "x", National)));
        Assert.Equal("clock-already-ended", Refused(() => ended.End(D("2026-11-25"), "x", National)));
        Assert.Equal("clock-already-ended", Refused(() => ended.Pause(PauseReason.Inspection, D("2026-11-25"))));
        Assert.Equal("clock-time-reversed", Refused(() => paused.Resume(D("2026-11-25"), National).Pause(PauseReason.Inspection, D("2026-11-24"))));
    }

    [Fact]
    public void An_ended_clock_knows_whether_it_ended_late()
    {
        var clock = Started("2026-11-20", LegalPeriod.WorkingDays(3));
        Assert.False(clock.End(D("2026-11-25"), "已整改", National).HasPassed(D("2027-01-01")));
        Assert.True(clock.End(D("2026-11-26"), "已整改", National).HasPassed(D("2026-11-26")));
        Assert.False(clock.Pause(PauseReason.Testing, D("2026-11-23")).End(D("2026-11-30"), "撤销", National).IsPaused);
    }

    [Fact]
    public void A_newly_published_calendar_recounts_with_a_trace()
    {
        var clock = Started("2026-12-28", LegalPeriod.WorkingDays(10));
        Assert.Equal((D("2027-01-12"), true), (clock.Due, clock.Provisional));
        var published = National.LoadText("""{"official":{"2027":"测试〔2026〕1号"},"days":[{"date":"2027-01-01","name":"元旦","off":true},{"date":"2027-01-04","name":"元旦","off":true},{"date":"2027-01-09","name":"元旦","off":false}]}""");
        var recounted = clock.Recompute(published, D("2026-12-30"));
        Assert.Equal((D("2027-01-12"), false), (recounted.Due, recounted.Provisional));
        var change = recounted.Changes[^1];
        Assert.Equal(("recomputed", published.Version, D("2026-12-30")), (change.Kind, change.CalendarVersion, change.On));
        Assert.Same(recounted, recounted.Recompute(published, D("2026-12-31")));
    }

    [Theory]
    [InlineData("2027-01-04", true, "2027-01-05")]
    [InlineData("2027-01-09", false, "2027-01-04")]
    public void Of_a_printed_and_a_recounted_date_the_later_binds(string moved, bool off, string unprinted)
    {
        // Four working days from 28 December end provisionally on Monday 4 January 2027.
        var clock = Started("2026-12-28", LegalPeriod.WorkingDays(4));
        Assert.Equal(D("2027-01-04"), clock.Due);
        var published = National.LoadText($$"""{"official":{"2027":"测试〔2026〕1号"},"days":[{"date":"2027-01-01","name":"元旦","off":true},{"date":"{{moved}}","name":"元旦","off":{{(off ? "true" : "false")}}}]}""");
        Assert.Equal(D(unprinted), clock.Recompute(published, D("2026-12-30")).Due);
        Assert.Equal(D(unprinted), clock.MarkPrinted(D("2026-12-28")).Recompute(published, D("2026-12-30")).Due);
    }

    [Fact]
    public void A_printed_date_is_kept_when_the_recount_would_take_days_away()
    {
        // The invented arrangement makes Saturday 2 January a working day, so the unprinted clock ends sooner.
        var published = National.LoadText("""{"official":{"2027":"测试〔2026〕1号"},"days":[{"date":"2027-01-01","name":"元旦","off":true},{"date":"2027-01-02","name":"元旦","off":false}]}""");
        var clock = Started("2026-12-28", LegalPeriod.WorkingDays(4));
        Assert.Equal(D("2027-01-02"), clock.Recompute(published, D("2026-12-30")).Due);
        var printed = clock.MarkPrinted(D("2026-12-28")).Recompute(published, D("2026-12-30"));
        Assert.Equal((D("2027-01-04"), false), (printed.Due, printed.Provisional));

        // Two working days remain on the printed date from 31 December on (31 December and 4 January, 2 January being paid for by the printed date).
        var resumed = printed.Pause(PauseReason.Testing, D("2026-12-31")).Resume(D("2027-01-06"), published);
        Assert.True(resumed.Due > printed.Due);
        Assert.Equal(D("2027-01-08"), resumed.Due);
    }

    [Fact]
    public void A_clock_survives_JSON()
    {
        var clock = Started("2026-11-20", LegalPeriod.Months(3)).Pause(PauseReason.Testing, D("2026-11-24"), "检测").Resume(D("2026-11-27"), National).MarkPrinted(D("2026-11-27"));
        var json = JsonSerializer.Serialize(clock);
        var again = JsonSerializer.Deserialize<LegalClock>(json)!;
        Assert.Equal(json, JsonSerializer.Serialize(again));
        Assert.Equal((clock.Due, clock.Period, clock.Provisional), (again.Due, again.Period, again.Provisional));
        Assert.Equal(clock.Pauses, again.Pauses.AsEnumerable());
    }
}
