using System.Net;
using System.Text.RegularExpressions;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Web;

/// <summary>The addresses that messages name lead to a page.</summary>
[Collection(SharedService.Name)]
public sealed partial class MatterLinkTests(ServiceUnderTest service)
{
    private const string Phone = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";
    private const string Desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36";

    [Theory]
    [InlineData("/cases/c-1", Desk, "/desk/cases/c-1")]
    [InlineData("/cases/c-1", Phone, "/desk/cases/c-1")]
    [InlineData("/plans/p_1", Desk, "/desk/plans/p_1")]
    [InlineData("/leads/L1", Desk, "/desk/leads/L1")]
    [InlineData("/stuck-matters/s1", Desk, "/desk/stuck/s1")]
    [InlineData("/oversight", Desk, "/desk/oversight")]
    [InlineData("/tasks", Desk, "/desk/approvals")]
    [InlineData("/tasks", Phone, "/inspect")]
    [InlineData("/tasks/t-1", Desk, "/desk/approvals?task=t-1")]
    [InlineData("/tasks/t-1", Phone, "/inspect/step/t-1")]
    [InlineData("/tasks/a%26b%3Fc", Desk, "/desk/approvals?task=a%26b%3Fc")]
    [InlineData("/cases/%5Cevil.example", Desk, "/desk/cases/%5Cevil.example")]
    public async Task A_link_of_a_message_leads_to_its_page(string link, string browser, string page)
    {
        using var answer = await GetAsync(link, browser);
        Assert.Equal((HttpStatusCode.Redirect, page), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Every_form_of_link_that_the_service_writes_leads_to_a_page_that_the_desk_has()
    {
        var home = ServiceUnderTest.HomeFolder();
        string[] folders = ["Workflows.Supervision", "Workflows.Activities", Path.Combine("Workflows.Host", "Messages")];
        var forms = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(home, "src", folder), "*.cs", SearchOption.AllDirectories)).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Written().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value + (match.Groups[2].Success ? "/x1" : "")).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("/cases/x1", forms);
        Assert.Contains("/tasks", forms);
        var pages = await File.ReadAllTextAsync(Path.Combine(home, "src", "Workflows.Web", "src", "desk", "DeskApp.vue"));
        foreach (var form in forms)
        {
            using var answer = await GetAsync(form, Desk);
            Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{form}: {(int)answer.StatusCode}");
            var place = answer.Headers.Location!.OriginalString.Split('/', '?')[2];
            Assert.Contains($"  {place}: defineAsyncComponent(", pages, StringComparison.Ordinal);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string browser)
    {
        using var anybody = service.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.UserAgent.ParseAdd(browser);
        return await anybody.SendAsync(request);
    }

    // A path of one or two parts at the end of a text or by itself: that is how the fields of messages are written.
    [GeneratedRegex("[\"\uFF1A](/[a-z-]+)(/\\{[^}\"]+\\})?\"")]
    private static partial Regex Written();
}
