using Workflows.Activities.Inspections;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Projects;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Scenarios;

/// <summary>Nobody enters a home without consent or lawful authority, and nobody who withholds consent is charged with obstruction (宪法 39; scenarios.md 4).</summary>
public sealed class HomeEntryTests
{
    private static readonly HomeEntry Outside = new(NoticeLeft: true);

    [Theory]
    [InlineData("nothing", "home-entry-missing", "arrival.homeEntry")]
    [InlineData("no notice", "home-notice-missing", "arrival.homeEntry.noticeLeft")]
    [InlineData("nobody named", "field-missing", "arrival.homeEntry.consent.person")]
    [InlineData("later", "consent-later", "arrival.homeEntry.consent.at")]
    public async Task An_arrival_at_a_home_says_how_it_was_entered(string said, string code, string field)
    {
        var run = await AtTheDoorAsync();
        HomeEntry? entry = said switch
        {
            "no notice" => new HomeEntry(),
            "nobody named" => new HomeEntry(new EntryConsent(" ", "业主", run.Session.Now)),
            "later" => new HomeEntry(new EntryConsent("样例业主", "业主", run.Session.Now.AddMinutes(1))),
            _ => null,
        };
        Assert.Equal((code, field), await RefusedAsync(run, "已到场", Entering(run, entry)));
    }

    [Fact]
    public async Task Withheld_consent_is_no_obstruction()
    {
        var run = await AtTheDoorAsync();
        Assert.Equal(("home-not-obstruction", "refusal.outsideHome"), await RefusedAsync(run, "拒绝检查", Refusing(run, outsideHome: false)));
    }

