using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Tasks;

/// <summary>签收: whether the one for whom a step waits has looked at it.</summary>
[Collection(SharedSample.Name)]
public sealed class SeenTests(SampleService service)
{
    [Fact]
    public async Task The_head_sees_when_its_officer_first_looked_and_nobody_else_looks_in_the_officers_place()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var leader = await journey.LeaderAsync();
        var task = await journey.TaskAsync(leader, "team.recusal-declaration");
        Assert.Null((await journey.GetAsync("cul.head", $"/api/tasks/{task}"))["seenAt"]);

        // A department that takes no part does not find it; the head may see it, but it is not for the head to have looked.
        using (var stranger = await service.SamplePersonAsync("tra.head"))
            await (await stranger.PostAsync($"/api/tasks/{task}/seen", "seen-stranger", new { })).RefusedAsync(404, "not-found", "id");
        using (var head = await service.SamplePersonAsync("cul.head"))
            await (await head.PostAsync($"/api/tasks/{task}/seen", "seen-head", new { })).SucceededAsync();
        Assert.Null((await journey.GetAsync("cul.head", $"/api/tasks/{task}"))["seenAt"]);

        var first = service.Now;
        await SeenAsync(leader, task, "seen-first");
        Assert.Equal(first, SeenAt(await journey.GetAsync("cul.head", $"/api/tasks/{task}")));
        service.Clock.Advance(TimeSpan.FromMinutes(7));
        await SeenAsync(leader, task, "seen-again");
        Assert.Equal(first, SeenAt(await journey.GetAsync("cul.head", $"/api/tasks/{task}")));
        var listed = (await journey.GetAsync("cul.head", $"/api/tasks?caseId={journey.CaseId}&take=100"))["items"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == task)!;
        Assert.Equal(first, SeenAt(listed));
    }

    private async Task SeenAsync(string person, string task, string key)
    {
        using var client = await service.SamplePersonAsync(person);
        using var answer = await client.PostAsync($"/api/tasks/{task}/seen", key, new { });
        await answer.SucceededAsync();
    }

    private static DateTimeOffset SeenAt(JsonNode task) => task["seenAt"]!.GetValue<DateTimeOffset>();
}
