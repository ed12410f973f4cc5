using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Workflows.Host.Sample;
using Workflows.Host.Scheduling;

namespace Workflows.Host.Tests.Scheduling;

public sealed class MissedTimeTests
{
    [Fact]
    public async Task A_time_that_passed_while_the_district_ran_ahead_fires_once()
    {
        var clock = new DistrictClock(TimeProvider.System);
        clock.RunAhead(TimeSpan.FromDays(400));
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<Firings>();
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.UseInMemoryStore();
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Start();
        var job = JobBuilder.Create<Probe>().WithIdentity("probe").Build();
        var missed = new ScheduledAct("missed", clock.GetUtcNow() - TimeSpan.FromDays(3));
        await scheduler.ScheduleJob(job, QuartzSchedules.TriggerOf(missed, job.Key));

        // The limit is no expectation of speed: without it a scheduler that never fires would hold up the whole run.
        await provider.GetRequiredService<Firings>().First.WaitAsync(TimeSpan.FromMinutes(2));
        await scheduler.Shutdown(waitForJobsToComplete: true);
        Assert.Equal(1, provider.GetRequiredService<Firings>().Count);
    }

    private sealed class Firings
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public Task First => _first.Task;

        public int Count => _count;

        public void Add()
        {
            Interlocked.Increment(ref _count);
            _first.TrySetResult();
        }
    }

    private sealed class Probe(Firings firings) : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            firings.Add();
            return ValueTask.CompletedTask;
        }
    }
}
