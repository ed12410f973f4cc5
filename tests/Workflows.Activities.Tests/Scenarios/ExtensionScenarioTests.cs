using Workflows.Activities.Documents;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Service;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>What makes the smaller scenarios their own (scenarios.md 3, 5, 6 and 7a): kinds of target, a party that is not there, clocks in hours.</summary>
public sealed class ExtensionScenarioTests
{
    [Fact]
    public async Task First_minor_breaches_of_a_meat_shop_that_are_put_right_at_once_end_the_same_day_without_a_penalty()
    {
        var run = await new CaseRun(scenario: "braised-meat") { Tags = ["食品小作坊"] }.StartAsync();
        await run.VisitAsync([], People.Breach(run, "BM-02", true), People.Breach(run, "BM-13", true));
        await run.DoAsync("sample.take", People.Officer("MKT"), "不抽样");
        // BM-02 is on the list of leniency; BM-13 is of the kind that is punished only where it is not put right.
        await run.DoAsync("finding.education", People.Officer("MKT"), null, new { education = "已讲解标签标识要求" });
        var finding = run.All<Finding>().Single(f => f.ItemCode == "BM-02").Id;
        await run.DoAsync("leniency.propose", People.Officer("MKT"), null, new { caseId = run.CaseId, kind = "首违不罚", findingIds = new[] { finding }, harm = "轻微", education = "已讲解公示要求", promiseSigned = true });
        await run.DoAsync("leniency.review", People.With(Role.LegalReviewer, "MKT"), "审核通过", new { note = "符合条件" });
        await run.DoAsync("leniency.decide", People.Head("MKT"), "不予处罚", new { note = "同意" });
        await run.DoAsync("document.serve", People.Officer("MKT"), "已送达", People.Served(run, "MKT"));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "MKT"), "已公示");
        Assert.Empty(run.State.Incidents);
        Assert.Equal((CaseState.Closed, new DateOnly(2026, 12, 1)), (run.Case.State, ShanghaiTime.DateOf(run.Case.ClosedAt!.Value)));
        Assert.Equal([("BM-02", Disposition.Lenient), ("BM-13", Disposition.FixedOnSpot)], run.All<Finding>().OrderBy(f => f.ItemCode, StringComparer.Ordinal).Select(f => (f.ItemCode, f.Disposition)));
        Assert.Empty(run.All<Supervision.CaseFilings.CaseFiling>());
        Assert.Empty(run.All<RectificationOrder>());
        // Nothing is taken from the score of who was let off and put it right.
        Assert.Equal(100, Assert.Single(run.All<Supervision.Scoring.SupervisionScore>()).Points);
    }

    [Theory]
    [InlineData(ServiceMethod.Electronic)]
    [InlineData(ServiceMethod.LeaveAtResidence)]
    public async Task A_stall_without_a_fixed_place_is_served_at_the_domicile_or_electronically(ServiceMethod method)
    {
        var run = await OrderedAsync("braised-meat", "食品摊贩", "BM-05", "MKT");
        var details = method == ServiceMethod.Electronic
            ? new ServiceDetails { ConsentDocumentId = "DZ-1", ElectronicAddress = "yangli@example.cn", ArrivedAt = ShanghaiTime.At(new DateOnly(2026, 12, 3), new TimeOnly(9, 30)) }
            : new ServiceDetails { RefusalReason = "本人拒绝签收", ReceivedAt = ShanghaiTime.At(new DateOnly(2026, 12, 3), new TimeOnly(18, 0)), Place = "户籍地：样例村1号", VideoNumber = "SP-1" };
        await run.UntilAsync(12, 3, 20);
        await run.DoAsync("document.serve", People.Officer("MKT"), "已送达", new ServiceReport(method, details, ["MKT1", "MKT2"]));
        Assert.Equal((method, new DateOnly(2026, 12, 3)), (run.All<ProofOfService>()[^1].Method, run.All<ProofOfService>()[^1].ServedOn));
        // Five working days from Thu 12-03 end on Thu 12-10.
        Assert.Equal(new DateOnly(2026, 12, 10), Assert.Single(Assert.Single(run.All<RectificationOrder>()).Items).Due);
        Assert.Contains(run.All<OfficialDocument>(), d => d.Form == "proof-of-service" && d.Html.Contains(method == ServiceMethod.Electronic ? "电子送达" : "留置送达", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_served_electronically_without_the_signed_confirmation_of_the_address()
    {
        var run = await OrderedAsync("unattended-car-wash", "独立站点", "CW-09", "MKT");
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("document.serve", People.Officer("MKT"), "已送达", new ServiceReport(
            ServiceMethod.Electronic, new ServiceDetails { ElectronicAddress = "station@example.cn", ArrivedAt = run.Session.Now }, ["MKT1", "MKT2"])));
        Assert.Contains("consentDocumentId", refused.Field, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_without_staff_is_checked_with_a_remote_party_and_served_by_email()
    {
        var run = await new CaseRun(scenario: "unattended-car-wash") { Tags = ["独立站点"] }.StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CLE"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CLE"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("CLE"), "已到场", People.Arrived(run));
        var record = People.Record(run, [], People.Breach(run, "CW-09"));
        // Nobody stands at the station: the operator follows by telephone and video, and what he says is written down for him.
        record = record with { Record = record.Record with { Party = new PartySignature { PersonName = "样例运营人", Capacity = "运营负责人（远程视频）", Statement = "通过视频确认，无异议", SignedAt = run.Session.Now } } };
        await run.DoAsync("visit.record", People.Officer("CLE"), null, record);
        await run.DoAsync("order.prepare", People.Officer("CLE"), null, new { });
        await run.DoAsync("order.approve", People.Head("MKT"), "批准", new { note = "同意" });
        await run.UntilAsync(12, 2, 9);
        await run.DoAsync("document.serve", People.Officer("MKT"), "已送达", new ServiceReport(
            ServiceMethod.Electronic, new ServiceDetails { ConsentDocumentId = "DZ-2", ElectronicAddress = "station@example.cn", ArrivedAt = ShanghaiTime.At(new DateOnly(2026, 12, 1), new TimeOnly(16, 0)) }, ["MKT1", "MKT2"]));
        // It is served when it reaches the party's system, not when the officer writes it down: five working days from Tue 12-01 end on Tue 12-08.
        Assert.Equal(new DateOnly(2026, 12, 8), Assert.Single(Assert.Single(run.All<RectificationOrder>()).Items).Due);
        await run.UntilAsync(12, 9);
        await run.DoAsync("reinspection.record", People.Officer("MKT"), null, Opinion(run, "MKT", "视频", "已改正"));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CLE"), "已公示");
        Assert.Empty(run.State.Incidents);
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Equal("视频", Assert.Single(run.All<Reinspection>()).Method);
    }

    [Theory]
    [InlineData("诊疗", true)]
    [InlineData("宠物用品及美容店", false)]
    public async Task An_item_of_clinics_is_asked_of_clinics_alone(string tag, bool asked)
    {
        var run = await new CaseRun(scenario: "pet-shop") { Tags = [tag] }.StartAsync();
        Assert.Equal(asked, run.Scenario.Item("PS-03")!.AppliesTo([tag]));
        var record = People.Record(run, []);
        var sections = record.Record.Sections.Select(s => s.Department != "AGR" ? s : s with
        {
            Items = asked ? [.. s.Items.Where(i => i.ItemCode != "PS-03")] : [.. s.Items.Where(i => i.ItemCode != "PS-03"), People.Breach(run, "PS-03")],
        }).ToList();
        await run.DoAsync("team.recusal-declaration", People.Officer("AGR"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("AGR"), "批准", new { note = "同意" });
        await run.DoAsync("visit.arrive", People.Officer("AGR"), "已到场", People.Arrived(run));
        // A clinic's record without the item is incomplete, and a shop is not blamed for what only a clinic must have.
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("visit.record", People.Officer("AGR"), null, record with { Record = record.Record with { Sections = sections } }));
        Assert.Equal(asked ? "item-missing" : "item-not-asked", refused.Code);
    }

    [Fact]
    public async Task A_night_market_has_hours_and_its_ladder_climbs_through_the_night()
    {
        var run = await new CaseRun(scenario: "trunk-market") { Tags = ["单次活动市集"] }.StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer("CLE"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CLE"), "批准", new { note = "同意" });
        // Friday evening: nothing waits for Monday.
        await run.UntilAsync(12, 4, 19);
        await run.DoAsync("visit.arrive", People.Officer("CLE"), "已到场", People.Arrived(run));
        await run.UntilAsync(12, 5, 3);
        Assert.Contains("12-04 23:00 RecordLimit 超期未办", run.Completed());
        Assert.Equal(
            ["12-04 22:30 提醒 department:CLE", "12-04 23:00 催办 department:CLE", "12-04 23:00 催办 department:CLE/role:department-head", "12-05 00:00 黄牌 department:CLE",
                "12-05 00:00 黄牌 department:CLE/role:department-head", "12-05 01:00 红牌 department:CLE/role:department-head", "12-05 01:00 红牌 role:leader"],
            run.All<Notice>().Where(n => n.Created.ActivityId == "RecordLadder").Select(n => $"{n.Created.At.ToOffset(ShanghaiTime.Offset):MM-dd HH:mm} {n.Kind} {n.Recipient}"));
        Assert.Equal([CardColour.Yellow, CardColour.Red], run.All<WarningCard>().Select(c => c.Colour));
    }

    [Fact]
    public async Task A_market_that_ends_in_the_middle_of_its_case_is_followed_to_the_end_and_gets_no_new_one()
    {
        // Three working days from the service on Tue 12-01 end on Fri 12-04; the market ends on Thu 12-03.
        var run = await OrderedAsync("trunk-market", "单次活动市集", "TM-06b", "CLE");
        EndsOn(run, new DateOnly(2026, 12, 3));
        await run.DoAsync("document.serve", People.Officer("CLE"), "已送达", People.Served(run, "CLE"));
        Assert.Equal(new DateOnly(2026, 12, 4), Assert.Single(Assert.Single(run.All<RectificationOrder>()).Items).Due);
        await run.UntilAsync(12, 7);
        // What it left behind is still its organiser's to take away.
        Assert.Contains("12-05 00:00 RectificationLimit 逾期未改正", run.Completed());
        await run.DoAsync("reinspection.record", People.Officer("CLE"), null, Opinion(run, "CLE", "现场", "已改正"));
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CLE"), "已公示");
        Assert.Empty(run.State.Incidents);
        Assert.Equal((CaseState.Closed, new DateOnly(2026, 12, 7)), (run.Case.State, ShanghaiTime.DateOf(run.Case.ClosedAt!.Value)));
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.Get<CaseService>().OpenAsync(new OpenCase
        {
            TargetId = run.Case.TargetId!, PackageVersionId = "v1", Trigger = TriggerKind.Report, RootInstanceId = "case-2", Departments = ["CLE"],
        }).AsTask());
        Assert.Equal("target-expired", refused.Code);
    }

    [Fact]
    public async Task A_market_that_is_over_before_anybody_came_ends_its_case_with_the_reason()
    {
        var run = await new CaseRun(scenario: "trunk-market") { Tags = ["单次活动市集"] }.StartAsync();
        EndsOn(run, new DateOnly(2026, 12, 3));
        await run.DoAsync("team.recusal-declaration", People.Officer("CLE"), "无需回避");
        await run.DoAsync("visit.approve", People.Head("CLE"), "批准", new { note = "同意" });
        await run.UntilAsync(12, 4, 10);
        await run.DoAsync("visit.arrive", People.Officer("CLE"), "登记已注销或迁出", new { goneReason = "市集已于2026年12月3日结束" });
        await run.DoAsync("visit.substitute-target", People.Head("CLE"), "不同意", new { note = "抽取时市集尚在举办，不属于递补情形" });
        await run.DoAsync("publication.review", People.With(Role.PublicationReviewer, "CLE"), "已公示");
        Assert.Equal(["12-04 10:00 ApproveTargetSubstitution 不同意", "12-04 10:00 RouteArrival 对象已灭失", "12-04 10:00 CloseCase"],
            run.Completed().Where(line => line.Contains("ApproveTargetSubstitution", StringComparison.Ordinal) || line.Contains("RouteArrival", StringComparison.Ordinal) || line.Contains(" CloseCase", StringComparison.Ordinal)));
        Assert.Equal(CaseState.Closed, run.Case.State);
        Assert.Empty(run.Tasks());
        Assert.Empty(run.State.Incidents);
        Assert.Equal("市集已于2026年12月3日结束", run.Case.GoneReason);
    }

    private static void EndsOn(CaseRun run, DateOnly day)
    {
        var known = run.All<Supervision.Rosters.TargetRecord>().Single(t => t.Id == run.Case.TargetId);
        run.Session.Save(known with { Target = known.Target with { ValidTo = day } });
    }

    private static async Task<CaseRun> OrderedAsync(string scenario, string tag, string item, string organ)
    {
        var run = await new CaseRun(scenario: scenario) { Tags = [tag] }.StartAsync();
        await run.VisitAsync([], People.Breach(run, item));
        if (run.Tasks().Any(t => t.Kind == "sample.take"))
        {
            await run.DoAsync("sample.take", People.Officer(run.Lead), "不抽样");
        }

        await run.DoAsync("order.prepare", People.Officer(run.Lead), null, new { });
        await run.DoAsync("order.approve", People.Head(organ), "批准", new { note = "同意" });
        return run;
    }

    private static object Opinion(CaseRun run, string organ, string method, string opinion) => new
    {
        caseId = run.CaseId,
        method,
        officers = new[] { People.Signature(run, organ, 1), People.Signature(run, organ, 2) },
        opinions = run.All<RectificationOrder>().SelectMany(o => o.Items.Select(i => new { orderId = o.Id, ordinal = i.Ordinal, found = "视频查看", opinion, evidenceIds = new[] { "E3" } })),
        partyView = "无异议",
    };
}
