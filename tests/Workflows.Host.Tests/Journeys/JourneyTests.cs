using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

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
    }

    [Fact]
    public async Task A_step_is_handed_on_within_the_department_and_given_back_to_its_head()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var leader = await journey.LeaderAsync();
        var task = await journey.TaskAsync(leader, "team.recusal-declaration");
        using var officer = await service.SamplePersonAsync(leader);
        await (await officer.PostAsync($"/api/tasks/{task}/delegate", "hand-" + Guid.NewGuid(), new { to = "CUL-03", reason = " " })).RefusedAsync(422, "reason-missing", "reason");
        await (await officer.PostAsync($"/api/tasks/{task}/delegate", "hand-" + Guid.NewGuid(), new { to = "TOB-01", reason = "请假" })).RefusedAsync(422, "delegate-unknown", "to");
        using var handed = await officer.PostAsync($"/api/tasks/{task}/delegate", "hand-" + Guid.NewGuid(), new { to = "CUL-03", reason = "请假" });
        Assert.Equal(HttpStatusCode.OK, handed.StatusCode);
        Assert.Equal(task, await journey.TaskAsync("cul.03", "team.recusal-declaration"));
        using var third = await service.SamplePersonAsync("cul.03");
        using var refused = await third.PostAsync($"/api/tasks/{task}/refuse", "back-" + Guid.NewGuid(), new { reason = "外出培训" });
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal(task, await journey.TaskAsync("cul.head", "team.recusal-declaration"));
        var facts = (await journey.ListAsync("cul.head", $"/api/cases/{journey.CaseId}/timeline")).Where(fact => fact!["data"]?["task"]?.GetValue<string>() == task && fact["data"]!["reason"] is not null);
        Assert.Equal(["task.delegated 请假", "task.refused 外出培训"], facts.Select(fact => $"{fact!["kind"]} {fact["data"]!["reason"]}"));
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
