using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Review, lawsuit, announcement and reminder: the waits that are no lateness.</summary>
public sealed partial class DemolitionTests
{
    [Fact]
    public async Task After_a_review_that_upholds_the_party_has_fifteen_days_to_sue()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "维持");
        run.Session.Actor = People.Officer("CLE");
        // Served on Tuesday 1 December: the fifteen days end on Wednesday the 16th.
        Assert.Equal(new DateOnly(2026, 12, 17), run.Get<EnforcementProcedure>().EnforceableFrom(run.Case));
        await run.Get<EnforcementProcedure>().TakeAsync(run.CaseId, EnforcementStage.Announcement, "已完成", Report with { PerformBy = new DateOnly(2026, 12, 2) });
        await run.UntilAsync(12, 16);
        Assert.Equal("enforcement-too-early", await RefusedAsync(run, EnforcementStage.Reminder, Report));
        Assert.Single(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.UntilAsync(12, 17);
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.choice");
    }

    [Fact]
    public async Task A_party_that_sues_after_the_review_stops_every_step_until_the_last_judgment()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "维持");
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "复议或者诉讼");
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("enforcement-contested", await RefusedAsync(run, EnforcementStage.Announcement, PerformBy(run, 15)));
        await run.DoAsync("enforcement.remedy", People.Officer("CLE"), "终审维持", Served(run));
        Assert.Equal(new DateOnly(2026, 12, 1), run.Get<EnforcementProcedure>().EnforceableFrom(run.Case));
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task Announcement_and_reminder_leave_the_party_the_time_that_they_state()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "终审维持");
        run.Session.Actor = People.Officer("CLE");
        Assert.Equal("field-missing", await RefusedAsync(run, EnforcementStage.Announcement, Report));
        Assert.Equal("enforcement-day", await RefusedAsync(run, EnforcementStage.Announcement, PerformBy(run, 0)));
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        run.Session.Actor = People.Officer("CLE");
        await run.UntilAsync(12, 16);
        Assert.Equal("enforcement-too-early", await RefusedAsync(run, EnforcementStage.Reminder, PerformBy(run, 10)));
        await run.UntilAsync(12, 17);
        // Until 6 January; the diagram waits ten working days, which end on 31 December, the guard as long as the reminder says.
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 20));
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.UntilAsync(12, 31);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.step");
        await run.UntilAsync(1, 4, year: 2027);
        Assert.Equal("ExecutionDecision", run.Task("enforcement.step").Subject["stage"]);
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("enforcement-too-early", await RefusedAsync(run, EnforcementStage.ExecutionDecision, Report));
        await run.UntilAsync(1, 7, year: 2027);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Report);
        Assert.Equal("Mandate", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task The_periods_count_from_service_and_the_later_one_decides()
    {
        var run = await AnnouncedAsync();
        // Served on 1 December: six months end on Tuesday 1 June.
        Assert.Equal(new DateOnly(2027, 6, 2), run.Get<EnforcementProcedure>().EnforceableFrom(run.Case));
    }

    [Fact]
    public async Task A_party_that_said_it_would_and_did_not_is_back_in_the_procedure()
    {
        var run = await DecidedAsync();
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
        Assert.Equal(CaseState.Open, run.Case.State);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "当事人已自行履行", Report);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
        Assert.Empty(run.State.Incidents);
    }

    [Fact]
    public async Task A_decision_that_is_annulled_ends_the_matter()
    {
        var run = await DecidedAsync();
        await ContestAsync(run, "撤销");
        run.Session.Actor = People.Head("CLE");
        Assert.Equal("enforcement-contested", await RefusedAsync(run, EnforcementStage.Announcement, PerformBy(run, 15)));
        Assert.Equal(CaseState.Closed, run.Case.State);
    }
}
