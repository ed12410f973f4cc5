using System.Text;
using Workflows.Supervision.Drawing;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sampling;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>舌尖上的信用监管闭环: what a case brings at its closure stands in the weight of the next draw.</summary>
public sealed class ScoreLoopTests
{
    private const string Target = "91330203MA00000001";
    private const string Clean = "91330203MA00000002";

    [Fact]
    public async Task The_score_at_closure_weighs_in_the_next_draw_and_an_objection_that_is_upheld_takes_it_back()
    {
        var run = new CaseRun(scenario: "braised-meat") { Tags = ["食品小作坊"] };
        string[] departments = [.. run.Scenario.Departments.Where(d => d.Role is DepartmentRole.Lead or DepartmentRole.Participating).Select(d => d.Code)];
        run.PutRosters(departments);
        run.Session.Save(TargetRecord.Of((await run.Session.FindAsync<TargetRecord>(Target))!.Target with { Id = Clean, Name = "样例卤味店002号" }, run.Session.CauseNow()));

        // Class B has 2 tickets; nobody was checked within twelve months, which is ×1.25: 2.5, rounded half up.
        var first = await DrawAsync(run, departments, 2026);
        Assert.Equal((3, 3), (WeightOf(first, Target).Weight, WeightOf(first, Clean).Weight));
        Assert.DoesNotContain("监管评分", WeightOf(first, Target).WeightBasis, StringComparison.Ordinal);

        await CloseWithBadSampleAsync(run);
        // One serious finding: 100 − 15.
        var score = Assert.Single(run.All<SupervisionScore>());
        Assert.Equal((85, Target), (score.Points, score.TargetId));

        // 端午 is on 9 June 2027, and the thirty days before a holiday are ×1.25. 2 × 2 (found before) × 1.25 (score below 90) × 1.25 = 6.25; the other one was not checked: 2 × 1.25 × 1.25 = 3.125.
        await run.UntilAsync(6, 1, year: 2027);
        var second = await DrawAsync(run, departments, 2027);
        Assert.Equal((6, 3), (WeightOf(second, Target).Weight, WeightOf(second, Clean).Weight));
        Assert.Contains("监管评分低于90分：×1.25", WeightOf(second, Target).WeightBasis, StringComparison.Ordinal);
        Assert.Contains("节日前30日：×1.25", WeightOf(second, Target).WeightBasis, StringComparison.Ordinal);
        Assert.DoesNotContain("节日前30日", WeightOf(first, Target).WeightBasis, StringComparison.Ordinal);
        Assert.DoesNotContain("监管评分低于60分", WeightOf(second, Target).WeightBasis, StringComparison.Ordinal);

        run.Session.Actor = People.Party;
        await run.Get<ScoreService>().ObjectAsync(score.Id, 1, "检验机构已撤回报告");
        run.Session.Actor = People.With(Role.Supervisor, "CMD");
        await run.Get<ScoreService>().AnswerAsync(score.Id, 1, falls: true, "异议成立");
        run.Session.Actor = Actor.Clock;
        var third = await DrawAsync(run, departments, 2027);
        Assert.Equal(5, WeightOf(third, Target).Weight);
        Assert.DoesNotContain("监管评分", WeightOf(third, Target).WeightBasis, StringComparison.Ordinal);
    }

    private static DrawCandidate WeightOf(DrawRecord record, string target) => Assert.Single(record.Pool, c => c.Id == target);

    // A plan as people make it, with its whole draw; what is read is the record that is published.
    internal static async Task<DrawRecord> DrawAsync(CaseRun run, IReadOnlyList<string> departments, int year)
    {
        var (session, plans, draws) = (run.Session, run.Get<PlanService>(), run.Get<PlanDraw>());
        var today = ShanghaiTime.DateOf(session.Now);
        var plan = plans.Open(new OpenPlan
        {
            Title = "样例抽查", AnnualItem = new AnnualPlanItem(year, "7", "样例综合查一次"), ScenarioCode = run.Scenario.Code, PackageVersionId = "v1", Area = CaseRun.District, LeadDepartment = run.Lead,
            Departments = [.. departments.Select(d => new PlanDepartment { Code = d, Name = d })], DrawCount = 1, AlternateCount = 0, VisitFrom = today, VisitTo = today.AddDays(14),
        });
        await draws.FreezeAsync(plan.Id);
        session.Actor = People.Head(run.Lead);
        await plans.ApproveAsync(plan.Id, "同意");
        await draws.CommitAsync(plan.Id);
        session.Now = session.Now.AddMinutes(5);
        await plans.EnterPublicValueAsync(plan.Id, new EnterPublicValue("305184", "见证人现场投掷的六位数字", "样例见证人", null));
        Assert.True(await draws.DrawAsync(plan.Id));
        session.Actor = Actor.Clock;
        var file = await session.FindAsync<DrawFile>((await session.FindAsync<InspectionPlan>(plan.Id))!.Draw!.DrawFileId);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(file!.Json));
        return DrawRecord.Read(stream);
    }

    private static async Task CloseWithBadSampleAsync(CaseRun run)
    {
        await run.StartAsync();
        await run.VisitAsync([]);
        await run.DoAsync("sample.take", People.Officer("MKT"), "已抽样", new { samples = new[] { new SampleTaken("BM-15", "CY-1", "卤牛肉", "20261130", "2份", "样例检验所", ["MKT1", "MKT2"]) } });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "MKT"), "已公示");
        await run.UntilAsync(12, 14);
        await run.DoAsync("sample.report", People.Officer("MKT"), null, new { reports = new[] { new SampleReport(1, new TestReport("JY-1", new DateOnly(2026, 12, 1), false, "菌落总数以外的理化指标"), ["E9"]) } });
        await run.DoAsync("document.serve", People.Officer("MKT"), "已送达", People.Served(run, "MKT"));
        await run.UntilAsync(12, 24);
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "MKT"), "同意", new { note = "同意" });
        await run.DoAsync("filing.decide", People.Head("MKT"), "准予立案", new { note = "同意" });
        await run.DoAsync("filing.result", People.Officer("MKT"), null, new { number = "市监案1号", outcome = "已处罚" });
        Assert.Equal(CaseState.Closed, run.Case.State);
    }
}
