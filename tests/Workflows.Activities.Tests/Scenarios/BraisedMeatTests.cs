using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>What is peculiar to 卤肉 (scenarios.md 3): the basis follows the kind of business, and samples are tested twice.</summary>
public sealed class BraisedMeatTests
{
    [Theory]
    [InlineData("食品小作坊", "workshop")]
    [InlineData("食品生产企业", "enterprise")]
    public async Task The_same_finding_rests_on_another_law_by_kind_of_business(string kind, string basis)
    {
        var run = await StartAsync(kind);
        await run.VisitAsync([], People.Breach(run, "BM-05"));
        var finding = Assert.Single(run.All<Finding>());
        // 三小规定 for the workshop, 食品安全法 for the enterprise.
        Assert.Contains(finding.Violates, c => c.Text.Contains(basis == "workshop" ? "小作坊" : "食品安全法", StringComparison.Ordinal));
        Assert.DoesNotContain(finding.Violates, c => c.Text.Contains(basis == "workshop" ? "食品安全法》" : "小作坊", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_of_business_does_not_take_the_variant_of_another()
    {
        var run = await StartAsync("食品小作坊");
        var breach = People.Breach(run, "BM-05") with { VariantCode = "enterprise" };
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => run.VisitAsync([], breach));
        Assert.Equal("item-unknown", refusal.Code);
    }

    [Fact]
    public async Task A_failed_sample_is_filed_and_the_second_test_stops_the_clock_of_the_case()
    {
        var run = await FailedAsync();
        await FileAsync(run);
        await run.UntilAsync(12, 22);
        Assert.Equal("SampleCaseLimit", Limit(run).Created.ActivityId);
        var due = Limit(run).LastDay!.Value;
        await run.DoAsync("party.retest", People.Party, null, new AskRetest(1, "有异议"));
        Assert.True(Limit(run).Paused);

        // Long past the old last day nothing is late and no card falls: the clock stands still.
        await run.UntilAsync(5, 31, year: 2027);
        Assert.DoesNotContain(run.Completed(), line => line.Contains("SampleCaseLate", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Completed(), line => line.Contains("SampleCaseLadder", StringComparison.Ordinal));
        Assert.All(run.State.Bookmarks.Where(b => b.ActivityId == "SampleCaseLimit" && b.DueAt is not null), b => Assert.True(b.DueAt > run.Session.Now));

        await run.DoAsync("sample.retest", People.Officer("MKT"), null, new SampleReport(1, Report(false)));
        // 14 December + 90 days = 14 March; 22 December to 30 May (160 days) did not count: 21 August 2027, a Saturday, so Monday 23.
        Assert.Equal((new DateOnly(2027, 3, 15), new DateOnly(2027, 8, 23), false), (due, Limit(run).LastDay!.Value, Limit(run).Paused));
        await run.UntilAsync(8, 24, year: 2027);
        Assert.Contains(run.Completed(), line => line == "08-24 00:00 SampleCaseLimit 超期未办");
    }

    [Fact]
    public async Task A_second_test_that_passes_ends_without_a_mark_on_the_party()
    {
        var run = await FailedAsync();
        await run.UntilAsync(12, 15);
        await run.DoAsync("party.retest", People.Party, null, new AskRetest(1, "有异议"));
        await run.UntilAsync(12, 31);
        Assert.DoesNotContain(run.Completed(), line => line.Contains("SampleFilingLimit", StringComparison.Ordinal));
        await run.DoAsync("sample.retest", People.Officer("MKT"), null, new SampleReport(1, Report(true)));
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "MKT"), "不同意", new { note = "复检合格" });
        Assert.Empty(run.State.Incidents);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Equal(Disposition.Refuted, Assert.Single(run.All<Finding>()).Disposition);
        Assert.Equal(100, Assert.Single(run.All<Supervision.Scoring.SupervisionScore>()).Points);
        Assert.Equal("无", Assert.Single(run.All<PublicationEntry>()).Handling);
    }

    [Fact]
    public async Task Who_does_not_ask_in_seven_working_days_has_accepted_the_result()
    {
        var run = await FailedAsync();
        await run.UntilAsync(12, 24);
        Assert.Contains(run.Completed(), line => line == "12-24 00:00 RetestPeriod 期限届满");
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "party.retest");
        var notice = Assert.Single(run.All<OfficialDocument>(), d => d.Form == "test-result-notice");
        Assert.Contains("七个工作日", notice.Html.Replace("7个", "七个", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    // “BM-15 fail → recall + case + 复检 asked on day 6 (7 wd) → clock pauses” (scenarios.md 3).
    [Fact]
    public async Task A_second_test_asked_on_the_sixth_working_day_stops_the_clock_of_the_case_that_is_filed_and_recalled()
    {
        var run = await FailedAsync();
        var finding = Assert.Single(run.All<Finding>());
        // 召回: what was tested is taken back.
        Assert.Contains("召回", Assert.Single(run.All<OfficialDocument>(), d => d.Form == "test-result-notice").Html, StringComparison.Ordinal);
        Assert.Equal(("BM-15", Supervision.Scenarios.Severity.Serious), (finding.ItemCode, finding.Severity));
        await FileAsync(run);
        // Told on Mon 12-14: the sixth working day is Tue 12-22, the seventh and last Wed 12-23.
        await run.UntilAsync(12, 22);
        Assert.Equal(new DateOnly(2026, 12, 23), ShanghaiTime.DateOf(run.Task("party.retest").DueAt!.Value.AddSeconds(-1)));
        Assert.False(Limit(run).Paused);
        await run.DoAsync("party.retest", People.Party, null, new AskRetest(1, "有异议"));
        Assert.True(Limit(run).Paused);
    }

    [Fact]
    public async Task Where_nothing_is_sampled_the_case_goes_its_usual_way()
    {
        var run = await StartAsync("小餐饮店");
        await run.VisitAsync([]);
        await run.DoAsync("sample.take", People.Officer("MKT"), "不抽样");
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "MKT"), "已公示");
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    [Fact]
    public async Task While_a_sample_is_at_the_laboratory_nobody_is_told_that_nothing_was_found_and_its_report_changes_what_is_public()
    {
        var run = await FailedAsync(Sampled);
        var row = Assert.Single(run.All<PublicationEntry>());
        Assert.Equal((PublicResult.ToBeHandled, "依法处理中", PublicationState.Published), (row.Result, row.Handling, row.State));
        Assert.Equal((PublicResult.ToBeHandled, VisitOutcome.File), (run.Case.PublicResult, run.Case.Outcome));
        var before = Assert.Single(row.Changes);
        Assert.Equal((PublicResult.ToBeHandled, "抽样检验中", new DateOnly(2026, 12, 14)), (before.Result, before.Handling, ShanghaiTime.DateOf(before.At)));

        static void Sampled(CaseRun run)
        {
            var row = Assert.Single(run.All<PublicationEntry>());
            Assert.Equal((PublicResult.ToBeHandled, "抽样检验中", PublicationState.Published), (row.Result, row.Handling, row.State));
            Assert.Equal((PublicResult.ToBeHandled, new DateOnly(2026, 12, 1)), (run.Case.PublicResult, ShanghaiTime.DateOf(row.PublishedAt!.Value)));
            var notice = Assert.Single(run.All<OfficialDocument>(), d => d.Form == "inspection-result").Html;
            Assert.Contains("卤牛肉（抽样单CY-1，样例检验所）", notice, StringComparison.Ordinal);
            Assert.Contains("总体结果：现场检查未发现问题，抽样检验中", notice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sample_that_passes_turns_what_was_open_into_no_problem_found()
    {
        var run = await StartAsync("食品小作坊");
        await run.VisitAsync([]);
        await TakeAsync(run);
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "MKT"), "已公示");
        await run.UntilAsync(12, 14);
        await run.DoAsync("sample.report", People.Officer("MKT"), null, new { reports = new[] { new SampleReport(1, Report(true), ["E9"]) } });
        var row = Assert.Single(run.All<PublicationEntry>());
        Assert.Equal((PublicResult.NoProblem, "无", PublicResult.NoProblem), (row.Result, row.Handling, run.Case.PublicResult));
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    private static Task TakeAsync(CaseRun run) => run.DoAsync(
        "sample.take", People.Officer("MKT"), "已抽样", new { samples = new[] { new SampleTaken("BM-15", "CY-1", "卤牛肉", "20261130", "2份", "样例检验所", ["MKT1", "MKT2"]) } });

    private static async Task<CaseRun> StartAsync(string kind) => await new CaseRun(scenario: "braised-meat") { Tags = [kind] }.StartAsync();

    private static TestReport Report(bool passed) => new("JY-1", new DateOnly(2026, 12, 1), passed, "菌落总数以外的理化指标");

    // Sampled on Tuesday 1 December, reported and told on Monday 14.
    private static async Task<CaseRun> FailedAsync(Action<CaseRun>? onceSampled = null)
    {
        var run = await StartAsync("食品小作坊");
        await run.VisitAsync([]);
        await TakeAsync(run);
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "MKT"), "已公示");
        onceSampled?.Invoke(run);
        await run.UntilAsync(12, 14);
        await run.DoAsync("sample.report", People.Officer("MKT"), null, new { reports = new[] { new SampleReport(1, Report(false), ["E9"]) } });
        await run.DoAsync("document.serve", People.Officer("MKT"), "已送达", People.Served(run, "MKT"));
        return run;
    }

    private static async Task FileAsync(CaseRun run)
    {
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "MKT"), "同意", new { note = "同意" });
        await run.DoAsync("filing.decide", People.Head("MKT"), "准予立案", new { note = "同意" });
    }

    private static StepLimit Limit(CaseRun run) => run.All<StepLimit>().Last(l => l.Created.ActivityId == "SampleCaseLimit");
}
