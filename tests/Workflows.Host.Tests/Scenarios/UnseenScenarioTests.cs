using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Activities.Documents;
using Workflows.Activities.Inspections;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Scenarios;

/// <summary>
/// A scenario that nobody of the house has written: a department of its own (教育局), an item that concerns some shops only, a limit and
/// a ladder in hours, publication after the closure, a notice in its own words. It comes in as a folder, while the service runs.
/// </summary>
[Collection(SharedSample.Name)]
public sealed class UnseenScenarioTests(SampleService service)
{
    private const string Code = "stationery-shop";

    [Fact]
    public async Task It_is_imported_into_the_running_service_and_brings_a_case_to_its_end_in_its_own_words()
    {
        using var analyst = await service.SamplePersonAsync("analyst");
        using (var imported = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack(Code + "/"), "unseen-import"))
            Assert.Equal((HttpStatusCode.Created, true), (imported.StatusCode, (await imported.JsonAsync())["isDraft"]!.GetValue<bool>()));
        using (var published = await analyst.PostAsync($"/api/scenarios/{Code}/publish", "unseen-publish", new { }))
            await published.SucceededAsync();
        await RostersAsync();

        var journey = new DistrictJourney(service);
        var today = await journey.TodayAsync();
        using (var dispatcher = await service.SamplePersonAsync("dispatcher"))
        using (var planned = await dispatcher.PostAsync("/api/plans", "unseen-plan", new
        {
            title = "校园周边文具店联合检查", annualItem = new { year = today.Year, code = "ST-2026-01", title = "校园周边文具" }, scenarioCode = Code, leadDepartment = "MKT",
            departments = new[] { new { code = "MKT", name = "市场监督管理局" }, new { code = "EDU", name = "教育局" } }, drawCount = 1, alternateCount = 0,
            visitFrom = today, visitTo = today.AddDays(30), area = "330203",
        }))
            journey.Take((await planned.SucceededAsync())["planId"]!.GetValue<string>());
        await journey.DrawAsync("mkt.head");

