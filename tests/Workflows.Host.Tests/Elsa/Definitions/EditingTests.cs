using System.Net;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>What the editor does: create, save, publish, edit on, revert, retract, delete.</summary>
[Collection(SharedService.Name)]
public sealed class EditingTests(ServiceUnderTest service)
{
    [Fact]
    public async Task A_new_workflow_comes_back_with_ids_links_and_empty_lists()
    {
        using var analyst = await service.PersonAsync("analyst");
        var answer = await analyst.SaveAsync(StudioClient.NewWorkflow("新流程一", "eaab6b3ed8dec194"));
        Assert.False(answer["alreadyPublished"]!.GetValue<bool>());
        Assert.Empty(answer["validationErrors"]!.AsArray());
        var definition = answer["workflowDefinition"]!.AsObject();
        Assert.Equal(1, definition["version"]!.GetValue<int>());
        Assert.True(definition["isLatest"]!.GetValue<bool>());
        Assert.False(definition["isPublished"]!.GetValue<bool>());
        Assert.NotEqual(definition["id"]!.GetValue<string>(), definition["definitionId"]!.GetValue<string>());
        Assert.Equal("Workflow1:eaab6b3ed8dec194", definition["root"]!["nodeId"]!.GetValue<string>());
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
            Assert.Empty(definition[list]!.AsArray());
        foreach (var item in new[] { "options", "customProperties" })
            Assert.IsType<JsonObject>(definition[item]);
        Assert.Contains(definition["links"]!.AsArray(), link => link!["rel"]!.GetValue<string>() == "publish");
        NoNulls(definition);
    }

    [Fact]
    public async Task Saving_the_same_again_creates_nothing_and_changes_nothing()
    {
        using var analyst = await service.PersonAsync("analyst");
        var first = (await analyst.SaveAsync(StudioClient.NewWorkflow("重复保存", "r1")))["workflowDefinition"]!;
        var again = (await analyst.SaveAsync(StudioClient.NewWorkflow("重复保存", "r1")))["workflowDefinition"]!;
        Assert.True(JsonNode.DeepEquals(first, again));
        var opened = await analyst.DefinitionAsync(first["definitionId"]!.GetValue<string>());
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(JsonNode.DeepEquals(opened, (await analyst.SaveAsync(opened))["workflowDefinition"]));
    }

