using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Visits;

/// <summary>守法承诺 over HTTP: the party reads on its page what it is asked to promise, signs once, and the letter is kept in the file of the case.</summary>
public sealed class PromiseRouteTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_party_signs_its_promise_once_and_the_letter_is_in_the_file_of_its_case()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        using var head = await service.SamplePersonAsync("cul.head");
        using var opened = await head.PostAsync($"/api/cases/{journey.CaseId}/party-links", "promise-link", new { validDays = 30 });
        var page = $"/api/party/{(await opened.SucceededAsync())["token"]!.GetValue<string>()}";
        using var party = service.Anonymous();
        using (var before = await party.GetAsync(new Uri(page, UriKind.Relative)))
            Assert.Contains("如实登记每名住客，核验有效身份证件", (await before.SucceededAsync())["promise"]!["texts"]!.AsArray().Select(text => text!.GetValue<string>()));

        using (var nameless = await party.PostAsync($"{page}/promises", "promise-0", new { signer = "", capacity = "经营者" }))
            await nameless.RefusedAsync(422, "field-missing", "data.signer");
        using (var signed = await party.PostAsync($"{page}/promises", "promise-1", new { signer = "样例负责人", capacity = "经营者" }))
            Assert.Equal("样例负责人", (await signed.SucceededAsync())["promise"]!["signer"]!.GetValue<string>());
        using (var twice = await party.PostAsync($"{page}/promises", "promise-2", new { signer = "样例负责人", capacity = "经营者" }))
            await twice.RefusedAsync(409, "promise-standing", "caseId");

        using (var after = await party.GetAsync(new Uri(page, UriKind.Relative)))
            Assert.Null((await after.SucceededAsync())["promise"]);
        var letter = Assert.Single((await journey.StoryAsync("supervisor"))["documents"]!.AsArray(), document => document!["form"]!.GetValue<string>() == "promise-letter")!;
        using var html = await head.GetAsync(new Uri($"/api/documents/{letter["id"]!.GetValue<string>()}/html", UriKind.Relative));
        Assert.Contains("保持疏散通道和安全出口畅通", await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
