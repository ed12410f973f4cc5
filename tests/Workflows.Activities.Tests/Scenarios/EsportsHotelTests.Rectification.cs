using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Orders, their limits, both ladders, proof, extension, re-inspection and filing.</summary>
public sealed partial class EsportsHotelTests
{
    [Fact]
    public async Task Two_deadlines_pass_in_parts()
    {
        var run = await OrderedAsync("EH-20", "EH-21");
        Assert.Equal([new DateOnly(2026, 12, 10), new DateOnly(2026, 12, 22)], Assert.Single(run.All<RectificationOrder>()).Items.Select(i => i.Due!.Value));
        await run.UntilAsync(12, 15);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "已改正")));
        await run.UntilAsync(12, 28);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-21", "已改正")));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-11 00:00 RectificationLimit 逾期未改正", "12-15 10:00 Reinspection 全部改正", "12-15 10:00 RouteAfterRound 继续整改",
            "12-23 00:00 RectificationLimit 逾期未改正", "12-28 10:00 Reinspection 全部改正", "12-28 10:00 RouteAfterRound 整改完成", "12-28 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Equal(2, run.All<OfficialDocument>().Count(d => d.Form == "reinspection-opinion"));
    }

    [Fact]
    public async Task A_minor_in_a_gaming_room_is_filed_at_once()
    {
        var run = await new CaseRun().StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("CUL"), "已到场", People.Arrived(run));
        await run.DoAsync("visit.record", People.Officer("CUL"), null, People.Record(run, [], People.Breach(run, "EH-05")) with { Minor = new MinorProtectionNotice(run.Session.Now, run.Session.Now, ["E9"]) });
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "CUL"), "同意", new { note = "事实清楚" });
        await run.DoAsync("filing.decide", People.Head("CUL"), "准予立案", new { note = "立案" });
        Happened(run, "12-01 09:00 ClassifyFindings 责令改正+立即措施+立案", "12-01 09:00 SeriousApproveFiling 准予立案", "12-01 09:00 SeriousIssueFiling");
        Assert.Empty(run.All<Supervision.Leniency.LeniencyDecision>());
        Assert.Equal("filing.result", run.Task("filing.result").Kind);
        // 2026-12-01 + 90 calendar days = 2027-03-01, a Monday: the organ's own limit.
        Assert.Equal(ShanghaiTime.PassedAt(new DateOnly(2027, 3, 1)), run.Task("filing.result").DueAt);
    }

    [Fact]
    public async Task What_was_filed_at_once_is_not_filed_again_when_its_order_is_overdue()
    {
        var run = await new CaseRun().StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("CUL"), "已到场", People.Arrived(run));
        await run.DoAsync("visit.record", People.Officer("CUL"), null, People.Record(run, [], People.Breach(run, "EH-05")) with { Minor = new MinorProtectionNotice(run.Session.Now, run.Session.Now, ["E9"]) });
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "CUL"), "同意", new { note = "事实清楚" });
        await run.DoAsync("filing.decide", People.Head("CUL"), "准予立案", new { note = "立案" });
        await run.DoAsync("order.prepare", People.Officer("CUL"), null, new { });
        await run.DoAsync("order.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await run.DoAsync("document.serve", People.Officer("CUL"), "已送达", People.Served(run, "CUL"));
        await run.UntilAsync(12, 2);
        await run.DoAsync("reinspection.record", People.Officer("CUL"), null, Opinions(run, ("EH-05", "未改正")));
        Happened(run, "12-02 10:00 Reinspection 未改正", "12-02 10:00 RouteAfterRound 整改完成");
        Assert.Single(run.All<Supervision.CaseFilings.CaseFiling>());
        Assert.Equal(OrderState.Filed, Assert.Single(run.All<RectificationOrder>()).State);
    }

    [Fact]
    public async Task Nothing_done_by_anybody_climbs_both_ladders()
    {
        var run = await OrderedAsync("EH-20");
        await run.UntilAsync(12, 28);

        // 7 working days from the service on Tue 12-01 end on Thu 12-10; the re-inspection is due on R+3 = Tue 12-15 (T).
        Happened(run, "12-11 00:00 RectificationLimit 逾期未改正", "12-11 00:00 MarkOverdue", "12-16 00:00 ReinspectionLimit 超期未办",
            "12-17 00:00 ReinspectionIssueYellowCard", "12-19 00:00 ReinspectionIssueRedCard", "12-22 00:00 ReinspectionSupervisionSignLimit 超期未办", "12-26 00:00 ReinspectionLadder 阶梯结束");
        Assert.Equal(
            ["12-07 09:00 提示 party:91330203MA00000001", "12-09 09:00 提示 party:91330203MA00000001", "12-11 09:00 到期复查 department:HEA"], Notices(run, "PartyLadder"));
        Assert.Equal(
        [
            "12-14 09:00 提醒 department:HEA", "12-16 00:00 催办 department:HEA", "12-16 00:00 催办 department:HEA/role:department-head", "12-17 00:00 黄牌 department:HEA",
            "12-17 00:00 黄牌 department:HEA/role:department-head", "12-19 00:00 红牌 department:HEA/role:department-head", "12-19 00:00 红牌 role:leader",
            "12-19 00:00 督办单待签 role:supervisor", "12-26 00:00 会商 department:CMD", "12-26 00:00 会商 department:GUI",
        ],
        Notices(run, "ReinspectionLadder"));
        Assert.Equal([("Yellow", "HEA"), ("Red", "HEA")], run.All<WarningCard>().Select(c => (c.Colour.ToString(), c.Department!)));
        Assert.Equal(SupervisionOrderState.Draft, Assert.Single(run.All<SupervisionOrder>()).State);
        Assert.Equal("consultation.conclude", run.Task("consultation.conclude").Kind);
    }

    [Fact]
    public async Task A_supervision_order_is_signed_answered_and_the_late_unit_does_its_work()
    {
        var run = await OrderedAsync("EH-20");
        await run.UntilAsync(12, 21);
        // The order is a draft yet: the unit has heard of cards, of no order.
        Assert.DoesNotContain(run.All<Notice>(), n => n.Kind == "督办单");
        Assert.Equal("role:supervisor", Assert.Single(run.All<Notice>(), n => n.Kind == "督办单待签").Recipient);
        await run.DoAsync("supervision.sign", People.With(Role.Supervisor, "CMD"), null);
        Assert.Equal(["12-21 10:00 督办单 department:HEA/role:department-head"], Notices(run, "ReinspectionSignSupervisionOrder"));
        await run.UntilAsync(12, 22);
        await run.DoAsync("supervision.reply", People.Head("HEA"), "已回复", new { reply = new { result = "今日复查", reason = "人员不足" } });
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "未改正")));
        Happened(run, "12-21 10:00 ReinspectionSignSupervisionOrder 已签发", "12-21 10:00 ReinspectionIssueSupervisionOrder", "12-22 10:00 ReinspectionReplySupervisionOrder 已回复",
            "12-22 10:00 Reinspection 未改正", "12-22 10:00 ReinspectionLadder 已办结");
    }

    [Fact]
    public async Task An_extension_moves_the_limit_and_its_ladder()
    {
        var run = await OrderedAsync("EH-20");
        var order = Assert.Single(run.All<RectificationOrder>());
        await run.UntilAsync(12, 4);
        await run.DoAsync("party.extension", People.Party, null, new { orderId = order.Id, items = new[] { 1 }, length = 5, reason = "设备采购需要时间" });
        await run.DoAsync("extension.decide", People.Head("HEA"), "准予延期", new { note = "理由正当", length = 3 });
        await run.DoAsync("document.serve", People.Officer("HEA"), "已送达", People.Served(run, "HEA"));
        await run.UntilAsync(12, 18);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "已改正")));

        // Three working days more, counted from the old end on Thu 12-10, end on Tue 12-15.
        Happened(run, "12-04 10:00 DecideExtension 准予延期", "12-16 00:00 RectificationLimit 逾期未改正", "12-18 10:00 Reinspection 全部改正");
        Assert.DoesNotContain(run.Completed(), l => l.StartsWith("12-11 00:00", StringComparison.Ordinal));
        Assert.Equal("12-16 09:00 到期复查 department:HEA", Notices(run, "PartyLadder")[^1]);
    }

    [Fact]
    public async Task A_refused_extension_leaves_the_limit_where_it_was()
    {
        var run = await OrderedAsync("EH-20");
        var order = Assert.Single(run.All<RectificationOrder>());
        await run.UntilAsync(12, 4);
        await run.DoAsync("party.extension", People.Party, null, new { orderId = order.Id, items = new[] { 1 }, length = 5, reason = "设备采购需要时间" });
        await run.DoAsync("extension.decide", People.Head("HEA"), "不予延期", new { note = "理由不充分" });
        await run.UntilAsync(12, 12);
        Happened(run, "12-04 10:00 DecideExtension 不予延期", "12-04 10:00 IssueExtensionRefused", "12-11 00:00 RectificationLimit 逾期未改正");
    }

    [Fact]
    public async Task Proof_that_is_accepted_ends_the_round_before_its_limit()
    {
        var run = await OrderedAsync("EH-20");
        var order = Assert.Single(run.All<RectificationOrder>());
        await run.UntilAsync(12, 7);
        var evidence = await run.Get<PartyService>().KeepEvidenceAsync(run.CaseId, "照片", "消毒记录", new string('a', 64), 10, "image/jpeg");
        await run.DoAsync("party.proof", People.Party, null, new { orderId = order.Id, items = new[] { 1 }, description = "已添置消毒柜", evidenceIds = new[] { evidence.Id } });
        await run.DoAsync("proof.review", People.Officer("HEA"), "通过", new { note = "符合要求" });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-07 10:00 ReviewProof 全部认可", "12-07 10:00 RouteAfterRound 整改完成", "12-07 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.DoesNotContain(run.State.Bookmarks, b => b.DueAt is not null);
    }

    [Fact]
    public async Task Two_steps_that_are_late_at_once_get_a_card_each()
    {
        var run = await OrderedAsync("EH-20");
        var order = Assert.Single(run.All<RectificationOrder>());
        await run.UntilAsync(12, 10);
        var evidence = await run.Get<PartyService>().KeepEvidenceAsync(run.CaseId, "照片", "消毒记录", new string('a', 64), 10, "image/jpeg");
        await run.DoAsync("party.proof", People.Party, null, new { orderId = order.Id, items = new[] { 1 }, description = "已添置消毒柜", evidenceIds = new[] { evidence.Id } });
        await run.UntilAsync(12, 11);
        // The re-inspection after the end of the term is on the list since 9:00; that of the proof comes to it and is due at the same time.
        await run.DoAsync("proof.review", People.Officer("HEA"), "现场复查", new { note = "照片看不清" });
        var late = run.Tasks().Where(t => t.Kind == "reinspection.record").ToList();
        Assert.Equal([2, 1], [late.Count, late.Select(t => t.DueAt).Distinct().Count()]);
        await run.UntilAsync(12, 18);
        Assert.Empty(run.State.Incidents);
        Assert.Equal(late.Select(t => t.Id).Order(), run.All<WarningCard>().Where(c => c.Colour == CardColour.Yellow).Select(c => c.TaskId!).Order());
    }
}