    [Fact]
    public async Task The_visit_goes_on_from_outside_where_consent_is_withheld()
    {
        var run = await AtTheDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer(run.Lead), "已到场", Entering(run, Outside));
        var visit = Assert.Single(run.All<Visit>());
        Assert.Equal(VisitState.Arrived, visit.State);
        Assert.False(visit.HomeEntry!.IsEntered);
        Assert.Empty(run.All<CaseFiling>());
    }

    [Fact]
    public async Task Obstruction_in_the_common_parts_is_filed_as_anywhere()
    {
        var run = await AtTheDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer(run.Lead), "拒绝检查", Refusing(run, outsideHome: true));
        Assert.Equal("拒绝、阻碍行政检查", Assert.Single(run.All<CaseFiling>()).Reason);
    }

    [Fact]
    public async Task What_lies_inside_is_not_found_in_order_from_outside()
    {
        var run = await AtTheDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer(run.Lead), "已到场", Entering(run, Outside));
        Assert.Equal("home-not-entered", (await Assert.ThrowsAsync<RuleViolationException>(() => RecordAsync(run))).Code);
    }

    [Fact]
    public async Task What_is_seen_from_outside_counts()
    {
        var run = await AtTheDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer(run.Lead), "已到场", Entering(run, Outside));
        await RecordAsync(run, [.. run.Scenario.Items.Where(i => i.InsideHome).Select(i => new ItemResult { ItemCode = i.Code, Answer = ItemAnswer.NotChecked, Facts = "未获同意，没有进入住宅" }), People.Breach(run, "HR-13")]);
        Assert.Equal("HR-13", Assert.Single(run.All<Finding>()).ItemCode);
        Assert.Contains("未获同意，没有进入；已留置告知书，从外部取证", Html(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_names_who_consented()
    {
        var run = await AtTheDoorAsync();
        await run.DoAsync("visit.arrive", People.Officer(run.Lead), "已到场", Entering(run, Consented(run)));
        await RecordAsync(run);
        Assert.Contains("经业主样例业主同意后进入（2026年12月1日）", Html(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HR-03")]
    [InlineData("HR-04")]
    [InlineData("HR-05")]
    [InlineData("HR-06")]
    [InlineData("HR-07")]
    [InlineData("HR-15")]
    public void The_walls_floors_and_pipes_of_a_flat_are_looked_at_inside(string item) =>
        Assert.True(new CaseRun(scenario: "home-renovation").Scenario.Item(item)!.InsideHome);

    [Fact]
    public async Task A_re_inspection_on_the_spot_asks_for_consent_too()
    {
        var run = await AtTheDoorAsync();
        var service = run.Get<ReinspectionService>();
        await run.DoAsync("visit.arrive", People.Officer(run.Lead), "已到场", Entering(run, Consented(run)));
        await RecordAsync(run, People.Breach(run, "HR-06"));
        await ServeAsync(run);
        run.Session.Actor = People.Officer(Orders(run).First().Department!);
        Assert.Equal("home-entry-missing", (await Assert.ThrowsAsync<RuleViolationException>(async () => await service.RecordAsync(Again(run, null)))).Code);
        Assert.Equal("home-not-entered", (await Assert.ThrowsAsync<RuleViolationException>(async () => await service.RecordAsync(Again(run, Outside)))).Code);
        Assert.Equal(ReinspectionService.AllRectified, (await service.RecordAsync(Again(run, Consented(run)))).Outcome);
    }

    private static async Task<CaseRun> AtTheDoorAsync()
    {
        var run = await new CaseRun(scenario: "home-renovation") { Tags = ["住宅装修项目"] }.StartAsync();
        await run.DoAsync("team.recusal-declaration", People.Officer(run.Lead), "无需回避");
        await run.DoAsync("visit.approve", People.Head(run.Lead), "批准", new { note = "同意" });
        return run;
    }

    private static HomeEntry Consented(CaseRun run) => new(new EntryConsent("样例业主", "业主", run.Session.Now));

    private static ArrivalReport Entering(CaseRun run, HomeEntry? entry) => People.Arrived(run) is var report ? report with { Arrival = report.Arrival! with { HomeEntry = entry } } : report;

    private static ArrivalReport Refusing(CaseRun run, bool outsideHome) => Entering(run, Outside) with
    {
        Refusal = new ReportRefusal("不同意入户", true, "V1", null, "锁门不让进入", "仍然拒绝", "样例业主", "业主", "样例人丙", outsideHome),
    };

    private static async Task<(string Code, string Field)> RefusedAsync(CaseRun run, string outcome, ArrivalReport report)
    {
        var refusal = await Assert.ThrowsAsync<RuleViolationException>(() => run.DoAsync("visit.arrive", People.Officer(run.Lead), outcome, report));
        return (refusal.Code, refusal.Field);
    }

    private static Task RecordAsync(CaseRun run, params ItemResult[] found) => run.DoAsync("visit.record", People.Officer(run.Lead), null, People.Record(run, [], found));

    private static string Html(CaseRun run) => run.All<OfficialDocument>().Last(d => d.Form == "inspection-record").Html;

    private static IEnumerable<RectificationOrder> Orders(CaseRun run) => run.All<RectificationOrder>().Where(o => o.State == OrderState.Served);

    private static RecordReinspection Again(CaseRun run, HomeEntry? entry) => new(
        run.CaseId, "现场", [.. Orders(run).Select(o => o.Department!).Distinct().SelectMany(d => new[] { People.Signature(run, d, 1), People.Signature(run, d, 2) })],
        [.. Orders(run).SelectMany(o => o.Items.Where(i => i.IsOpen).Select(i => new OpinionOnItem(o.Id, i.Ordinal, "已恢复原状", ItemOpinion.Rectified, [])))], "无异议", entry);

    private static async Task ServeAsync(CaseRun run)
    {
        await run.DoAsync("order.prepare", People.Officer(run.Task("order.prepare").Department!), null, new { });
        var by = run.Task("order.approve").Department!;
        await run.DoAsync("order.approve", People.Head(by), "批准", new { note = "同意" });
        await run.DoAsync("document.serve", People.Officer(by), "已送达", People.Served(run, by));
    }
}
