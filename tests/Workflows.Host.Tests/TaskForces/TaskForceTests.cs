using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Leads;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.TaskForces;

namespace Workflows.Host.Tests.TaskForces;

/// <summary>专班: a body of several departments for a time, from which plans draw and dispatches send, and which shows nobody more than the joint task does.</summary>
public sealed class TaskForceTests(SampleService service) : IClassFixture<SampleService>
{
    // CUL-06 and FIR-06 hold certificates that ended before the visits.
    private static readonly string[] Members = ["CUL-02", "CUL-03", "CUL-06", "FIR-02", "FIR-03", "FIR-06", "HEA-02"];
    private readonly DistrictJourney _journey = new(service);
    private readonly LeadPeople _people = new(service);

    [Fact]
    public async Task The_guidance_office_forms_it_of_several_departments_and_whoever_has_a_member_in_it_sees_it()
    {
        var today = await _journey.TodayAsync();
        using var guidance = await service.SamplePersonAsync("gui.head");
        await RefusedAsync(guidance, Decision(today, members: ["CUL-02", "CUL-03"], leader: "CUL-02"), 422, "task-force-departments", "members");
        await RefusedAsync(guidance, Decision(today, leader: "MKT-02"), 422, "leader-not-member", "leaderId");
        await RefusedAsync(guidance, Decision(today, members: ["CUL-02", "NOBODY"], leader: "CUL-02"), 422, "officer-unknown", "members[1]");
        await RefusedAsync(guidance, Decision(today.AddDays(-1)), 422, "bad-term", "from");
        await RefusedAsync(guidance, Decision(today, scenarios: ["no-such-scenario"]), 422, "scenario-unknown", "scenarios");
        await RefusedAsync(guidance, Decision(today, areas: ["330206"]), 422, "area-invalid", "areas");
        using (var head = await service.SamplePersonAsync("cul.head"))
            await RefusedAsync(head, Decision(today), 403, "guidance-office-required", "actor");
        var formed = await FormAsync(Decision(today, today.AddDays(60)));
        var id = formed["id"]!.GetValue<string>();
        Assert.Equal("Working", formed["state"]!.GetValue<string>());
        foreach (var (person, sees) in new[] { ("cul.01", true), ("fir.head", true), ("dispatcher", true), ("auditor", true), ("mkt.head", false), ("psb.01", false) })
        {
            Assert.Equal(sees, (await _journey.ListAsync(person, "/api/task-forces")).Any(one => one!["id"]!.GetValue<string>() == id));
            using var client = await service.SamplePersonAsync(person);
            using var read = await client.GetAsync(new Uri($"/api/task-forces/{id}", UriKind.Relative));
            Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, read.StatusCode);
        }

        // A change holds from its day on; what held before stays on record.
        var changed = await (await guidance.PostAsync($"/api/task-forces/{id}/changes", "change-" + Guid.NewGuid(), new
        {
            decision = Decision(today.AddDays(10), today.AddDays(90), members: ["CUL-04", "MKT-02"], leader: "MKT-02"), reason = "市监接替消防",
        })).SucceededAsync();
        Assert.Equal((2, "CUL-02"), (changed["versions"]!.AsArray().Count, changed["terms"]!["leaderId"]!.GetValue<string>()));
        Assert.Equal(("MKT-02", "市监接替消防", "样例指导办负责人"), (changed["versions"]![1]!["leaderId"]!.GetValue<string>(), changed["versions"]![1]!["reason"]!.GetValue<string>(), changed["versions"]![1]!["decided"]!["actorName"]!.GetValue<string>()));
        Assert.Contains(await _journey.ListAsync("mkt.head", "/api/task-forces"), one => one!["id"]!.GetValue<string>() == id);

