using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;

namespace Workflows.Host.Tests.Visits;

/// <summary>亮码检查: what the party sees when it scans the code, and what is kept of the scan.</summary>
public sealed class VisitCodeTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task Whoever_scans_the_code_sees_officers_basis_and_items_and_after_the_visit_its_result_and_the_scan_is_kept_with_its_time()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var code = await ShowAsync(journey, await journey.LeaderAsync());
        var seen = await SeeAsync(code);
        Assert.Null(seen["firstScannedAt"]);
        var scanned = await ScanAsync(code);
        Assert.Equal(service.Now, scanned["firstScannedAt"]!.GetValue<DateTimeOffset>());
        Assert.Null(scanned["outcome"]);
        var team = await journey.TeamAsync();
        var fire = scanned["organs"]!.AsArray().Single(organ => organ!["organ"]!.GetValue<string>().Contains("消防", StringComparison.Ordinal))!;
        Assert.Equal(team.OfficersOf("FIR").Select(officer => $"{officer.Name} {officer.CertificateNumber}"), fire["officers"]!.AsArray().Select(officer => $"{officer!["name"]} {officer["certificateNumber"]}"));
        Assert.NotEmpty(fire["items"]!.AsArray());
        Assert.All(fire["bases"]!.AsArray(), basis => Assert.StartsWith("《", basis!.GetValue<string>(), StringComparison.Ordinal));
        await ScanAsync(code);
        await journey.VisitAsync("EH-20");
        var after = await SeeAsync(code);
        Assert.Equal(("Recorded", VisitOutcome.Rectify), (after["state"]!.GetValue<string>(), after["outcome"]!.GetValue<string>()));
        Assert.Equal("责令改正", Assert.Single(after["problems"]!.AsArray())!["disposition"]!.GetValue<string>());
        var facts = (await journey.ListAsync("cul.head", $"/api/cases/{journey.CaseId}/timeline")).Select(fact => fact!["kind"]!.GetValue<string>());
        // Two scans within a minute are one.
        Assert.Equal(["visit-code.shown", "visit-code.scanned"], facts.Where(kind => kind.StartsWith("visit-code", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_code_cannot_be_guessed_nor_made_by_a_department_that_does_not_take_part()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var leader = await journey.LeaderAsync();
        var (one, other) = (await ShowAsync(journey, leader), await ShowAsync(journey, leader));
        Assert.NotEqual(one, other);
        using var anybody = service.Anonymous();
        await (await anybody.GetAsync(new Uri($"/api/public/visits/{new string('0', 32)}", UriKind.Relative))).RefusedAsync(404, "code-unknown", "code");
        using var stranger = await service.SamplePersonAsync("tob.01");
        await (await stranger.PostAsync($"/api/cases/{journey.CaseId}/visit-code", "stranger-code", new { })).RefusedAsync(404, "not-found", "id");
    }

    private async Task<string> ShowAsync(DistrictJourney journey, string person)
    {
        using var officer = await service.SamplePersonAsync(person);
        var key = "show-" + Guid.NewGuid();
        using var shown = await officer.PostAsync($"/api/cases/{journey.CaseId}/visit-code", key, new { });
        var code = (await shown.SucceededAsync())["code"]!.GetValue<string>();
        using var again = await officer.PostAsync($"/api/cases/{journey.CaseId}/visit-code", key, new { });
        Assert.Equal(code, (await again.SucceededAsync())["code"]!.GetValue<string>());
        return code;
    }

    private async Task<JsonObject> SeeAsync(string code)
    {
        using var anybody = service.Anonymous();
        using var answer = await anybody.GetAsync(new Uri($"/api/public/visits/{code}", UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private async Task<JsonObject> ScanAsync(string code)
    {
        using var anybody = service.Anonymous();
        using var answer = await anybody.PostAsync(new Uri($"/api/public/visits/{code}/scans", UriKind.Relative), null);
        return await answer.SucceededAsync();
    }
}
