using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Inspections;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Scenarios;

/// <summary>综合查验清单: 124 items in twelve groups, four of them for other shops, worked through in parts by two departments before the record is handed in.</summary>
[Collection(SharedSample.Name)]
public sealed class LongChecklistTests(SampleService service)
{
    private const string Code = "long-checklist";
    private const int Applying = 120;

    [Fact]
    public async Task A_hundred_and_twenty_items_are_handed_in_in_parts_by_two_departments_and_make_one_record()
    {
        var journey = await AtTheDoorAsync();
        var scenario = await journey.GetAsync("mkt.head", $"/api/scenarios/{Code}");
        Assert.Equal(12, scenario["items"]!.AsArray().Select(item => item!["group"]!.GetValue<string>()).Distinct().Count());
        var team = await journey.TeamAsync();
        var (leader, fire) = (DistrictJourney.UserOf(team.OfficersOf("MKT").First().OfficerId), DistrictJourney.UserOf(team.OfficersOf("FIR").First().OfficerId));
        var parts = new Parts(service, journey, team);

        // Twenty items, then sixty; between them the connection was gone and the same request came twice.
        Assert.Equal(1, await parts.HandInAsync(leader, Section("MKT", 20), 0));
        Assert.Equal(2, await parts.HandInAsync(leader, Section("MKT", 60), 1));
        Assert.Equal(2, await parts.HandInAsync(leader, Section("MKT", 60), 1));
        await parts.RefusedAsync(leader, Section("MKT", 30), 1, 409, "section-changed", "basedOn");
        await parts.RefusedAsync(fire, Section("MKT", 30), 2, 403, "other-department", "actor");

        // The other department works through its own sixty items and signs them; the record takes them over.
        Assert.Equal(1, await parts.HandInAsync(fire, Section("FIR", 33), 0));
        Assert.Equal(2, await parts.HandInAsync(fire, parts.Signed(Section("FIR", 60)), 1));
        Assert.Equal(60, (await journey.GetAsync(leader, $"/api/cases/{journey.CaseId}/visit"))["visit"]!["sectionsInWork"]![0]!["section"]!["items"]!.AsArray().Count);
        await journey.DoAsync(leader, "visit.record", null, new SignedRecord
        {
            Record = new VisitRecord(
                [parts.Signed(Section("MKT", 60))], new PartySignature { PersonName = "样例店主", Capacity = "店主", Statement = "无异议", SignedAt = service.Now }),
        });
        var visit = (await journey.StoryAsync("dispatcher"))["visits"]![0]!;
        var recorded = visit["sections"]!.AsArray().SelectMany(s => s!["items"]!.AsArray()).ToList();
        Assert.Equal((Applying, 1), (recorded.Count, recorded.Count(item => item!["answer"]!.GetValue<string>() == "不适用")));
        Assert.Null(visit["sectionsInWork"]);
        await parts.RefusedAsync(leader, Section("MKT", 1), 2, 409, "visit-state", "visitId");
    }

    private async Task<DistrictJourney> AtTheDoorAsync()
    {
        using var analyst = await service.SamplePersonAsync("analyst");
        using (var imported = await ScenarioZip.ImportAsync(analyst, ScenarioZip.Pack("", Files()), "long-import"))
            await imported.SucceededAsync();
        using (var published = await analyst.PostAsync($"/api/scenarios/{Code}/publish", "long-publish", new { }))
            await published.SucceededAsync();
        using (var administrator = await service.AdministratorAsync())
        {
            await ScenarioZip.RosterAsync(administrator, "targets",
                "编号,名称,类型,地址,镇街代码,部门代码,信用等级,信用来源,信用日期,标签,状态,最近检查日期,近90日投诉数,开业日期,负责人,联系电话\n"
                + "330203-LC-001,样例玩具店001号,场所,宁波市海曙区样例路5号,330203001,MKT、FIR,B,样例数据,2026-01-01,玩具店,正常,,0,2020-01-01,样例店主,0574-00000001\n", "long-targets");
        }

        var journey = new DistrictJourney(service);
        var today = await journey.TodayAsync();
        using (var dispatcher = await service.SamplePersonAsync("dispatcher"))
        using (var planned = await dispatcher.PostAsync("/api/plans", "long-plan", new
        {
            title = "玩具店综合查验", annualItem = new { year = today.Year, code = "LC-1", title = "综合查验" }, scenarioCode = Code, leadDepartment = "MKT",
            departments = new[] { new { code = "MKT", name = "市场监督管理局" }, new { code = "FIR", name = "消防救援大队" } }, drawCount = 1, alternateCount = 0,
            visitFrom = today, visitTo = today.AddDays(30), area = "330203",
        }))
            journey.Take((await planned.SucceededAsync())["planId"]!.GetValue<string>());
        await journey.DrawAsync("mkt.head");
        var team = await journey.TeamAsync();
        var leader = DistrictJourney.UserOf(team.OfficersOf("MKT").First().OfficerId);
        await journey.DoAsync(leader, "team.recusal-declaration", "无需回避");
        await journey.DoAsync(leader, "visit.arrive", "已到场", new ArrivalReport
        {
            Arrival = new VisitArrival([.. new[] { "MKT", "FIR" }.Select(code => new Attendance(code, [.. team.OfficersOf(code).Select(officer => officer.OfficerId)], []))]),
            Certificates = new CertificatesShown("AC-0010", "不申请回避"),
        });
        return journey;
    }

