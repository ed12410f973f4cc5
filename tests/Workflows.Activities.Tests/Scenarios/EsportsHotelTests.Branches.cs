using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Filing, interview and rounds beside one another: never two rounds at once, and the case ends.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task A_further_term_after_a_filing_was_turned_down_joins_the_round_that_runs()
    {
        var run = await TurnedDownBesideARoundAsync();
        await run.DoAsync("order.unfiled", People.Head("FIR"), "继续整改", new { length = 2, note = "仍须整改" });
        OneRound(run);
        // Two working days from Wed 12-09 end on Fri 12-11; the round that waited for 12-22 wakes at that end, and is looked at on the next working day.
        await run.UntilAsync(12, 14);
        OneRound(run);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-18", "已改正")));
        OneRound(run);
        await run.UntilAsync(12, 23);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-21", "已改正")));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-09 10:00 RouteAfterRound 立案+继续整改", "12-09 10:00 ResolveUnfiled 继续整改", "12-09 10:00 RouteAfterRound 整改进行中", "12-12 00:00 RectificationLimit 逾期未改正",
            "12-14 10:00 Reinspection 全部改正", "12-14 10:00 RouteAfterRound 继续整改", "12-23 00:00 RectificationLimit 逾期未改正", "12-23 10:00 RouteAfterRound 整改完成", "12-23 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    [Fact]
    public async Task A_demand_that_ends_beside_a_round_leaves_the_round_to_its_own_items()
    {
        var run = await TurnedDownBesideARoundAsync();
        await run.DoAsync("order.unfiled", People.Head("FIR"), "终止整改", new { note = "线路已拆除" });
        OneRound(run);
        await run.UntilAsync(12, 23);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-21", "已改正")));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-09 10:00 RouteAfterRound 整改进行中", "12-23 00:00 RectificationLimit 逾期未改正", "12-23 10:00 RouteAfterRound 整改完成", "12-23 10:00 CloseCase");
        Assert.DoesNotContain(run.State.Bookmarks, b => b.DueAt is not null);
    }

    [Fact]
    public async Task An_interview_and_a_filing_that_is_turned_down_go_on_beside_one_round()
    {
        var run = await OrderedAsync("EH-18", "EH-22", "EH-21");
        // Five working days from Tue 12-01 end on Tue 12-08: EH-18 is of the kind that goes to a case, EH-22 is talked over.
        await run.UntilAsync(12, 9);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-18", "未改正"), ("EH-22", "未改正")));
        OneRound(run);
        await run.DoAsync("interview.call", People.Officer(run.Task("interview.call").Department!), null, new
        {
            reason = "逾期未改正", appointedAt = ShanghaiTime.At(new DateOnly(2026, 12, 14), new TimeOnly(14, 0)), place = "会议室", persons = new[] { "样例人乙" },
        });
        Assert.Equal(["HEA"], run.All<Supervision.Escalation.Interview>().SelectMany(i => i.OrderIds).Select(id => run.All<RectificationOrder>().Single(o => o.Id == id).Department));
        await TurnDownAsync(run);
        await run.DoAsync("order.unfiled", People.Head("FIR"), "继续整改", new { length = 2, note = "仍须整改" });
        OneRound(run);
        await run.UntilAsync(12, 14, 15);
        await run.DoAsync("interview.hold", People.Officer(run.Task("interview.hold").Department!), null, new { attendees = new[] { "样例人乙" }, explanation = "人员流动", promises = Array.Empty<object>() });
        await run.DoAsync("order.second-term", People.Head("HEA"), "同意", new { length = 2, note = "已承诺" });
        OneRound(run);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-18", "已改正")));
        OneRound(run);
        // Two working days from Mon 12-14 end on Wed 12-16.
        await run.UntilAsync(12, 17);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-22", "已改正")));
        OneRound(run);
        await run.UntilAsync(12, 23);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-21", "已改正")));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-09 10:00 RouteAfterRound 立案+约谈+继续整改", "12-09 10:00 ResolveUnfiled 继续整改", "12-09 10:00 RouteAfterRound 整改进行中", "12-12 00:00 RectificationLimit 逾期未改正",
            "12-14 15:00 DecideSecondTerm 同意", "12-14 15:00 RouteAfterRound 整改进行中", "12-14 15:00 Reinspection 全部改正", "12-14 15:00 RouteAfterRound 继续整改",
            "12-17 00:00 RectificationLimit 逾期未改正", "12-17 10:00 RouteAfterRound 继续整改", "12-23 10:00 RouteAfterRound 整改完成", "12-23 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    [Fact]
    public async Task An_interview_that_ends_while_the_head_still_decides_proposes_no_second_filing()
    {
        var run = await OrderedAsync("EH-18", "EH-22");
        await run.UntilAsync(12, 9);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-18", "未改正"), ("EH-22", "未改正")));
        await run.DoAsync("interview.call", People.Officer(run.Task("interview.call").Department!), null, new
        {
            reason = "逾期未改正", appointedAt = ShanghaiTime.At(new DateOnly(2026, 12, 14), new TimeOnly(14, 0)), place = "会议室", persons = new[] { "样例人乙" },
        });
        await TurnDownAsync(run);
        await run.UntilAsync(12, 14, 15);
        await run.DoAsync("interview.hold", People.Officer(run.Task("interview.hold").Department!), null, new { attendees = new[] { "样例人乙" }, explanation = "人员流动", promises = Array.Empty<object>() });
        await run.DoAsync("order.second-term", People.Head("HEA"), "同意", new { length = 2, note = "已承诺" });
        Assert.Single(run.All<Supervision.CaseFilings.CaseFiling>());
        await run.DoAsync("order.unfiled", People.Head("FIR"), "终止整改", new { note = "线路已拆除" });
        await run.UntilAsync(12, 17);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-22", "已改正")));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-14 15:00 RouteAfterRound 继续整改", "12-14 15:00 ResolveUnfiled 终止整改", "12-14 15:00 RouteAfterRound 整改进行中", "12-17 10:00 RouteAfterRound 整改完成", "12-17 10:00 CloseCase");
    }

    [Fact]
    public async Task The_results_of_two_cases_of_one_department_come_back_one_by_one()
    {
        var run = await OrderedAsync("EH-03", "EH-18");
        await FileAsync(run);
        await run.UntilAsync(12, 9);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-18", "未改正")));
        await FileAsync(run);
        var filings = run.All<Supervision.CaseFilings.CaseFiling>();
        Assert.Equal(["FIR", "FIR"], filings.Select(f => f.Department));
        foreach (var (filing, number) in filings.Reverse().Zip(["消案2号", "消案1号"]))
        {
            await run.DoAsync("filing.result", People.Officer("FIR"), null, new { filingId = filing.Id, number, outcome = "已处罚" });
        }

        Assert.Equal(["消案1号", "消案2号"], run.All<Supervision.CaseFilings.CaseFiling>().Select(f => f.FilingNumber));
        Assert.All(run.All<Supervision.CaseFilings.CaseFiling>(), f => Assert.Equal(Supervision.CaseFilings.FilingState.Concluded, f.State));
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "filing.result");
    }

    private static async Task FileAsync(CaseRun run)
    {
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "FIR"), "同意", new { note = "事实清楚" });
        await run.DoAsync("filing.decide", People.Head("FIR"), "准予立案", new { note = "立案" });
    }

    // EH-18 (five working days, to a case) fails while EH-21 (fifteen) still has its term.
    private static async Task<CaseRun> TurnedDownBesideARoundAsync()
    {
        var run = await OrderedAsync("EH-18", "EH-21");
        Assert.Equal([PenaltyClause.CorrectFirst, PenaltyClause.CorrectFirst], run.All<Finding>().Select(f => f.PenaltyClause));
        Assert.Equal([new DateOnly(2026, 12, 8), new DateOnly(2026, 12, 22)], run.All<RectificationOrder>().SelectMany(o => o.Items).Select(i => i.Due!.Value).Order());
        await run.UntilAsync(12, 9);
        await run.DoAsync("reinspection.record", People.Officer(Due(run)), null, Opinions(run, ("EH-18", "未改正")));
        OneRound(run);
        await TurnDownAsync(run);
        return run;
    }

    private static string Due(CaseRun run) => run.Task("reinspection.record").Department!;

    private static void OneRound(CaseRun run) => Assert.Single(run.Tasks(), t => t.Kind == "party.extension");
}
