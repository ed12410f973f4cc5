using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>What happens at the door, in the house, and on the same day.</summary>
public sealed partial class EsportsHotelTests
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
}
