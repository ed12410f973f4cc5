using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Activities.Planning;
using Workflows.Host.Packages;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Tests.Elsa.Alterations;

/// <summary>Real cases of the sample district go over to versions of their package in which something is different.</summary>
public sealed class CaseMigrationTests(SampleService service) : IClassFixture<SampleService>
{
    private const string Limit = "OrderDraftLimit";

    [Theory]
    [InlineData("keep")]
    [InlineData("recomputeFromStart")]
    [InlineData("recomputeFromNow")]
    public async Task A_case_goes_over_to_a_limit_of_five_instead_of_three_working_days(string policy)
    {
        await PublishAsync(definition => SetLength(definition, 3));
        var journey = await new DistrictJourney(service).PlanAsync();
        await journey.DrawAsync();
        await journey.VisitAsync("EH-20");
        var began = await TodayAsync();
        var instance = await InstanceAsync(journey.CaseId);
        Assert.Equal(Passed(WorkingDays(began, 3)), await DueAsync(instance));
        await AdvanceAsync("P1D");
        var package = await PublishAsync(definition => SetLength(definition, 5));

        var expected = policy switch
        {
            "keep" => WorkingDays(began, 3),
            "recomputeFromStart" => WorkingDays(began, 5),
            _ => WorkingDays(await TodayAsync(), 5),
        };
        var before = await EverythingAsync();
        var migrate = new { type = "Migrate", targetPackageVersionId = package, timers = policy };
        var dry = await AskAsync("/alterations/dry-run", new { alterations = new[] { migrate }, filter = new { workflowInstanceIds = new[] { instance } } });
        Assert.Equal(before, await EverythingAsync());
        var preview = Assert.Single(dry["previews"]!.AsArray())!;
        Assert.True(preview["isSuccessful"]!.GetValue<bool>(), preview.ToJsonString());
        var timer = Assert.Single(preview["migration"]!["timers"]!.AsArray(), timer => timer!["activityId"]!.GetValue<string>() == Limit)!;
        Assert.Equal((Passed(WorkingDays(began, 3)), Passed(expected)), (timer["oldDueAt"]!.GetValue<DateTimeOffset>(), timer["newDueAt"]!.GetValue<DateTimeOffset>()));
        // The step that is held by the limit is due with it.
        Assert.Equal(Passed(expected), Assert.Single(preview["migration"]!["timers"]!.AsArray(), timer => timer!["activityId"]!.GetValue<string>() == "PrepareOrders")!["newDueAt"]!.GetValue<DateTimeOffset>());
        Assert.Contains(preview["migration"]!["kept"]!.AsArray(), kept => kept!["activityId"]!.GetValue<string>() == "PrepareOrders");
        Assert.Empty(preview["migration"]!["dropped"]!.AsArray());

        var done = Assert.Single((await AskAsync("/alterations/run", new { alterations = new[] { migrate }, workflowInstanceIds = new[] { instance } }))["results"]!.AsArray())!;
        Assert.Equal(preview["migration"]!["timers"]!.ToJsonString(), done["migration"]!["timers"]!.ToJsonString());
        Assert.Equal(Passed(expected), await DueAsync(instance));
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        var limit = await OfCaseAsync<StepLimit>(database, journey.CaseId, limit => limit.Created.ActivityId == Limit && limit.State == StepLimitState.Running);
        Assert.Equal((Passed(expected), expected), (limit.DueAt, limit.LastDay!.Value));
        Assert.Equal(expected, (await OfCaseAsync<DeadlineClock>(database, journey.CaseId, clock => clock.Id == limit.ClockId)).Clock.Due);
        Assert.Equal(package, (await FindAsync<Case>(database, journey.CaseId)).PackageVersionId);
        Assert.Equal(PackageVersions.DefinitionVersion(package, "esports-hotel-case"), (await database.Set<WorkflowInstanceRow>().SingleAsync(row => row.Id == instance)).DefinitionVersionId);
        Assert.Single(await database.Set<AuditEntryRow>().Where(entry => entry.CaseKey == instance && entry.Kind == "workflow.migrated").ToListAsync());
        // The case lives on: its open step is done, and the limit ends as kept.
        await journey.OrderAsync();
        Assert.Equal(StepLimitState.Kept, (await OfCaseAsync<StepLimit>(scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>(), journey.CaseId, one => one.Id == limit.Id)).State);
    }

