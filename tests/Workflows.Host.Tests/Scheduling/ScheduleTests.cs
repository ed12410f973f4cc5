using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Host.Tests.Visits;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Tests.Scheduling;

[Collection(SharedSample.Name)]
public sealed class ScheduleTests(SampleService service)
{
    [Fact]
    public async Task A_firing_that_comes_twice_starts_one_instance()
    {
        await service.SequenceAsync("firing-twice", publish: true, Trigger("""{"id":"at","type":"Elsa.StartAt",""", "dateTime", "DateTimeOffset", "2031-05-01T01:00:00Z"));
        var act = new ScheduledAct(Schedule("firing-twice"), new DateTimeOffset(2031, 5, 1, 1, 0, 0, TimeSpan.Zero));
        await Task.WhenAll(ActAsync(act), ActAsync(act));
        await ActAsync(act);
        Assert.Single(Instances("firing-twice"));
    }

    [Fact]
    public async Task A_jump_of_the_clock_lets_a_schedule_act_at_each_of_its_times_in_order()
    {
        await service.SequenceAsync("each-day", publish: true, Trigger("""{"id":"day","type":"Elsa.Timer",""", "interval", "TimeSpan", "1.00:00:00"));
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var moved = await dispatcher.PostAsync("/api/sample/clock", "jump-each-day", new { advance = "P3DT1H" });
        await moved.SucceededAsync();
        var started = Instances("each-day").Select(row => row.CreatedAt).Order().ToList();
        Assert.Equal(3, started.Count);
        Assert.Equal(TimeSpan.FromDays(1), started[1] - started[0]);
        Assert.Equal(TimeSpan.FromDays(1), started[2] - started[1]);
    }

    [Fact]
    public async Task A_weekly_schedule_draws_up_a_patrol_plan_for_each_area_and_class_which_waits_for_its_approval()
    {
        var areas = await AreasAsync();
        string Input(string name, string type, string value) => $"\"{name}\":{{\"typeName\":\"{type}\",\"expression\":{{\"type\":\"{(type == "String[]" ? "Object" : "Literal")}\",\"value\":\"{value}\"}}}}";
        var patrol = "{\"id\":\"patrol\",\"type\":\"Supervision.SchedulePlans\"," + string.Join(',', new[]
        {
            Input("scenario", "String", "pet-shop"), Input("title", "String", "宠物店片区巡查"), Input("annualCode", "String", "NB-PS-07"), Input("drawCount", "Int32", "2"), Input("visitDays", "Int32", "5"),
            Input("areas", "String[]", $"[\\\"{areas[0]}\\\",\\\"{areas[1]}\\\",\\\"330203999\\\"]"), Input("creditClasses", "String[]", "[\\\"B\\\"]"),
        }) + "}";
        await service.SequenceAsync("weekly-patrol", publish: true, Trigger("""{"id":"week","type":"Elsa.Timer",""", "interval", "TimeSpan", "7.00:00:00"), patrol);
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using (var moved = await dispatcher.PostAsync("/api/sample/clock", "jump-weekly-patrol", new { advance = "P14DT1H" }))
            await moved.SucceededAsync();

        // Two firings, two areas with shops of the class; the third area has none.
        var plans = Read(database => database.Set<AggregateRow<InspectionPlan>>().Select(row => row.Body).ToList()).Select(body => JsonSerializer.Deserialize<InspectionPlan>(body, StorageJson.Options)!)
            .Where(plan => plan.AnnualItem.Code == "NB-PS-07").ToList();
        Assert.Equal(new[] { areas[0], areas[0], areas[1], areas[1] }.Order(), plans.Select(plan => plan.Area!).Order());
        Assert.All(plans, plan =>
        {
            Assert.Equal((PlanState.Draft, "AGR", true), (plan.State, plan.LeadDepartment, plan.VisitFrom > DateOnly.FromDateTime(plan.Created.At.UtcDateTime)));
            Assert.All(Sheet(plan).Pool, candidate => Assert.Equal("B", candidate.Class));
            Assert.All(Sheet(plan).Towns.Values, town => Assert.Equal(plan.Area, town));
        });
        var waiting = Read(database => database.Set<AggregateRow<WorkTask>>().Where(row => row.Kind == "plan.approve" && row.State == "Open").Select(row => row.PlanId).ToList());
        Assert.All(plans, plan => Assert.Contains(plan.Id, waiting));
        using var analyst = await service.SamplePersonAsync("analyst");
        using var retracted = await analyst.PostAsync(new Uri("/elsa/api/workflow-definitions/weekly-patrol/retract", UriKind.Relative), null);
        Assert.True(retracted.IsSuccessStatusCode, await retracted.Content.ReadAsStringAsync());
    }

    // Two towns with a pet shop of class B each, which nobody has checked.
    private async Task<string[]> AreasAsync()
    {
        string[] towns = ["330203021", "330203022"];
        await new CheckDesk(service).ChangeAsync(async (session, token) =>
        {
            var any = (await session.ListAsync<TargetRecord>(new AggregateFilter { Take = 1000 }, token)).First(record => record.Id.StartsWith("330203-EH", StringComparison.Ordinal));
            foreach (var (town, credit) in towns.SelectMany(town => new[] { (town, "B"), (town, "A") }))
            {
                var id = $"patrol-{town}-{credit}";
                session.Save(TargetRecord.Of(any.Target with { Id = id, TownCode = town, Tags = ["宠物用品及美容店"], LastInspectedOn = null, OpenedOn = new DateOnly(2020, 1, 1), Status = TargetStatus.Normal, Credit = new CreditClassification(credit, "样例", new DateOnly(2026, 1, 1)) }, any.Created));
            }

            return "";
        });
        return towns;
    }

    private DrawSheet Sheet(InspectionPlan plan) => JsonSerializer.Deserialize<DrawSheet>(
        Read(database => database.Set<AggregateRow<DrawSheet>>().Single(row => row.Id == plan.TargetRoster!.SnapshotId).Body), StorageJson.Options)!;

    private static string Trigger(string head, string input, string type, string value) =>
        head + $"\"customProperties\":{{\"canStartWorkflow\":true}},\"{input}\":{{\"typeName\":\"{type}\",\"expression\":{{\"type\":\"Literal\",\"value\":\"{value}\"}}}}}}";

    private string Schedule(string definitionId) => Read(database => database.Set<ScheduleRow>().Single(row => row.DefinitionId == definitionId).Id);

    private List<WorkflowInstanceRow> Instances(string definitionId) =>
        Read(database => database.Set<WorkflowInstanceRow>().Where(row => row.DefinitionId == definitionId).ToList());

    private T Read<T>(Func<WorkflowsDbContext, T> read)
    {
        using var scope = service.Services.CreateScope();
        return read(scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>());
    }

    private async Task ActAsync(ScheduledAct act)
    {
        await using var scope = service.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ScheduleBook>().ActAsync(act, CancellationToken.None);
    }
}
