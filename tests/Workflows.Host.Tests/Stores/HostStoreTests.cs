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
}

[Collection(SharedSample.Name)]
public sealed class SqliteHostTests(SampleService service) : HostStoreTests(service);

public sealed class PostgresHostTests(PostgresSample service) : HostStoreTests(service), IClassFixture<PostgresSample>;
