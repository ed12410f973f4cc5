using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Public;

/// <summary>申请复查: the party has put all right and asks the officers to look again.</summary>
[Collection(SharedSample.Name)]
public sealed class ReinspectionRequestTests(SampleService service)
{
    [Fact]
    public async Task A_request_reaches_who_leads_and_who_ordered_and_stays_open_until_it_is_answered()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        // EH-20 is the health department's; culture and tourism leads.
        await journey.VisitAsync("EH-20");
        await journey.OrderAsync();
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var opened = await officer.PostAsync($"/api/cases/{journey.CaseId}/party-links", "reinspection-link", new { validDays = 30 });
        var token = (await opened.SucceededAsync())["token"]!.GetValue<string>();
        using var party = service.Anonymous();
        using var asked = await party.PostAsync($"/api/party/{token}/statements", "reinspection-asked", new { text = "已全部改正，明日上午方便", subject = "申请复查" });
        var request = await asked.SucceededAsync();
        Assert.Equal("申请复查", Text(request, "subject"));

        await ToldAsync("cul.head", journey.CaseId);
        await ToldAsync("hea.head", journey.CaseId);
        // The fire service takes part, but nothing was ordered by it.
        Assert.Empty(await MessagesAsync("fir.head", journey.CaseId));
        var open = Assert.Single((await journey.StoryAsync("hea.head"))["statements"]!.AsArray())!;
        Assert.Equal((Text(request, "id"), "申请复查", "CUL", true), (Text(open, "id"), Text(open, "subject"), Text(open, "department"), open["answer"] is null));

        var path = $"/api/cases/{journey.CaseId}/statements/{Text(request, "id")}/answer";
        await (await officer.PostAsync(path, "reinspection-answer", new { answer = "已安排明日上午复查。" })).SucceededAsync();
        using var seen = await party.GetAsync(new Uri($"/api/party/{token}", UriKind.Relative));
        Assert.Equal("已安排明日上午复查。", Text(Assert.Single((await seen.SucceededAsync())["statements"]!.AsArray())!, "answer"));
    }

    private Task ToldAsync(string person, string caseId) => service.UntilAsync(async () => (await MessagesAsync(person, caseId)).Count > 0);

    private async Task<List<JsonNode>> MessagesAsync(string person, string caseId)
    {
        using var client = await service.SamplePersonAsync(person);
        using var messages = await client.GetAsync(new Uri("/api/messages?take=200", UriKind.Relative));
        return [.. (await messages.SucceededAsync())["items"]!.AsArray().Select(message => message!).Where(message => Text(message, "kind") == "申请复查" && message["caseId"]?.GetValue<string>() == caseId)];
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
