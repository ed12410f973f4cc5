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

    [Fact]
    public async Task A_statement_is_told_to_the_department_that_leads_and_answered_by_it_once()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        using var officer = await service.SamplePersonAsync(await journey.LeaderAsync());
        using var opened = await officer.PostAsync($"/api/cases/{journey.CaseId}/party-links", "statement-link", new { validDays = 30 });
        var token = (await opened.SucceededAsync())["token"]!.GetValue<string>();
        using var party = service.Anonymous();
        using var stated = await party.PostAsync($"/api/party/{token}/statements", "one-statement", new { text = "设备当日故障", subject = "陈述申辩" });
        var statement = (await stated.SucceededAsync())["id"]!.GetValue<string>();

        using var head = await service.SamplePersonAsync("cul.head");
        await service.UntilAsync(async () =>
        {
            using var messages = await head.GetAsync(new Uri("/api/messages", UriKind.Relative));
            return (await messages.SucceededAsync())["items"]!.AsArray().Any(message => message!["kind"]!.GetValue<string>() == "陈述申辩" && message["caseId"]?.GetValue<string>() == journey.CaseId);
        });
        var path = $"/api/cases/{journey.CaseId}/statements/{statement}/answer";
        // Another department takes part and reads it; the answer is that of the one that leads.
        using var other = await service.SamplePersonAsync("fir.head");
        await (await other.PostAsync(path, "other-answer", new { answer = "不归我答复" })).RefusedAsync(403, "other-department", "actor");
        await (await officer.PostAsync(path, "no-answer", new { answer = " " })).RefusedAsync(422, "field-missing", "answer");
        await (await officer.PostAsync(path, "the-answer", new { answer = "已收悉，予以考虑。" })).SucceededAsync();
        await (await officer.PostAsync(path, "the-answer", new { answer = "已收悉，予以考虑。" })).SucceededAsync();
        await (await officer.PostAsync(path, "second-answer", new { answer = "另作答复" })).RefusedAsync(409, "already-decided", "statementId");
        Assert.Equal("已收悉，予以考虑。", Assert.Single((await SeeAsync(token))["statements"]!.AsArray())!["answer"]!.GetValue<string>());
        Assert.Equal(statement, Assert.Single((await journey.StoryAsync("fir.head"))["statements"]!.AsArray())!["id"]!.GetValue<string>());
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
