using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Workflows.Host.Scheduling;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Tests.Scheduling;

/// <summary>Quartz itself, on the machine's clock. What is waited for is a commit; how long it takes is nobody's claim.</summary>
public abstract class QuartzFiringTests(ServiceUnderTest service)
{
    [Theory]
    [InlineData("Elsa.Timer", "interval", "TimeSpan", "00:00:01")]
    [InlineData("Elsa.Cron", "cronExpression", "String", "* * * * * *")]
    public async Task A_published_trigger_fires_at_each_of_its_times_and_goes_on_after_a_restart(string type, string input, string inputType, string value)
    {
        var id = "fires-" + input;
        var trigger = $$"""{"id":"trigger","type":"{{type}}","customProperties":{"canStartWorkflow":true},"{{input}}":{"typeName":"{{inputType}}","expression":{"type":"Literal","value":"{{value}}"} } }""";
        await service.SequenceAsync(id, publish: true, trigger);
        await service.UntilAsync(async () => await CountAsync(id) >= 2);
        var schedule = await ScheduleAsync(id);
        Assert.NotNull(schedule.LastActedAt);
        var scheduler = await service.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        Assert.NotNull(await scheduler.GetJobDetail(new JobKey(schedule.Id, QuartzSchedules.Group)));

        await service.RestartAsync();
        var before = await CountAsync(id);
        await service.UntilAsync(async () => await CountAsync(id) >= before + 2);
        Assert.True((await ScheduleAsync(id)).LastActedAt > schedule.LastActedAt);
        await using var scope = service.Services.CreateAsyncScope();
        var started = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowInstanceRow>().AsNoTracking().Where(row => row.DefinitionId == id).ToListAsync();
        Assert.All(started, row => Assert.Equal("Finished", row.SubStatus));
        // Each of its times has the instance that the time gives its id.
        Assert.Equal(started.Count, started.Select(row => row.Id).Distinct().Count());
    }

    private async Task<int> CountAsync(string id)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowInstanceRow>().CountAsync(row => row.DefinitionId == id);
    }

    private async Task<ScheduleRow> ScheduleAsync(string id)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<ScheduleRow>().AsNoTracking().SingleAsync(row => row.DefinitionId == id);
    }
}

public sealed class SqliteQuartzFiringTests(RealTimeService service) : QuartzFiringTests(service), IClassFixture<RealTimeService>;

public sealed class PostgresQuartzFiringTests(RealTimeOnPostgres service) : QuartzFiringTests(service), IClassFixture<RealTimeOnPostgres>;

/// <summary>A service that lives by the machine's clock.</summary>
public class RealTimeService : ServiceUnderTest
{
    protected override TimeProvider Machine => TimeProvider.System;
}

/// <summary>The same on PostgreSQL, with Quartz's clustered tables.</summary>
public sealed class RealTimeOnPostgres : RealTimeService
{
    protected override string? PostgresDatabase => "quartz";
}
