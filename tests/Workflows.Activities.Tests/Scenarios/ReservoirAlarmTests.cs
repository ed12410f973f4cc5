using Workflows.Engine.Definitions;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Tests;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>告警处置 of 水库 (scenarios.md 2): a person looks first, the nearest team goes, the minutes are counted, and what it may do on the spot is bounded.</summary>
public sealed class ReservoirAlarmTests
{
    // 皎口水库: 600 m from the boats of W-1, 10 km from those of W-2; 九龙湖 has minutes of its own.
    private static readonly (double North, double East) s_jiaokou = (29.867, 121.285);

    [Fact]
    public async Task An_angler_is_met_by_the_nearest_boat_and_fined_on_the_spot()
    {
        var run = await StartAsync("RS-04");
        await run.UntilAsync(After(2));
        await run.DoAsync("lead.confirm", Dispatcher, "属实", new { channel = "水", zone = "一级保护区", note = "画面中有人垂钓" });
        Assert.Equal(("W-1", "WAT"), (run.TheLead.Team!.Code, run.TheLead.Team.Department));
        Assert.InRange(run.TheLead.Team.Metres!.Value, 400, 800);
        await run.UntilAsync(After(2.5));
        await run.DoAsync("lead.step", People.Officer("WAT"), "完成");
        // The boats have fifteen minutes; at twenty it is counted and goes on.
        await run.UntilAsync(After(20));
        await run.DoAsync("lead.step", People.Officer("WAT"), "完成");
        await run.DoAsync("lead.settle", People.Officer("WAT"), "当场处罚", new { person = new { name = "样例钓客" }, fine = 200, secondOfficer = "WAT2", evidenceIds = new[] { "E1" }, note = "承认垂钓，当场收竿离开" });
        Assert.Empty(run.State.Incidents);
        Assert.Equal((LeadState.Closed, "当场处罚", ResponseClass.Enforcement), (run.TheLead.State, run.TheLead.Closing!.Outcome, run.TheLead.Closing.Class));
        Assert.Equal(
            [
                "12-01 09:00 LeadStart", "12-01 09:00 IsFlood 否", "12-01 09:00 IsUrgent 否", "12-01 09:00 ConfirmStart 计时+督办+办理",
                "12-01 09:02 ConfirmAlarm 属实", "12-01 09:02 SendNearest 已派出", "12-01 09:02 Contact 完成", "12-01 09:17 ArriveLate",
                "12-01 09:20 Arrive 完成", "12-01 09:20 SettleStart 计时+督办+办理", "12-01 09:20 SettleLead 当场处罚", "12-01 09:20 EndPunished",
            ],
            run.Completed().Where(line => !line.Contains("Limit", StringComparison.Ordinal) && !line.Contains("Ladder", StringComparison.Ordinal) && !line.EndsWith(" Workflow1", StringComparison.Ordinal) && !line.EndsWith(" LeadFlow", StringComparison.Ordinal)));
        Assert.Contains(run.TheLead.Steps, step => step is { Act: "到达现场", Text: "超时" });
        Assert.Empty(run.All<Supervision.Escalation.WarningCard>());
    }

    [Theory]
    [InlineData("水", "W-1")]
    [InlineData("陆", "L-1")]
    [InlineData("空", "A-1")]
    public async Task The_nearest_team_is_that_of_the_way_that_was_chosen(string channel, string team)
    {
        var run = await ConfirmedAsync("RS-04", channel);
        Assert.Equal(team, run.TheLead.Team!.Code);
    }

    [Theory]
    [InlineData("330203106", 29.867, 121.285, 17)]
    [InlineData("330211101", 30.05, 121.56, 7)]
    public async Task Minutes_to_arrival_are_data_of_the_area(string area, double north, double east, int late)
    {
        var run = await StartAsync("RS-04", area, north, east);
        await run.UntilAsync(After(2));
        await run.DoAsync("lead.confirm", Dispatcher, "属实", new { channel = "水", zone = "一级保护区" });
        await run.DoAsync("lead.step", People.Officer(run.TheLead.Team!.Department), "完成");
        await run.UntilAsync(After(60));
        Assert.Contains(run.Completed(), line => line == $"12-01 09:{late:00} ArriveLate");
    }

