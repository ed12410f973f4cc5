using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Workflows.Engine.Definitions;

namespace Workflows.Engine.Tests.Definitions;

public class RoundTripTests
{
    [Fact]
    public void Every_shared_definition_comes_out_as_it_went_in()
    {
        foreach (var entry in JsonNode.Parse(RepositoryFiles.Read("tests", "conformance", "elsa.json"))!.AsArray())
        {
            var definition = entry!["definition"]!;
            Assert.True(JsonNode.DeepEquals(definition, WorkflowDefinition.Parse(definition).ToJson()));
            Assert.Equal(definition.ToJsonString(), WorkflowDefinition.Parse(definition.ToJsonString()).ToJson().ToJsonString());
        }
    }

    [Fact]
    public void Unknown_members_of_any_shape_come_out_as_they_went_in() =>
        Prop.ForAll(Json(3).ToArbitrary(), extra =>
        {
            var json = new JsonObject
            {
                ["definitionId"] = "d",
                ["x-unknown"] = extra.DeepClone(),
                ["root"] = new JsonObject { ["id"] = "f", ["type"] = "Elsa.Flowchart", ["metadata"] = extra.DeepClone(), ["activities"] = new JsonArray(new JsonObject { ["id"] = "a", ["type"] = "Acme.Unknown", ["text"] = extra.DeepClone() }) },
            };
            var before = json.ToJsonString();
            var definition = WorkflowDefinition.Parse(before);
            return definition.ToJson().ToJsonString() == before && WorkflowDefinition.Parse(json).ToJson().ToJsonString() == before;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Changing_what_came_out_changes_nothing_inside()
    {
        var definition = WorkflowDefinition.Parse("""{"definitionId":"d","version":3,"name":"n","root":{"type":"Elsa.Sequence"}}""");
        definition.ToJson()["name"] = "other";
        Assert.Equal(("n", 3, "d-v3"), (definition.Name, definition.Version, definition.Id));
    }

    [Fact]
    public void A_byte_order_mark_and_comments_are_tolerated() =>
        Assert.Equal("d", WorkflowDefinition.Parse("\uFEFF{\"definitionId\":\"d\", /* 说明 */ \"root\":{\"type\":\"Elsa.Sequence\"},}").DefinitionId);

    private static Gen<JsonNode> Json(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements("", "中文", "a\"b\\c", "1", "$id").Select(t => (JsonNode)t),
            Gen.Choose(-1000, 1000).Select(n => (JsonNode)n),
            Gen.Elements(true, false).Select(b => (JsonNode)b));
        if (depth == 0)
            return leaf;
        var inner = Json(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.ListOf(2).Select(items => (JsonNode)new JsonArray([.. items.Select(i => i.DeepClone())])),
            inner.ListOf(2).Select(items => (JsonNode)new JsonObject(items.Select((item, i) => KeyValuePair.Create($"k{i}", (JsonNode?)item.DeepClone())))));
    }
}