    [Fact]
    public async Task A_plan_and_its_case_go_over_together_and_a_dropped_ladder_has_to_be_named()
    {
        await PublishAsync(_ => { });
        var journey = await new DistrictJourney(service).PlanAsync();
        await journey.DrawAsync();
        var plan = await InstanceAsync(journey.PlanId);
        var matter = await InstanceAsync(journey.CaseId);
        var package = await PublishAsync(definition => Remove(definition, "InspectionLadder"));
        var ids = new[] { plan, matter };
        var blind = new { type = "Migrate", targetPackageVersionId = package };
        var before = await EverythingAsync();
        var refused = await AskAsync("/alterations/run", new { alterations = new[] { blind }, workflowInstanceIds = new[] { matter } });
        var problem = Assert.Single(refused["results"]![0]!["problems"]!.AsArray())!;
        Assert.Equal(("activity-gone", "InspectionLadder"), (problem["code"]!.GetValue<string>(), problem["activityId"]!.GetValue<string>()));
        Assert.Equal(before, await EverythingAsync());

        var told = new { type = "Migrate", targetPackageVersionId = package, activityMap = new Dictionary<string, string?> { ["InspectionLadder"] = null } };
        var dry = await AskAsync("/alterations/dry-run", new { alterations = new[] { told }, filter = new { workflowInstanceIds = ids } });
        var ofCase = dry["previews"]!.AsArray().Single(preview => preview!["workflowInstanceId"]!.GetValue<string>() == matter)!;
        Assert.Equal("InspectionLadder", Assert.Single(ofCase["migration"]!["dropped"]!.AsArray())!["activityId"]!.GetValue<string>());
        Assert.Null(Assert.Single(ofCase["migration"]!["timers"]!.AsArray(), timer => timer!["activityId"]!.GetValue<string>() == "InspectionLadder")!["newDueAt"]);
        Assert.Equal(before, await EverythingAsync());

        var planId = (await AskAsync("/alterations/submit", new { alterations = new[] { told }, filter = new { workflowInstanceIds = ids } }))["planId"]!.GetValue<string>();
        var answer = await FinishedAsync(planId);
        Assert.Equal((2, 0), (answer["plan"]!["completedCount"]!.GetValue<int>(), answer["plan"]!["failedCount"]!.GetValue<int>()));
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        Assert.Equal(package, (await FindAsync<Case>(database, journey.CaseId)).PackageVersionId);
        Assert.Equal(package, (await FindAsync<InspectionPlan>(database, journey.PlanId)).PackageVersionId);
        Assert.Equal(0, await database.Set<BookmarkRow>().CountAsync(row => row.InstanceId == matter && row.ActivityId == "InspectionLadder"));
        Assert.Equal(1, await database.Set<BookmarkRow>().CountAsync(row => row.InstanceId == matter && row.ActivityId == "InspectionLimit" && row.FireAt != null));
        // The family goes on as before: the step that was open is done under the new version.
        await journey.DoAsync(await journey.LeaderAsync(), "team.recusal-declaration", "无需回避");
        // A plan that is sent again finds its instances where they are to be and changes nothing.
        var again = await AskAsync("/alterations/run", new { alterations = new[] { told }, workflowInstanceIds = new[] { matter } });
        Assert.Equal("same-version", again["results"]![0]!["problems"]![0]!["code"]!.GetValue<string>());
    }

    private async Task<string> PublishAsync(Action<JsonObject> change)
    {
        var files = PackageFiles.Read(Path.Combine(ServiceUnderTest.HomeFolder(), "workflow-definitions", "esports-hotel"), ServiceUnderTest.HomeFolder());
        var matter = JsonNode.Parse(files.Texts["case.json"])!.AsObject();
        change(matter);
        matter["description"] = Guid.NewGuid().ToString();
        var changed = files with { Texts = new Dictionary<string, string>(files.Texts) { ["case.json"] = matter.ToJsonString() } };
        await service.Services.GetRequiredService<PackageStore>().PublishAsync(
            changed.Name, changed.Hash, changed.Texts, [.. changed.Definitions], PackageVersions.DefinitionVersion, force: true);
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<PackageRow>().Where(row => row.IsPublished && row.Name == "esports-hotel").Select(row => row.VersionId).SingleAsync();
    }

    private static void SetLength(JsonObject definition, int days) => Find(definition["root"]!, Limit)!["length"]!["expression"]!["value"] = days;