    [Fact]
    public async Task More_than_the_simple_procedure_allows_goes_the_ordinary_way_as_a_case_of_an_ad_hoc_target()
    {
        var run = await OnSpotAsync("RS-04");
        await SettleAsync(run, "转案件", null);
        var matter = Assert.Single(run.All<Case>());
        Assert.Equal((TriggerKind.VideoAI, "样例钓客"), (matter.Trigger, matter.Target.Name));
        // The lead of the scenario and the departments of the item, nobody else.
        Assert.Equal(["CLE", "ECO", "WAT"], matter.Departments.Select(d => d.Code).Order());
        Assert.True(run.All<TargetRecord>().Single(t => t.Id == matter.TargetId).Target.IsAdHoc);
        Assert.Equal(("案件办理中", matter.Id), (run.TheLead.Wait!.Name, run.TheLead.CaseId));
        // 1 December and 90 days.
        Assert.Equal(new DateOnly(2027, 3, 1), ShanghaiTime.DateOf(run.TheLead.Wait.DueAt.AddTicks(-1)));
    }

    [Theory]
    [InlineData("RS-04", 201, "WAT2", "ordinary-procedure")]
    [InlineData("RS-03", 100, "WAT2", "ordinary-procedure")]
    [InlineData("RS-04", 200, "WAT1", "two-officers")]
    [InlineData("RS-04", 200, "ECO2", "two-officers")]
    [InlineData("RS-18", 100, "WAT2", "penalty-clause")]
    [InlineData("RS-99", 100, "WAT2", "item-unknown")]
    public async Task A_decision_on_the_spot_is_refused_where_the_simple_procedure_does_not_allow_it(string item, int fine, string second, string code)
    {
        var run = await OnSpotAsync("RS-04");
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync(
            "lead.settle", People.Officer("WAT"), "当场处罚", new { itemCode = item, person = new { name = "样例钓客" }, fine, secondOfficer = second, evidenceIds = new[] { "E1" }, note = "现场处理" }));
        Assert.Equal(code, refused.Code);
    }

    [Theory]
    [InlineData("WAT1", "certificate-invalid")]
    [InlineData("WAT2", "certificate-invalid")]
    [InlineData("WAT1 related", "officer-recused")]
    [InlineData("WAT2 related", "officer-recused")]
    [InlineData("nobody", "field-missing")]
    [InlineData("unreviewed", "monitoring-unreviewed")]
    [InlineData("", null)]
    public async Task A_fine_on_the_spot_needs_two_certified_officers_without_relation_a_name_and_usable_evidence(string fault, string? code)
    {
        var run = await OnSpotAsync("RS-04");
        run.Session.Save(run.TheLead with { TargetId = "91330203MA00000001" });
        if (fault.StartsWith("WAT", StringComparison.Ordinal))
        {
            var record = run.All<OfficerRecord>().Single(o => o.Id == fault[..4]);
            run.Session.Save(record with
            {
                Officer = fault.Length > 4 ? record.Officer with { DeclaredRelations = ["91330203MA00000001"] } : record.Officer with { CertificateValidTo = new DateOnly(2026, 11, 30) },
            });
        }

        run.Session.Save(new Evidence
        {
            Id = "E1", CaseKey = "x", Created = run.Session.CauseNow(), Ordinal = 1, Kind = "视频", Title = "现场", TakenAt = run.Session.Now, Sha256 = new string('0', 64), MediaType = "video/mp4",
            Origin = fault == "unreviewed" ? EvidenceOrigin.Monitoring : EvidenceOrigin.Taken,
        });
        var settle = () => run.DoAsync("lead.settle", People.Officer("WAT"), "当场处罚", new
        {
            person = new { name = fault == "nobody" ? " " : "样例钓客" }, fine = 100, secondOfficer = "WAT2", evidenceIds = new[] { "E1" }, note = "承认垂钓",
        });
        if (code is null)
        {
            await settle();
            Assert.Equal("当场处罚", run.TheLead.Closing!.Outcome);
            return;
        }

        Assert.Equal(code, (await Assert.ThrowsAsync<RuleViolationException>(settle)).Code);
    }

    [Fact]
    public async Task Nobody_is_taken_for_a_party_without_evidence_and_who_is_gone_leaves_a_picture()
    {
        var unknown = await OnSpotAsync("RS-04");
        Assert.Equal("evidence-missing", (await Assert.ThrowsAsync<RuleViolationException>(
            () => unknown.DoAsync("lead.settle", People.Officer("WAT"), "转案件", new { note = "无证据" }))).Code);
        var run = await OnSpotAsync("RS-04");
        await run.DoAsync("lead.settle", People.Officer("WAT"), "未查获", new { note = "到场时已离开" });
        Assert.Equal(("未查获", "cam/1.jpg"), (run.TheLead.Closing!.Outcome, run.TheLead.Sensing!.Snapshot));

        var patrol = await OnSpotAsync("RS-04", picture: false);
        Assert.Equal("evidence-missing", (await Assert.ThrowsAsync<RuleViolationException>(
            () => patrol.DoAsync("lead.settle", People.Officer("WAT"), "未查获", new { note = "到场时已离开" }))).Code);
    }

    [Theory]
    [InlineData(10, "水污染防治法", "第九十一条")]
    [InlineData(20, "生态环境法典", "第一千一百四十五条")]
    public async Task The_same_act_rests_on_the_law_of_its_day(int day, string law, string article)
    {
        var run = Run();
        run.Session.Now = ShanghaiTime.At(new DateOnly(2026, 8, day), new TimeOnly(9, 0));
        await run.StartLeadAsync(Alarm("RS-04", occurredAt: run.Session.Now), "WAT");
        await ArriveAsync(run);
        await SettleAsync(run, "当场处罚", 100);
        var cited = Assert.Single(run.TheLead.Settlement!.Penalises).Text;
        Assert.Contains(law, cited, StringComparison.Ordinal);
        Assert.Contains(article, cited, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RS-03", "一级保护区", null)]
    [InlineData("RS-03", "二级保护区", "zone2")]
    [InlineData("RS-11", "大坝管理范围", null)]
    [InlineData("RS-11", "大坝保护范围", "protection")]
    [InlineData("RS-05", "准保护区", "quasi")]
    public async Task The_zone_tells_severity_and_basis(string item, string zone, string? variant)
    {
        var run = await OnSpotAsync(item, zone: zone);
        await SettleAsync(run, "转案件", null);
        var expected = run.Scenario.Item(item)!.As(variant)!;
        var settled = run.TheLead.Settlement!;
        Assert.Equal((variant, expected.Severity), (settled.VariantCode, settled.Severity));
        Assert.Equal(expected.Penalises, settled.Penalises.Select(c => c.Code));
    }

    [Fact]
    public async Task An_item_of_one_zone_does_not_hold_in_another()
    {
        var run = await OnSpotAsync("RS-04", zone: "二级保护区");
        Assert.Equal("item-not-in-zone", (await Assert.ThrowsAsync<RuleViolationException>(() => SettleAsync(run, "劝离教育", null))).Code);
    }

    [Fact]
    public async Task A_level_above_the_flood_limit_climbs_in_minutes_to_the_flood_headquarters()
    {
        var run = await StartAsync("RS-18");
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "department:WAT/role:department-head", Kind: "电话通知" });
        await run.UntilAsync(After(130));
        Assert.Equal(
            ["12-01 09:30 FloodLimit 超期未办", "12-01 09:30 FloodLate", "12-01 11:00 FloodLadder 阶梯结束", "12-01 11:00 FloodHeadquarters"],
            run.Completed().Where(line => line.Contains("Flood", StringComparison.Ordinal) && !line.Contains("09:00", StringComparison.Ordinal)));
        Assert.Equal(
            ["09:30 催办", "10:00 督办单", "11:00 会商"],
            run.TheLead.Steps.Where(s => s.Act == "水位督办阶梯").Select(s => $"{s.At.ToOffset(ShanghaiTime.Offset):HH:mm} {s.Text}"));
        Assert.Contains(run.Session.Outbox, m => m is { Recipient: "department:EMR", Kind: "会商" });
        await run.DoAsync("lead.step", People.Officer("WAT"), "完成");
        Assert.Equal("已降至汛限水位以下", run.TheLead.Closing!.Outcome);
    }

    [Fact]
    public async Task What_is_grave_skips_the_reminders()
    {
        var run = await StartAsync("RS-01");
        Assert.Equal(["电话通知", "督办"], run.Session.Outbox.Where(m => m.Channel == "notice").Select(m => m.Kind));
        Assert.DoesNotContain((await StartAsync("RS-06")).Session.Outbox, m => m.Channel == "notice");
    }

    [Fact]
    public async Task A_false_alarm_sends_nobody_and_an_unanswered_one_is_urged_after_ten_minutes()
    {
        var run = await StartAsync("RS-04");
        await run.UntilAsync(After(21));
        Assert.Equal(["09:10 催办", "09:20 督办单"], run.TheLead.Steps.Where(s => s.Act == "复核督办阶梯").Select(s => $"{s.At.ToOffset(ShanghaiTime.Offset):HH:mm} {s.Text}"));
        await run.DoAsync("lead.confirm", Dispatcher, "误报", new { note = "水鸟" });
        Assert.Null(run.TheLead.Team);
        Assert.Equal("误报", run.TheLead.Closing!.Outcome);
    }

    [Fact]
    public void Its_diagram_is_clean_and_no_card_may_stand_in_it()
    {
        var registry = new Engine.Activities.ActivityRegistry().RegisterFrom(typeof(Activities.Work.HumanStep).Assembly);
        Assert.Empty(DefinitionValidator.Validate(CaseRun.LeadDefinition("reservoir"), registry));
        var text = RepositoryFiles.Read("workflow-definitions/reservoir/lead.json");
        var carded = DefinitionValidator.Validate(WorkflowDefinition.Parse(text.Replace("+60 分钟 督办单", "+60 分钟 黄牌", StringComparison.Ordinal)), registry);
        Assert.Contains(carded, p => p is { ActivityId: "SettleLadder", Code: "invalid-rung" });
        var served = DefinitionValidator.Validate(WorkflowDefinition.Parse(text.Replace("\"Now\"", "\"Served\"", StringComparison.Ordinal)), registry);
        Assert.Contains(served, p => p is { ActivityId: "SettleLimit", Property: "startsFrom" });
    }

    private static Actor Dispatcher => People.With(Role.Dispatcher, "CMD");

    private static DateTimeOffset After(double minutes) => ShanghaiTime.At(new DateOnly(2026, 12, 1), new TimeOnly(9, 0)).AddMinutes(minutes);

    private static CaseRun Run() => new(CaseRun.LeadDefinition("reservoir"), "reservoir") { Tags = ["饮用水水源水库"] };

    private static NewLead Alarm(string matter, string area = "330203106", double? north = null, double? east = null, DateTimeOffset? occurredAt = null, bool picture = true) => new()
    {
        Trigger = TriggerKind.VideoAI, Source = "样例视频平台", Area = area, Latitude = north ?? s_jiaokou.North, Longitude = east ?? s_jiaokou.East, MatterCode = matter, Text = "识别到人员",
        OccurredAt = occurredAt, Sensing = new LeadSensing("cam-1", 0.91, picture ? "cam/1.jpg" : null),
    };

    private static async Task<CaseRun> StartAsync(string matter, string area = "330203106", double? north = null, double? east = null, bool picture = true) =>
        await Run().StartLeadAsync(Alarm(matter, area, north, east, picture: picture), "WAT");

    private static async Task<CaseRun> ConfirmedAsync(string matter, string channel)
    {
        var run = await StartAsync(matter);
        await run.DoAsync("lead.confirm", Dispatcher, "属实", new { channel });
        return run;
    }

    private static async Task<CaseRun> OnSpotAsync(string matter, string zone = "一级保护区", bool picture = true) => await ArriveAsync(await StartAsync(matter, picture: picture), zone);

    private static async Task<CaseRun> ArriveAsync(CaseRun run, string zone = "一级保护区")
    {
        await run.DoAsync("lead.confirm", Dispatcher, "属实", new { channel = "水", zone });
        await run.DoAsync("lead.step", People.Officer("WAT"), "完成");
        await run.DoAsync("lead.step", People.Officer("WAT"), "完成");
        return run;
    }

    private static Task SettleAsync(CaseRun run, string outcome, int? fine, string second = "WAT2") => run.DoAsync(
        "lead.settle", People.Officer("WAT"), outcome, new { person = new { name = "样例钓客" }, fine, secondOfficer = second, evidenceIds = new[] { "E1" }, note = "现场处理完毕" });
}
