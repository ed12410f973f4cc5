using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Supervision.Inspections;

namespace Workflows.Host.Tests.Visits;

/// <summary>An officer falls ill at the door: the head sends another, who finds the step and signs the record.</summary>
public sealed class TeamChangeTests(SampleService service) : IClassFixture<SampleService>
{
    [Fact]
    public async Task The_one_who_comes_finds_the_step_and_the_record_bears_the_new_name()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.ArriveAsync();
        var before = await journey.TeamAsync();
        var leaving = before.OfficersOf("CUL").First();
        var task = await journey.TaskAsync(DistrictJourney.UserOf(leaving.OfficerId), "visit.record");

        await RefusedAsync(journey, "fir.head", leaving.OfficerId, null, 403, "other-department");
        var coming = before.Standby.FirstOrDefault(one => one.Department == "CUL")?.OfficerId;
        var named = coming is null ? await FreeOfficerAsync(before) : null;
        using (var head = await service.SamplePersonAsync("cul.head"))
        {
            var (key, body) = ("change-" + Guid.NewGuid(), Body(leaving.OfficerId, named));
            for (var n = 0; n < 2; n++)
            {
                using var answer = await head.PostAsync($"/api/cases/{journey.CaseId}/team/changes", key, body);
                var changed = await answer.SucceededAsync();
                Assert.Equal(coming ?? named, changed["in"]!["officerId"]!.GetValue<string>());
            }
        }

        var after = await journey.TeamAsync();
        Assert.DoesNotContain(after.Members, one => one.OfficerId == leaving.OfficerId);
        Assert.Equal(2, after.OfficersOf("CUL").Count());
        Assert.Equal(task, await journey.TaskAsync(DistrictJourney.UserOf((coming ?? named)!), "visit.record"));
        await journey.RecordAsync("EH-16");
        var story = await journey.StoryAsync("cul.head");
        var section = story["visits"]![0]!["sections"]!.AsArray().Single(one => one!["department"]!.GetValue<string>() == "CUL")!;
        Assert.Contains(section["signatures"]!.AsArray(), one => one!["officerId"]!.GetValue<string>() == (coming ?? named));
        var kept = Assert.Single(story["substitutions"]!.AsArray())!;
        Assert.Equal((leaving.Name, "突发疾病"), (kept["outName"]!.GetValue<string>(), kept["reason"]!.GetValue<string>()));
        // The change is of the department; others see who is in the team, not why.
        Assert.Empty((await journey.StoryAsync("fir.head"))["substitutions"]!.AsArray());
    }

    private async Task<string> FreeOfficerAsync(InspectionTeam team)
    {
        using var head = await service.SamplePersonAsync("cul.head");
        var roster = JsonNode.Parse(await head.GetStringAsync(new Uri("/api/rosters/officers?take=500", UriKind.Relative)))!["items"]!.AsArray();
        return roster.Where(one => one!["department"]!.GetValue<string>() == "CUL" && one["status"]!.GetValue<string>() != "Left")
            .Select(one => one!["id"]!.GetValue<string>()).First(id => team.Members.All(member => member.OfficerId != id));
    }

    private async Task RefusedAsync(DistrictJourney journey, string user, string leaving, string? coming, int status, string code)
    {
        using var person = await service.SamplePersonAsync(user);
        using var answer = await person.PostAsync($"/api/cases/{journey.CaseId}/team/changes", "refused-" + Guid.NewGuid(), Body(leaving, coming));
        await answer.RefusedAsync(status, code, "actor");
    }

    private static JsonObject Body(string leaving, string? coming) => new() { ["out"] = leaving, ["in"] = coming, ["reason"] = "突发疾病" };
}
