using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Documents;

namespace Workflows.Host.Tests.Scenarios;

/// <summary>Documents as the templates of a draft would print them.</summary>
public sealed class DocumentPreviewTests(ServiceUnderTest service) : IClassFixture<ServiceUnderTest>
{
    public static TheoryData<string> Forms => [.. FormCatalogue.All.Select(form => form.Key)];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_can_be_looked_at_with_invented_data(string form)
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new { form });
        var preview = await answer.SucceededAsync();
        Assert.Equal("example", preview["source"]!.GetValue<string>());
        Assert.Contains("<html", preview["html"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(preview["missing"]!.AsArray().Select(missing => missing!.GetValue<string>()));
    }

    [Fact]
    public async Task A_template_that_is_not_saved_is_shown_and_nothing_is_kept()
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new
        {
            form = "interview-notice", path = "templates/interview-notice.sbn-html", text = "<html><body>请{{ party.name }}到场<script>alert(1)</script></body></html>",
        });
        Assert.Contains("请〔当事人名称〕到场", (await answer.SucceededAsync())["html"]!.GetValue<string>(), StringComparison.Ordinal);
        var overview = (await analyst.GetFromJsonAsync<JsonArray>("/api/scenarios/overview"))!.Single(scenario => scenario!["code"]!.GetValue<string>() == "esports-hotel")!;
        Assert.Null(overview["draft"]);
    }

    [Theory]
    [InlineData("{{ for x in }}", "template-failed")]
    [InlineData("{{ while true }}x{{ end }}", "template-failed")]
    public async Task A_template_that_fails_says_where(string text, string code)
    {
        using var analyst = await service.PersonAsync("analyst");
        using var answer = await analyst.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new { form = "interview-notice", path = "templates/interview-notice.sbn-html", text });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.JsonAsync();
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.StartsWith("interview-notice:1:", problem["field"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_previewed_is_refused()
    {
        using var analyst = await service.PersonAsync("analyst");
        using (var form = await analyst.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new { form = "no-such" }))
            await form.RefusedAsync(422, "form-unknown", "form");
        using (var path = await analyst.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new { form = "interview-notice", path = "case.json", text = "x" }))
            await path.RefusedAsync(422, "bad-template", "path");
        using (var scenario = await analyst.PostAsJsonAsync("/api/scenarios/no-such/preview", new { form = "interview-notice" }))
            await scenario.RefusedAsync(404, "scenario-unknown", "code");
        using (var real = await analyst.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new { form = "interview-notice", documentId = "whatever" }))
            await real.RefusedAsync(403, "case-data", "documentId");
        using var supervisor = await service.PersonAsync("supervisor", area: "330203");
        using var unknown = await supervisor.PostAsJsonAsync("/api/scenarios/esports-hotel/preview", new { form = "interview-notice", documentId = "whatever" });
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
