using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>繁简分流: the way is chosen at the filing by rules of the scenario, and the wait for number and outcome lasts as long as that way says.</summary>
public sealed class ProcedureWayTests
{
    [Fact]
    public async Task A_case_that_was_filed_for_the_fast_way_waits_with_the_limit_of_that_way()
    {
        var run = await ToFilingAsync();
        await run.DoAsync("filing.decide", People.Head("MKT"), "准予立案", new { note = "同意", way = "Fast", factsClear = true, admitted = true, fine = 5000 });

        // The sample is serious, and 5,000 is within the bound of an organisation; filed on Thu 24 December 2026: ten working days, 1 to 3 January off, end on Fri 8 January.
        var filing = Assert.Single(run.All<CaseFiling>());
        Assert.Equal((ProcedureKind.Fast, "快速办理", true), (filing.Procedure!.Way, filing.Procedure.Title, filing.Procedure.Named));
        Assert.Equal(new DateOnly(2027, 1, 8), filing.DecideBy);
        var limit = Assert.Single(run.All<StepLimit>(), l => l is { RuleCode: "APL-60", State: StepLimitState.Running });
        Assert.Equal(new DateOnly(2027, 1, 8), limit.LastDay);
        Assert.Equal(limit.DueAt, run.Task("filing.result").DueAt);
    }

    [Theory]
    [InlineData("Fast", true, false, false, 5000, "当事人没有认错认罚")]
    [InlineData("Fast", false, true, false, 5000, "事实清楚、证据充分未经确认")]
    [InlineData("Fast", true, true, true, 5000, "当事人要求听证")]
    [InlineData("Fast", true, true, false, 50001, "拟处罚款50001元超过对法人或者其他组织的上限50000元")]
    [InlineData("Fast", true, true, false, null, "没有填写拟处罚款数额")]
    [InlineData("Simple", true, true, false, 3000, "违法行为属“严重”，超出“一般”")]
    public async Task A_way_whose_conditions_fail_is_refused_and_each_that_fails_is_named(string way, bool factsClear, bool admitted, bool hearingAsked, int? fine, string named)
    {
        var run = await ToFilingAsync();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            run.DoAsync("filing.decide", People.Head("MKT"), "准予立案", new { note = "同意", way, factsClear, admitted, hearingAsked, fine }));

        Assert.Equal(("procedure-conditions", "data.way"), (refused.Code, refused.Field));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, 50000, ProcedureKind.Fast)]
    [InlineData(true, false, 50000, ProcedureKind.Ordinary)]
    [InlineData(true, true, 50001, ProcedureKind.Ordinary)]
    public async Task Where_no_way_is_named_the_rules_choose_the_first_that_is_open(bool factsClear, bool admitted, int fine, ProcedureKind chosen)
    {
        var run = await ToFilingAsync();
        await run.DoAsync("filing.decide", People.Head("MKT"), "准予立案", new { note = "同意", factsClear, admitted, fine });
        var filing = Assert.Single(run.All<CaseFiling>());
        Assert.Equal((chosen, false), (filing.Procedure!.Way, filing.Procedure.Named));
    }

    [Fact]
    public async Task Nothing_stated_means_the_ordinary_way_with_ninety_days()
    {
        var run = await ToFilingAsync();
        await run.DoAsync("filing.decide", People.Head("MKT"), "准予立案", new { note = "同意" });
        var filing = Assert.Single(run.All<CaseFiling>());
        // 24 December 2026 and 90 calendar days: Wed 24 March 2027.
        Assert.Equal((ProcedureKind.Ordinary, new DateOnly(2027, 3, 24)), (filing.Procedure!.Way, filing.DecideBy!.Value));
        Assert.Equal(new DateOnly(2027, 3, 24), Assert.Single(run.All<StepLimit>(), l => l is { RuleCode: "APL-60", State: StepLimitState.Running }).LastDay);
    }

    // 行政处罚法 51: 200 yuan on a person, 3,000 on an organisation, both included; the expected values are those of the statute.
    [Theory]
    [InlineData(true, 200, true)]
    [InlineData(true, 201, false)]
    [InlineData(false, 3000, true)]
    [InlineData(false, 3001, false)]
    public void The_simple_way_ends_where_the_statute_ends_it(bool isPerson, int fine, bool open)
    {
        var simple = new CaseRun(scenario: "braised-meat").Scenario.Procedures.Single(way => way.Way == ProcedureKind.Simple);
        Assert.Equal(open, ProcedureChoice.Unmet(simple, new ProcedureGrounds(FactsClear: true, Fine: fine), isPerson, Severity.General).Count == 0);
    }

    private static async Task<CaseRun> ToFilingAsync()
    {
        var run = await new CaseRun(scenario: "braised-meat") { Tags = ["食品小作坊"] }.StartAsync();
        await run.VisitAsync([]);
        await run.DoAsync("sample.take", People.Officer("MKT"), "已抽样", new { samples = new[] { new SampleTaken("BM-15", "CY-1", "卤牛肉", "20261130", "2份", "样例检验所", ["MKT1", "MKT2"]) } });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "MKT"), "已公示");
        await run.UntilAsync(12, 14);
        await run.DoAsync("sample.report", People.Officer("MKT"), null, new { reports = new[] { new SampleReport(1, new TestReport("JY-1", new DateOnly(2026, 12, 1), false, "菌落总数以外的理化指标"), ["E9"]) } });
        await run.DoAsync("document.serve", People.Officer("MKT"), "已送达", People.Served(run, "MKT"));
        await run.UntilAsync(12, 24);
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "MKT"), "同意", new { note = "同意" });
        return run;
    }
}
