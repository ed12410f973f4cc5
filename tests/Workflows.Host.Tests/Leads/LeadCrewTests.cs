using Workflows.Host.Tests.Sample;

namespace Workflows.Host.Tests.Leads;

/// <summary>“1+1+X” teams over HTTP: the template is data of the scenario, officers come from the roster, and an empty seat is named.</summary>
public sealed class LeadCrewTests(SampleService service) : IClassFixture<SampleService>
{
    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task A_team_is_filled_after_its_template_and_the_seat_that_nobody_fills_is_named()
    {
        var id = await _people.ReportAsync("RS-04");
        await _people.RefusedAsync("dispatcher", id, "crew", new { template = "1+1+X" }, 409, "lead-state");
        await _people.DoAsync("dispatcher", id, "dispatch");
        await _people.RefusedAsync("dispatcher", id, "crew", new { template = "9+9" }, 422, "team-template-unknown", "template");
        await _people.RefusedAsync("dispatcher", id, "crew", new { template = "1+1+X", helpers = new[] { new { seat = "officer", name = "样例网格员" } } }, 422, "seat-of-officers", "helpers[0].seat");
        await _people.RefusedAsync("dispatcher", id, "crew", new { template = "1+1+X", helpers = new[] { new { seat = "cadre", name = "甲" }, new { seat = "cadre", name = "乙" } } }, 422, "seat-full", "helpers[1].seat");

        // Nobody of the town is named: the seat of the cadre stays vacant, the grid's seats are as needed.
        var partial = (await _people.DoAsync("dispatcher", id, "crew", new { template = "1+1+X", helpers = new[] { new { seat = "grid", name = "样例网格员" } } }))["crew"]!;
        Assert.Equal([("cadre", 1)], partial["vacant"]!.AsArray().Select(v => (v!["seat"]!.GetValue<string>(), v["missing"]!.GetValue<int>())));
        Assert.Contains((await _people.LeadAsync(id))["steps"]!.AsArray(), step => step!["text"]?.GetValue<string>().Contains("空缺：社区干部1人", StringComparison.Ordinal) == true);

        var whole = (await _people.DoAsync("dispatcher", id, "crew", new { template = "1+1+X", helpers = new[] { new { seat = "cadre", name = "样例干部" }, new { seat = "grid", name = "样例网格员" } } }))["crew"]!;
        Assert.Empty(whole["vacant"]!.AsArray());
        var members = whole["members"]!.AsArray();
        Assert.Equal(["officer", "cadre", "grid"], members.Select(m => m!["seat"]!.GetValue<string>()));
        // Only the officer of the roster may sign.
        Assert.Equal([true, false, false], members.Select(m => m!["signs"]!.GetValue<bool>()));
        Assert.NotNull(members[0]!["officerId"]);
        Assert.All(members.Skip(1), m => Assert.Null(m!["officerId"]));
    }
}
