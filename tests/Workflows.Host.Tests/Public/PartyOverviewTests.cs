using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Public;

/// <summary>What a party sees of its own matter, and what it thinks of the visit.</summary>
public sealed class PartyOverviewTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task A_party_sees_who_came_only_after_the_certificates_what_is_left_with_its_days_and_rates_the_visit_once()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var opened = await officer.PostAsync($"/api/cases/{journey.CaseId}/party-links", "overview-link", new { validDays = 30 });
        var link = await opened.SucceededAsync();
        var token = link["token"]!.GetValue<string>();
        Assert.Equal($"/p/{token}", link["path"]!.GetValue<string>());
        // Before the door opens the visit is a surprise.
        var before = await SeeAsync(token);
        Assert.Null(before["visit"]);
        Assert.Empty(before["items"]!.AsArray());
        await (await RateAsync(token, "too-soon-rating", 5)).RefusedAsync(409, "visit-not-over", "");

        await journey.VisitAsync("EH-20");
        await journey.OrderAsync();
        var after = await SeeAsync(token);
        Assert.Equal(2, after["visit"]!["organs"]!.AsArray().Single(organ => organ!["organ"]!.GetValue<string>().Contains("卫生", StringComparison.Ordinal))!["officers"]!.AsArray().Count);
        var item = Assert.Single(after["items"]!.AsArray())!;
        // Seven working days, the day of service not counted, and nothing of them gone yet.
        Assert.Equal((7, true, 7), (item["daysLeft"]!.GetValue<int>(), item["workingDays"]!.GetValue<bool>(), item["longestExtension"]!.GetValue<int>()));

        await (await RateAsync(token, "six-stars-rating", 6)).RefusedAsync(422, "rating-stars", "stars");
        await (await RateAsync(token, "first-rating", 4)).SucceededAsync();
        await (await RateAsync(token, "first-rating", 4)).SucceededAsync();
        await (await RateAsync(token, "second-rating", 1)).RefusedAsync(409, "rating-given", "");
        Assert.Equal(4, (await SeeAsync(token))["visit"]!["rating"]!["stars"]!.GetValue<int>());
    }

    private async Task<JsonObject> SeeAsync(string token)
    {
        using var party = service.Anonymous();
        using var answer = await party.GetAsync(new Uri($"/api/party/{token}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private async Task<HttpResponseMessage> RateAsync(string token, string key, int stars)
    {
        using var party = service.Anonymous();
        return await party.PostAsync($"/api/party/{token}/rating", key, new { stars, words = "亮证了" });
    }
}
