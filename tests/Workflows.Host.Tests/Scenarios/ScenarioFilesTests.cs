using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Scenarios;

/// <summary>Reading and saving the data and templates of a scenario over HTTP.</summary>
public sealed class ScenarioFilesTests(ServiceUnderTest service) : IClassFixture<ServiceUnderTest>
{
    [Fact]
    public async Task What_is_saved_stands_in_the_draft_while_the_published_version_stays_as_it_was()
    {
        using var analyst = await service.PersonAsync("analyst");
        await CloneAsync(analyst, "card-room", publish: true);
        var read = await FileAsync(analyst, "card-room", "scenario.json");
        Assert.True(read["version"]!["isPublished"]!.GetValue<bool>());
        var data = JsonNode.Parse(read["text"]!.GetValue<string>())!;
        data["departments"]!.AsArray().Add(JsonNode.Parse("""{ "code": "TBX", "name": "烟草专卖局直属分局", "numberName": "烟直", "role": "Optional", "officers": 2 }"""));

        using var saved = await SaveAsync(analyst, "card-room", "scenario.json", data.ToJsonString(), read["hash"]!.GetValue<string>());

        var answer = await saved.SucceededAsync();
        Assert.True(answer["version"]!["isDraft"]!.GetValue<bool>());
        Assert.Equal($"\"{answer["hash"]!.GetValue<string>()}\"", saved.Headers.ETag!.Tag);
        var draft = await FileAsync(analyst, "card-room", "scenario.json");
        Assert.Contains("TBX", draft["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(answer["hash"]!.GetValue<string>(), draft["hash"]!.GetValue<string>());
        var published = await FileAsync(analyst, "card-room", "scenario.json?version=1");
        Assert.Equal(read["text"]!.GetValue<string>(), published["text"]!.GetValue<string>());
        Assert.Equal(["scenario.json"], (await analyst.GetFromJsonAsync<JsonObject>("/api/scenarios/card-room/differences"))!["files"]!.AsArray().Select(file => file!.GetValue<string>()));
    }

    [Fact]
    public async Task Nobody_covers_what_another_has_saved()
    {
        using var analyst = await service.PersonAsync("analyst");
        await CloneAsync(analyst, "bath-house", publish: false);
        var hash = (await FileAsync(analyst, "bath-house", "templates/interview-notice.sbn-html"))["hash"]!.GetValue<string>();
        using (var first = await SaveAsync(analyst, "bath-house", "templates/interview-notice.sbn-html", "<p>甲</p>", hash))
            first.EnsureSuccessStatusCode();

        using var second = await SaveAsync(analyst, "bath-house", "templates/interview-notice.sbn-html", "<p>乙</p>", hash);
        await second.RefusedAsync(409, "file-changed", "templates/interview-notice.sbn-html");
        using var fresh = await SaveAsync(analyst, "bath-house", "templates/interview-notice.sbn-html", "<p>丙</p>", null);
        await fresh.RefusedAsync(409, "file-changed", "templates/interview-notice.sbn-html");
        Assert.Equal("<p>甲</p>", (await FileAsync(analyst, "bath-house", "templates/interview-notice.sbn-html"))["text"]!.GetValue<string>());

        // The same content once more is no conflict: nothing would be lost.
        using var repeated = await SaveAsync(analyst, "bath-house", "templates/interview-notice.sbn-html", "<p>甲</p>", hash);
        Assert.Equal(HttpStatusCode.OK, repeated.StatusCode);
    }

    [Fact]
    public async Task A_template_is_added_and_removed_again()
    {
        using var analyst = await service.PersonAsync("analyst");
        await CloneAsync(analyst, "sauna", publish: false);
        using (var added = await SaveAsync(analyst, "sauna", "templates/sauna/tobacco-notice.sbn-html", "<p>{{ case.number }}</p>", null))
            added.EnsureSuccessStatusCode();
        var hash = (await FileAsync(analyst, "sauna", "templates/sauna/tobacco-notice.sbn-html"))["hash"]!.GetValue<string>();

        using var removed = await SendAsync(analyst, HttpMethod.Delete, "sauna", "templates/sauna/tobacco-notice.sbn-html", null, hash);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await analyst.GetAsync(new Uri("/api/scenarios/sauna/files/templates/sauna/tobacco-notice.sbn-html", UriKind.Relative));
        await gone.RefusedAsync(404, "file-unknown", "path");
        using var required = await SendAsync(analyst, HttpMethod.Delete, "sauna", "scenario.json", null, hash);
        await required.RefusedAsync(422, "file-required", "path");
    }

    [Theory]
    [InlineData("case.json", "{}", 422, "bad-path", "path")]
    [InlineData("templates/..%2F..%2Fetc.sbn-html", "x", 422, "bad-path", "path")]
    [InlineData("templates/a.exe", "x", 422, "bad-path", "path")]
    [InlineData("scenario.json", "{", 422, "malformed-json", "text")]
    [InlineData("scenario.json", "[]", 422, "malformed-json", "text")]
    [InlineData("scenario.json", "{\"a\":[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}", 422, "malformed-json", "text")]
    [InlineData("templates/interview-notice.sbn-html", "a\0b", 422, "bad-character", "text")]
    public async Task What_cannot_be_kept_is_refused(string path, string text, int status, string code, string field)
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await SaveAsync(analyst, "esports-hotel", path, text, new string('0', 64));
        await answer.RefusedAsync(status, code, field);
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_whether_it_fits_a_request_or_not()
    {
        using var analyst = await service.PersonAsync("analyst");
        using (var template = await SaveAsync(analyst, "esports-hotel", "templates/interview-notice.sbn-html", new string('长', (256 << 10) + 1), new string('0', 64)))
            await template.RefusedAsync(422, "file-too-long", "text");
        using (var data = await SaveAsync(analyst, "esports-hotel", "scenario.json", new string(' ', (1 << 20) + 1), new string('0', 64)))
            await data.RefusedAsync(422, "file-too-long", "text");
        using var body = await SaveAsync(analyst, "esports-hotel", "scenario.json", new string(' ', 10 << 20), new string('0', 64));
        // 413 where the server reads the length first, 422 where the text is read.
        Assert.Contains(body.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnprocessableEntity });
        Assert.Equal("application/problem+json", body.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Whoever_saves_says_what_he_read()
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PutAsJsonAsync("/api/scenarios/esports-hotel/files/scenario.json", new { text = "{}" });
        await answer.RefusedAsync(400, "if-match-required", "If-Match");
    }

    [Fact]
    public async Task Supervisors_read_and_do_not_save()
    {
        using var supervisor = await service.PersonAsync("supervisor", area: "330203");
        var list = (await supervisor.GetFromJsonAsync<JsonObject>("/api/scenarios/esports-hotel/files"))!;
        var kinds = list["files"]!.AsArray().ToDictionary(file => file!["path"]!.GetValue<string>(), file => file!["kind"]!.GetValue<string>());
        Assert.Equal(("Scenario", "Law", "Diagram", "Template"), (kinds["scenario.json"], kinds["legal-bases.json"], kinds["case.json"], kinds["templates/interview-notice.sbn-html"]));
        using var answer = await SaveAsync(supervisor, "esports-hotel", "scenario.json", "{}", new string('0', 64));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task CloneAsync(HttpClient analyst, string code, bool publish)
    {
        using var cloned = await analyst.PostAsync("/api/scenarios/esports-hotel/clone", "clone-" + code, new { code, name = "试验场所" });
        Assert.Equal(HttpStatusCode.Created, cloned.StatusCode);
        if (!publish)
            return;
        using var published = await analyst.PostAsync($"/api/scenarios/{code}/publish", "publish-" + code, new { });
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
    }

    private static async Task<JsonObject> FileAsync(HttpClient client, string code, string path)
    {
        using var answer = await client.GetAsync(new Uri($"/api/scenarios/{code}/files/{path}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private static Task<HttpResponseMessage> SaveAsync(HttpClient client, string code, string path, string text, string? hash) =>
        SendAsync(client, HttpMethod.Put, code, path, JsonContent.Create(new { text }), hash);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string code, string path, HttpContent? content, string? hash)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/scenarios/{code}/files/{path}", UriKind.Relative)) { Content = content };
        request.Headers.Add(hash is null ? "If-None-Match" : "If-Match", hash is null ? "*" : $"\"{hash}\"");
        return await client.SendAsync(request);
    }
}
