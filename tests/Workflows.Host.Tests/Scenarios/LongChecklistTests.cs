using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
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
    public async Task A_hundred_and_twenty_items_are_noted_in_parts_by_two_departments_and_handed_in_as_one_record()
    {
        var journey = await AtTheDoorAsync();
        var scenario = await journey.GetAsync("mkt.head", $"/api/scenarios/{Code}");
        Assert.Equal(12, scenario["items"]!.AsArray().Select(item => item!["group"]!.GetValue<string>()).Distinct().Count());
        var team = await journey.TeamAsync();
        var (leader, fire) = (DistrictJourney.UserOf(team.OfficersOf("MKT").First().OfficerId), DistrictJourney.UserOf(team.OfficersOf("FIR").First().OfficerId));
        var task = await journey.TaskAsync(leader, "visit.record");
        using var holder = await service.SamplePersonAsync(leader);
        using var other = await service.SamplePersonAsync(fire);

        // Twenty items, then sixty; between them the connection was gone and the same request came twice.
        var first = await SavedAsync(holder, task, "MKT", Part("MKT", 20), null);
        Assert.Equal(first, await SavedAsync(holder, task, "MKT", Part("MKT", 20), null));
        await SavedAsync(holder, task, "MKT", Part("MKT", 60), first);
        using (var stale = await SaveAsync(holder, task, "MKT", Part("MKT", 30), first))
            await stale.RefusedAsync(409, "draft-changed", "If-Match");
        using (var blind = await holder.PutAsJsonAsync($"/api/tasks/{task}/draft/MKT", new { data = Part("MKT", 1) }))
            await blind.RefusedAsync(400, "if-match-required", "If-Match");

        // The other department writes the section of its own, sees it alone, and nothing else.
        await SavedAsync(other, task, "FIR", Part("FIR", 60), null);
        using (var foreign = await SaveAsync(other, task, "MKT", Part("MKT", 2), first))
            await foreign.RefusedAsync(403, "not-your-section", "section");
        Assert.Equal(["FIR"], await SectionsAsync(other, task));
        Assert.Equal(["MKT", "FIR"], await SectionsAsync(holder, task));
        using (var stranger = await service.SamplePersonAsync("hea.head"))
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(new Uri($"/api/tasks/{task}/draft", UriKind.Relative))).StatusCode);
        using (var large = await SaveAsync(other, task, "FIR", new JsonObject { ["text"] = new string('x', 262_144) }, null))
            await large.RefusedAsync(422, "draft-too-long", "data");

        // The record is made of what was kept; one item does not apply, as its answer says.
        var draft = await holder.GetFromJsonAsync<JsonObject>($"/api/tasks/{task}/draft");
        var sections = draft!["sections"]!.AsArray().ToDictionary(s => s!["section"]!.GetValue<string>(), s => s!["data"]!["items"]!.Deserialize<List<ItemResult>>(SupervisionJson.Options)!);
        Assert.Equal(Applying, sections.Sum(s => s.Value.Count));
        var now = service.Now;
        await journey.DoAsync(leader, "visit.record", null, new SignedRecord
        {
            Record = new VisitRecord(
                [.. sections.Select(s => new VisitSection
                {
                    Department = s.Key, Items = s.Value,
                    Signatures = [.. team.OfficersOf(s.Key).Select(m => new OfficerSignature(m.OfficerId, m.Name, m.CertificateNumber!, now))],
                })],
                new PartySignature { PersonName = "样例店主", Capacity = "店主", Statement = "无异议", SignedAt = now }),
        });
        var recorded = (await journey.StoryAsync("dispatcher"))["visits"]![0]!["sections"]!.AsArray().SelectMany(s => s!["items"]!.AsArray()).ToList();
        Assert.Equal((Applying, 1), (recorded.Count, recorded.Count(item => item!["answer"]!.GetValue<string>() == "不适用")));

        // Nothing of the draft outlives the step.
        Assert.Empty(await SectionsAsync(holder, task));
        using var late = await SaveAsync(holder, task, "MKT", Part("MKT", 1), null);
        await late.RefusedAsync(409, "task-ended", "taskId");
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

    private static JsonObject Part(string department, int items) => new()
    {
        ["items"] = JsonSerializer.SerializeToNode(Enumerable.Range(1, items).Select(n => new ItemResult
        {
            ItemCode = ItemCode(department, n), Answer = department == "FIR" && n == 7 ? ItemAnswer.NotApplicable : ItemAnswer.Compliant,
        }), SupervisionJson.Options),
    };

    private static async Task<string> SavedAsync(HttpClient person, string task, string section, JsonObject data, string? hash)
    {
        using var answer = await SaveAsync(person, task, section, data, hash);
        var saved = (await answer.SucceededAsync())["hash"]!.GetValue<string>();
        Assert.Equal($"\"{saved}\"", answer.Headers.ETag!.Tag);
        using var read = await person.GetAsync(new Uri($"/api/tasks/{task}/draft/{section}", UriKind.Relative));
        Assert.Equal((saved, data["items"]!.AsArray().Count), (read.Headers.ETag!.Tag.Trim('"'), (await read.SucceededAsync())["data"]!["items"]!.AsArray().Count));
        return saved;
    }

    private static async Task<HttpResponseMessage> SaveAsync(HttpClient person, string task, string section, JsonObject data, string? hash)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/tasks/{task}/draft/{section}")
        {
            Content = new StringContent(new JsonObject { ["data"] = data.DeepClone() }.ToJsonString(SupervisionJson.Options), Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(hash is null ? "If-None-Match" : "If-Match", hash is null ? "*" : $"\"{hash}\"");
        return await person.SendAsync(request);
    }

    private static async Task<List<string>> SectionsAsync(HttpClient person, string task) =>
        [.. (await person.GetFromJsonAsync<JsonObject>($"/api/tasks/{task}/draft"))!["sections"]!.AsArray().Select(s => s!["section"]!.GetValue<string>())];
}
