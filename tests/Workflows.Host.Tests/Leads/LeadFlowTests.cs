using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Activities.Planning;
using Workflows.Host.Packages;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Leads;

/// <summary>A scenario with a diagram for leads: what an analyst draws is what happens after dispatch.</summary>
public sealed class LeadFlowTests(LeadScenario service) : IClassFixture<LeadScenario>
{
    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task Contact_arrival_and_settling_are_steps_with_minutes_and_a_late_one_is_counted_and_goes_on()
    {
        var id = await DispatchedAsync(null);
        await StepAsync(id, "接警联络", "完成");
        await _people.PassAsync("PT5M");
        Assert.Equal(["完成", "超时"], await NotesAsync(id));
        using (var wall = await _people.GetAsync("supervisor", "/api/overdue?kind=task"))
        {
            // A late step of a lead leads to the lead and says what was reported.
            var late = Assert.Single(JsonNode.Parse(await wall.Content.ReadAsStringAsync())!.AsArray(), row => row!["leadId"]?.GetValue<string>() == id)!;
            Assert.Equal(("到达现场", true), (late["title"]!.GetValue<string>(), late["late"]!.GetValue<bool>()));
            Assert.Equal((await _people.LeadAsync(id))["text"]!.GetValue<string>(), late["target"]!.GetValue<string>());
        }

        // The flow behind 超时 has run; the step still waits.
        await StepAsync(id, "到达现场", "完成");
        await StepAsync(id, "现场处置", "未查获");
        var lead = await _people.LeadAsync(id);
        Assert.Equal(("Closed", "未查获"), (lead["state"]!.GetValue<string>(), lead["closing"]!["outcome"]!.GetValue<string>()));
        Assert.Equal(["完成", "超时", "完成", "未查获"], await NotesAsync(id));
        Assert.Equal("Finished", (await InstanceAsync(id)).SubStatus);
    }

