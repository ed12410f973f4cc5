using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Packages;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>A scenario is changed as a whole: diagrams in Studio and data beside it are one version.</summary>
public sealed class ScenarioDraftTests(ServiceUnderTest service) : IClassFixture<ServiceUnderTest>
{
    private const string Code = "esports-hotel";
    private static readonly Actor Analyst = new() { Id = "analyst-1", Name = "场景分析师", Roles = ["analyst"] };

    private ScenarioDrafts Drafts => service.Services.GetRequiredService<ScenarioDrafts>();

    [Fact]
    public async Task From_the_first_change_to_the_publication_of_both()
    {
        using var analyst = await service.PersonAsync("analyst");
        var before = await Drafts.FindAsync(Code, default);
        Assert.Null(before.Draft);
        var published = await analyst.DefinitionAsync("esports-hotel-case");

        // A diagram saved in Studio opens the draft of everything.
        var opened = published.DeepClone().AsObject();
        opened["description"] = "改过的说明";
        var draft = (await analyst.SaveAsync(opened))["workflowDefinition"]!;
        Assert.Equal((2, false, true), (draft["version"]!.GetValue<int>(), draft["isPublished"]!.GetValue<bool>(), draft["isLatest"]!.GetValue<bool>()));
        var plan = await analyst.DefinitionAsync("esports-hotel-plan");
        Assert.Equal((2, false), (plan["version"]!.GetValue<int>(), plan["isPublished"]!.GetValue<bool>()));
        var state = await Drafts.FindAsync(Code, default);
        Assert.Equal((before.Published, 2, "电竞酒店"), (state.Published, state.Draft!.Version, state.Name));
        Assert.Equal($"{state.Draft.VersionId}:esports-hotel-case", draft["id"]!.GetValue<string>());
        Assert.Equal("analyst", state.Owner);
        Assert.Equal("esports-hotel-case", state.Definitions["case.json"]);

        // Scenario data goes into the same draft; somebody who read an older text is told.
        var file = (await Drafts.ReadAsync(Code, null, default)).Files.Single(f => f.Path == "scenario.json");
        var data = JsonNode.Parse(file.Text)!.AsObject();
        data["headCountWarning"] = 9;
        await Drafts.SaveFileAsync(Code, file.Path, data.ToJsonString(), file.Hash, Analyst, default);
        var stale = await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.SaveFileAsync(Code, file.Path, "{}", file.Hash, Analyst, default));
        Assert.Equal("file-changed", stale.Code);
        Assert.Equal(state.Draft.VersionId, (await Drafts.FindAsync(Code, default)).Draft!.VersionId);