    private static void Remove(JsonObject definition, string id)
    {
        var activities = definition["root"]!["activities"]!.AsArray();
        activities.Remove(activities.Single(activity => activity!["id"]!.GetValue<string>() == id));
        var connections = definition["root"]!["connections"]!.AsArray();
        foreach (var connection in connections.Where(connection => connection!["source"]!["activity"]!.GetValue<string>() == id || connection["target"]!["activity"]!.GetValue<string>() == id).ToArray())
            connections.Remove(connection);
    }

    private static JsonNode? Find(JsonNode node, string id) => node switch
    {
        JsonObject found when found["id"] is JsonValue text && text.ToString() == id && found.ContainsKey("type") => found,
        JsonObject members => members.Select(member => member.Value is null ? null : Find(member.Value, id)).FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(item => item is null ? null : Find(item, id)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    // Monday to Friday; no holiday lies in the weeks of these tests.
    private static DateOnly WorkingDays(DateOnly from, int days)
    {
        while (days > 0)
        {
            from = from.AddDays(1);
            if (from.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                days--;
        }

        return from;
    }

    // A limit in days has passed when its last day is over in China.
    private static DateTimeOffset Passed(DateOnly lastDay) => new DateTimeOffset(lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime();

    private async Task<DateOnly> TodayAsync() =>
        DateOnly.Parse((await new DistrictJourney(service).GetAsync("dispatcher", "/api/sample/clock"))["date"]!.GetValue<string>(), CultureInfo.InvariantCulture);

    private async Task AdvanceAsync(string duration)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var moved = await dispatcher.PostAsync("/api/sample/clock", "move-" + Guid.NewGuid(), new { advance = duration });
        moved.EnsureSuccessStatusCode();
    }

    private async Task<string> InstanceAsync(string correlationId) =>
        (await AskAsync("/workflow-instances", new { correlationId }))["items"]!.AsArray().Single()!["id"]!.GetValue<string>();

    private async Task<DateTimeOffset> DueAsync(string instance)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<BookmarkRow>().SingleAsync(row => row.InstanceId == instance && row.ActivityId == Limit && row.FireAt != null);
        Assert.Equal(row.DueAt, row.FireAt);
        return row.FireAt!.Value;
    }

    /// <summary>All that a dry run must not touch, as one text.</summary>
    private async Task<string> EverythingAsync()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        return JsonSerializer.Serialize(new
        {
            instances = await database.Set<WorkflowInstanceRow>().OrderBy(row => row.Id).ToListAsync(),
            bookmarks = await database.Set<BookmarkRow>().OrderBy(row => row.Id).ToListAsync(),
            journal = await database.Set<JournalRow>().CountAsync(),
            executions = await database.Set<ActivityExecutionRow>().OrderBy(row => row.Id).ToListAsync(),
            limits = await database.Set<AggregateRow<StepLimit>>().OrderBy(row => row.Id).ToListAsync(),
            clocks = await database.Set<AggregateRow<DeadlineClock>>().OrderBy(row => row.Id).ToListAsync(),
            cases = await database.Set<AggregateRow<Case>>().OrderBy(row => row.Id).ToListAsync(),
            plans = await database.Set<AggregateRow<InspectionPlan>>().OrderBy(row => row.Id).ToListAsync(),
            audit = await database.Set<AuditEntryRow>().CountAsync(),
            outbox = await database.Set<OutboxRow>().CountAsync(),
        });
    }

    private async Task<JsonObject> FinishedAsync(string planId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var analyst = await service.SamplePersonAsync("analyst");
            var answer = await (await ElsaDistrict.SendAsync(analyst, HttpMethod.Get, "/alterations/" + planId)).JsonAsync();
            if (answer["plan"]!["status"]!.GetValue<string>() == "Completed")
                return answer;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<JsonObject> AskAsync(string path, object body)
    {
        using var analyst = await service.SamplePersonAsync("analyst");
        using var answer = await ElsaDistrict.SendAsync(analyst, HttpMethod.Post, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    private static async Task<T> FindAsync<T>(WorkflowsDbContext database, string id)
        where T : class, IAggregate =>
        JsonSerializer.Deserialize<T>((await database.Set<AggregateRow<T>>().AsNoTracking().SingleAsync(row => row.Id == id)).Body, SupervisionJson.Options)!;

    private static async Task<T> OfCaseAsync<T>(WorkflowsDbContext database, string caseId, Func<T, bool> which)
        where T : class, IAggregate =>
        (await database.Set<AggregateRow<T>>().AsNoTracking().Where(row => row.CaseId == caseId).Select(row => row.Body).ToListAsync())
            .Select(body => JsonSerializer.Deserialize<T>(body, SupervisionJson.Options)!).Single(which);
}