    // The unseen scenario with a list of its own: 62 items for each of two departments, the last two of each for shops inside a school.
    private static Dictionary<string, string?> Files()
    {
        var files = ScenarioZip.Files();
        foreach (var path in files.Keys.Where(path => path.EndsWith(".json", StringComparison.Ordinal)).ToList())
            files[path] = files[path]!.Replace("stationery-shop", Code, StringComparison.Ordinal).Replace("\"EDU\"", "\"FIR\"", StringComparison.Ordinal).Replace("文具店", "玩具店", StringComparison.Ordinal);
        var scenario = JsonNode.Parse(files["scenario.json"]!)!.AsObject();
        var pattern = scenario["items"]![0]!;
        scenario["items"] = new JsonArray([.. Enumerable.Range(1, 62).SelectMany(_ => new[] { "MKT", "FIR" }, (n, department) =>
        {
            var item = pattern.DeepClone().AsObject();
            item["code"] = ItemCode(department, n);
            item["title"] = string.Create(CultureInfo.InvariantCulture, $"查验事项{n}");
            item["group"] = string.Create(CultureInfo.InvariantCulture, $"{department}第{(Math.Min(n, 60) - 1) / 10 + 1}组");
            item["department"] = department;
            item["penaltyDepartment"] = department;
            if (n > 60)
                item["targetTags"] = new JsonArray("校内小卖部");
            return item;
        })]);
        files["scenario.json"] = scenario.ToJsonString();
        return files;
    }

    private static string ItemCode(string department, int n) => string.Create(CultureInfo.InvariantCulture, $"{department}-{n:000}");

    private static VisitSection Section(string department, int items) => new()
    {
        Department = department,
        Items = [.. Enumerable.Range(1, items).Select(n => new ItemResult { ItemCode = ItemCode(department, n), Answer = department == "FIR" && n == 7 ? ItemAnswer.NotApplicable : ItemAnswer.Compliant })],
    };

    private sealed class Parts(SampleService service, DistrictJourney journey, InspectionTeam team)
    {
        /// <summary>Hands a section in; the same content on the same version is the same request.</summary>
        public async Task<int> HandInAsync(string person, VisitSection section, int basedOn)
        {
            using var answer = await SendAsync(person, section, basedOn, $"part-{person}-{section.Items.Count}-{basedOn}");
            return (await answer.SucceededAsync())["version"]!.GetValue<int>();
        }

        public async Task RefusedAsync(string person, VisitSection section, int basedOn, int status, string code, string field)
        {
            using var answer = await SendAsync(person, section, basedOn, "part-" + Guid.NewGuid());
            await answer.RefusedAsync(status, code, field);
        }

        public VisitSection Signed(VisitSection section) => section with
        {
            Signatures = [.. team.OfficersOf(section.Department).Select(m => new OfficerSignature(m.OfficerId, m.Name, m.CertificateNumber!, service.Now))],
        };

        private async Task<HttpResponseMessage> SendAsync(string person, VisitSection section, int basedOn, string key)
        {
            using var client = await service.SamplePersonAsync(person);
            return await client.PostAsync($"/api/cases/{journey.CaseId}/visit/sections", key, JsonSerializer.SerializeToNode(new HandInSection(section, basedOn), SupervisionJson.Options)!);
        }
    }
}
