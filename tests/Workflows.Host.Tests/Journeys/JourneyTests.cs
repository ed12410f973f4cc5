using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Supervision.Inspections;

namespace Workflows.Host.Tests.Journeys;

[Collection(SharedSample.Name)]
public sealed class JourneyTests(SampleService service)
{
    [Fact]
    public async Task A_hotel_goes_from_the_plan_to_a_served_order_and_is_named_in_public_only_after_the_visit()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await PublicAsync(journey)).StatusCode);
        await journey.DrawAsync();
        var before = await (await PublicAsync(journey)).JsonAsync();
        Assert.Equal(1, before["drawn"]!.GetValue<int>());
        Assert.Null(before["targets"]![0]!["name"]);
        Assert.Equal((await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}/draw"))["recordSha256"]!.GetValue<string>(), before["recordSha256"]!.GetValue<string>());
        await journey.VisitAsync("EH-20");
        var after = await (await PublicAsync(journey)).JsonAsync();
        Assert.StartsWith("样例电竞酒店", after["targets"]![0]!["name"]!.GetValue<string>(), StringComparison.Ordinal);
        await journey.OrderAsync();
        var order = Assert.Single(await journey.ListAsync("hea.head", $"/api/cases/{journey.CaseId}/orders"));
        Assert.Equal("Served", order!["state"]!.GetValue<string>());
        // Of a person the public reads the first character alone.
        await new CheckDesk(service).ChangeAsync(async (session, token) =>
        {
            var one = (await session.FindAsync<Case>(journey.CaseId, token))!;
            session.Save(one with { Target = one.Target with { IsIndividual = true, Name = "样例人丙", TradeName = null } });
            return one.Id;
        });
        Assert.Equal("样***", (await (await PublicAsync(journey)).JsonAsync())["targets"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_step_is_handed_on_within_the_department_and_given_back_to_its_head()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var leader = await journey.LeaderAsync();
        var task = await journey.TaskAsync(leader, "team.recusal-declaration");
        var team = await journey.TeamAsync();
        var named = DistrictJourney.Departments.SelectMany(code => team.OfficersOf(code)).Select(one => one.OfficerId).ToHashSet();
        var culture = team.OfficersOf("CUL").Select(one => one.OfficerId).ToList();
        await RefusedAsync(leader, "delegate", new { to = "CUL-03", reason = " " }, 422, "reason-missing", "reason");
        await RefusedAsync(leader, "delegate", new { to = "TOB-01", reason = "请假" }, 422, "delegate-unknown", "to");
        await RefusedAsync(leader, "delegate", new { to = team.OfficersOf("FIR").First().OfficerId, reason = "请假" }, 422, "delegate-unknown", "to");
        var (first, second) = ("CUL-0" + Enumerable.Range(1, 9).First(i => !culture.Contains($"CUL-0{i}")), "CUL-0" + Enumerable.Range(1, 9).Last(i => !culture.Contains($"CUL-0{i}") && i <= 5));
        await DoneAsync(leader, "delegate", new { to = first, reason = "请假" });
        named.Remove(culture[0]);
        named.Add(first);
        // Whoever else was named is still named, and can still do it.
        Assert.Equal(named.Order(), (await NamedAsync()).Order());
        Assert.Equal(task, await journey.TaskAsync(DistrictJourney.UserOf(team.OfficersOf("FIR").First().OfficerId), "team.recusal-declaration"));
        await DoneAsync(DistrictJourney.UserOf(first), "refuse", new { reason = "外出培训" });
        named.Remove(first);
        Assert.Equal(named.Order(), (await NamedAsync()).Order());
        // A head of the departments that are named sees the step and hands on what is its own; any other head does not find it.
        await RefusedAsync("tra.head", "delegate", new { to = "TRA-01", reason = "请假" }, 404, "not-found", "id");
        await RefusedAsync("fir.head", "delegate", new { to = second, reason = "请假" }, 422, "delegate-unknown", "to");
        await DoneAsync("cul.head", "delegate", new { to = second, reason = "统一安排" });
        named.Remove(culture.Single(one => named.Contains(one)));
        named.Add(second);
        Assert.Equal(named.Order(), (await NamedAsync()).Order());
        await RefusedAsync("fir.head", "delegate", new { to = "FIR-05", reason = "请假", from = second }, 422, "delegate-from", "from");
        // A head who says no more hands on the part of the whole department; one who says whom, that one's alone.
        string[] health = [.. team.OfficersOf("HEA").Select(one => one.OfficerId)];
        var third = "HEA-0" + Enumerable.Range(1, 5).First(i => !health.Contains($"HEA-0{i}"));
        await DoneAsync("hea.head", "delegate", new { to = third, reason = "统一安排", from = health[0] });
        Assert.Equal(named.Except([health[0]]).Append(third).Order(), (await NamedAsync()).Order());
        await DoneAsync("hea.head", "delegate", new { to = health[0], reason = "统一安排" });
        named.ExceptWith(health);
        named.Add(health[0]);
        Assert.Equal(named.Order(), (await NamedAsync()).Order());
        // Late, it stands on the lists of the officers who are named and of their heads.
        foreach (var user in new[] { DistrictJourney.UserOf(second), "cul.head", "fir.head" })
            Assert.Contains(await journey.ListAsync(user, "/api/overdue?within=P60D"), row => row!["id"]!.GetValue<string>() == task);
        Assert.DoesNotContain(await journey.ListAsync("tra.head", "/api/overdue?within=P60D"), row => row!["id"]!.GetValue<string>() == task);
        // Given back by the last, it is the head's of that department and nobody else's.
        string[] last = [.. named.Where(one => !one.StartsWith("CUL", StringComparison.Ordinal)), second];
        foreach (var one in last)
            await DoneAsync(DistrictJourney.UserOf(one), "refuse", new { reason = "外出培训" });
        var returned = await journey.GetAsync("cul.head", $"/api/tasks/{task}");
        Assert.Equal(("department-head", "CUL", 0), (returned["role"]!.GetValue<string>(), returned["department"]!.GetValue<string>(), returned["assignees"]!.AsArray().Count));
        Assert.Equal((true, "退回", "外出培训"), (returned["isReturned"]!.GetValue<bool>(), returned["passedOn"]!["outcome"]!.GetValue<string>(), returned["passedOn"]!["reason"]!.GetValue<string>()));
        foreach (var (user, status) in new[] { (DistrictJourney.UserOf(second), 403), ("fir.head", 404) })
        {
            using var stranger = await service.SamplePersonAsync(user);
            using var tried = await stranger.PostAsync($"/api/tasks/{task}/complete", "do-" + Guid.NewGuid(), DistrictJourney.Completion("无需回避", null));
            Assert.Equal(status, (int)tried.StatusCode);
        }

        await DoneAsync("cul.head", "delegate", new { to = first, reason = "重新安排" });
        var again = await journey.GetAsync("cul.head", $"/api/tasks/{task}");
        Assert.Equal((null, "CUL", first), (again["role"]?.GetValue<string>(), again["department"]!.GetValue<string>(), Assert.Single(again["assignees"]!.AsArray())!.GetValue<string>()));
        // Whoever has it now reads who passed it on and why.
        var passed = (await journey.GetAsync(DistrictJourney.UserOf(first), $"/api/tasks/{task}"))["passedOn"]!;
        Assert.Equal(("转交", "重新安排", "样例文旅负责人"), (passed["outcome"]!.GetValue<string>(), passed["reason"]!.GetValue<string>(), passed["by"]!.GetValue<string>()));
        await journey.DoAsync(DistrictJourney.UserOf(first), "team.recusal-declaration", "无需回避");
        var facts = (await journey.ListAsync("supervisor", $"/api/cases/{journey.CaseId}/timeline")).Where(fact => fact!["data"]?["task"]?.GetValue<string>() == task && fact["data"]!["reason"] is not null);
        Assert.Equal(
            ["task.delegated 请假", "task.refused 外出培训", "task.delegated 统一安排", "task.delegated 统一安排", "task.delegated 统一安排", .. last.Select(_ => "task.refused 外出培训"), "task.delegated 重新安排"],
            facts.Select(fact => $"{fact!["kind"]} {fact["data"]!["reason"]}"));

        async Task<IEnumerable<string>> NamedAsync() => (await journey.GetAsync("cul.head", $"/api/tasks/{task}"))["assignees"]!.AsArray().Select(one => one!.GetValue<string>());

        async Task DoneAsync(string user, string act, object body)
        {
            using var person = await service.SamplePersonAsync(user);
            using var answer = await person.PostAsync($"/api/tasks/{task}/{act}", "hand-" + Guid.NewGuid(), body);
            await answer.SucceededAsync();
        }

        async Task RefusedAsync(string user, string act, object body, int status, string code, string field)
        {
            using var person = await service.SamplePersonAsync(user);
            using var answer = await person.PostAsync($"/api/tasks/{task}/{act}", "hand-" + Guid.NewGuid(), body);
            await answer.RefusedAsync(status, code, field);
        }
    }

    [Fact]
    public async Task What_is_sent_again_is_answered_with_the_same_bytes_although_everything_has_moved_on()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var journey = new DistrictJourney(service);
        var plan = DistrictJourney.NewPlan(await journey.TodayAsync());
        await SameAgainAsync(dispatcher, "/api/plans", plan, HttpStatusCode.Created, async first =>
        {
            journey.Take(first["planId"]!.GetValue<string>());
            Assert.Equal("Draft", first["state"]!.GetValue<string>());
            var task = await journey.TaskAsync("cul.head", "plan.approve");
            using var head = await service.SamplePersonAsync("cul.head");
            await SameAgainAsync(head, $"/api/tasks/{task}/complete", DistrictJourney.Completion("批准", new { note = "同意" }), HttpStatusCode.OK, async done =>
            {
                Assert.Equal("批准", done["outcome"]!.GetValue<string>());
                await SameAgainAsync(dispatcher, "/api/sample/clock", new { advance = "PT2H" }, HttpStatusCode.OK, async _ =>
                {
                    using var further = await dispatcher.PostAsync("/api/sample/clock", "further-" + journey.PlanId, new { advance = "PT3H" });
                    await further.SucceededAsync();
                });
            });
        });
    }

    [Fact]
    public async Task A_completion_that_finds_nothing_to_do_is_refused_each_time()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        var task = await journey.TaskAsync("cul.head", "plan.approve");
        await journey.DoAsync("cul.head", "plan.approve", "批准", new { note = "同意" });
        using var head = await service.SamplePersonAsync("cul.head");
        for (var time = 0; time < 2; time++)
        {
            using var late = await head.PostAsync($"/api/tasks/{task}/complete", "late-" + task, DistrictJourney.Completion("批准", new { note = "同意" }));
            await late.RefusedAsync(409, "task-ended", "id");
        }
    }

    [Fact]
    public async Task A_completion_that_is_sent_again_is_answered_with_the_same_bytes_although_the_step_is_over()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        var task = await journey.TaskAsync("cul.head", "plan.approve");
        using var head = await service.SamplePersonAsync("cul.head");
        var completion = DistrictJourney.Completion("批准", new { note = "同意" });
        using var first = await head.PostAsync($"/api/tasks/{task}/complete", "again-" + task, completion);
        using var again = await head.PostAsync($"/api/tasks/{task}/complete", "again-" + task, completion.DeepClone());
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
    }

    // Sends a request, lets other things happen, sends it again.
    private static async Task SameAgainAsync(HttpClient person, string path, object body, HttpStatusCode status, Func<JsonObject, Task> meanwhile)
    {
        var key = "same-" + Guid.NewGuid();
        using var first = await person.PostAsync(path, key, body);
        await meanwhile(await first.SucceededAsync());
        using var again = await person.PostAsync(path, key, body);
        Assert.Equal((status, status), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentType, again.Content.Headers.ContentType);
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
    }

    private async Task<HttpResponseMessage> PublicAsync(DistrictJourney journey)
    {
        using var anybody = service.Anonymous();
        return await anybody.GetAsync(new Uri($"/api/public/draws/{journey.PlanId}", UriKind.Relative));
    }
}
