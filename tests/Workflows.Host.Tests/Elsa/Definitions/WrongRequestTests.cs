using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>A user's mistake gets 4xx with a reason, and nothing is lost by it.</summary>
[Collection(SharedService.Name)]
public sealed class WrongRequestTests(ServiceUnderTest service)
{
    [Theory]
    [InlineData("{\"model\":{\"definitionId\":\"x\",", 400, "malformed-json")]
    [InlineData("[]", 400, "malformed-json")]
    [InlineData("{\"model\":{\"name\":\"a\",\"name\":\"b\"}}", 400, "malformed-json")]
    [InlineData("{\"model\":{\"definitionId\":\"../../etc\",\"root\":null}}", 400, "bad-definition-id")]
    public async Task A_body_that_is_no_definition_is_refused_with_its_place(string body, int status, string code)
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsync(new Uri(StudioClient.Base, UriKind.Relative), Json(body));
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((status, code), ((int)answer.StatusCode, problem["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_missing_model_and_a_too_deep_diagram_are_said_in_a_line()
    {
        using var analyst = await service.PersonAsync("analyst");
        using (var answer = await analyst.PostAsync(new Uri(StudioClient.Base, UriKind.Relative), Json("{}")))
            Assert.Single(await answer.SnackbarsAsync());
        var deep = new JsonObject { ["id"] = "leaf", ["type"] = "Elsa.WriteLine", ["version"] = 1 };
        for (var i = 0; i < 120; i++)
            deep = new JsonObject { ["id"] = "s" + i, ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(deep) };
        using (var answer = await analyst.PostAsync(new Uri(StudioClient.Base, UriKind.Relative), Json(new JsonObject { ["model"] = new JsonObject { ["definitionId"] = "deep-1", ["root"] = deep } }.ToJsonString(Deep))))
            Assert.Contains("100", Assert.Single(await answer.SnackbarsAsync()), StringComparison.Ordinal);
        using var absent = await analyst.GetAsync(new Uri(StudioClient.Base + "/deep-1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Fact]
    public async Task Ten_megabytes_are_refused_and_ten_thousand_activities_are_not()
    {
        using var analyst = await service.PersonAsync("analyst");
        using (var answer = await analyst.PostAsync(new Uri(StudioClient.Base, UriKind.Relative), Json("{\"model\":{\"name\":\"" + new string('x', 10 << 20) + "\"}}")))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var activities = new JsonArray();
        for (var i = 0; i < 10_000; i++)
            activities.Add((JsonNode)StudioClient.WriteLine("a" + i, "行" + i));
        var model = EditingTests.Flow("large-1", "一");
        model["root"]!["activities"] = activities;
        var saved = (await analyst.SaveAsync(model))["workflowDefinition"]!;
        Assert.Equal(10_000, saved["root"]!["activities"]!.AsArray().Count);
        Assert.Equal("Workflow1:flow:a9999", saved["root"]!["activities"]![9999]!["nodeId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_workflow_without_a_root_is_saved_but_neither_published_nor_run()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = EditingTests.Flow("rootless-1", "一");
        model.Remove("root");
        await analyst.SaveAsync(model);
        using (var published = await analyst.PostAsync(StudioClient.Base + "/rootless-1/publish", "unused", new { }))
            Assert.Single(await published.SnackbarsAsync());
        using var run = await analyst.PostAsync(StudioClient.Base + "/rootless-1/execute", "unused", new { versionOptions = "Latest" });
        Assert.Single(await run.SnackbarsAsync());
    }

    [Fact]
    public async Task A_broken_archive_and_a_file_that_is_no_definition_import_nothing()
    {
        using var analyst = await service.PersonAsync("analyst");
        using (var form = Files(("a.json", Encoding.UTF8.GetBytes(EditingTests.Flow("half-1", "一").ToJsonString())), ("b.zip", [1, 2, 3, 4]), ("c.json", "{\"name\":1}"u8.ToArray())))
        using (var answer = await analyst.PostAsync(new Uri(StudioClient.Base + "/import-files", UriKind.Relative), form))
        {
            var messages = await answer.SnackbarsAsync();
            Assert.Equal(2, messages.Count);
            Assert.Contains(messages, message => message.StartsWith("b.zip", StringComparison.Ordinal));
            Assert.Contains(messages, message => message.StartsWith("c.json", StringComparison.Ordinal));
        }

        using var absent = await analyst.GetAsync(new Uri(StudioClient.Base + "/half-1", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    internal static MultipartFormDataContent Files(params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
            form.Add(new ByteArrayContent(content), "files", name);
        return form;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Deep = new() { MaxDepth = 512 };

    private static StringContent Json(string text) => new(text, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
