using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>What the editor of Studio sends, as it was seen on the wire.</summary>
internal static class StudioClient
{
    public const string Base = "/elsa/api/workflow-definitions";

    public static async Task<JsonObject> ReadAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri("/elsa/api" + path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static Task<JsonObject> DefinitionAsync(this HttpClient client, string definitionId, string versions = "Latest") =>
        client.ReadAsync($"/workflow-definitions/by-definition-id/{definitionId}?versionOptions={versions}");

    /// <summary>Sends a definition back, as the editor does 500 ms after each change.</summary>
    public static async Task<JsonObject> SaveAsync(this HttpClient client, JsonObject model, bool publish = false)
    {
        using var answer = await client.SendSaveAsync(model, publish);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public static Task<HttpResponseMessage> SendSaveAsync(this HttpClient client, JsonObject model, bool publish = false) =>
        client.PostAsJsonAsync(Base, new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish });

    /// <summary>Creates an empty flowchart as the dialogue "New workflow" does.</summary>
    public static JsonObject NewWorkflow(string name, string rootId) => new()
    {
        ["definitionId"] = null, ["name"] = name, ["description"] = "", ["toolVersion"] = "3.8.2.0", ["variables"] = null, ["inputs"] = null, ["outputs"] = null,
        ["outcomes"] = null, ["customProperties"] = null, ["isReadonly"] = false, ["options"] = null, ["links"] = null, ["createdAt"] = "0001-01-01T00:00:00+00:00",
        ["version"] = 1, ["isLatest"] = true, ["isPublished"] = false, ["id"] = null,
        ["root"] = new JsonObject { ["id"] = rootId, ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "Flowchart1" },
    };

    /// <summary>A write-line with the input that Studio makes when there was none before.</summary>
    public static JsonObject WriteLine(string id, string text) => new()
    {
        ["id"] = id, ["name"] = "WriteLine1", ["type"] = "Elsa.WriteLine", ["version"] = 1, ["nodeId"] = "made-up:" + id,
        ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 20.5, ["y"] = 60 }, ["size"] = new JsonObject { ["width"] = 181.28, ["height"] = 54 } } },
        ["text"] = new JsonObject { ["typeName"] = null, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = text }, ["memoryReference"] = null },
    };

    /// <summary>The messages of a refusal in the form that Studio shows.</summary>
    public static async Task<IReadOnlyList<string>> SnackbarsAsync(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{(int)answer.StatusCode} {text}");
        var body = JsonNode.Parse(text)!.AsObject();
        Assert.Equal(400, body["statusCode"]!.GetValue<int>());
        return [.. body["errors"]!.AsObject().SelectMany(field => field.Value!.AsArray()).Select(message => message!.GetValue<string>())];
    }
}
