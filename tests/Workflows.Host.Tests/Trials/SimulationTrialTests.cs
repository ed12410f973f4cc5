using System.Text.Json.Nodes;
using Workflows.Host.CommandLine;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Trials;

public sealed class SimulationTrialTests(TrialBench bench) : IClassFixture<TrialBench>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflows-trial-tests-");

    [Fact]
    public async Task A_trial_of_the_published_version_tells_the_timeline_of_simulate_with_the_same_seed()
    {
        var arguments = new[] { "esports-hotel", "--from", "2026-12-01", "--days", "45", "--seed", "7", "--targets", "6", "--out", _folder.FullName };
        using var output = new StringWriter();
        var verb = new SimulateVerb(name => name == "WORKFLOWS_HOME" ? ServiceUnderTest.HomeFolder() : null).Create(output, output);
        Assert.Equal(0, await verb.Parse(arguments).InvokeAsync());
        var told = (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "timeline.jsonl"))).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();

        var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version = "published", from = "2026-12-01", days = 45, targets = 6, seed = 7, source = "sample" });
        var tried = await bench.ListAsync($"/api/trials/{id}/timeline");
        Assert.Equal(told.Select(Essence), tried.Select(Essence));
        Assert.All(tried.Where(step => step["kind"]!.GetValue<string>() is "waiting" or "completed"), step => Assert.NotNull(step["definition"]));
        Assert.Contains(tried, step => step["role"]?.GetValue<string>() == "department-head" && step["department"]?.GetValue<string>() == "CUL");

        var from = await bench.GetAsync($"/api/trials/{id}/timeline?fromSeq=10&take=2");
        Assert.Equal([10, 11], from["items"]!.AsArray().Select(step => step!["seq"]!.GetValue<int>()));

        var documents = await bench.ListAsync($"/api/trials/{id}/documents");
        var files = (await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "documents.jsonl"))).Select(line => JsonNode.Parse(line)!["number"]!.GetValue<string>());
        Assert.Equal(files, documents.Select(document => document["number"]!.GetValue<string>()));
        using var analyst = await bench.AnalystAsync();
        using var html = await analyst.GetAsync(new Uri($"/api/trials/{id}/documents/{documents[0]["id"]}/html", UriKind.Relative));
        Assert.Contains("sandbox", html.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains(documents[0]["number"]!.GetValue<string>(), await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var people = await bench.ListAsync($"/api/trials/{id}/people");
        var tasks = await bench.ListAsync($"/api/trials/{id}/limits?kind=task");
        Assert.Equal(tasks.Count, people.Sum(line => line["tasks"]!.GetValue<int>()));
        Assert.Empty(await bench.ListAsync($"/api/trials/{id}/problems?kind=incident"));
        Assert.NotEmpty(await bench.ListAsync($"/api/trials/{id}/problems?kind=open-wait"));
    }

    [Fact]
    public async Task A_limit_changed_from_three_to_five_working_days_shows_in_the_limits()
    {
        await bench.DraftAsync("plan.json", root => TrialBench.Activity(root, "PlanApprovalLimit")["length"]!["expression"]!["value"] = 5);
        var due = new List<string>();
        foreach (var version in new[] { "published", "draft" })
        {
            var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version, from = "2026-12-01", days = 12, targets = 1, seed = 1 });
            due.Add((await bench.ListAsync($"/api/trials/{id}/limits?activityId=PlanApprovalLimit")).Single()["lastDay"]!.GetValue<string>());
        }

        // 2026-12-01 is a Tuesday; three working days end on Friday, five on the Tuesday after.
        Assert.Equal(["2026-12-04", "2026-12-08"], due);
    }

    [Fact]
    public async Task A_branch_that_nothing_leads_to_any_more_shows_in_the_coverage()
    {
        await bench.DraftAsync("case.json", root => TrialBench.Connection(root, "ClassifyFindings", "未发现问题")["target"]!["activity"] = "Gather");
        var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version = "draft", from = "2026-12-01", days = 45, targets = 8, seed = 7 });
        var branches = await bench.ListAsync($"/api/trials/{id}/coverage?definition=esports-hotel-case");
        JsonObject Line(string activity, string? port) => branches.Single(line => line["activityId"]!.GetValue<string>() == activity && line["port"]?.GetValue<string>() == port);
        Assert.True(Line("IssueNoProblemResult", null)["neverTaken"]!.GetValue<bool>());
        Assert.True(Line("ClassifyFindings", "未发现问题")["count"]!.GetValue<int>() > 0);
        Assert.Equal(8, Line("FormTeams", "成立")["count"]!.GetValue<int>());
        Assert.Contains(await bench.ListAsync($"/api/trials/{id}/problems?kind=validation"), problem => problem["activityId"]?.GetValue<string>() == "IssueNoProblemResult");
    }

    [Fact]
    public async Task A_step_that_nobody_can_do_is_told_and_the_trial_goes_on()
    {
        await bench.DraftAsync("case.json", root => TrialBench.Activity(root, "ApproveInspection")["department"] = JsonNode.Parse("""{"typeName":"String","expression":{"type":"Literal","value":"YC"}}"""));
        var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", from = "2026-12-01", days = 30, targets = 2, seed = 1 });
        Assert.Contains(await bench.ListAsync($"/api/trials/{id}/problems?kind=nobody"), problem => problem["activityId"]?.GetValue<string>() == "ApproveInspection");
        Assert.Contains(await bench.ListAsync($"/api/trials/{id}/problems?kind=open-wait"), problem =>
            problem["activityId"]?.GetValue<string>() == "ApproveInspection" && problem["owner"]?.GetValue<string>() == "department:YC" && problem["due"] is not null);
    }

    [Fact]
    public async Task The_cases_of_last_month_are_tried_under_labels()
    {
        var id = await bench.DoneAsync("/api/trials", new { scenario = "esports-hotel", version = "published", from = "2026-12-15", days = 60, source = "lastMonth" });
        var matter = Assert.Single(await bench.ListAsync($"/api/trials/{id}/cases"));
        var problems = string.Join('\n', (await bench.ListAsync($"/api/trials/{id}/problems")).Select(problem => problem.ToJsonString(Readable)));
        Assert.True(matter["outcome"] is not null, problems);
        Assert.Equal("对象-001", matter["target"]!.GetValue<string>());
        Assert.Equal(bench.CaseId, matter["realCase"]!.GetValue<string>());
        Assert.Equal("未发现问题", matter["outcome"]!.GetValue<string>());

        using var supervisor = await bench.SamplePersonAsync("supervisor");
        using var answer = await supervisor.GetAsync(new Uri($"/api/cases/{bench.CaseId}", UriKind.Relative));
        var real = (await answer.JsonAsync())["case"]!;
        var secrets = new[] { "name", "address", "id", "representative" }.Select(name => real["target"]![name]?.GetValue<string>()).OfType<string>()
            .Concat((await TeamNamesAsync(answer)).Select(name => name)).ToList();
        Assert.True(secrets.Count > 5);
        foreach (var list in new[] { "timeline", "cases", "documents", "people", "limits", "coverage", "problems" })
        {
            var text = string.Concat((await bench.ListAsync($"/api/trials/{id}/{list}")).Select(line => line.ToJsonString(Readable)));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task<IEnumerable<string>> TeamNamesAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["teams"]![0]!["members"]!.AsArray().Select(member => member!["name"]!.GetValue<string>());

    private static string Essence(JsonObject step) => string.Join('|', new[] { "seq", "at", "case", "activityId", "port", "actor", "kind" }.Select(name => step[name]?.ToString() ?? ""));
}
