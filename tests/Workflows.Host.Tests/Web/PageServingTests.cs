using System.Net;
using System.Net.Http.Headers;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Web;

/// <summary>The pages as a browser gets them: over HTTP, from the built web project.</summary>
[Collection(SharedService.Name)]
public class PageServingTests(ServiceUnderTest shared)
{
    [Theory]
    [InlineData("/studio")]
    [InlineData("/studio/")]
    [InlineData("/studio/definitions")]
    [InlineData("/studio/definitions/esports-hotel-case")]
    [InlineData("/studio/definitions/esports-hotel-case/versions")]
    [InlineData("/studio/instances")]
    [InlineData("/studio/instances/0123456789abcdef")]
    [InlineData("/studio/scenarios/esports-hotel/rules")]
    [InlineData("/studio/workflows/instances/0123456789abcdef/view")]
    [InlineData("/studio/workflows/definitions/esports-hotel-case/edit")]
    public async Task Every_path_of_studio_can_be_loaded_directly(string path)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<base href=\"/studio/\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/desk")]
    [InlineData("/desk/cases/x")]
    [InlineData("/inspect")]
    [InlineData("/inspect/sw.js")]
    [InlineData("/public")]
    [InlineData("/public/documents")]
    [InlineData("/p")]
    [InlineData("/p/x")]
    [InlineData("/e/x")]
    [InlineData("/studio")]
    [InlineData("/studio/scenarios/x")]
    [InlineData("/studio/trials/x")]
    public async Task The_policy_lets_no_inline_script_and_no_other_host_in(string path)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        var scripts = Assert.Single(policy, directive => directive.StartsWith("script-src ", StringComparison.Ordinal)).Split(' ')[1..];
        // Studio alone brings WebAssembly and two inline scripts of its own, each by its hash.
        var studio = path.StartsWith("/studio", StringComparison.Ordinal);
        Assert.All(scripts, source => Assert.True(source == "'self'" || studio && (source == "'wasm-unsafe-eval'" || source.StartsWith("'sha256-", StringComparison.Ordinal)), source));
        Assert.DoesNotContain(policy, directive => directive.StartsWith("script-src-", StringComparison.Ordinal) || directive.StartsWith("object-src", StringComparison.Ordinal));
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.DoesNotContain(policy, directive => directive.Contains("//", StringComparison.Ordinal) || directive.Contains('*', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    public async Task The_ready_made_compressed_file_is_chosen_by_what_the_browser_takes(string accepted, string? sent)
    {
        using var answer = await GetAsync("/studio/_framework/blazor.webassembly.js", accepted);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(sent, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal((await Built("studio/_framework/blazor.webassembly.js" + sent switch { "br" => ".br", "gzip" => ".gz", _ => "" })).Length, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_file_whose_name_stays_is_asked_for_again_and_answered_with_304()
    {
        using var first = await GetAsync("/studio/_framework/blazor.webassembly.js", "br");
        Assert.True(first.Headers.CacheControl!.NoCache);

        using var again = await GetAsync("/studio/_framework/blazor.webassembly.js", "br", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());

        using var otherForm = await GetAsync("/studio/_framework/blazor.webassembly.js", "gzip", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, otherForm.StatusCode);
    }

    [Theory]
    [InlineData("_framework", "Elsa.Studio.Workflows.*.wasm", "application/wasm")]
    [InlineData("_framework", "icudt.*.dat", "application/octet-stream")]
    [InlineData("_framework", "studio.*.dat", "application/octet-stream")]
    [InlineData("_framework", "dotnet.runtime.*.js", "text/javascript")]
    [InlineData("_content/BlazorMonaco/lib/monaco-editor/min/vs", "editor.api-*.js", "text/javascript")]
    public async Task A_file_whose_name_changes_with_its_content_is_kept_forever(string folder, string pattern, string type)
    {
        var name = Path.GetFileName(Directory.GetFiles(Path.Combine(Dist, "studio", folder), pattern).First(file => Path.GetExtension(file) == Path.GetExtension(pattern)));

        using var answer = await GetAsync($"/studio/{folder}/{name}", "br");

        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl.MaxAge);
    }

    [Theory]
    [InlineData("/studio/nothing.js")]
    [InlineData("/studio/_framework/../../../Workflows.slnx")]
    [InlineData("/studio/_framework/%2e%2e/%2e%2e/%2e%2e/package.json")]
    [InlineData("/studio/_framework/..%2f..%2f..%2fpackage.json")]
    [InlineData("/assets/../built.txt")]
    [InlineData("/studio/index.html")]
    public async Task What_is_no_page_and_no_file_of_them_is_refused(string path)
    {
        using var answer = await GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static string Dist { get; } = Path.Combine(ServiceUnderTest.HomeFolder(), "src", "Workflows.Web", "dist");

    private static Task<byte[]> Built(string file) => File.ReadAllBytesAsync(Path.Combine(Dist, file));

    private async Task<HttpResponseMessage> GetAsync(string path, string? accepted = null, EntityTagHeaderValue? tag = null)
    {
        using var client = shared.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepted is not null)
            request.Headers.Add("Accept-Encoding", accepted);
        if (tag is not null)
            request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request);
    }
}
