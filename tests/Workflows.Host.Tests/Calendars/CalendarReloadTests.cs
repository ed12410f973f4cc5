using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Calendars;

/// <summary>
/// 加载下一年度放假安排: what was provisional is counted again and nothing else; papers that were served stay as printed; limits, orders and steps show
/// the new day, and whoever is held is told. The arrangement for 2027 used here is invented.
/// </summary>
public sealed class CalendarReloadTests(SampleService service) : IClassFixture<SampleService>
{
    // New Year from Friday 1 to Tuesday 5 January; the Saturday after is worked.
    private static readonly DateOnly[] s_off = [.. Enumerable.Range(1, 5).Select(day => new DateOnly(2027, 1, day))];
    private static readonly DateOnly s_worked = new(2027, 1, 9);

    [Fact]
    public async Task A_published_year_moves_what_was_provisional_and_no_served_paper()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "to-the-end-of-december", new { advance = "P28D" }))
            await moved.SucceededAsync();
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-16");
        await journey.OrderAsync();
        Assert.Equal(new DateOnly(2026, 12, 29), await journey.TodayAsync());
        var before = await ClocksAsync(journey);
        var provisional = before.Where(clock => clock["clock"]!["provisional"]!.GetValue<bool>() && clock["clock"]!["endedOn"] is null).ToDictionary(Id);
        var order = (await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/orders"))[0]!;
        var paper = (await journey.StoryAsync("fir.head"))["documents"]!.AsArray().First(document => document!["form"]!.GetValue<string>() == "rectification-order")!["id"]!.GetValue<string>();
        var printed = await HtmlAsync(paper);
        Assert.Contains("2027年1月8日", printed, StringComparison.Ordinal);

        using var administrator = await service.AdministratorAsync();
        // Tried first: the same moves are told, and nothing has moved, nobody was told.
        var version = (await journey.GetAsync("supervisor", "/api/calendar"))["version"]!.GetValue<string>();
        using var trial = await administrator.PostAsync("/api/calendar?dryRun=true", "invented-2027-tried", Invented());
        var tried = await trial.SucceededAsync();
        Assert.True(tried["dryRun"]!.GetValue<bool>());
        Assert.Equal(version, (await journey.GetAsync("supervisor", "/api/calendar"))["version"]!.GetValue<string>());
        Assert.Equal(before.Select(clock => clock.ToJsonString()), (await ClocksAsync(journey)).Select(clock => clock.ToJsonString()));
        Assert.DoesNotContain(await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/timeline"), entry => entry!["kind"]!.GetValue<string>() == "notice.sent" && entry["data"]!["kind"]!.GetValue<string>() == "期限调整");

        using var answer = await administrator.PostAsync("/api/calendar", "invented-2027", Invented());
        var loaded = await answer.SucceededAsync();
        Assert.Equal(tried["moves"]!.ToJsonString(), loaded["moves"]!.ToJsonString());
        Assert.Equal((tried["recounted"]!.GetValue<int>(), tried["moved"]!.GetValue<int>()), (loaded["recounted"]!.GetValue<int>(), loaded["moved"]!.GetValue<int>()));

        var moves = loaded["moves"]!.AsArray().ToDictionary(move => move!["clockId"]!.GetValue<string>());
        Assert.True(provisional.Keys.ToHashSet().IsSubsetOf(moves.Keys));
        Assert.Equal(moves.Values.Count(move => move!["ruleCode"]!.GetValue<string>() != "公示期限"), loaded["recounted"]!.GetValue<int>());
        var after = (await ClocksAsync(journey)).ToDictionary(Id);
        Assert.All(before, clock => Assert.Equal(Expected(clock["clock"]!.AsObject(), provisional.ContainsKey(Id(clock))), Due(after[Id(clock)])));
        Assert.All(provisional.Values, clock => Assert.Equal((Due(clock), Due(after[Id(clock)])), (Day(moves[Id(clock)]!["before"]), Day(moves[Id(clock)]!["after"]))));

        // Seven working days from 29 December: 30, 31, 6, 7, 8, 9 and 11 January instead of 8 January.
        order = (await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/orders"))[0]!;
        Assert.Equal("2027-01-11", order["items"]![0]!["due"]!.GetValue<string>());
        Assert.Equal(printed, await HtmlAsync(paper));
        await service.UntilAsync(async () => (await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/waits"))
            .Any(wait => wait!["activityId"]!.GetValue<string>() == "RectificationLimit" && wait["dueAt"]?.GetValue<DateTimeOffset>() == new DateTimeOffset(2027, 1, 12, 0, 0, 0, TimeSpan.FromHours(8))));
        var told = (await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/timeline"))
            .Where(entry => entry!["kind"]!.GetValue<string>() == "notice.sent" && entry["data"]!["kind"]!.GetValue<string>() == "期限调整").Select(entry => entry!["data"]!["recipient"]!.GetValue<string>());
        Assert.Contains(order["targetId"] is { } target ? $"party:{target.GetValue<string>()}" : "", told);

        // What it moved is read later too, under its version; by when the result must be public has moved with it.
        var kept = Assert.Single(System.Text.Json.Nodes.JsonNode.Parse(await administrator.GetStringAsync(new Uri("/api/calendar/moves", UriKind.Relative)))!.AsArray())!;
        Assert.Equal(loaded["moves"]!.AsArray().Count, kept["moves"]!.AsArray().Count);
        Assert.Equal((await journey.GetAsync("supervisor", "/api/calendar"))["version"]!.GetValue<string>(), kept["version"]!.GetValue<string>());
        var published = Assert.Single(loaded["moves"]!.AsArray(), move => move!["ruleCode"]!.GetValue<string>() == "公示期限")!;
        var day = new DateOnly(2026, 12, 29);
        for (var left = 20; left > 0; left -= Works(day) ? 1 : 0)
            day = day.AddDays(1);
        Assert.Equal(day, Day(published["after"]));

        // The same file again finds nothing to count.
        using var again = await administrator.PostAsync("/api/calendar", "invented-2027-again", Invented());
        Assert.Empty((await again.SucceededAsync())["moves"]!.AsArray());
    }

    private static DateOnly? Expected(JsonObject clock, bool recounted)
    {
        if (!recounted)
            return Day(clock["due"]);
        var stretch = clock["stretches"]![0]!;
        Assert.Equal("WorkingDays", stretch["period"]!["unit"]!.GetValue<string>());
        var day = Day(clock["startDate"])!.Value;
        for (var left = stretch["period"]!["length"]!.GetValue<int>(); left > 0; left -= Works(day) ? 1 : 0)
            day = day.AddDays(1);
        return Day(stretch["printed"]) is { } printed && printed > day ? printed : day;
    }

    private static bool Works(DateOnly day) => day == s_worked || (!s_off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    private static object Invented() => new
    {
        source = new[] { "invented for a test" },
        official = new Dictionary<string, string> { ["2027"] = "测试〔2026〕1号 https://example.invalid/2027" },
        days = s_off.Select(day => new { date = $"{day:yyyy-MM-dd}", name = "元旦", off = true }).Append(new { date = $"{s_worked:yyyy-MM-dd}", name = "元旦", off = false }),
    };

    private static async Task<List<JsonObject>> ClocksAsync(DistrictJourney journey) =>
        [.. (await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/clocks")).Select(clock => clock!.AsObject())];

    private async Task<string> HtmlAsync(string document)
    {
        using var head = await service.SamplePersonAsync("fir.head");
        return await head.GetStringAsync(new Uri($"/api/documents/{document}/html", UriKind.Relative));
    }

    private static string Id(JsonObject clock) => clock["id"]!.GetValue<string>();

    private static DateOnly? Due(JsonObject clock) => Day(clock["clock"]!["due"]);

    private static DateOnly? Day(JsonNode? date) => date is null ? null : DateOnly.ParseExact(date.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