        using var ended = await guidance.PostAsync($"/api/task-forces/{id}/end", "end-" + Guid.NewGuid(), new { lastDay = today, reason = "任务完成" });
        await ended.SucceededAsync();
        await (await guidance.PostAsync($"/api/task-forces/{id}/end", "end-" + Guid.NewGuid(), new { lastDay = today, reason = "任务完成" })).RefusedAsync(409, "task-force-ended", "id");
        await (await guidance.PostAsync($"/api/task-forces/{id}/changes", "change-" + Guid.NewGuid(), new { decision = Decision(today), reason = "再用" })).RefusedAsync(409, "task-force-ended", "id");
        using var auditor = await service.PersonAsync("auditor", officerId: "CITY-01");
        var trail = await auditor.GetStringAsync(new Uri("/api/audit", UriKind.Relative));
        Assert.All(new[] { "task-force.formed", "task-force.changed", "task-force.ended" }, kind => Assert.Contains(kind, trail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_draws_its_officers_from_the_force_alone_under_the_same_rules_and_shows_its_departments_nothing_else()
    {
        var today = await _journey.TodayAsync();
        var force = (await FormAsync(Decision(today, today.AddDays(60), scenarios: ["esports-hotel"])))["id"]!.GetValue<string>();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        // Health has one officer in it, and two officers of each organ stand at a door.
        await (await dispatcher.PostAsync("/api/plans", "three-departments", Plan(today, force, "CUL", "FIR", "HEA"))).RefusedAsync(422, "task-force-departments", "taskForceId");
        await (await dispatcher.PostAsync("/api/plans", "no-such-force", Plan(today, "nobody", "CUL", "FIR"))).RefusedAsync(422, "task-force-unknown", "taskForceId");
        await (await dispatcher.PostAsync("/api/plans", "after-its-term", Plan(today.AddDays(50), force, "CUL", "FIR"))).RefusedAsync(409, "task-force-expired", "taskForceId");
        var planId = (await (await dispatcher.PostAsync("/api/plans", "within-the-force", Plan(today, force, "CUL", "FIR"))).SucceededAsync())["planId"]!.GetValue<string>();
        _journey.Take(planId);
        await _journey.DrawAsync();
        var plan = await _journey.GetAsync("cul.head", $"/api/plans/{planId}");
        Assert.Equal((force, 5), (plan["taskForceId"]!.GetValue<string>(), plan["officerRoster"]!["count"]!.GetValue<int>() - 1));
        var officers = plan["draw"]!["officers"]!.AsArray().SelectMany(row => row!["drawn"]!.AsArray().Concat(row["alternates"]!.AsArray())).Select(id => id!.GetValue<string>()).Distinct(StringComparer.Ordinal);
        Assert.Equal(["CUL-02", "CUL-03", "FIR-02", "FIR-03"], officers.Order(StringComparer.Ordinal));
        // Those who take part in the joint task see it; a department of the same force that does not, does not.
        Assert.Equal(planId, Assert.Single((await _journey.GetAsync("fir.head", $"/api/task-forces/{force}/plans"))["items"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Empty((await _journey.GetAsync("hea.head", $"/api/task-forces/{force}/plans"))["items"]!.AsArray());
        foreach (var (person, status) in new[] { ("fir.02", HttpStatusCode.OK), ("hea.02", HttpStatusCode.NotFound) })
        {
            using var client = await service.SamplePersonAsync(person);
            using var read = await client.GetAsync(new Uri($"/api/cases/{_journey.CaseId}", UriKind.Relative));
            Assert.Equal(status, read.StatusCode);
        }

        Assert.DoesNotContain((await _journey.GetAsync("fir.head", "/api/cases?department=HEA&take=100"))["items"]!.AsArray(), row => row!["departments"]!.AsArray().All(code => code!.GetValue<string>() != "FIR"));
    }

    [Fact]
    public async Task Who_leaves_the_force_within_the_window_is_not_drawn_and_a_change_on_the_first_day_keeps_what_held_before_it()
    {
        var today = await _journey.TodayAsync();
        var force = (await FormAsync(Decision(today, members: [.. Members, "CUL-04"])))["id"]!.GetValue<string>();
        using var guidance = await service.SamplePersonAsync("gui.head");
        await ChangeAsync(Decision(today.AddDays(20)));
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        _journey.Take((await (await dispatcher.PostAsync("/api/plans", "one-leaves", Plan(today, force, "CUL", "FIR"))).SucceededAsync())["planId"]!.GetValue<string>());
        await _journey.DrawAsync();
        // CUL-02, 03, 06 and FIR-02, 03, 06: the window is of thirty days, and CUL-04 is gone after twenty.
        Assert.Equal(6, (await _journey.GetAsync("cul.head", $"/api/plans/{_journey.PlanId}"))["officerRoster"]!["count"]!.GetValue<int>());

        var versions = (await ChangeAsync(Decision(today, members: ["CUL-02", "MKT-02"])))["versions"]!.AsArray();
        Assert.Equal([8, 2], versions.Select(version => version!["members"]!.AsArray().Count));

        async Task<JsonObject> ChangeAsync(object decision) =>
            await (await guidance.PostAsync($"/api/task-forces/{force}/changes", "change-" + Guid.NewGuid(), new { decision, reason = "人员轮换" })).SucceededAsync();
    }

    [Fact]
    public async Task A_force_that_was_dissolved_after_the_freeze_gives_no_officers_to_the_draw()
    {
        var today = await _journey.TodayAsync();
        var force = (await FormAsync(Decision(today)))["id"]!.GetValue<string>();
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        _journey.Take((await (await dispatcher.PostAsync("/api/plans", "frozen-then-gone", Plan(today, force, "CUL", "FIR"))).SucceededAsync())["planId"]!.GetValue<string>());
        using var guidance = await service.SamplePersonAsync("gui.head");
        await (await guidance.PostAsync($"/api/task-forces/{force}/end", "dissolved", new { lastDay = today, reason = "任务完成" })).SucceededAsync();
        using var head = await service.SamplePersonAsync("cul.head");
        await (await head.PostAsync($"/api/tasks/{await _journey.TaskAsync("cul.head", "plan.approve")}/complete", "approve-gone", new { outcome = "批准", data = new { note = "同意" } }))
            .RefusedAsync(409, "task-force-expired", "taskForceId");
        Assert.Equal("Draft", (await _journey.GetAsync("cul.head", $"/api/plans/{_journey.PlanId}"))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_lead_is_dispatched_to_two_certified_officers_of_the_force_and_a_joint_dispatch_is_seen_by_both_departments()
    {
        var today = await _journey.TodayAsync();
        var force = (await FormAsync(Decision(today, members: ["HEA-02", "HEA-03", "HEA-06", "FIR-02", "FIR-03", "FIR-06"], leader: "HEA-02")))["id"]!.GetValue<string>();
        var lead = await _people.AcceptedAsync();
        await _people.RefusedAsync("hea.head", lead, "dispatch", new { taskForceId = force, officers = new[] { "HEA-04", "HEA-05" } }, 422, "officer-not-in-force", "officers[0]");
        await _people.RefusedAsync("hea.head", lead, "dispatch", new { taskForceId = force, officers = new[] { "HEA-02", "HEA-06" } }, 422, "officer-excluded", "officers");
        await _people.RefusedAsync("hea.head", lead, "dispatch", new { taskForceId = force, officers = new[] { "HEA-02", "HEA-03", "FIR-02" } }, 422, "task-force-departments", "taskForceId");
        var sent = await _people.DoAsync("hea.head", lead, "dispatch", new { taskForceId = force });
        Assert.Equal(["HEA-02", "HEA-03"], sent["dispatch"]!["officers"]!.AsArray().Select(one => one!.GetValue<string>()).Order(StringComparer.Ordinal));

        var joint = await _people.AcceptedAsync();
        using (var before = await _people.GetAsync("fir.head", $"/api/leads/{joint}"))
            Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        await _people.DoAsync("hea.head", joint, "dispatch", new { taskForceId = force, officers = new[] { "HEA-02", "HEA-03", "FIR-02", "FIR-03" } });
        using (var after = await _people.GetAsync("fir.head", $"/api/leads/{joint}"))
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        using (var other = await _people.GetAsync("fir.head", $"/api/leads/{lead}"))
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task Bodies_that_a_person_does_not_see_push_none_of_its_own_out_of_the_list()
    {
        var id = (await FormAsync(Decision(await _journey.TodayAsync())))["id"]!.GetValue<string>();
        await new CheckDesk(service).ChangeAsync(async (session, token) =>
        {
            var force = (await session.FindAsync<TaskForce>(id, token))!;
            // One more than the list is long, newer, and of another district.
            for (var n = 0; n <= 500; n++)
                session.Save(force with { Id = $"elsewhere-{n}", Area = "330206", Created = force.Created with { At = force.Created.At.AddHours(1) } });
            return "";
        });
        Assert.Contains(await _journey.ListAsync("cul.01", "/api/task-forces"), one => one!["id"]!.GetValue<string>() == id);
    }

    private static object Decision(DateOnly from, DateOnly? to = null, string[]? members = null, string leader = "CUL-02", string[]? scenarios = null, string[]? areas = null) =>
        new { purpose = "暑期电竞酒店联合整治", from, to, leaderId = leader, members = members ?? Members, scenarios = scenarios ?? [], areas = areas ?? [] };

    private static JsonObject Plan(DateOnly from, string force, params string[] departments)
    {
        var plan = JsonSerializer.SerializeToNode(DistrictJourney.NewPlan(from))!.AsObject();
        plan["departments"] = new JsonArray([.. plan["departments"]!.AsArray().Where(one => departments.Contains(one!["code"]!.GetValue<string>())).Select(one => one!.DeepClone())]);
        plan["taskForceId"] = force;
        return plan;
    }

    private async Task<JsonObject> FormAsync(object decision)
    {
        using var guidance = await service.SamplePersonAsync("gui.head");
        using var answer = await guidance.PostAsync("/api/task-forces", "form-" + Guid.NewGuid(), new { name = "样例电竞酒店专班", decision });
        return await answer.SucceededAsync();
    }

    private static async Task RefusedAsync(HttpClient person, object decision, int status, string code, string field)
    {
        using var answer = await person.PostAsync("/api/task-forces", "form-" + Guid.NewGuid(), new { name = "样例电竞酒店专班", decision });
        await answer.RefusedAsync(status, code, field);
    }
}
