using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Tests.Stores;

/// <summary>What the API promises whatever the database.</summary>
public abstract class HostStoreTests(ServiceUnderTest service)
{
    [Fact]
    public async Task People_sign_in_and_take_a_plan_from_the_draw_to_a_served_order()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-20");
        await journey.OrderAsync();
        var order = Assert.Single(await journey.ListAsync("hea.head", $"/api/cases/{journey.CaseId}/orders"));
        Assert.Equal("Served", order!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_withdrawn_plan_takes_its_unvisited_case_with_it_and_everybody_hears_of_it()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        var leader = await journey.LeaderAsync();
        var step = await journey.TaskAsync(leader, "team.recusal-declaration");
        using var head = await service.SamplePersonAsync("cul.head");
        var path = $"/api/plans/{journey.PlanId}/cancel";
        await (await head.PostAsync(path, "no-reason-" + journey.PlanId, new { reason = " " })).RefusedAsync(422, "field-missing", "reason");
        using (var other = await service.SamplePersonAsync("fir.head"))
            await (await other.PostAsync(path, "other-" + journey.PlanId, new { reason = "年度计划调整" })).RefusedAsync(403, "other-department", "actor");
        using var withdrawn = await head.PostAsync(path, "withdraw-" + journey.PlanId, new { reason = "年度计划调整" });
        var answer = await withdrawn.SucceededAsync();
        Assert.Equal("Cancelled", answer["state"]!.GetValue<string>());
        Assert.Equal(journey.CaseId, Assert.Single(answer["withdrawn"]!.AsArray())!["caseId"]!.GetValue<string>());
        Assert.Empty(answer["goOn"]!.AsArray());
        using var again = await head.PostAsync(path, "withdraw-" + journey.PlanId, new { reason = "年度计划调整" });
        Assert.Equal(await withdrawn.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await (await head.PostAsync(path, "once-more-" + journey.PlanId, new { reason = "年度计划调整" })).RefusedAsync(409, "plan-ended", "id");

        var story = await journey.StoryAsync("cul.head");
        Assert.Equal(("Withdrawn", "撤销", "年度计划调整"), (Text(story["case"]!, "state"), Text(story["case"]!, "stage"), Text(story["case"]!, "closureReason")));
        Assert.All(story["tasks"]!.AsArray(), task => Assert.NotEqual("Open", Text(task!, "state")));
        Assert.Empty(story["waits"]!.AsArray());
        Assert.Contains(story["timeline"]!.AsArray(), fact => Text(fact!, "kind") == "case.withdrawn" && fact!["data"]!["reason"]!.GetValue<string>() == "年度计划调整");
        using var officer = await service.SamplePersonAsync(leader);
        await (await officer.PostAsync($"/api/tasks/{step}/complete", "late-" + step, DistrictJourney.Completion("无需回避", null))).RefusedAsync(409, "task-ended", "id");
        Assert.Equal(2, await CountAsync<WorkflowInstanceRow>(row => (row.CorrelationId == journey.PlanId || row.CorrelationId == journey.CaseId) && row.SubStatus == "Cancelled"));
        Assert.Equal(0, await CountAsync<BookmarkRow>(row => row.CorrelationId == journey.PlanId || row.CorrelationId == journey.CaseId));
        // Whoever held a step of the case, and the departments of the plan.
        var officerId = leader.ToUpperInvariant().Replace('.', '-');
        Assert.Equal(1, await CountAsync<OutboxRow>(row => row.CaseId == journey.CaseId && row.Kind == "撤销" && row.Recipient == officerId));
        Assert.Equal(5, await CountAsync<OutboxRow>(row => row.Kind == "撤销" && row.Body.Contains(journey.PlanId) && row.Recipient.StartsWith("department:")));
        Assert.DoesNotContain(await journey.ListAsync("cul.head", "/api/overdue?within=P90D"), late => late!["caseId"]?.GetValue<string>() == journey.CaseId);
    }

    [Fact]
    public async Task A_case_with_a_served_order_goes_on_when_its_plan_is_withdrawn()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-20");
        await journey.OrderAsync();
        using var head = await service.SamplePersonAsync("cul.head");
        await (await head.PostAsync($"/api/cases/{journey.CaseId}/cancel", "case-" + journey.CaseId, new { reason = "年度计划调整" })).RefusedAsync(409, "case-goes-on", "id");
        using var withdrawn = await head.PostAsync($"/api/plans/{journey.PlanId}/cancel", "withdraw-" + journey.PlanId, new { reason = "年度计划调整" });
        var answer = await withdrawn.SucceededAsync();
        Assert.Empty(answer["withdrawn"]!.AsArray());
        var kept = Assert.Single(answer["goOn"]!.AsArray())!;
        Assert.Equal(journey.CaseId, Text(kept, "caseId"));
        Assert.StartsWith("已送达整改通知", Text(kept, "why"), StringComparison.Ordinal);
        var story = await journey.StoryAsync("cul.head");
        Assert.Equal(("Open", "整改中"), (Text(story["case"]!, "state"), Text(story["case"]!, "stage")));
        Assert.Contains(story["tasks"]!.AsArray(), task => Text(task!, "kind") == "party.proof" && Text(task!, "state") == "Open");
        Assert.Contains((await journey.ListAsync("hea.head", $"/api/cases/{journey.CaseId}/clocks")), clock => clock!["clock"]!["endedOn"] is null);
        Assert.Equal(1, await CountAsync<WorkflowInstanceRow>(row => row.CorrelationId == journey.CaseId && row.Status == "Running"));
        Assert.Equal(1, await CountAsync<WorkflowInstanceRow>(row => row.CorrelationId == journey.PlanId && row.SubStatus == "Cancelled"));
    }

