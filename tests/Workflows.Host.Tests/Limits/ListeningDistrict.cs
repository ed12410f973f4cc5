using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Limits;

/// <summary>A sample district behind a real port, with a case, a lead and a link of each kind to which files can be sent.</summary>
public sealed class ListeningDistrict : SampleService
{
    protected override bool Listens => true;

    /// <summary>Where files go: who sends them (null without an account) and the address, by what they are sent to.</summary>
    public IReadOnlyDictionary<string, (string? Person, string Path)> Doors { get; private set; } = new Dictionary<string, (string?, string)>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var journey = new DistrictJourney(this);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var leader = await journey.LeaderAsync();
        using var officer = await SamplePersonAsync(leader);
        using var opened = await officer.PostAsync($"/api/cases/{journey.CaseId}/party-links", "bounds-link", new { validDays = 30 });
        var party = (await opened.SucceededAsync())["token"]!.GetValue<string>();
        using var dispatcher = await SamplePersonAsync("dispatcher");
        using var reported = await dispatcher.PostAsync("/api/leads", "bounds-lead", new { trigger = "Report", source = "窗口", area = "330203001", text = "样例线索" });
        var lead = (await reported.SucceededAsync())["leadId"]!.GetValue<string>();
        using var bound = await dispatcher.PostAsync("/api/estate-links", "bounds-estate", new { capacity = "居委会", area = "330203001", places = new[] { "样例小区" }, name = "样例社区居委会" });
        var estate = (await bound.SucceededAsync())["token"]!.GetValue<string>();
        Doors = new Dictionary<string, (string?, string)>
        {
            ["case"] = (leader, $"/api/cases/{journey.CaseId}/evidence"),
            ["party"] = (null, $"/api/party/{party}/evidence"),
            ["lead"] = ("dispatcher", $"/api/leads/{lead}/evidence"),
            ["public"] = (null, "/api/public/reports"),
            ["estate"] = (null, $"/api/estate/{estate}/reports"),
            ["roster"] = ("dispatcher", "/api/rosters/targets/import"),
        };
    }
}
