using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Workflows.EndToEnd.Walkthrough;

namespace Workflows.EndToEnd.Browsing;

/// <summary>One person of the sample district who works over HTTP, without a browser.</summary>
internal sealed class Desk : IDisposable
{
    private readonly HttpClient _client;

    private Desk(HttpClient client) => _client = client;

    public static async Task<Desk> OpenAsync(ServiceProcess service, string userName)
    {
        var client = new HttpClient { BaseAddress = new Uri(service.Url) };
        using var answer = await client.PostAsJsonAsync(new Uri("/api/session", UriKind.Relative), new { userName, password = service.PasswordOf(userName) });
        var session = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session["accessToken"]!.GetValue<string>());
        return new Desk(client);
    }

    /// <summary>Reads; what is answered has to be JSON.</summary>
    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await TextAsync(path))!;

    /// <summary>Reads a text word by word.</summary>
    public async Task<string> TextAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <summary>Sends a change with a key of its own.</summary>
    public async Task<JsonNode> PostAsync(string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new JsonObject()) };
        request.Headers.Add("Idempotency-Key", "story-" + Guid.NewGuid());
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>A definition as it is stored.</summary>
    public async Task<JsonObject> DefinitionAsync(string definitionId, string versions = "Latest") =>
        (await GetAsync($"/elsa/api/workflow-definitions/{definitionId}/export?versionOptions={versions}")).AsObject();

    /// <summary>The party's desk: it has no account, its links say what it may do.</summary>
    public static Desk OfTheParty(ServiceProcess service) => new(new HttpClient { BaseAddress = new Uri(service.Url) });

    /// <summary>Hands in a file as evidence.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> UploadAsync(string path, string title) =>
        (await SendFileAsync(path, Encoding.UTF8.GetBytes(title), "text/plain", "photo.txt", ("kind", "照片"), ("title", title)))["id"]!.GetValue<string>();

    /// <summary>A file as it is kept.</summary>
    public Task<byte[]> FileAsync(string path) => _client.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>Sends a file with what is said about it.</summary>
    public async Task<JsonNode> SendFileAsync(string path, byte[] content, string mediaType, string fileName, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        form.Add(file, "file", fileName);
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Idempotency-Key", "story-" + Guid.NewGuid());
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"POST {path}: {(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Hands in a step on this person's list, found by its kind and by the case where one is named.</summary>
    public async Task CompleteAsync(string kind, string? outcome, JsonNode data, string? caseId = null, string? planId = null)
    {
        var items = (await GetAsync($"/api/tasks?mine&kind={kind}" + (caseId is null ? "" : $"&caseId={caseId}")))["items"]!.AsArray()
            .Where(task => planId is null || task!["planId"]?.GetValue<string>() == planId).ToList();
        Assert.True(items.Count > 0, $"Nobody is asked for {kind}.");
        await PostAsync($"/api/tasks/{items[0]!["id"]}/complete", new JsonObject { ["outcome"] = outcome, ["data"] = data });
    }

    public void Dispose() => _client.Dispose();
}
