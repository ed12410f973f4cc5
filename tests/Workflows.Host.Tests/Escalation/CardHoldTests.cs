using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Escalation;

/// <summary>暂缓 before a card falls, on the sample district's clock; and the lists of cards under one filter.</summary>
public sealed class CardHoldTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly DistrictJourney _journey = new(service);

    [Fact]
    public async Task A_card_that_is_held_falls_when_the_hold_ends_and_the_lists_and_workbooks_hold_the_same_cards()
    {
        await (await (await _journey.PlanAsync()).DrawAsync()).VisitAsync("EH-02");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        // The order is not drawn up: the house's limit passes, and its ladder comes to a card.
        JsonNode? falling = null;
        for (var day = 0; day < 12 && falling is null; day++)
        {
            await MoveAsync(dispatcher, 1, $"to-card-{day}");
            falling = (await FallingAsync()).FirstOrDefault();
        }

        Assert.NotNull(falling);
        var before = await CardsAsync();
        var limit = falling["limitId"]!.GetValue<string>();
        var unit = falling["department"]!.GetValue<string>();
        var path = $"/api/cards/falling/{limit}/hold";
        using (var officer = await service.SamplePersonAsync("cul.01"))
            Assert.Equal(403, (int)(await officer.PostAsync(path, "card-hold-0", new { workingDays = 2, reason = "等检测" })).StatusCode);
        await (await dispatcher.PostAsync(path, "card-hold-1", new { workingDays = 11, reason = "等检测" })).RefusedAsync(422, "bad-working-days", "workingDays");
        Assert.Equal(422, (int)(await dispatcher.PostAsync(path, "card-hold-2", new { workingDays = 2, reason = " " })).StatusCode);
        Assert.Equal(404, (int)(await dispatcher.PostAsync("/api/cards/falling/none/hold", "card-hold-3", new { workingDays = 2, reason = "等检测" })).StatusCode);
        var held = await (await dispatcher.PostAsync(path, "card-hold-4", new { workingDays = 2, reason = "等检测报告" })).SucceededAsync();
        Assert.Equal(held.ToJsonString(), (await (await dispatcher.PostAsync(path, "card-hold-4", new { workingDays = 2, reason = "等检测报告" })).SucceededAsync()).ToJsonString());
        var queued = Assert.Single(await FallingAsync(), one => one!["limitId"]!.GetValue<string>() == limit)!;
        Assert.Equal(("等检测报告", held["until"]!.GetValue<string>()), (queued["hold"]!["by"]!["reason"]!.GetValue<string>(), queued["hold"]!["until"]!.GetValue<string>()));

        // On the second working day no card has fallen, on the third it has: at the midnight in Beijing that ends the hold.
        await MoveAsync(dispatcher, 2, "held-days");
        Assert.Equal(before.Count, (await CardsAsync()).Count);
        await MoveAsync(dispatcher, 1, "day-after");
        // Other limits of the case, and the ladder's next rung, may have come to cards of their own meanwhile; of this unit and colour there is one.
        var card = (await CardsAsync()).Single(one => before.All(earlier => earlier!["id"]!.GetValue<string>() != one!["id"]!.GetValue<string>())
            && one!["department"]!.GetValue<string>() == unit && one["colour"]!.GetValue<string>() == falling["colour"]!.GetValue<string>())!;
        Assert.Equal($"{held["until"]!.GetValue<string>()}T16:00:00+00:00", card["created"]!["at"]!.GetValue<string>());
        var made = Assert.Single((await _journey.StoryAsync("supervisor"))["timeline"]!.AsArray(), fact => fact!["kind"]!.GetValue<string>() == "card-hold.made")!;
        Assert.Equal("等检测报告", made["data"]!["reason"]!.GetValue<string>());
        await (await dispatcher.PostAsync($"/api/cards/falling/{limit}/release", "release-late", new { reason = "报告已到" })).RefusedAsync(409, "not-held", "limitId");

        // One filter for the list and its workbook.
        foreach (var (filter, expected) in new[]
        {
            ($"open=true&department={unit}&scenario=esports-hotel&area=330203", true), ("scenario=pet-shop", false), ("department=XXX", false), ("area=330299", false),
        })
        {
            var listed = (await _journey.GetAsync("supervisor", $"/api/cards?take=200&{filter}"))["items"]!.AsArray();
            Assert.Equal(expected, listed.Any(one => one!["id"]!.GetValue<string>() == card["id"]!.GetValue<string>()));
            Assert.Equal(listed.Select(one => one!["id"]!.GetValue<string>()), await Workbook.ColumnAsync(dispatcher, $"/api/cards.xlsx?{filter}", 0));
        }
    }

    [Fact]
    public async Task A_hold_that_is_ended_early_lets_the_card_fall_in_its_time()
    {
        await (await (await _journey.PlanAsync()).DrawAsync()).VisitAsync("EH-02");
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        JsonNode? falling = null;
        for (var day = 0; day < 12 && falling is null; day++)
        {
            await MoveAsync(dispatcher, 1, $"to-second-{day}");
            falling = (await FallingAsync()).FirstOrDefault();
        }

        var (limit, at) = (falling!["limitId"]!.GetValue<string>(), falling["fallsAt"]!.GetValue<string>());
        await (await dispatcher.PostAsync($"/api/cards/falling/{limit}/hold", "hold-second", new { workingDays = 10, reason = "等检测报告" })).SucceededAsync();
        Assert.NotEqual(at, Assert.Single(await FallingAsync(), one => one!["limitId"]!.GetValue<string>() == limit)!["fallsAt"]!.GetValue<string>());
        await (await dispatcher.PostAsync($"/api/cards/falling/{limit}/release", "release-second", new { reason = "报告已到" })).SucceededAsync();
        var again = Assert.Single(await FallingAsync(), one => one!["limitId"]!.GetValue<string>() == limit)!;
        Assert.Equal((at, null), (again["fallsAt"]!.GetValue<string>(), again["hold"]));
    }

    private static async Task MoveAsync(HttpClient person, int workingDays, string key)
    {
        using var moved = await person.PostAsync("/api/sample/clock", key, new { workingDays });
        await moved.SucceededAsync();
    }

    private async Task<JsonArray> FallingAsync() => await _journey.ListAsync("dispatcher", $"/api/cards/falling?days=1&caseId={_journey.CaseId}");

    private async Task<JsonArray> CardsAsync() => (await _journey.GetAsync("dispatcher", $"/api/cards?take=200&caseId={_journey.CaseId}"))["items"]!.AsArray();
}