    [Fact]
    public async Task A_draft_is_changed_in_place_and_a_published_version_gets_a_successor()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = Flow("edited-1", "一");
        var draft = (await analyst.SaveAsync(model))["workflowDefinition"]!;
        model["root"]!["activities"]![0]!["text"]!["expression"]!["value"] = "二";
        var changed = (await analyst.SaveAsync(model))["workflowDefinition"]!;
        Assert.Equal(draft["id"]!.GetValue<string>(), changed["id"]!.GetValue<string>());
        Assert.Equal("Workflow1:flow:a1", changed["root"]!["activities"]![0]!["nodeId"]!.GetValue<string>());
        var published = (await analyst.SaveAsync(model, publish: true))["workflowDefinition"]!;
        Assert.Equal((draft["id"]!.GetValue<string>(), 1, true), (published["id"]!.GetValue<string>(), published["version"]!.GetValue<int>(), published["isPublished"]!.GetValue<bool>()));
        model["root"]!["activities"]![0]!["text"]!["expression"]!["value"] = "三";
        var second = (await analyst.SaveAsync(model))["workflowDefinition"]!;
        Assert.Equal((2, true, false), (second["version"]!.GetValue<int>(), second["isLatest"]!.GetValue<bool>(), second["isPublished"]!.GetValue<bool>()));
        Assert.NotEqual(draft["id"]!.GetValue<string>(), second["id"]!.GetValue<string>());
        var first = await analyst.ReadAsync("/workflow-definitions/by-id/" + draft["id"]!.GetValue<string>());
        Assert.Equal((1, false, true), (first["version"]!.GetValue<int>(), first["isLatest"]!.GetValue<bool>(), first["isPublished"]!.GetValue<bool>()));
        Assert.Equal("二", first["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.GetValue<string>());
        Assert.Equal(1, (await analyst.DefinitionAsync("edited-1", "Published"))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Publishing_what_is_published_says_so()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(Flow("twice-1", "一"), publish: true);
        using var answer = await analyst.PostAsync(StudioClient.Base + "/twice-1/publish", "unused", new { });
        Assert.True((await answer.JsonAsync())["alreadyPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Publishing_names_the_activity_and_the_field_once_for_each_problem()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = Flow("broken-1", "一");
        var delay = StudioClient.WriteLine("d1", "");
        delay["type"] = "Elsa.Delay";
        delay.Remove("text");
        delay["metadata"]!["displayText"] = "等三天";
        delay["timeSpan"] = JsonNode.Parse("""{"typeName":null,"expression":{"type":"Literal","value":"three days"},"memoryReference":null}""");
        model["root"]!["activities"]!.AsArray().Add((JsonNode)delay);
        using var answer = await analyst.SendSaveAsync(model, publish: true);
        var messages = await answer.SnackbarsAsync();
        Assert.Equal(messages.Distinct(), messages);
        Assert.Contains(messages, message => message.Contains("等三天", StringComparison.Ordinal) && message.Contains("d1", StringComparison.Ordinal) && message.Contains("时长", StringComparison.Ordinal));
        // What was typed is not lost by the refusal.
        Assert.Equal("three days", (await analyst.DefinitionAsync("broken-1"))["root"]!["activities"]![1]!["timeSpan"]!["expression"]!["value"]!.GetValue<string>());
        Assert.False((await analyst.DefinitionAsync("broken-1"))["isPublished"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_retracted_version_is_never_edited_in_place()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = Flow("retracted-1", "一");
        var published = (await analyst.SaveAsync(model, publish: true))["workflowDefinition"]!;
        using (var retracted = await analyst.PostAsync(StudioClient.Base + "/retracted-1/retract", "unused", new { }))
            Assert.False((await retracted.JsonAsync())["isPublished"]!.GetValue<bool>());
        using (var again = await analyst.PostAsync(StudioClient.Base + "/retracted-1/retract", "unused", new { }))
            Assert.Single(await again.SnackbarsAsync());
        model["root"]!["activities"]![0]!["text"]!["expression"]!["value"] = "二";
        Assert.Equal(2, (await analyst.SaveAsync(model))["workflowDefinition"]!["version"]!.GetValue<int>());
        var first = await analyst.ReadAsync("/workflow-definitions/by-id/" + published["id"]!.GetValue<string>());
        Assert.Equal("一", first["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task Reverting_brings_the_old_content_into_a_draft()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = Flow("reverted-1", "一");
        await analyst.SaveAsync(model, publish: true);
        model["root"]!["activities"]![0]!["text"]!["expression"]!["value"] = "二";
        await analyst.SaveAsync(model, publish: true);
        using var answer = await analyst.PostAsync(StudioClient.Base + "/reverted-1/revert/1", "unused", new { });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var summary = await answer.JsonAsync();
        Assert.Equal((3, false, true), (summary["version"]!.GetValue<int>(), summary["isPublished"]!.GetValue<bool>(), summary["isLatest"]!.GetValue<bool>()));
        var draft = await analyst.ReadAsync("/workflow-definitions/by-id/" + summary["id"]!.GetValue<string>());
        Assert.Equal("一", draft["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_deleted_workflow_is_gone_and_its_name_is_free()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(Flow("deleted-1", "一"), publish: true);
        Assert.False((await analyst.ReadAsync("/workflow-definitions/validation/is-name-unique?name=deleted-1"))["isUnique"]!.GetValue<bool>());
        using (var deleted = await analyst.DeleteAsync(new Uri(StudioClient.Base + "/deleted-1", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using (var again = await analyst.DeleteAsync(new Uri(StudioClient.Base + "/deleted-1", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.True((await analyst.ReadAsync("/workflow-definitions/validation/is-name-unique?name=deleted-1"))["isUnique"]!.GetValue<bool>());
    }

    internal static JsonObject Flow(string definitionId, string text) => new()
    {
        ["definitionId"] = definitionId, ["name"] = definitionId, ["variables"] = new JsonArray(), ["inputs"] = new JsonArray(), ["outputs"] = new JsonArray(), ["outcomes"] = new JsonArray(),
        ["customProperties"] = new JsonObject(), ["options"] = new JsonObject(),
        ["root"] = new JsonObject
        {
            ["id"] = "flow", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "Flowchart1", ["activities"] = new JsonArray(StudioClient.WriteLine("a1", text)), ["connections"] = new JsonArray(),
        },
    };

    private static void NoNulls(JsonObject definition)
    {
        foreach (var (name, value) in definition)
            Assert.True(value is not null, name + " is null");
    }
}
