using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Inspections;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Visits;

/// <summary>One record, each department its own section: what officers take along, hand in on the way, and how the record takes it over.</summary>
public sealed class VisitSectionTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task The_record_takes_over_what_the_other_departments_handed_in_and_signed_themselves()
    {
        var (journey, kit) = await AtTheDoorAsync();
        foreach (var department in DistrictJourney.Departments.Where(code => code != "CUL"))
            await HandInAsync(journey, department, Section(kit, department, department == "FIR" ? "EH-16" : null), 0);
        await journey.DoAsync(await journey.LeaderAsync(), "visit.record", null, Record(Section(kit, "CUL", null)));
        var visit = (await journey.StoryAsync("cul.head"))["visits"]!.AsArray()[^1]!;
        Assert.Equal("Recorded", visit["state"]!.GetValue<string>());
        Assert.Equal(
            DistrictJourney.Departments.Order(StringComparer.Ordinal),
            visit["sections"]!.AsArray().Select(section => section!["department"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Null(visit["sectionsInWork"]);
        Assert.Equal("EH-16", Assert.Single(await journey.ListAsync("fir.head", $"/api/cases/{journey.CaseId}/findings"))!["itemCode"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_record_waits_for_departments_that_have_not_signed_and_never_speaks_for_one_that_has()
    {
        var (journey, kit) = await AtTheDoorAsync();
        var leader = await journey.LeaderAsync();
        await HandInAsync(journey, "FIR", Section(kit, "FIR", null) with { Signatures = [] }, 0);
        using var officer = await service.SamplePersonAsync(leader);
        var path = $"/api/tasks/{await journey.TaskAsync(leader, "visit.record")}/complete";
        using var early = await officer.PostAsync(path, "early-" + Guid.NewGuid(), DistrictJourney.Completion(null, Record(Section(kit, "CUL", null))));
        await early.RefusedAsync(422, "section-missing", "sections[PSB]");
        await HandInAsync(journey, "FIR", Section(kit, "FIR", null), 1);
        using var speaking = await officer.PostAsync(path, "speaking-" + Guid.NewGuid(), DistrictJourney.Completion(null, Record(Section(kit, "CUL", null), Section(kit, "FIR", null))));
        await speaking.RefusedAsync(409, "section-handed-in", "sections[1].department");
    }

    [Fact]
    public async Task An_officer_finds_the_own_visits_and_the_latest_record_however_many_others_there_are()
    {
        var (journey, _) = await AtTheDoorAsync();
        var leader = await journey.LeaderAsync();
        var days = 60;
        await new CheckDesk(service).ChangeAsync(async (session, token) =>
        {
            var visit = (await session.ListAsync<Visit>(new AggregateFilter { CaseId = journey.CaseId }, token))[0];
            // Five hundred and more older visits of others in the same area, and two months of records of the same target.
            for (var i = 0; i < 510; i++)
                session.Save(visit with { Id = $"other-{i}", CaseId = $"other-case-{i}", TargetId = "other", TeamId = "other-team", State = VisitState.Planned, Created = visit.Created with { At = visit.Created.At.AddDays(-100) } });
            for (var i = 1; i <= days; i++)
            {
                var at = visit.Created.At.AddDays(-i);
                session.Save(visit with { Id = $"earlier-{i}", State = VisitState.Recorded, ArrivedAt = at, Created = visit.Created with { At = at } });
            }

            return visit.Id;
        });
        var mine = (await journey.GetAsync(leader, "/api/visits"))["visits"]!.AsArray();
        Assert.Contains(mine, one => one!["caseId"]!.GetValue<string>() == journey.CaseId);
        Assert.DoesNotContain(mine, one => one!["caseId"]!.GetValue<string>().StartsWith("other", StringComparison.Ordinal));
        var kit = await journey.GetAsync(leader, $"/api/cases/{journey.CaseId}/visit");
        var on = DateOnly.Parse(kit["previous"]!["on"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture);
        var visited = (await journey.StoryAsync("cul.head"))["visits"]!.AsArray().Single(one => !one!["id"]!.GetValue<string>().StartsWith("earlier", StringComparison.Ordinal))!;
        Assert.Equal(Supervision.Time.ShanghaiTime.DateOf(visited["created"]!["at"]!.GetValue<DateTimeOffset>().AddDays(-1)), on);
    }

    [Fact]
    public async Task A_section_is_its_departments_own_and_two_writers_of_one_never_overwrite_each_other()
    {
        var (journey, kit) = await AtTheDoorAsync();
        var team = await journey.TeamAsync();
        var fire = team.OfficersOf("FIR").Select(one => DistrictJourney.UserOf(one.OfficerId)).ToArray();
        var draft = Section(kit, "FIR", null) with { Signatures = [] };
        var kept = await HandInAsync(journey, "FIR", draft, 0);
        Assert.Equal(1, kept["version"]!.GetValue<int>());
        using var second = await service.SamplePersonAsync(fire[1]);
        using var late = await second.PostAsync(Path(journey), "late-" + Guid.NewGuid(), Body(draft, 0));
        await late.RefusedAsync(409, "section-changed", "basedOn");
        // A retried send has one effect.
        using var first = await service.SamplePersonAsync(fire[0]);
        var key = "again-" + Guid.NewGuid();
        for (var n = 0; n < 2; n++)
        {
            using var answer = await first.PostAsync(Path(journey), key, Body(draft, 1));
            Assert.Equal(2, (await answer.SucceededAsync())["version"]!.GetValue<int>());
        }

        using var other = await service.SamplePersonAsync(DistrictJourney.UserOf(team.OfficersOf("HEA").First().OfficerId));
        using var foreign = await other.PostAsync(Path(journey), "foreign-" + Guid.NewGuid(), Body(draft, 2));
        await foreign.RefusedAsync(403, "other-department", "actor");
        // Nor does it see what is not signed yet; how far it has come it does.
        var seen = (await journey.GetAsync(DistrictJourney.UserOf(team.OfficersOf("HEA").First().OfficerId), $"/api/cases/{journey.CaseId}/visit"));
        Assert.Empty(seen["visit"]!["sectionsInWork"]!.AsArray());
        Assert.Equal(2, seen["sections"]!.AsArray().Single(state => state!["department"]!.GetValue<string>() == "FIR")!["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Officers_of_every_department_find_the_visit_and_take_along_items_with_their_law_and_the_answers_of_last_time()
    {
        var (journey, kit) = await AtTheDoorAsync();
        var officer = DistrictJourney.UserOf((await journey.TeamAsync()).OfficersOf("FIR").First().OfficerId);
        var ahead = (await journey.GetAsync(officer, "/api/visits"))["visits"]!.AsArray();
        Assert.Contains(ahead, visit => visit!["caseId"]!.GetValue<string>() == journey.CaseId);
        var item = kit["items"]!.AsArray().Single(one => one!["code"]!.GetValue<string>() == "EH-16")!;
        Assert.Equal("FIR", item["department"]!.GetValue<string>());
        Assert.All(item["violates"]!.AsArray(), basis => Assert.StartsWith("《", basis!["text"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.NotEmpty(item["violates"]!.AsArray());
        Assert.False(string.IsNullOrEmpty(item["wording"]!["pass"]!.GetValue<string>()));
        using var stranger = await service.SamplePersonAsync("tob.01");
        using var refused = await stranger.GetAsync(new Uri($"/api/cases/{journey.CaseId}/visit", UriKind.Relative));
        await refused.RefusedAsync(404, "not-found", "id");
    }

    private async Task<(DistrictJourney Journey, JsonObject Kit)> AtTheDoorAsync()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.ArriveAsync();
        return (journey, await journey.GetAsync(await journey.LeaderAsync(), $"/api/cases/{journey.CaseId}/visit"));
    }

    private async Task<JsonObject> HandInAsync(DistrictJourney journey, string department, VisitSection section, int basedOn)
    {
        using var officer = await service.SamplePersonAsync(DistrictJourney.UserOf((await journey.TeamAsync()).OfficersOf(department).First().OfficerId));
        using var answer = await officer.PostAsync(Path(journey), "section-" + Guid.NewGuid(), Body(section, basedOn));
        return await answer.SucceededAsync();
    }

    private VisitSection Section(JsonObject kit, string department, string? breach) => new()
    {
        Department = department,
        Items = [.. kit["items"]!.AsArray().Where(item => item!["department"]!.GetValue<string>() == department).Select(item => item!["code"]!.GetValue<string>()).Select(code => code == breach
            ? new ItemResult { ItemCode = code, Answer = ItemAnswer.NonCompliant, Facts = "灭火器压力不足", EvidenceIds = ["E1"] }
            : new ItemResult { ItemCode = code, Answer = ItemAnswer.Compliant })],
        Signatures = [.. kit["team"]!["members"]!.AsArray().Where(member => member!["department"]!.GetValue<string>() == department)
            .Select(member => new OfficerSignature(member!["officerId"]!.GetValue<string>(), member["name"]!.GetValue<string>(), member["certificateNumber"]!.GetValue<string>(), service.Now))],
        VideoNumbers = ["V-1"],
    };

    private SignedRecord Record(params VisitSection[] sections) =>
        new() { Record = new VisitRecord(sections, new PartySignature { PersonName = "样例人乙", Capacity = "店长", Statement = "无异议", SignedAt = service.Now }) };

    private static string Path(DistrictJourney journey) => $"/api/cases/{journey.CaseId}/visit/sections";

    private static JsonNode Body(VisitSection section, int basedOn) => JsonSerializer.SerializeToNode(new HandInSection(section, basedOn), SupervisionJson.Options)!;
}
