using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Elsa.Definitions;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Scenarios;

/// <summary>An analyst's way with scenarios over HTTP: clone, change, see what changed, validate, publish, discard.</summary>
public sealed class ScenarioDeskTests(ServiceUnderTest service) : IClassFixture<ServiceUnderTest>
{
    [Fact]
    public async Task A_clone_is_a_draft_of_its_own_that_can_be_published_as_it_is()
    {
        using var analyst = await service.PersonAsync("analyst");
        await CloneAsync(analyst, "billiard-hall", "台球馆");

        var clone = await OverviewAsync(analyst, "billiard-hall");
        Assert.Equal("台球馆", clone["name"]!.GetValue<string>());
        Assert.Null(clone["published"]);
        Assert.True(clone["draft"]!["isDraft"]!.GetValue<bool>());
        Assert.Equal(
            [("billiard-hall-plan", "plan.json"), ("billiard-hall-case", "case.json")],
            clone["diagrams"]!.AsArray().Select(diagram => (diagram!["definitionId"]!.GetValue<string>(), diagram["file"]!.GetValue<string>())));
        Assert.Empty((await GetAsync(analyst, "/api/scenarios/billiard-hall/validation"))["problems"]!.AsArray());

        using var published = await analyst.PostAsync("/api/scenarios/billiard-hall/publish", "publish-billiard", new { });
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        Assert.Equal(1, (await OverviewAsync(analyst, "billiard-hall"))["published"]!["version"]!.GetValue<int>());
        var plan = await analyst.DefinitionAsync("billiard-hall-plan");
        Assert.Contains("\"billiard-hall-case\"", plan.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("esports-hotel", plan.ToJsonString(), StringComparison.Ordinal);

        using var supervisor = await service.PersonAsync("supervisor", area: "330203");
        Assert.Contains((await supervisor.GetFromJsonAsync<JsonArray>("/api/scenarios"))!, head => head!["code"]!.GetValue<string>() == "billiard-hall");
    }

    [Theory]
    [InlineData("", "台球馆", "code")]
    [InlineData("Billiard Hall", "台球馆", "code")]
    [InlineData("../../etc", "台球馆", "code")]
    [InlineData("pool-hall", "", "name")]
    [InlineData("pool-hall", "  ", "name")]
    public async Task A_clone_needs_a_code_and_a_name_that_can_be_used(string code, string name, string field)
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsync("/api/scenarios/esports-hotel/clone", "clone-" + Guid.NewGuid(), new { code, name });
        await answer.RefusedAsync(422, "scenario-" + field, field);
    }

    [Fact]
    public async Task A_code_is_given_once()
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsync("/api/scenarios/esports-hotel/clone", "clone-taken", new { code = "esports-hotel", name = "又一家" });
        await answer.RefusedAsync(409, "scenario-exists", "code");
    }

    [Fact]
    public async Task What_the_draft_changes_is_told_before_it_is_published_and_gone_when_it_is_discarded()
    {
        using var analyst = await service.PersonAsync("analyst");
        await CloneAsync(analyst, "tea-house", "茶馆");
        using (var published = await analyst.PostAsync("/api/scenarios/tea-house/publish", "publish-tea", new { }))
            published.EnsureSuccessStatusCode();
        var model = await analyst.DefinitionAsync("tea-house-case");
        Find(model["root"], "MeasureLimit")!["length"]!["expression"]!["value"] = "48";
        await analyst.SaveAsync(model);

        var difference = await GetAsync(analyst, "/api/scenarios/tea-house/differences");
        var process = Assert.Single(difference["processes"]!.AsArray())!;
        Assert.Equal("tea-house-case", process["definitionId"]!.GetValue<string>());
        var change = Assert.Single(process["changes"]!.AsArray())!;
        Assert.Equal("时限“补办批准时限”由24小时改为48小时", change["sentence"]!.GetValue<string>());
        Assert.Empty(difference["files"]!.AsArray());

        var versions = (await analyst.GetFromJsonAsync<JsonArray>("/api/definitions/tea-house-case/versions"))!;
        Assert.Equal([(2, true, false), (1, false, true)], versions.Select(version => (version!["version"]!.GetValue<int>(), version["isDraft"]!.GetValue<bool>(), version["isPublished"]!.GetValue<bool>())));
        Assert.Equal("analyst", versions[0]!["savedBy"]!.GetValue<string>());
        var back = await GetAsync(analyst, "/api/definitions/tea-house-case/differences?from=2&to=1");
        Assert.Equal("时限“补办批准时限”由48小时改为24小时", Assert.Single(back["changes"]!.AsArray())!["sentence"]!.GetValue<string>());

        using var discarded = await analyst.PostAsync("/api/scenarios/tea-house/discard", "discard-tea", new { });
        Assert.Equal(HttpStatusCode.NoContent, discarded.StatusCode);
        Assert.Empty((await GetAsync(analyst, "/api/scenarios/tea-house/differences"))["processes"]!.AsArray());
        Assert.Null((await OverviewAsync(analyst, "tea-house"))["draft"]);
    }

    [Fact]
    public async Task A_draft_with_problems_is_not_published_and_each_problem_leads_to_its_step()
    {
        using var analyst = await service.PersonAsync("analyst");
        await CloneAsync(analyst, "chess-room", "棋牌室");
        var model = await analyst.DefinitionAsync("chess-room-case");
        Find(model["root"], "MeasureLimit")!.Remove("ruleCode");
        await analyst.SaveAsync(model);

        foreach (var report in new[] { "/api/scenarios/chess-room/validation", "/api/definitions/chess-room-case/validation" })
        {
            var problem = Assert.Single((await GetAsync(analyst, report))["problems"]!.AsArray())!;
            Assert.Equal("chess-room-case", problem["definitionId"]!.GetValue<string>());
            Assert.Equal("MeasureLimit", problem["activityId"]!.GetValue<string>());
            Assert.Contains("规则代码", problem["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        using var refused = await analyst.PostAsync("/api/scenarios/chess-room/publish", "publish-chess", new { });
        await refused.RefusedAsync(422, "scenario-has-problems", "");
        Assert.Null((await OverviewAsync(analyst, "chess-room"))["published"]);
    }

    [Theory]
    [InlineData("/api/scenarios/no-such/versions")]
    [InlineData("/api/scenarios/no-such/validation")]
    [InlineData("/api/scenarios/no-such/differences")]
    [InlineData("/api/definitions/no-such/versions")]
    [InlineData("/api/definitions/no-such/validation")]
    [InlineData("/api/definitions/esports-hotel-case/differences?from=1&to=99")]
    public async Task What_does_not_exist_is_said_to_not_exist(string path)
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task CloneAsync(HttpClient analyst, string code, string name)
    {
        using var answer = await analyst.PostAsync("/api/scenarios/esports-hotel/clone", "clone-" + code, new { code, name });
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonObject> OverviewAsync(HttpClient client, string code) =>
        (await client.GetFromJsonAsync<JsonArray>("/api/scenarios/overview"))!.Select(scenario => scenario!.AsObject()).Single(scenario => scenario["code"]!.GetValue<string>() == code);

    private static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return await answer.JsonAsync();
    }

    private static JsonObject? Find(JsonNode? node, string id) => node switch
    {
        JsonObject found when found["type"] is not null && found["id"] is JsonValue value && value.TryGetValue(out string? text) && text == id => found,
        JsonObject other => other.Select(member => Find(member.Value, id)).FirstOrDefault(found => found is not null),
        JsonArray list => list.Select(item => Find(item, id)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
