using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Messages;

/// <summary>阈值订阅: told once, with the digest, and saying why.</summary>
public sealed class SubscriptionTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task Who_subscribed_is_told_once_when_a_threshold_is_passed_and_why()
    {
        await (await _journey.PlanAsync()).DrawAsync();
        using var supervisor = await service.SamplePersonAsync("supervisor");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        await RefusedAsync(supervisor, new { measure = "fines", comparison = "AtLeast", threshold = 1 }, 422, "unknown-measure", "measure");
        await RefusedAsync(supervisor, new { measure = "overdue", comparison = "AtLeast", threshold = -1 }, 422, "bad-threshold", "threshold");
        using (var head = await service.SamplePersonAsync("cul.head"))
            await RefusedAsync(head, new { measure = "overdue", comparison = "AtLeast", threshold = 1, unit = "FIR" }, 403, "other-department", "unit");
        using (var officer = await service.SamplePersonAsync("cul.01"))
            Assert.Equal(403, (int)(await PutAsync(officer, new { measure = "overdue", comparison = "AtLeast", threshold = 1 })).StatusCode);
        var near = await (await PutAsync(supervisor, new { measure = "overdue", comparison = "AtLeast", threshold = 1 })).SucceededAsync();
        await (await PutAsync(supervisor, new { measure = "overdue", comparison = "AtLeast", threshold = 100_000, unit = "CUL" })).SucceededAsync();
        var listed = await _journey.ListAsync("supervisor", "/api/subscriptions");
        Assert.Equal(2, listed.Count);
        Assert.Empty(await _journey.ListAsync("dispatcher", "/api/subscriptions"));

        // The steps of the case lie until they are late; the district's own digest looks at them each working day.
        JsonArray told = [];
        for (var day = 0; day < 30 && told.Count == 0; day++)
        {
            using var moved = await dispatcher.PostAsync("/api/sample/clock", $"subscription-day-{day}", new { workingDays = 1 });
            await moved.SucceededAsync();
            told = await ToldAsync();
        }

        var message = Assert.Single(told)!;
        Assert.Contains("超期未办达到1件", message["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("订阅人", message["why"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("/desk/wall?colour=Red", message["link"]!.GetValue<string>(), StringComparison.Ordinal);
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "subscription-after", new { workingDays = 2 }))
            await moved.SucceededAsync();
        Assert.Single(await ToldAsync());
        Assert.True((await _journey.ListAsync("supervisor", "/api/subscriptions")).Single(one => one!["id"]!.GetValue<string>() == near["id"]!.GetValue<string>())!["reached"]!.GetValue<bool>());

        // Somebody else's does not exist; one's own is given up.
        var path = new Uri($"/api/subscriptions/{near["id"]!.GetValue<string>()}", UriKind.Relative);
        Assert.Equal(404, (int)(await dispatcher.DeleteAsync(path)).StatusCode);
        Assert.Equal(204, (int)(await supervisor.DeleteAsync(path)).StatusCode);
        Assert.Equal(404, (int)(await supervisor.DeleteAsync(path)).StatusCode);
        Assert.Single(await _journey.ListAsync("supervisor", "/api/subscriptions"));
    }

    [Fact]
    public async Task The_operator_sees_the_node_and_the_channels_without_keys()
    {
        using var administrator = await service.AdministratorAsync();
        using var channels = await administrator.GetAsync(new Uri("/api/operations/channels", UriKind.Relative));
        var list = JsonNode.Parse(await channels.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(["notice-webhook", "webhook", "dingtalk", "wecom", "sms", "push"], list.Select(one => one!["channel"]!.GetValue<string>()));
        // Push needs no address of the operator: the phones bring their own.
        Assert.All(list, one => Assert.Equal(one!["channel"]!.GetValue<string>() == "push", one!["configured"]!.GetValue<bool>()));
        var node = Assert.Single(await _journey.ListAsync("dispatcher", "/api/operations/nodes"), one => one!["here"]!.GetValue<bool>())!;
        Assert.Equal(("Running", "SQLite"), (node["state"]!.GetValue<string>(), node["store"]!.GetValue<string>()));
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient person, object wish) => person.PutAsJsonAsync("/api/subscriptions", wish);

    private static async Task RefusedAsync(HttpClient person, object wish, int status, string code, string field) => await (await PutAsync(person, wish)).RefusedAsync(status, code, field);

    private async Task<JsonArray> ToldAsync() =>
        [.. (await _journey.GetAsync("supervisor", "/api/messages?take=200"))["items"]!.AsArray().Where(message => message!["kind"]!.GetValue<string>() == "订阅提醒").Select(message => message!.DeepClone())];
}