        // The limit of six hours and its ladder: two hours after it, a yellow card.
        var matter = (await journey.StoryAsync("mkt.head"))["case"]!;
        var team = await journey.TeamAsync();
        var leader = DistrictJourney.UserOf(team.OfficersOf("MKT").First().OfficerId);
        await journey.DoAsync(leader, "team.recusal-declaration", "无需回避");
        var announced = service.Now;
        var waits = await journey.ListAsync("dispatcher", $"/api/cases/{journey.CaseId}/waits");
        var limit = waits.Single(wait => wait!["activityId"]!.GetValue<string>() == "VisitLimit")!;
        Assert.Equal(announced.AddHours(6), DateTimeOffset.Parse(limit["dueAt"]!.GetValue<string>(), CultureInfo.InvariantCulture), TimeSpan.FromSeconds(1));
        using (var dispatcher = await service.SamplePersonAsync("dispatcher"))
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "unseen-clock", new { advance = "PT8H1M" }))
            await moved.SucceededAsync();
        Assert.Equal("黄牌", Assert.Single((await journey.StoryAsync("dispatcher"))["cards"]!.AsArray())!["colour"]!.GetValue<string>());

        await journey.DoAsync(leader, "visit.arrive", "已到场", new ArrivalReport
        {
            Arrival = new VisitArrival([.. new[] { "MKT", "EDU" }.Select(code => new Attendance(code, [.. team.OfficersOf(code).Select(officer => officer.OfficerId)], []))]),
            Certificates = new CertificatesShown("AC-0009", "不申请回避"),
        });
        await RecordAsync(journey, team, leader);
        await journey.DoAsync(leader, "finding.education", null, new { education = "告知危险文具的危害" });
        await journey.DoAsync("mkt.publisher", "publication.review", "已公示", new { note = "同意" });

        var story = await journey.StoryAsync("dispatcher");
        Assert.Equal("Closed", story["case"]!["state"]!.GetValue<string>());
        Assert.Equal("当场改正", Assert.Single(await journey.ListAsync("dispatcher", $"/api/cases/{journey.CaseId}/findings"))!["disposition"]!.GetValue<string>());
        var documents = story["documents"]!.AsArray();
        var notice = documents.First(document => document!["form"]!.GetValue<string>() == "inspection-notice")!;
        using var head = await service.SamplePersonAsync("mkt.head");
        var paper = await head.GetStringAsync(new Uri($"/api/documents/{notice["id"]!.GetValue<string>()}/html", UriKind.Relative));
        Assert.Contains("校园周边检查告知书", paper, StringComparison.Ordinal);
        Assert.Contains("到贵店查看文具和玩具", paper, StringComparison.Ordinal);
        Assert.Contains(matter["target"]!["name"]!.GetValue<string>(), paper, StringComparison.Ordinal);
        // The house publishes beside the rectification; this scenario does so when the case is closed.
        var kinds = (await journey.ListAsync("dispatcher", $"/api/cases/{journey.CaseId}/timeline")).Select(fact => fact!["kind"]!.GetValue<string>()).ToList();
        Assert.True(kinds.IndexOf("case.closed") is >= 0 and var closed && kinds.IndexOf("publication.prepared") > closed, string.Join(' ', kinds));
    }

    [Fact]
    public async Task What_is_wrong_with_a_folder_is_told_at_once_and_nothing_of_it_stays()
    {
        using var analyst = await service.SamplePersonAsync("analyst");
        Dictionary<string, string?> other = new() { ["scenario.json"] = (await File.ReadAllTextAsync(Path.Combine(ScenarioZip.Folder, "scenario.json"))).Replace(Code, "unseen-broken", StringComparison.Ordinal).Replace("STATIONERY-9", "NOWHERE-1", StringComparison.Ordinal) };
        using (var refused = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack("", other), "unseen-broken-1"))
        {
            await refused.RefusedAsync(422, "scenario-has-problems", "");
            Assert.NotEmpty((await refused.JsonAsync())["problems"]!.AsArray());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync(new Uri("/api/scenarios/unseen-broken/versions", UriKind.Relative))).StatusCode);
        using (var foreign = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack("", new Dictionary<string, string?> { ["run.sh"] = "exit" }), "unseen-broken-2"))
            await foreign.RefusedAsync(422, "bad-path", "path");
        using (var outside = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack("", new Dictionary<string, string?> { ["../templates/x.sbn-html"] = "x" }), "unseen-broken-3"))
            await outside.RefusedAsync(422, "bad-path", "path");
        using (var empty = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack("", new Dictionary<string, string?> { ["scenario.json"] = null }), "unseen-broken-4"))
            await empty.RefusedAsync(422, "scenario-missing", "file");
        using (var bomb = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack("", new Dictionary<string, string?> { ["templates/bomb.sbn-html"] = new string('A', 5 << 20) }), "unseen-broken-5"))
            await bomb.RefusedAsync(422, "file-too-long", "file");
        using (var garbage = await ScenarioZip.ImportAsync(analyst, Encoding.UTF8.GetBytes("not a zip"), "unseen-broken-6"))
            await garbage.RefusedAsync(422, "malformed-archive", "file");
        using (var taken = await ScenarioZip.ImportAsync(analyst, await analyst.GetByteArrayAsync(new Uri("/api/scenarios/pet-shop/archive", UriKind.Relative)), "unseen-broken-7"))
            await taken.RefusedAsync(409, "scenario-exists", "code");
        using var inspector = await service.SamplePersonAsync("mkt.head");
        Assert.Equal(HttpStatusCode.Forbidden, (await ScenarioZip.ImportAsync(inspector, ScenarioZip.Pack(""), "unseen-broken-8")).StatusCode);
    }

    private async Task RecordAsync(DistrictJourney journey, InspectionTeam team, string leader)
    {
        var now = service.Now;
        ItemResult Fine(string code) => new() { ItemCode = code, Answer = ItemAnswer.Compliant };
        VisitSection Section(string code, params ItemResult[] items) => new()
        {
            Department = code, Items = items,
            Signatures = [.. team.OfficersOf(code).Select(member => new OfficerSignature(member.OfficerId, member.Name, member.CertificateNumber!, now))],
        };
        var breach = new ItemResult
        {
            ItemCode = "ST-02", Answer = ItemAnswer.NonCompliant, Facts = "柜台陈列激光笔", EvidenceIds = ["E1"], Fix = new OnTheSpotFix(now, "E1", "E2", "当场下架"),
        };
        // ST-03 concerns shops inside a school; this one is outside, so the record has no such line.
        await journey.DoAsync(leader, "visit.record", null, new SignedRecord
        {
            Record = new VisitRecord([Section("MKT", Fine("ST-01")), Section("EDU", breach)], new PartySignature { PersonName = "样例店主", Capacity = "店主", Statement = "无异议", SignedAt = now }),
        });
    }

    private async Task RostersAsync()
    {
        using var administrator = await service.AdministratorAsync();
        foreach (var (kind, csv) in new[]
        {
            ("departments", "代码,名称,机关代字,区县代码\nEDU,宁波市海曙区教育局,甬海曙教,330203\n"),
            ("officers", "编号,姓名,部门代码,执法证号,证件有效期至,执法领域,申报回避对象,状态,任务上限\nEDU-01,样例教育执法员01,EDU,样例EDU001,2029-12-31,教育,,在岗,20\nEDU-02,样例教育执法员02,EDU,样例EDU002,2029-12-31,教育,,在岗,20\n"),
            ("targets", "编号,名称,类型,地址,镇街代码,部门代码,信用等级,信用来源,信用日期,标签,状态,最近检查日期,近90日投诉数,开业日期,负责人,联系电话\n"
                + "330203-ST-001,样例文具店001号,场所,宁波市海曙区样例路1号,330203001,MKT、EDU,B,样例数据,2026-01-01,文具店、出售激光笔,正常,,0,2020-01-01,样例店主,0574-00000001\n"),
        })
        {
            await ScenarioZip.RosterAsync(administrator, kind, csv, "unseen-" + kind);
        }

        using var contact = await administrator.PutAsJsonAsync("/api/rosters/departments/330203/EDU/contact", new
        {
            contact = "样例教育联系人", phone = "0574-00000000", address = "宁波市海曙区样例路3号", reconsideration = "宁波市海曙区人民政府", court = "宁波市海曙区人民法院",
        });
        Assert.True(contact.IsSuccessStatusCode, await contact.Content.ReadAsStringAsync());
    }
}
