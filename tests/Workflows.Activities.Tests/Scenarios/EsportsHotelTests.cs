using System.Reflection;
using Workflows.Activities.Work;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;
using Xunit.Abstractions;

namespace Workflows.Activities.Tests.Scenarios;

public sealed class EsportsHotelTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_visit_without_findings_is_told_published_and_closed()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([]);
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-01 09:00 ClassifyFindings 未发现问题", "12-01 09:00 IssueNoProblemResult", "12-01 09:00 CloseCase", "12-01 09:00 ReviewPublication 已公示", "12-01 09:00 End");
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Equal(["inspection-approval", "inspection-notice", "inspection-record", "inspection-result", "publication-table"], run.All<OfficialDocument>().Select(d => d.Form));
        Assert.Equal("未发现问题", Assert.Single(run.All<PublicationEntry>()).Result);
    }

    [Fact]
    public async Task Breaches_fixed_on_the_spot_end_the_same_day_with_leniency_only_where_the_clause_allows_it()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], People.Breach(run, "EH-06", true), People.Breach(run, "EH-14", true), People.Breach(run, "EH-23", true));
        await run.DoAsync("finding.education", People.Officer("CUL"), null, new { education = "已告知禁烟标志设置要求" });
        var findings = run.All<Finding>().Where(f => f.ItemCode != "EH-23").Select(f => f.Id).ToArray();
        await run.DoAsync("leniency.propose", People.Officer("CUL"), null, new { caseId = run.CaseId, kind = "首违不罚", findingIds = findings, harm = "轻微", education = "已讲解未成年人保护规定", promiseSigned = true });
        await run.DoAsync("leniency.review", People.With(Role.LegalReviewer, "CUL"), "审核通过", new { note = "符合条件" });
        await run.DoAsync("leniency.decide", People.Head("CUL"), "不予处罚", new { note = "同意" });
        await run.DoAsync("document.serve", People.Officer("CUL"), "已送达", People.Served(run, "CUL"));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-01 09:00 ClassifyFindings 当场改正+首违轻微", "12-01 09:00 RecordEducation 已教育", "12-01 09:00 DecideLeniency 不予处罚", "12-01 09:00 IssueLeniency", "12-01 09:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Equal(["EH-06", "EH-14"], run.All<Finding>().Where(f => f.Disposition == Disposition.Lenient).Select(f => f.ItemCode).Order());
        Assert.Equal(Disposition.FixedOnSpot, run.All<Finding>().Single(f => f.ItemCode == "EH-23").Disposition);
        Assert.Single(run.All<OfficialDocument>(), d => d.Form == "leniency-decision");
    }

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
    public async Task Nobody_there_twice_is_published_as_not_to_be_reached()
    {
        var run = await new CaseRun().StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("CUL"), "找不到对象", new { notFound = new { note = "大门紧闭", evidenceIds = new[] { "E1" } } });
        await run.UntilAsync(12, 3);
        await run.DoAsync("visit.second", People.Officer("CUL"), "仍未找到", new { notFound = new { note = "仍无人", evidenceIds = new[] { "E2" }, gridConfirmation = "网格员核实已搬离" } });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Happened(run, "12-01 09:00 ArriveOnSite 找不到对象", "12-03 10:00 SecondVisit 仍未找到", "12-03 10:00 IssueNotFoundCertificate", "12-03 10:00 TellRegistrar", "12-03 10:00 CloseCase");
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Equal("通过登记的住所（经营场所）无法联系", Assert.Single(run.All<PublicationEntry>()).Result);
        Assert.Contains(run.All<Notice>(), n => n.Recipient == "department:MKT" && n.Created.ActivityId == "TellRegistrar");
    }

    [Fact]
    public async Task A_failed_fire_check_brings_a_stop_measure_beside_the_order()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], People.Breach(run, "EH-03"), People.Breach(run, "EH-20"));
        await run.DoAsync("measure.take", People.Officer("FIR"), null);
        await run.UntilAsync(12, 2, 8);
        await run.DoAsync("measure.approve", People.Head("FIR"), "批准", new { note = "存在危险" });
        Happened(run, "12-01 09:00 ClassifyFindings 责令改正+立即措施+立案", "12-01 09:00 TakeStopMeasure 已采取", "12-02 08:00 ApproveStopMeasure 批准", "12-02 08:00 MeasureLimit 按期办结");
        Assert.Equal("order.prepare", run.Task("order.prepare").Kind);
        Assert.NotNull(Assert.Single(run.All<StopMeasure>()).Approval);
    }

    [Fact]
    public async Task A_stop_measure_that_nobody_approves_within_24_hours_is_lifted()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], People.Breach(run, "EH-03"));
        await run.DoAsync("measure.take", People.Officer("FIR"), null);
        await run.UntilAsync(12, 2, 9);
        Happened(run, "12-02 09:00 MeasureLimit 超期未办", "12-02 09:00 LiftUnapproved");
        Assert.NotNull(Assert.Single(run.All<StopMeasure>()).Lifted);
        Assert.DoesNotContain(run.Tasks(), t => t.Kind == "measure.approve");
    }

    [Fact]
    public async Task A_relative_of_the_owner_is_replaced_by_the_next_in_the_draw()
    {
        var run = await new CaseRun().StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL", 2), "申请回避", new { officerId = "CUL2", department = "CUL", reason = "与经营者系表亲" });
        await run.DoAsync("team.recusal-decision", People.Head("CUL"), "准予回避", new { note = "应当回避" });
        Assert.Contains(run.All<InspectionTeam>()[^1].Members, m => m.OfficerId == "CUL3");
        Assert.DoesNotContain(run.All<InspectionTeam>()[^1].Members, m => m.OfficerId == "CUL2");
    }

    [Fact]
    public async Task An_absent_department_gets_a_card_and_the_visit_stands()
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync(["HEA"]);
        Happened(run, "12-01 09:00 RouteArrival 已到场+部门缺席", "12-01 09:00 AbsenceCard", "12-01 09:00 IssueAbsenceCard", "12-01 09:00 RecordVisit 已记录");
        Assert.Equal("HEA", Assert.Single(run.All<WarningCard>()).Department);
    }

    [Fact]
    public async Task A_refused_check_is_filed()
    {
        var run = await new CaseRun().StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("CUL"), "拒绝检查", People.Arrived(run) with
        {
            Refusal = new ReportRefusal("不配合", true, "V1", null, "锁门不让进入", "仍然拒绝", "样例人乙", "店长", "样例人丙"),
        });
        await run.DoAsync("filing.review", People.With(Role.LegalReviewer, "CUL"), "同意", new { note = "事实清楚" });
        Happened(run, "12-01 09:00 RouteArrival 拒绝检查", "12-01 09:00 IssueRefusalRecord", "12-01 09:00 ClassifyFindings 立案", "12-01 09:00 SeriousReviewFiling 同意");
        Assert.Equal("拒绝、阻碍行政检查", Assert.Single(run.All<Supervision.CaseFilings.CaseFiling>()).Reason);
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
            "12-19 00:00 督办单 department:HEA/role:department-head", "12-19 00:00 督办单 role:supervisor", "12-26 00:00 会商 department:CMD", "12-26 00:00 会商 department:GUI",
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
        await run.DoAsync("supervision.sign", People.With(Role.Supervisor, "CMD"), null);
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
    public async Task An_overdue_item_is_talked_over_gets_a_second_term_and_then_goes_to_a_case()
    {
        var run = await OrderedAsync("EH-20");
        await run.UntilAsync(12, 11);
        await run.DoAsync("reinspection.record", People.Officer("HEA"), null, Opinions(run, ("EH-20", "未改正")));
        var route = run.Completed().Last(l => l.Contains("RouteAfterRound", StringComparison.Ordinal));
        var clause = run.All<Finding>()[0];
        Assert.EndsWith(clause.NoSecondTerm ? "立案" : "约谈", route, StringComparison.Ordinal);
    }

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

    [Fact]
    public async Task The_stage_follows_the_case_from_the_door_to_publication()
    {
        var run = await new CaseRun().StartAsync();
        var stages = new List<string> { run.Case.Stage };
        async Task Then(string kind, Actor actor, string? outcome, object? data = null)
        {
            await run.DoAsync(kind, actor, outcome, data);
            stages.Add($"{kind} {run.Case.Stage}");
        }

        await Then("team.recusal-declaration", People.Officer("CUL"), "无需回避");
        await Then("visit.approve", People.Head("CUL"), "批准", new { note = "同意" });
        await Then("visit.arrive", People.Officer("CUL"), "已到场", People.Arrived(run));
        await Then("visit.record", People.Officer("CUL"), null, People.Record(run, [], People.Breach(run, "EH-18")));
        await Then("order.prepare", People.Officer("CUL"), null, new { });
        await Then("order.approve", People.Head("FIR"), "批准", new { note = "同意" });
        await Then("document.serve", People.Officer("FIR"), "已送达", People.Served(run, "FIR"));
        await run.UntilAsync(12, 16);
        stages.Add($"12-16 {run.Case.Stage}");
        await Then("reinspection.record", People.Officer("FIR"), null, Opinions(run, ("EH-18", "未改正")));
        await Then("filing.review", People.With(Role.LegalReviewer, "FIR"), "同意", new { note = "同意" });
        await Then("filing.decide", People.Head("FIR"), "准予立案", new { note = "同意" });
        await Then("filing.result", People.Officer("FIR"), null, new { number = "消案1号", outcome = "已处罚" });
        await Then("publication.review", People.With(Role.PublicationReviewer, "CUL"), "已公示");
        Assert.Equal(
            [
                "待检查", "team.recusal-declaration 待检查", "visit.approve 待检查", "visit.arrive 检查中", "visit.record 处置中", "order.prepare 处置中", "order.approve 处置中",
                "document.serve 整改中", "12-16 复查", "reinspection.record 立案审批", "filing.review 立案审批", "filing.decide 案件办理中", "filing.result 待公示", "publication.review 办结",
            ],
            stages);
    }

    [Fact]
    public void Every_step_of_the_case_says_in_which_stage_it_is()
    {
        // Supervision of the handling unit runs beside the case and is no stage of it; the others are steps of the plan.
        string[] stageless = ["supervision.sign", "supervision.reply", "supervision.objection", "consultation.conclude", "plan.approve", "plan.public-value", "plan.confirm-draw", "plan.shortage"];
        var kinds = typeof(HumanStep).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(HumanStep)))
            .Select(t => (string)t.GetProperty("Kind", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(Activator.CreateInstance(t))!).ToList();
        Assert.InRange(kinds.Count, 30, 80);
        Assert.Equal(stageless.Order(StringComparer.Ordinal), kinds.Where(k => CaseStage.Of([k]) is null).Distinct().Order(StringComparer.Ordinal));
    }

    private static string[] Notices(CaseRun run, string activityId) => [.. run.All<Notice>().Where(n => n.Created.ActivityId == activityId)
        .Select(n => $"{n.Created.At.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm} {n.Kind} {n.Recipient}")];

    private void Happened(CaseRun run, params string[] expected)
    {
        Show(run);
        Assert.Empty(run.State.Incidents);
        var lines = run.Completed().ToList();
        var at = 0;
        foreach (var line in expected)
        {
            var found = lines.IndexOf(line, at);
            Assert.True(found >= 0, $"“{line}” did not happen (in this order)");
            at = found;
        }
    }

    private static async Task<CaseRun> OrderedAsync(params string[] codes)
    {
        var run = await new CaseRun().StartAsync();
        await run.VisitAsync([], [.. codes.Select(c => People.Breach(run, c))]);
        await run.DoAsync("order.prepare", People.Officer("CUL"), null, new { });
        foreach (var department in run.All<RectificationOrder>().Select(o => o.Department!).ToList())
        {
            await run.DoAsync("order.approve", People.Head(department), "批准", new { note = "同意" }, department);
            await run.DoAsync("document.serve", People.Officer(department), "已送达", People.Served(run, department), department);
        }

        return run;
    }

    private static object Opinions(CaseRun run, params (string Item, string Opinion)[] opinions)
    {
        var items = run.All<RectificationOrder>().SelectMany(o => o.Items.Where(i => i.IsOpen).Select(i => (Order: o, Item: i))).ToList();
        return new
        {
            caseId = run.CaseId,
            method = "现场",
            officers = items.Select(i => i.Order.Department!).Distinct().SelectMany(d => new[] { People.Signature(run, d, 1), People.Signature(run, d, 2) }),
            opinions = opinions.Select(o => (Opinion: o, At: items.First(i => i.Item.ItemCode == o.Item)))
                .Select(x => new { orderId = x.At.Order.Id, ordinal = x.At.Item.Ordinal, found = "现场查看", opinion = x.Opinion.Opinion, evidenceIds = new[] { "E3" } }),
            partyView = "无异议",
        };
    }

    private void Show(CaseRun run)
    {
        foreach (var line in run.Completed())
        {
            output.WriteLine(line);
        }

        foreach (var document in run.All<OfficialDocument>())
        {
            output.WriteLine($"{document.Number} {document.Title}");
        }

        foreach (var incident in run.State.Incidents)
        {
            output.WriteLine($"INCIDENT {incident.ActivityId}: {incident.Message}");
        }

        output.WriteLine($"{run.State.Status}/{run.State.SubStatus} tasks: {string.Join(", ", run.Tasks().Select(t => $"{t.Kind}/{t.Department}"))}");
    }
}
