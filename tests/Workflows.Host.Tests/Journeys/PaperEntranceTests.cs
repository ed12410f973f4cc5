using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Journeys;

/// <summary>The order says that its party comes in by the code that it prints; nobody else does, and no other paper opens the door.</summary>
public sealed class PaperEntranceTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_served_order_opens_the_page_of_its_case_and_nothing_else_does()
    {
        var journey = await ServedAsync();
        var (number, code) = await PaperAsync(journey, "fir.head", "rectification-order");
        using var anybody = service.Anonymous();

        using var opened = await EnterAsync(anybody, " " + number, $"{code[..4]} {code[4..].ToLowerInvariant()}", "paper-" + Guid.NewGuid());
        var path = (await opened.SucceededAsync())["path"]!.GetValue<string>();
        Assert.StartsWith("/p/", path, StringComparison.Ordinal);
        var matter = JsonNode.Parse(await anybody.GetStringAsync(new Uri("/api/party/" + path[3..], UriKind.Relative)))!;
        Assert.Contains(matter["documents"]!.AsArray(), one => one!["number"]!.GetValue<string>() == number);

        using var wrong = await EnterAsync(anybody, number, new string('0', code.Length), "wrong-" + Guid.NewGuid());
        await wrong.RefusedAsync(404, "paper-unknown", "code");
        // What was never served on the party opens nothing, whoever has seen its code.
        var (inside, own) = await PaperAsync(journey, "cul.head", "inspection-approval");
        using var unserved = await EnterAsync(anybody, inside, own, "unserved-" + Guid.NewGuid());
        await unserved.RefusedAsync(404, "paper-unknown", "code");
    }

    [Fact]
    public async Task The_page_that_verifies_a_paper_says_whether_its_party_comes_in_by_it()
    {
        var journey = await ServedAsync();
        using var anybody = service.Anonymous();
        foreach (var (user, form, opens) in new[] { ("fir.head", "rectification-order", true), ("cul.head", "inspection-approval", false) })
        {
            var (number, code) = await PaperAsync(journey, user, form);
            var verified = JsonNode.Parse(await anybody.GetStringAsync(new Uri($"/api/public/documents?number={Uri.EscapeDataString(number)}&code={code}", UriKind.Relative)))!;
            Assert.Equal(opens, verified["served"]!.GetValue<bool>());
        }
    }

    [Fact]
    public async Task The_same_request_sent_again_opens_the_same_link()
    {
        var journey = await ServedAsync();
        var (number, code) = await PaperAsync(journey, "fir.head", "rectification-order");
        using var anybody = service.Anonymous();
        var key = "again-" + Guid.NewGuid();
        using var first = await EnterAsync(anybody, number, code, key);
        using var second = await EnterAsync(anybody, number, code, key);
        Assert.Equal((await first.SucceededAsync())["token"]!.GetValue<string>(), (await second.SucceededAsync())["token"]!.GetValue<string>());
    }

    private async Task<DistrictJourney> ServedAsync()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-16");
        await journey.OrderAsync();
        return journey;
    }

    private static Task<HttpResponseMessage> EnterAsync(HttpClient client, string number, string code, string key) =>
        client.PostAsync("/api/party-entrance", key, new JsonObject { ["number"] = number, ["code"] = code });

    private static async Task<(string Number, string Code)> PaperAsync(DistrictJourney journey, string user, string form)
    {
        var paper = (await journey.GetAsync(user, $"/api/documents?caseId={journey.CaseId}&form={form}"))["items"]![0]!;
        return (paper["number"]!.GetValue<string>(), paper["verificationCode"]!.GetValue<string>());
    }
}
