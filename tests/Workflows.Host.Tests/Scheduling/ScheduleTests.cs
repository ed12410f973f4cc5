using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

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
