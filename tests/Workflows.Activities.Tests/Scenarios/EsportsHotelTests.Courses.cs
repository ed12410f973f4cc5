using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Whole courses with every date counted by hand: ladder B to a case, a partial pass, a stop measure beside another department's items.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task An_overdue_item_is_talked_over_gets_a_second_term_and_then_goes_to_a_case()
    {
        // EH-20 is of the kind 警告并责令改正: seven working days from Tue 12-01 end on Thu 12-10.
        var run = await OrderedAsync("EH-20");
        await run.UntilAsync(12, 11);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "未改正")));
        await run.DoAsync("interview.call", People.Officer(run.Task("interview.call").Department!), null, new
        {
            reason = "逾期未改正", appointedAt = ShanghaiTime.At(new DateOnly(2026, 12, 16), new TimeOnly(14, 0)), place = "会议室", persons = new[] { "样例人乙" },
        });
        await run.UntilAsync(12, 16, 15);
        await run.DoAsync("interview.hold", People.Officer(run.Task("interview.hold").Department!), null, new { attendees = new[] { "样例人乙" }, explanation = "设备未到", promises = Array.Empty<object>() });
        // At most half of seven days: three. From Wed 12-16 they end on Mon 12-21.
        await run.DoAsync("order.second-term", People.Head("HEA"), "同意", new { length = 3, note = "已承诺" });
        var item = Assert.Single(Assert.Single(run.All<RectificationOrder>()).Items);
        Assert.Equal((2, new DateOnly(2026, 12, 21)), (item.Term, item.Due!.Value));
        await run.UntilAsync(12, 22);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "未改正")));
        // Filed within five working days from Tue 12-22: Tue 12-29.
        var filing = Assert.Single(run.All<CaseFiling>());
        Assert.Equal(("HEA", "逾期未改正", new DateOnly(2026, 12, 29)), (filing.Department, filing.Reason, filing.FileBy));
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "HEA"), "同意", new { note = "两次逾期" });
        await run.DoAsync("filing.decide", People.Head("HEA"), "准予立案", new { note = "立案" });
        await run.DoAsync("filing.result", People.Officer("HEA"), null, new { number = "卫案1号", outcome = "警告" });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-11 00:00 RectificationLimit 逾期未改正", "12-11 10:00 Reinspection 未改正", "12-11 10:00 RouteAfterRound 约谈", "12-16 15:00 HoldInterview 已约谈", "12-16 15:00 DecideSecondTerm 同意",
            "12-16 15:00 RouteAfterRound 继续整改", "12-22 00:00 RectificationLimit 逾期未改正", "12-22 10:00 RouteAfterRound 立案", "12-22 10:00 OverdueApproveFiling 准予立案", "12-22 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
        // Reminders and re-inspection of both terms, each on working days; never a 催告 (强制法 35).
        Assert.Equal(
            ["12-07 09:00 提示", "12-09 09:00 提示", "12-11 09:00 到期复查", "12-18 09:00 提示", "12-22 09:00 到期复查"],
            Notices(run, "PartyLadder").Select(n => n[..n.LastIndexOf(' ')]));
        Assert.DoesNotContain(run.All<Supervision.Work.Notice>(), n => n.Kind == "催告");
    }

    [Fact]
    public async Task A_reinspection_that_passes_a_part_closes_that_part_and_the_rest_goes_to_a_case()
    {
        var run = await OrderedAsync("EH-20", "EH-21");
        // Nobody comes on 12-11; on Wed 12-23 both terms (12-10 and 12-22) are over.
        await run.UntilAsync(12, 23);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "已改正"), ("EH-21", "未改正")));
        Happened(run, "12-23 10:00 Reinspection 部分改正", "12-23 10:00 RouteAfterRound 立案");
        Assert.Equal([("EH-20", RectificationItemState.Rectified), ("EH-21", RectificationItemState.Overdue)],
            Assert.Single(run.All<RectificationOrder>()).Items.OrderBy(i => i.ItemCode, StringComparer.Ordinal).Select(i => (i.ItemCode, i.State)));
        Assert.Equal(run.All<Finding>().Single(f => f.ItemCode == "EH-21").Id, Assert.Single(Assert.Single(run.All<CaseFiling>()).FindingIds));
    }

    [Fact]
    public async Task A_stop_measure_of_one_department_lets_the_items_of_another_go_on_to_their_end()
    {
        var run = await OrderedAsync("EH-03", "EH-20");
        await run.DoAsync("measure.take", People.Officer("FIR"), null);
        await run.DoAsync("measure.approve", People.Head("FIR"), "批准", new { note = "存在危险" });
        await FileAsync(run);
        await run.UntilAsync(12, 11);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "已改正")));
        // The health items are done while the stop measure and the case of the fire brigade still run.
        Assert.Equal(Disposition.Rectified, run.All<Finding>().Single(f => f.ItemCode == "EH-20").Disposition);
        Assert.Null(Assert.Single(run.All<StopMeasure>()).Lifted);
        Assert.Equal(CaseState.Open, run.Case.State);
        await run.UntilAsync(12, 15);
        await run.DoAsync("measure.lift", People.Head("FIR"), null, new { note = "重新检查合格" });
        await run.DoAsync("filing.result", People.Officer("FIR"), null, new { number = "消案1号", outcome = "罚款" });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-11 10:00 Reinspection 全部改正", "12-11 10:00 RouteAfterRound 整改完成", "12-15 10:00 DecideLift 已解除", "12-15 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
    }

    [Fact]
    public async Task A_department_that_stays_away_gets_a_card_and_its_items_no_visit_of_their_own()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync(["FIR"]);
        var card = Assert.Single(run.All<WarningCard>());
        Assert.Equal(("FIR", CardColour.Yellow, "AbsenceCard"), (card.Department, card.Colour, card.Created.ActivityId));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        await run.UntilAsync(12, 31);
        // The visit stands for those who came; nothing asks the absent one to come by itself.
        Assert.Equal((CaseState.Closed, 1), (run.Case.State, run.All<Visit>().Count));
        Assert.DoesNotContain(run.Tasks(), t => t.Kind.StartsWith("visit.", StringComparison.Ordinal));
    }
}