    [Fact]
    public async Task A_lead_that_becomes_a_case_opens_it_for_its_target_and_both_name_each_other()
    {
        var id = await DispatchedAsync("330203-EH-001");
        await StepAsync(id, "接警联络", "完成");
        await StepAsync(id, "到达现场", "完成");
        await StepAsync(id, "现场处置", "转案件");
        var caseId = (await _people.LeadAsync(id))["caseId"]!.GetValue<string>();
        using var opened = await _people.GetAsync("supervisor", $"/api/cases/{caseId}");
        var matter = (await opened.SucceededAsync())["case"]!;
        Assert.Equal(("Report", "330203-EH-001", "lead-hall"), (matter["trigger"]!.GetValue<string>(), matter["targetId"]!.GetValue<string>(), matter["scenarioCode"]!.GetValue<string>()));
        Assert.Equal("Dispatched", (await _people.LeadAsync(id))["state"]!.GetValue<string>());
        Assert.NotEqual(id, matter["caseKey"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lead_that_a_person_closes_ends_its_diagram_and_its_steps()
    {
        var id = await DispatchedAsync(null);
        await _people.DoAsync("hea.head", id, "close", new { outcome = "误报", reason = "电话核实为误报", @class = "Service" });
        await service.UntilAsync(async () => (await InstanceAsync(id)).SubStatus == "Cancelled");
        Assert.Empty(await TasksAsync(id));
    }

    [Fact]
    public async Task A_catalogue_file_is_tried_refused_line_by_line_and_taken_over()
    {
        const string head = "区划代码,事项编码,事项名称,监管部门代码,处罚部门代码,生效日期\n";
        using (var tried = await service.ImportAsync("matters", "try-good", head + "330203,T-1,样例,HEA,HEA,2026-01-01\n", "?dryRun=true"))
            Assert.Equal((1, true), Counts(await tried.SucceededAsync()));
        using (var wrong = await service.ImportAsync("matters", "wrong-file", head + "330203,T-1,样例,HEA,HEA,2026-01-01\n330203,T-2,样例,NOBODY,HEA,2026-01-01\n", ""))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            var problem = (await wrong.JsonAsync())["report"]!["problems"]![0]!;
            Assert.Equal((3, "监管部门代码"), (problem["line"]!.GetValue<int>(), problem["column"]!.GetValue<string>()));
        }

        using (var unknown = await _people.GetAsync("dispatcher", "/api/catalogues/routing?matter=T-1&area=330203003"))
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using (var taken = await service.ImportAsync("matters", "good-file", head + "330203,T-1,样例,HEA,HEA,2026-01-01\n330203,T-1,样例,FIR,FIR,2027-01-01\n", ""))
            Assert.Equal(2, (await taken.SucceededAsync())["change"]!["added"]!.GetValue<int>());
        foreach (var (day, department) in new[] { ("2026-12-31", "HEA"), ("2027-01-01", "FIR") })
        {
            using var routing = await _people.GetAsync("dispatcher", $"/api/catalogues/routing?matter=T-1&area=330203003&on={day}");
            Assert.Equal(department, (await routing.SucceededAsync())["department"]!.GetValue<string>());
        }

        using var listed = await _people.GetAsync("dispatcher", "/api/catalogues/matters?code=T-1");
        Assert.Equal(2, Assert.Single((await listed.SucceededAsync())["items"]!.AsArray())!["versions"]!.AsArray().Count);
    }

    private static (int, bool) Counts(JsonObject report) => (report["rowsTaken"]!.GetValue<int>(), report["dryRun"]!.GetValue<bool>());

    private async Task<string> DispatchedAsync(string? target)
    {
        // The first sign-in of a person moves the clock by a minute, which is all that the first step has.
        (await _people.GetAsync("hea.01", "/api/tasks")).Dispose();
        var id = await _people.ReportAsync("LH-1");
        await _people.DoAsync("dispatcher", id, "triage", new { targetId = target });
        await _people.DoAsync("dispatcher", id, "dispatch", new { note = "一键派发" });
        return id;
    }

    private async Task StepAsync(string leadId, string title, string outcome)
    {
        await service.UntilAsync(async () => (await TasksAsync(leadId)).Any(task => task["title"]!.GetValue<string>() == title));
        var task = (await TasksAsync(leadId)).Single(task => task["title"]!.GetValue<string>() == title);
        using var done = await _people.SendAsync("hea.01", $"/api/tasks/{task["id"]!.GetValue<string>()}/complete", "step-" + Guid.NewGuid(), new { outcome, data = new { } });
        await done.SucceededAsync();
    }

    private async Task<IReadOnlyList<JsonNode>> TasksAsync(string leadId)
    {
        using var answer = await _people.GetAsync("hea.01", "/api/tasks?kind=lead.step&take=200");
        return [.. (await answer.SucceededAsync())["items"]!.AsArray().Where(task => task!["subject"]!["leadId"]!.GetValue<string>() == leadId).Select(task => task!)];
    }

    private async Task<string[]> NotesAsync(string leadId) =>
        [.. (await _people.LeadAsync(leadId))["steps"]!.AsArray().Where(step => step!["act"]!.GetValue<string>() is "接警联络" or "到达现场" or "现场处置").Select(step => step!["text"]!.GetValue<string>())];

    private async Task<WorkflowInstanceRow> InstanceAsync(string leadId)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowInstanceRow>().AsNoTracking().SingleAsync(row => row.CorrelationId == leadId);
    }
}

/// <summary>The sample district with a scenario <c>lead-hall</c> that has a diagram for leads, and a matter LH-1 that the catalogue gives to it.</summary>
public sealed class LeadScenario : SampleService
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var store = Services.GetRequiredService<PackageDraftStore>();
        var source = await store.ReadAsync((await store.VersionsAsync("esports-hotel"))[^1].VersionId);
        var files = ScenarioClone.Make(source!, "lead-hall", "样例厅馆");
        files = new PackageFiles(files.Name, new Dictionary<string, string>(files.Texts) { ["lead.json"] = Diagram().ToJsonString() });
        await store.CreateAsync(files.Name, files.Hash, files.Texts, [.. files.Definitions], PackageVersions.DefinitionVersion, "create-lead-hall", Actor.Clock);
        using var analyst = await SamplePersonAsync("analyst");
        using var published = await analyst.PostAsync("/api/scenarios/lead-hall/publish", "publish-lead-hall", new { });
        await published.SucceededAsync();
        using var taken = await ImportAsync("matters", "matters-of-lead-hall", "区划代码,事项编码,事项名称,监管部门代码,处罚部门代码,生效日期,场景\n330203,LH-1,样例事项,HEA,HEA,2026-01-01,lead-hall\n", "");
        await taken.SucceededAsync();
    }

    /// <summary>Imports a catalogue as the dispatcher.</summary>
    public async Task<HttpResponseMessage> ImportAsync(string kind, string key, string csv, string query)
    {
        using var dispatcher = await SamplePersonAsync("dispatcher");
        using var form = new MultipartFormDataContent();
        using var file = new StringContent(csv);
        form.Add(file, "file", kind + ".csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/catalogues/{kind}/import{query}") { Content = form };
        request.Headers.Add("Idempotency-Key", key);
        return await dispatcher.SendAsync(request);
    }

    private static JsonObject Diagram() => new()
    {
        ["definitionId"] = "lead-hall-lead",
        ["name"] = "样例厅馆线索流程",
        ["root"] = new JsonObject
        {
            ["id"] = "root",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray(
                Step("contact", "Supervision.LeadTask", ("title", "接警联络"), ("minutes", 1)),
                Step("arrive", "Supervision.LeadTask", ("title", "到达现场"), ("minutes", 5)),
                Step("settle", "Supervision.LeadTask", ("title", "现场处置")),
                Step("open", "Supervision.OpenLeadCase", ("caseDefinitionId", "lead-hall-case")),
                Step("settled", "Supervision.EndLead"),
                Step("nothing", "Supervision.EndLead", ("outcome", "未查获"), ("class", "Service"))),
            ["connections"] = new JsonArray(
                Line("contact", "完成", "arrive"), Line("arrive", "完成", "settle"), Line("settle", "完成", "settled"), Line("settle", "未查获", "nothing"),
                Line("settle", "转案件", "open"), Line("open", "案件办结", "settled"), Line("open", "无对象", "settled")),
        },
    };

    private static JsonObject Step(string id, string type, params (string Name, JsonNode Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["type"] = type };
        foreach (var (name, value) in inputs)
            step[name] = new JsonObject { ["typeName"] = value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? "Int32" : "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        return step;
    }

    private static JsonObject Line(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };
}
