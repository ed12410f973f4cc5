using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>Files in and out, and what is done with several definitions at once.</summary>
[Collection(SharedService.Name)]
public sealed class TransferTests(ServiceUnderTest service)
{
    [Fact]
    public async Task What_is_exported_and_deleted_comes_back_by_import()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("moved-1", "一"), publish: true);
        using var file = await analyst.GetAsync(new Uri(StudioClient.Base + "/moved-1/export?versionOptions=1&includeConsumingWorkflows=False", UriKind.Relative));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.EndsWith(".json", file.Content.Headers.ContentDisposition?.FileName?.Trim('"'), StringComparison.Ordinal);
        var text = await file.Content.ReadAsStringAsync();
        using (var deleted = await analyst.DeleteAsync(new Uri(StudioClient.Base + "/moved-1", UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using (var imported = await analyst.PostAsJsonAsync(StudioClient.Base + "/import", JsonNode.Parse(text)))
        {
            Assert.Equal(HttpStatusCode.Created, imported.StatusCode);
            Assert.False((await imported.JsonAsync())["isPublished"]!.GetValue<bool>());
        }

        using var again = await analyst.PostAsJsonAsync(StudioClient.Base + "/import", JsonNode.Parse(text));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("一", (await analyst.DefinitionAsync("moved-1"))["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_archive_of_several_goes_out_and_in()
    {
        using var analyst = await service.PersonAsync("analyst");
        var ids = new JsonArray();
        foreach (var id in new[] { "zipped-1", "zipped-2" })
            ids.Add(JsonValue.Create((await analyst.SaveAsync(EditingTests.Flow(id, id)))["workflowDefinition"]!["id"]!.GetValue<string>()));
        using var exported = await analyst.PostAsJsonAsync("/elsa/api/bulk-actions/export/workflow-definitions", new JsonObject { ["ids"] = ids });
        var bytes = await exported.Content.ReadAsByteArrayAsync();
        using (var zip = new ZipArchive(new MemoryStream(bytes)))
            Assert.Equal(["zipped-1.json", "zipped-2.json"], zip.Entries.Select(entry => entry.Name).Order());
        Assert.Equal(2, await DeletedAsync(analyst, "zipped-1", "zipped-2"));
        using var form = WrongRequestTests.Files(("all.zip", bytes));
        using var imported = await analyst.PostAsync(new Uri(StudioClient.Base + "/import-files", UriKind.Relative), form);
        Assert.Equal(2, (await imported.JsonAsync())["count"]!.GetValue<int>());
        Assert.Equal("zipped-2", (await analyst.DefinitionAsync("zipped-2"))["root"]!["activities"]![0]!["text"]!["expression"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_too_much_is_refused()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await zip.CreateEntry("bomb.json").OpenAsync();
            var block = Encoding.UTF8.GetBytes(new string(' ', 1 << 20));
            for (var i = 0; i < 40; i++)
                await entry.WriteAsync(block);
        }

        using var analyst = await service.PersonAsync("analyst");
        using var form = WrongRequestTests.Files(("bomb.zip", target.ToArray()));
        using var answer = await analyst.PostAsync(new Uri(StudioClient.Base + "/import-files", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Publishing_and_retracting_several_says_what_became_of_each()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("bulk-1", "一"));
        await analyst.SaveAsync(EditingTests.Flow("bulk-2", "一"), publish: true);
        var empty = EditingTests.Flow("bulk-3", "一");
        empty["root"]!["activities"] = new JsonArray();
        await analyst.SaveAsync(empty);
        var ids = new JsonObject { ["definitionIds"] = new JsonArray("bulk-1", "bulk-2", "bulk-3", "bulk-9") };
        using var published = await analyst.PostAsJsonAsync("/elsa/api/bulk-actions/publish/workflow-definitions/by-definition-ids", ids);
        var outcome = await published.JsonAsync();
        foreach (var (list, id) in new[] { ("published", "bulk-1"), ("alreadyPublished", "bulk-2"), ("failed", "bulk-3"), ("notFound", "bulk-9") })
            Assert.Equal(id, Assert.Single(outcome[list]!.AsArray())!.GetValue<string>());
        foreach (var list in new[] { "skipped", "updatedConsumers" })
            Assert.Empty(outcome[list]!.AsArray());
        Assert.IsType<JsonObject>(outcome["warnings"]);
        using var retracted = await analyst.PostAsJsonAsync("/elsa/api/bulk-actions/retract/workflow-definitions/by-definition-ids", ids);
        var back = await retracted.JsonAsync();
        Assert.Equal(["bulk-1", "bulk-2"], back["retracted"]!.AsArray().Select(id => id!.GetValue<string>()));
        Assert.Equal(back["notPublished"]!.ToJsonString(), back["alreadyRetracted"]!.ToJsonString());
        Assert.Equal("bulk-3", Assert.Single(back["notPublished"]!.AsArray())!.GetValue<string>());
    }

    [Fact]
    public async Task Users_of_a_workflow_are_found_and_brought_to_its_published_version()
    {
        using var analyst = await service.PersonAsync("analyst");
        var used = EditingTests.Flow("used-1", "一");
        used["options"]!["usableAsActivity"] = true;
        var alone = await analyst.SaveAsync(used, publish: true);
        Assert.Equal(0, alone["consumingWorkflowCount"]!.GetValue<int>());
        var first = alone["workflowDefinition"]!["id"]!.GetValue<string>();
        var consumer = EditingTests.Flow("user-1", "一");
        consumer["root"]!["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "step", ["type"] = "used1", ["version"] = 1, ["workflowDefinitionId"] = "used-1", ["workflowDefinitionVersionId"] = first, ["metadata"] = new JsonObject(),
        });
        await analyst.SaveAsync(consumer);
        Assert.Equal("user-1", Assert.Single((await analyst.ReadAsync("/workflow-definitions/used-1/consumers"))["consumingWorkflowDefinitionIds"]!.AsArray())!.GetValue<string>());
        used["description"] = "second";
        // A draft concerns nobody yet; a new version concerns each workflow that uses it, once.
        Assert.Equal(0, (await analyst.SaveAsync(used))["consumingWorkflowCount"]!.GetValue<int>());
        var again = await analyst.SaveAsync(used, publish: true);
        Assert.Equal(1, again["consumingWorkflowCount"]!.GetValue<int>());
        var second = again["workflowDefinition"]!["id"]!.GetValue<string>();
        Assert.NotEqual(first, second);
        using var updated = await analyst.PostAsJsonAsync(StudioClient.Base + "/used-1/update-references", new JsonObject());
        Assert.Equal("user-1", Assert.Single((await updated.JsonAsync())["affectedWorkflows"]!.AsArray())!.GetValue<string>());
        using var file = await analyst.GetAsync(new Uri(StudioClient.Base + "/user-1/export", UriKind.Relative));
        Assert.Equal(second, JsonNode.Parse(await file.Content.ReadAsStringAsync())!["root"]!["activities"]![1]!["workflowDefinitionVersionId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_nested_activity_is_found_with_its_path()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = EditingTests.Flow("nested-1", "一");
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""
            {"id":"each","type":"Elsa.ForEach","version":1,"body":{"id":"inner","type":"Elsa.Flowchart","version":1,"activities":[{"id":"leaf","type":"Elsa.WriteLine","version":1}],"connections":[]}}
            """));
        var version = (await analyst.SaveAsync(model))["workflowDefinition"]!["id"]!.GetValue<string>();
        var whole = await analyst.ReadAsync($"/workflow-definitions/subgraph/{version}");
        Assert.Equal(("Root", "Workflow1:flow", 2), (whole["port"]!.GetValue<string>(), whole["nodeId"]!.GetValue<string>(), whole["children"]!.AsArray().Count));
        var part = await analyst.ReadAsync($"/workflow-definitions/subgraph/{version}?parentNodeId=Workflow1%3Aflow%3Aeach");
        Assert.Equal(("each", "Body"), (part["activity"]!["id"]!.GetValue<string>(), part["children"]![0]!["port"]!.GetValue<string>()));
        var path = await analyst.ReadAsync($"/workflow-definitions/subgraph/segments/{version}?childNodeId=Workflow1%3Aflow%3Aeach%3Ainner%3Aleaf");
        Assert.Equal(("leaf", "inner"), (path["childNode"]!["activity"]!["id"]!.GetValue<string>(), path["container"]!["activity"]!["id"]!.GetValue<string>()));
        var segment = Assert.Single(path["pathSegments"]!.AsArray())!;
        Assert.Equal(("Workflow1:flow:each", "each", "Elsa.ForEach", "Body"), (
            segment["activityNodeId"]!.GetValue<string>(), segment["activityId"]!.GetValue<string>(), segment["activityType"]!.GetValue<string>(), segment["portName"]!.GetValue<string>()));
    }

    private static async Task<int> DeletedAsync(HttpClient analyst, params string[] ids)
    {
        using var answer = await analyst.PostAsJsonAsync("/elsa/api/bulk-actions/delete/workflow-definitions/by-definition-id", new { definitionIds = ids });
        return (await answer.JsonAsync())["deleted"]!.GetValue<int>();
    }
}
