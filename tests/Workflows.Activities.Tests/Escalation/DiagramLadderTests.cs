using System.Text.Json.Nodes;
using Workflows.Activities.Escalation;
using Workflows.Supervision.Tests;

namespace Workflows.Activities.Tests.Escalation;

public sealed class DiagramLadderTests
{
    private const string Lines = "-3 工作日 提醒 承办单位\n+3 工作日 红牌 单位负责人\n0 工作日 催办 承办单位\n+3 工作日 督办单 督办人";

    [Fact]
    public void The_caption_tells_the_rungs_in_order_of_time() =>
        Assert.Equal("前3日 提醒；届满 催办；后3日 红牌、督办单", DiagramLadder.Caption(Ladder(Lines)));

    [Fact]
    public void Lines_a_list_and_the_text_of_a_list_say_the_same()
    {
        const string list = """[{"title":"红牌","offset":3,"unit":"WorkingDays","action":"RedCard","recipients":["unit-head"]}]""";
        foreach (var value in new JsonNode[] { "+3 工作日 红牌 单位负责人", list, JsonNode.Parse(list)! })
        {
            var rung = Assert.Single(DiagramLadder.Read(value, out var problems));
            Assert.Empty(problems);
            Assert.Equal((3, "红牌", "unit-head"), (rung.Offset, rung.Port, Assert.Single(rung.Recipients)));
        }
    }

    [Fact]
    public void Rungs_that_an_expression_gives_are_left_to_the_run()
    {
        var ladder = Ladder("getRungs()");
        ladder["rungs"]!["expression"]!["type"] = "JavaScript";
        Assert.Null(DiagramLadder.Caption(ladder));
    }

    [Fact]
    public void Every_ladder_of_the_diagrams_is_written_in_lines_and_shows_its_rungs()
    {
        foreach (var file in new[] { "plan.json", "case.json" })
        {
            var root = JsonNode.Parse(RepositoryFiles.Read("workflow-definitions/esports-hotel/" + file))!;
            var before = root.ToJsonString();
            DiagramLadder.ShowCaptions(root);
            var ladders = All(root).Where(DiagramLadder.IsLadder).ToList();
            Assert.NotEmpty(ladders);
            Assert.All(ladders, ladder => Assert.Contains("工作日", ladder["rungs"]!["expression"]!["value"]!.GetValue<string>(), StringComparison.Ordinal));
            Assert.All(ladders, ladder => Assert.Contains("日 ", ladder["metadata"]!["description"]!.GetValue<string>(), StringComparison.Ordinal));
            DiagramLadder.HideCaptions(root);
            Assert.Equal(before, root.ToJsonString());
        }
    }

    [Fact]
    public void A_text_of_the_analyst_is_neither_covered_nor_taken_away()
    {
        var own = Ladder(Lines);
        own["metadata"] = new JsonObject { ["description"] = "我的说明" };
        DiagramLadder.ShowCaptions(own);
        Assert.Equal("我的说明", own["metadata"]!["description"]!.GetValue<string>());

        var edited = Ladder(Lines);
        DiagramLadder.ShowCaptions(edited);
        edited["metadata"]!["description"] = "改过的说明";
        DiagramLadder.HideCaptions(edited);
        Assert.Equal("改过的说明", edited["metadata"]!["description"]!.GetValue<string>());

        var moved = Ladder(Lines);
        DiagramLadder.ShowCaptions(moved);
        moved["rungs"]!["expression"]!["value"] = "+1 工作日 黄牌";
        DiagramLadder.ShowCaptions(moved);
        Assert.Equal("后1日 黄牌", moved["metadata"]!["description"]!.GetValue<string>());
    }

    private static JsonObject Ladder(string lines) => new()
    {
        ["id"] = "L",
        ["type"] = "Supervision.InternalLadder",
        ["rungs"] = new JsonObject { ["typeName"] = "JSON", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = lines } },
    };

    private static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject json => json.Select(p => p.Value).SelectMany(All).Prepend(json),
        JsonArray list => list.SelectMany(All),
        _ => [],
    };
}
