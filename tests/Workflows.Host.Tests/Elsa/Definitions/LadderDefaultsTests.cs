using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>The scenario's ladders stand in for rungs that an analyst leaves empty.</summary>
public sealed class LadderDefaultsTests(ServiceUnderTest service) : IClassFixture<ServiceUnderTest>
{
    // As they stand under "ladders" in scenario.json of the e-sports hotels.
    private const string Inside = """
        -3 工作日 提醒 承办单位
        -1 工作日 提醒 承办单位
        0 工作日 催办 承办单位、单位负责人
        +1 工作日 黄牌 承办单位、单位负责人 答复1工作日
        +3 工作日 红牌 单位负责人、分管领导
        +3 工作日 督办单 单位负责人 答复5工作日 异议2工作日
        +8 工作日 会商 指挥中心、指导办
        """;

    private const string Outside = """
        -3 工作日 提示 当事人
        -1 工作日 提示 当事人
        +1 工作日 到期复查 承办单位
        """;

    [Fact]
    public async Task A_ladder_that_is_saved_without_rungs_gets_those_of_its_scenario_and_no_other_is_touched()
    {
        using var analyst = await service.PersonAsync("analyst");
        var definition = (await analyst.DefinitionAsync("esports-hotel-case")).AsObject();
        var (inside, outside) = (Ladder(definition, "InspectionLadder"), Ladder(definition, "PartyLadder"));
        inside["rungs"]!["expression"]!["value"] = "  \n";
        outside.Remove("rungs");
        var other = Lines(Ladder(definition, "RecordLadder"));
        await analyst.SaveAsync(definition);

        var saved = (await analyst.DefinitionAsync("esports-hotel-case")).AsObject();
        Assert.Equal(Inside.ReplaceLineEndings("\n"), Lines(Ladder(saved, "InspectionLadder")));
        Assert.Equal(Outside.ReplaceLineEndings("\n"), Lines(Ladder(saved, "PartyLadder")));
        Assert.Equal(other, Lines(Ladder(saved, "RecordLadder")));

        // What was filled in is a ladder that may be published.
        using var published = await analyst.PostAsJsonAsync(StudioClient.Base + "/esports-hotel-case/publish", new JsonObject());
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
    }

    private static string Lines(JsonObject ladder) => ladder["rungs"]!["expression"]!["value"]!.GetValue<string>();

    private static JsonObject Ladder(JsonNode node, string id) => Find(node, id) ?? throw new InvalidOperationException($"no step {id}");

    private static JsonObject? Find(JsonNode? node, string id) => node switch
    {
        JsonObject found when found["id"] is JsonValue value && value.TryGetValue(out string? own) && own == id && found["type"] is not null => found,
        JsonObject members => members.Select(member => Find(member.Value, id)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(item => Find(item, id)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