        // What is wrong anywhere in it keeps all of it from being published, and all of it is named.
        var template = (await Drafts.ReadAsync(Code, null, default)).Files.First(f => f.Kind == ScenarioFileKind.Template);
        await Drafts.SaveFileAsync(Code, template.Path, "{{ if }}", template.Hash, Analyst, default);
        opened["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{"id":"lost","type":"Elsa.Delay","version":1,"metadata":{"displayText":"丢了"}}"""));
        await analyst.SaveAsync(opened);
        using (var refused = await analyst.PostAsJsonAsync(StudioClient.Base + "/esports-hotel-plan/publish", new JsonObject()))
        {
            var messages = await refused.SnackbarsAsync();
            Assert.Contains(messages, message => message.StartsWith("case.json", StringComparison.Ordinal) && message.Contains("丢了", StringComparison.Ordinal) && message.Contains("lost", StringComparison.Ordinal));
            Assert.Contains(messages, message => message.StartsWith(template.Path, StringComparison.Ordinal));
        }

        Assert.Equal(before.Published!.VersionId, (await Drafts.FindAsync(Code, default)).Published!.VersionId);

        // Mended, it is published as one version from either of its diagrams.
        await Drafts.SaveFileAsync(Code, template.Path, template.Text, Hash("{{ if }}"), Analyst, default);
        opened["root"]!["activities"]!.AsArray().RemoveAt(opened["root"]!["activities"]!.AsArray().Count - 1);
        await analyst.SaveAsync(opened);
        using (var done = await analyst.PostAsJsonAsync(StudioClient.Base + "/esports-hotel-plan/publish", new JsonObject()))
        {
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
            var answer = await done.JsonAsync();
            Assert.False(answer["alreadyPublished"]!.GetValue<bool>());
            Assert.Equal(0, answer["liveInstances"]!.GetValue<int>());
        }

        var after = await Drafts.FindAsync(Code, default);
        Assert.Equal((state.Draft.VersionId, true), (after.Published!.VersionId, after.Draft is null));
        var rows = await RowsAsync();
        Assert.Equal(["esports-hotel-case", "esports-hotel-plan"], rows.Where(row => row.IsPublished).Select(row => row.DefinitionId));
        Assert.All(rows.Where(row => row.IsPublished), row => Assert.Equal(after.Published.VersionId, row.PackageVersionId));
        var text = await Drafts.ReadAsync(Code, after.Published.Version, default);
        Assert.Equal(after.Published.Hash, new PackageFiles(Code, text.Files.ToDictionary(f => f.Path, f => f.Text)).Hash);
        Assert.Contains("改过的说明", text.Files.Single(f => f.Path == "case.json").Text, StringComparison.Ordinal);
        Assert.Equal(9, JsonNode.Parse(text.Files.Single(f => f.Path == "scenario.json").Text)!["headCountWarning"]!.GetValue<int>());
        Assert.Equal(9, (await service.Services.GetRequiredService<PackageCatalogue>().AllAsync()).Single(scenario => scenario.Code == Code).HeadCountWarning);

        // The former version stays for the cases that run on it.
        Assert.Equal(published["id"]!.GetValue<string>(), (await analyst.DefinitionAsync("esports-hotel-case", "1"))["id"]!.GetValue<string>());
        Assert.NotEqual(9, JsonNode.Parse((await Drafts.ReadAsync(Code, before.Published.Version, default)).Files.Single(f => f.Path == "scenario.json").Text)!["headCountWarning"]!.GetValue<int>());

        // Reverting one diagram brings its old content into a new draft, which can be thrown away.
        using (var reverted = await analyst.PostAsJsonAsync(StudioClient.Base + "/esports-hotel-case/revert/1", new JsonObject()))
            Assert.Equal(3, (await reverted.JsonAsync())["version"]!.GetValue<int>());
        Assert.Equal(3, (await Drafts.FindAsync(Code, default)).Draft!.Version);
        using (var discarded = await analyst.DeleteAsync(new Uri($"/elsa/api/workflow-definition-versions/{(await Drafts.FindAsync(Code, default)).Draft!.VersionId}:esports-hotel-case", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NoContent, discarded.StatusCode);
        Assert.Null((await Drafts.FindAsync(Code, default)).Draft);
        Assert.True((await analyst.DefinitionAsync("esports-hotel-plan"))["isPublished"]!.GetValue<bool>());

        // A part of a published scenario is not deleted; retracting it takes all of it back.
        using (var deleted = await analyst.DeleteAsync(new Uri(StudioClient.Base + "/esports-hotel-case", UriKind.Relative)))
            Assert.Contains("场景", Assert.Single(await deleted.SnackbarsAsync()), StringComparison.Ordinal);
        using (var retracted = await analyst.PostAsJsonAsync(StudioClient.Base + "/esports-hotel-case/retract", new JsonObject()))
            Assert.False((await retracted.JsonAsync())["isPublished"]!.GetValue<bool>());
        Assert.DoesNotContain(await RowsAsync(), row => row.IsPublished);
        Assert.Null((await Drafts.FindAsync(Code, default)).Published);
        using (var again = await analyst.PostAsJsonAsync(StudioClient.Base + "/esports-hotel-plan/publish", new JsonObject()))
            Assert.True((await again.JsonAsync())["workflowDefinition"]!["isPublished"]!.GetValue<bool>());
        Assert.Equal(after.Published.VersionId, (await Drafts.FindAsync(Code, default)).Published!.VersionId);
        Assert.Equal(
            ["package.saved", "package.published", "package.retracted", "package.discarded"],
            (await AuditAsync()).Distinct().OrderBy(kind => Array.IndexOf(["package.saved", "package.published", "package.retracted", "package.discarded"], kind)));
    }

    [Fact]
    public async Task A_clone_is_a_scenario_of_its_own_and_can_be_started_once_published()
    {
        var clone = await Drafts.CloneAsync(Code, "noodle-house", "面馆", Analyst, default);
        Assert.Equal(("noodle-house", 1, false), (clone.Name, clone.Version, clone.IsPublished));
        var text = await Drafts.ReadAsync("noodle-house", null, default);
        Assert.Equal(["noodle-house-case", "noodle-house-plan"], text.Files.Select(f => f.DefinitionId).OfType<string>().Order());
        Assert.DoesNotContain("esports-hotel-case", text.Files.Single(f => f.Path == "plan.json").Text, StringComparison.Ordinal);
        Assert.Contains("面馆", text.Files.Single(f => f.Path == "case.json").Text, StringComparison.Ordinal);
        Assert.Empty(await Drafts.ValidateAsync("noodle-house", default));
        var taken = await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.CloneAsync(Code, "noodle-house", "又一个", Analyst, default));
        Assert.Equal("scenario-exists", taken.Code);
        using var dispatcher = await service.PersonAsync("dispatcher", "CUL", "330203");
        var order = new
        {
            title = "面馆抽查", annualItem = new { year = 2026, code = "NB-LW-01", title = "面馆联合抽查" }, scenarioCode = "noodle-house", leadDepartment = "CUL",
            departments = new[] { new { code = "CUL", name = "文旅" } }, drawCount = 1, visitFrom = "2026-12-10", visitTo = "2026-12-20", area = "330203",
        };
        using (var tooEarly = await dispatcher.PostAsync("/api/plans", "clone-plan-early", order))
            await tooEarly.RefusedAsync(422, "scenario-unknown", "scenarioCode");
        var publication = await Drafts.PublishAsync("noodle-house", Analyst, default);
        Assert.Empty(publication.Problems);
        Assert.True(publication.Package!.IsPublished);
        Assert.Equal("noodle-house-plan", await service.Services.GetRequiredService<PackageCatalogue>().PlanDefinitionAsync(publication.Package.VersionId, default));
        // Its plan begins to run; in this district there is nobody on the roster to draw.
        using (var started = await dispatcher.PostAsync("/api/plans", "clone-plan-later", order))
            await started.RefusedAsync(409, "roster-empty", "targetRoster");
        using var scenarios = await dispatcher.GetAsync(new Uri("/api/scenarios", UriKind.Relative));
        Assert.Contains("面馆", await scenarios.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_codes_and_sizes_from_outside_are_bounded()
    {
        foreach (var path in new[] { "../x.json", "case.json", "templates/../../x.sbn-html", "templates/a/b/c.sbn-html", "templates/x.txt", "/etc/passwd" })
            Assert.Equal("bad-path", (await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.SaveFileAsync(Code, path, "x", null, Analyst, default))).Code);
        Assert.Equal("file-too-long", (await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.SaveFileAsync(Code, "templates/big.sbn-html", new string('x', 300_000), null, Analyst, default))).Code);
        Assert.Equal("file-required", (await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.SaveFileAsync(Code, "scenario.json", null, "x", Analyst, default))).Code);
        Assert.Equal("scenario-code", (await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.CloneAsync(Code, "卤味", "卤味", Analyst, default))).Code);
        Assert.Equal("scenario-unknown", (await Assert.ThrowsAsync<RuleViolationException>(() => Drafts.PublishAsync("nothing", Analyst, default))).Code);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    private async Task<List<WorkflowDefinitionRow>> RowsAsync()
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowDefinitionRow>().AsNoTracking()
            .Where(row => row.DefinitionId.StartsWith("esports-hotel")).OrderBy(row => row.DefinitionId).ToListAsync();
    }

    private async Task<List<string>> AuditAsync()
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AuditEntryRow>().AsNoTracking()
            .Where(row => row.CaseKey == "package:" + Code && row.Actor != "clock").OrderBy(row => row.Sequence).Select(row => row.Kind).ToListAsync();
    }
}
