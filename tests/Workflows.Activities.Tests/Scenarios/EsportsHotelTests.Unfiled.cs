using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>不予立案: what becomes of overdue items whose filing is turned down.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task A_filing_turned_down_leaves_the_order_in_force_and_the_head_gives_a_further_term()
    {
        var run = await TurnedDownAsync();
        await run.DoAsync("order.unfiled", People.Head("FIR"), "继续整改", new { length = 2, note = "仍须整改" });
        var item = Assert.Single(Assert.Single(run.All<RectificationOrder>()).Items);
        // Decided on Wed 12-16; two working days end on Fri 12-18.
        Assert.Equal((2, new DateOnly(2026, 12, 18), RectificationItemState.Open), (item.Term, item.Due!.Value, item.State));
        Assert.Equal(["RectificationLimit"], run.State.Bookmarks.Where(b => b.WaitName == "整改期限").Select(b => b.ActivityId));

        await run.UntilAsync(12, 21);
        await run.DoAsync("reinspection.record", People.Officer("FIR"), null, Opinions(run, ("EH-18", "已改正")));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-16 10:00 ResolveUnfiled 继续整改", "12-16 10:00 RouteAfterRound 继续整改", "12-19 00:00 RectificationLimit 逾期未改正", "12-21 10:00 Reinspection 全部改正", "12-21 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Contains("不予立案（违法行为轻微）", run.Case.ClosureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demand_that_ends_without_being_met_ends_with_a_reason_and_the_party_is_told()
    {
        var run = await TurnedDownTwiceAsync();
        await run.DoAsync("order.unfiled", People.Head("FIR"), "终止整改", new { note = "设施已拆除" });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-21 10:00 ResolveUnfiled 终止整改", "12-21 10:00 TellPartyEnded", "12-21 10:00 RouteAfterRound 整改完成", "12-21 10:00 CloseCase");
        Assert.Equal((OrderState.Revoked, RectificationItemState.Ended), (run.All<RectificationOrder>()[0].State, run.All<RectificationOrder>()[0].Items[0].State));
        Assert.Contains("EH-18终止整改（设施已拆除）", run.Case.ClosureReason, StringComparison.Ordinal);
        Assert.Equal(["12-21 10:00 终止整改告知 party:91330203MA00000001"], Notices(run, "TellPartyEnded"));
        Assert.DoesNotContain(run.State.Bookmarks, b => b.DueAt is not null);
    }

    [Theory]
    [InlineData("继续整改", 2, "再给一次", "second-term-once")]
    [InlineData("终止整改", 0, "", "field-missing")]
    [InlineData("重新提请立案", 0, "", "field-missing")]
    public async Task Neither_a_third_term_nor_a_decision_without_reason_is_taken(string outcome, int length, string note, string code)
    {
        var run = await TurnedDownTwiceAsync();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("order.unfiled", People.Head("FIR"), outcome, new { length, note }));
        Assert.Equal(code, refused.Code);
    }

    [Fact]
    public async Task Only_the_head_of_the_ordering_department_decides_on_an_unfiled_item()
    {
        var run = await TurnedDownAsync();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("order.unfiled", People.Officer("FIR"), "终止整改", new { note = "设施已拆除" }));
        Assert.Equal(RefusalKind.Forbidden, refused.Kind);
    }

    [Fact]
    public async Task A_filing_proposed_again_is_reviewed_and_decided_anew()
    {
        var run = await TurnedDownAsync();
        await run.DoAsync("order.unfiled", People.Head("FIR"), "重新提请立案", new { note = "补充了证据" });
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "FIR"), "同意", new { note = "事实清楚" });
        await run.DoAsync("filing.decide", People.Head("FIR"), "准予立案", new { note = "准予" });
        await run.DoAsync("filing.result", People.Officer("FIR"), null, new { number = "消案1号", outcome = "已处罚" });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-16 10:00 OverdueApproveFiling 不予立案", "12-16 10:00 ResolveUnfiled 重新提请立案", "12-16 10:00 RouteAfterRound 立案", "12-16 10:00 OverdueApproveFiling 准予立案",
            "12-16 10:00 RouteAfterFiling 已立案", "12-16 10:00 CloseCase");
        Assert.Equal([FilingState.Concluded, FilingState.Rejected], run.All<CaseFiling>().Select(f => f.State).Order());
    }

    [Fact]
    public async Task What_nobody_decides_about_an_unfiled_item_climbs_the_ladder()
    {
        var run = await TurnedDownAsync();
        // Five working days from Wed 12-16 end on Wed 12-23; the red card falls when Mon 12-28 has passed.
        await run.UntilAsync(12, 30);
        Happened(run, "12-24 00:00 UnfiledLimit 超期未办", "12-24 00:00 UnfiledLate");
        Assert.Contains(run.All<WarningCard>(), c => c is { Colour: CardColour.Red, Created.ActivityId: "UnfiledLadder" });
        Assert.Contains(run.Tasks(), t => t is { Kind: "order.unfiled", Department: "FIR" });
    }

    private static async Task<CaseRun> TurnedDownAsync()
    {
        var run = await OrderedAsync("EH-18");
        Assert.Equal(PenaltyClause.CorrectFirst, Assert.Single(run.All<Finding>()).PenaltyClause);
        await run.UntilAsync(12, 16);
        await run.DoAsync("reinspection.record", People.Officer("FIR"), null, Opinions(run, ("EH-18", "未改正")));
        await TurnDownAsync(run);
        return run;
    }

    private static async Task<CaseRun> TurnedDownTwiceAsync()
    {
        var run = await TurnedDownAsync();
        await run.DoAsync("order.unfiled", People.Head("FIR"), "继续整改", new { length = 2, note = "仍须整改" });
        await run.UntilAsync(12, 21);
        await run.DoAsync("reinspection.record", People.Officer("FIR"), null, Opinions(run, ("EH-18", "未改正")));
        await TurnDownAsync(run);
        return run;
    }

    private static async Task TurnDownAsync(CaseRun run)
    {
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "FIR"), "同意", new { note = "符合立案条件" });
        await run.DoAsync("filing.decide", People.Head("FIR"), "不予立案", new { note = "违法行为轻微" });
    }
}