    [Fact]
    public async Task One_case_is_withdrawn_alone_and_its_plan_comes_to_its_end()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        await journey.DrawAsync();
        using var head = await service.SamplePersonAsync("cul.head");
        using var withdrawn = await head.PostAsync($"/api/cases/{journey.CaseId}/cancel", "alone-" + journey.CaseId, new { reason = "对象已歇业" });
        Assert.Equal(journey.CaseId, Text(await withdrawn.SucceededAsync(), "caseId"));
        Assert.Equal("Withdrawn", Text((await journey.StoryAsync("cul.head"))["case"]!, "state"));
        Assert.Equal("Closed", Text(await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}"), "state"));
    }

    [Fact]
    public async Task Rosters_are_frozen_anew_before_the_commitment_and_not_after_it()
    {
        var journey = new DistrictJourney(service);
        await journey.PlanAsync();
        var path = $"/api/plans/{journey.PlanId}/rosters";
        using var head = await service.SamplePersonAsync("cul.head");
        using (var other = await service.SamplePersonAsync("fir.head"))
            await (await other.PostAsync(path, "other-" + journey.PlanId, new { })).RefusedAsync(403, "other-department", "actor");
        var first = await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}");
        using var frozen = await head.PostAsync(path, "again-" + journey.PlanId, new { });
        var rosters = await frozen.SucceededAsync();
        // The same rosters have the same hash, in another snapshot.
        Assert.Equal(Text(first["targetRoster"]!, "sha256"), Text(rosters["targets"]!, "sha256"));
        Assert.NotEqual(Text(first["targetRoster"]!, "snapshotId"), Text(rosters["targets"]!, "snapshotId"));
        await journey.DoAsync("cul.head", "plan.approve", "批准", new { note = "同意" });
        var committed = await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}");
        Assert.Equal(Text(rosters["targets"]!, "snapshotId"), Text(committed["targetRoster"]!, "snapshotId"));
        await (await head.PostAsync(path, "late-" + journey.PlanId, new { })).RefusedAsync(409, "roster-after-commitment", "roster");
        Assert.Equal(committed["targetRoster"]!.ToJsonString(), (await journey.GetAsync("cul.head", $"/api/plans/{journey.PlanId}"))["targetRoster"]!.ToJsonString());
    }

    [Fact]
    public async Task Eight_requests_at_once_with_one_key_have_one_effect_and_one_answer()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        var plan = DistrictJourney.NewPlan(await new DistrictJourney(service).TodayAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => dispatcher.PostAsync("/api/plans", "eight-at-once", plan)));
        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var planId = JsonNode.Parse(Assert.Single(bodies.Distinct()))!["planId"]!.GetValue<string>();
        Assert.Equal(7, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal(1, await CountAsync<IdempotencyRow>(row => row.Key == "eight-at-once"));

        var journey = new DistrictJourney(service);
        journey.Take(planId);
        var task = await journey.TaskAsync("cul.head", "plan.approve");
        using var head = await service.SamplePersonAsync("cul.head");
        var completion = DistrictJourney.Completion("批准", new { note = "同意" }).ToJsonString();
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => head.PostAsync($"/api/tasks/{task}/complete", "eight-completions", JsonNode.Parse(completion)!)));
        Assert.All(done, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single((await Task.WhenAll(done.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        var started = JsonNode.Parse(bodies[0])!["instanceId"]!.GetValue<string>();
        Assert.Equal(1, await CountAsync<WorkflowInstanceRow>(row => row.Id == started));
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused_after_the_first_has_acted()
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var first = await dispatcher.PostAsync("/api/sample/clock", "clock-of-store", new { advance = "PT1H" });
        await first.SucceededAsync();
        await (await dispatcher.PostAsync("/api/sample/clock", "clock-of-store", new { advance = "PT2H" })).RefusedAsync(422, "idempotency-key-reused", "Idempotency-Key");
        using var again = await dispatcher.PostAsync("/api/sample/clock", "clock-of-store", new { advance = "PT1H" });
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    private async Task<int> CountAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which)
        where T : class
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<T>().CountAsync(which);
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}

[Collection(SharedSample.Name)]
public sealed class SqliteHostStoreTests(SampleService service) : HostStoreTests(service);

public sealed class PostgresHostStoreTests(PostgresSample service) : HostStoreTests(service), IClassFixture<PostgresSample>;
