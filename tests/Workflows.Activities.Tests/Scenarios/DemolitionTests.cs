using Workflows.Supervision.Enforcement;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>违建和拆改承重结构 (scenarios.md 4, HR-03 and HR-08): the course of the matter, and what the party may do in it.</summary>
public sealed partial class DemolitionTests
{
    [Fact]
    public async Task The_clock_of_the_decision_stands_still_while_planning_looks_at_it()
    {
        var run = await StoppedAsync();
        await run.UntilAsync(12, 7);
        // 1 December and 90 days is 1 March 2027; six days stood still.
        Assert.True(Limit(run, "DecisionLimit").Paused);
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        Assert.Equal((false, new DateOnly(2027, 3, 8)), (Limit(run, "DecisionLimit").Paused, Limit(run, "DecisionLimit").LastDay!.Value));
    }

    [Fact]
    public async Task Planning_that_does_not_answer_in_five_working_days_is_urged()
    {
        var run = await StoppedAsync();
        await run.UntilAsync(12, 10);
        Assert.Contains(run.Completed(), line => line == "12-09 00:00 OpinionLimit 超期未办");
        Assert.DoesNotContain(run.Completed(), line => line.Contains("DecisionLimit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_party_that_takes_it_down_itself_is_verified_and_nobody_is_forced()
    {
        var run = await DecidedAsync();
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "已完成", Report);
        // Whether to cut the power is no question any more.
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.supply");
        Assert.Empty(run.State.Incidents);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "department:NRP", Kind: "违建处置结果（不动产登记）" });
        Assert.DoesNotContain(run.Case.Enforcement, a => a.Stage == EnforcementStage.Execution);
    }

    [Fact]
    public async Task The_wait_for_review_and_lawsuit_is_no_lateness_and_nothing_is_forced_before_it_ends()
    {
        var run = await AnnouncedAsync();
        await run.UntilAsync(6, 1, year: 2027);
        // Served on 1 December: 60 days for review end on Saturday 30 January and so on Monday, six months for a lawsuit on Tuesday 1 June. The announcement of 17 December moves neither.
        Assert.Contains(run.Completed(), line => line == "02-02 00:00 ReviewPeriod 期限届满");
        Assert.DoesNotContain(run.Completed(), line => line.Contains("SuitPeriod", StringComparison.Ordinal));
        Assert.Empty(run.All<WarningCard>());
        await run.UntilAsync(6, 2, year: 2027);
        Assert.Contains(run.Completed(), line => line == "06-02 00:00 SuitPeriod 期限届满");
        Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
    }

    [Fact]
    public async Task A_second_announcement_does_not_begin_the_periods_again()
    {
        var run = await AnnouncedAsync();
        await run.UntilAsync(3, 1, year: 2027);
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), "自行履行");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", PerformBy(run, 15));
        Assert.Single(run.Tasks(), t => t.Kind == "enforcement.choice");
        await run.UntilAsync(6, 2, year: 2027);
        Assert.Contains(run.Completed(), line => line == "06-02 00:00 SuitPeriod 期限届满");
        Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
        Assert.Empty(run.State.Incidents);
    }

    [Fact]
    public async Task A_party_that_stopped_in_word_only_is_ordered_to_stop_again()
    {
        var run = await OpenedAsync();
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "当事人已自行履行", Report);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "未履行", Report);
        Assert.Equal("StopOrder", run.Task("enforcement.step").Subject["stage"]);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.confirm", People.Officer("NRP"), "应当拆除", Report);
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "已完成", Report);
        await run.DoAsync("enforcement.step", People.Head("CLE"), "已完成", Served(run));
        Assert.Equal(EnforcementStage.Decision, run.Case.Enforcement[^1].Stage);
    }

    [Fact]
    public async Task A_party_that_stops_and_restores_it_at_once_is_verified_and_the_matter_ends()
    {
        var run = await OpenedAsync();
        await run.DoAsync("enforcement.step", People.Officer("CLE"), "当事人已自行履行", Report);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), "已完成", Report);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.supply");
    }

    [Theory]
    [InlineData("自行履行", false)]
    [InlineData("申请协助", false)]
    [InlineData("自行履行", true)]
    [InlineData("申请协助", true)]
    public async Task After_the_review_the_party_may_still_take_it_down_or_ask_for_help(string choice, bool inVain)
    {
        var run = await DecidedAsync();
        await NoPowerCutAsync(run);
        await ContestAsync(run, "维持");
        await run.DoAsync("enforcement.choice", People.Officer("CLE"), choice);
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), inVain ? "未履行" : "已完成", Report);
        Assert.Equal(inVain ? CaseState.Open : CaseState.Closed, run.Case.State);
        if (inVain)
            Assert.Equal("Announcement", run.Task("enforcement.step").Subject["stage"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_party_that_performs_before_the_day_is_not_forced(bool performed)
    {
        var run = await ToExecutionAsync();
        await run.DoAsync("enforcement.execute", People.Officer("CLE"), "当事人已自行履行", Report);
        // Nobody has to approve an emergency any more.
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "enforcement.step");
        await run.DoAsync("enforcement.verify", People.Officer("CLE"), performed ? "已完成" : "未履行", Report);
        Assert.DoesNotContain(run.Case.Enforcement, a => a is { Stage: EnforcementStage.Execution, Outcome: "已完成" });
        Assert.Equal(performed ? CaseState.Closed : CaseState.Open, run.Case.State);
        if (!performed)
            Assert.Equal("Reminder", run.Task("enforcement.step").Subject["stage"]);
    }
}
