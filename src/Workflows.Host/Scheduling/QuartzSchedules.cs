using System.Globalization;
using System.Threading.Channels;
using Quartz;
using Workflows.Host.Composition;
using Workflows.Host.Sample;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Scheduling;

/// <summary>
/// Lets Quartz fire the schedule rows: in memory and rebuilt from the rows on SQLite, in its own clustered tables on PostgreSQL.
/// Each schedule is one job with one trigger at its next time; when it has acted, the next time takes its place.
/// </summary>
internal sealed class QuartzSchedules(ISchedulerFactory factory, IServiceScopeFactory scopes, TimeProvider clock, ILogger<QuartzSchedules> log) : BackgroundService, IDefinitionWatcher
{
    /// <summary>Group of the jobs and triggers of schedule rows.</summary>
    internal const string Group = "schedules";

    private const string DueAt = "dueAt";
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);

    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds Quartz and the service that keeps its jobs in step with the rows.</summary>
    public static void Add(IServiceCollection services, ServeSettings settings, DistrictClock clock)
    {
        services.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(clock);
            quartz.UseDefaultThreadPool(2);
            if (StoreSetup.PostgresConnection(settings) is not { } connection)
            {
                quartz.UseInMemoryStore();
                return;
            }

            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(connection);
                store.UseSystemTextJsonSerializer();
                store.UseClustering();
                store.ProvisionSchema();
            });
        });
        services.AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
        services.AddSingleton<QuartzSchedules>();
        services.AddSingleton<IDefinitionWatcher>(provider => provider.GetRequiredService<QuartzSchedules>());
        services.AddHostedService(provider => provider.GetRequiredService<QuartzSchedules>());
    }

    /// <summary>Puts a schedule's next time in the place of the one before.</summary>
    public static async Task PlaceAsync(IScheduler scheduler, ScheduledAct act, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<ScheduleJob>().WithIdentity(act.Id, Group).StoreDurably().Build();
        await scheduler.ScheduleJob(job, [TriggerOf(act, job.Key)], new ScheduleJobOptions { Replace = true }, cancellationToken);
    }

    /// <summary>
    /// Fires once at the time of the act, at once where it has passed: which of the missed times counts was decided by
    /// <see cref="Timetable.Due"/>. Quartz's own way with missed times reads the machine's clock, and where the district's clock runs
    /// ahead of that it would look for a next time without end.
    /// </summary>
    internal static ITrigger TriggerOf(ScheduledAct act, JobKey job) => TriggerBuilder.Create().WithIdentity(act.Id, Group).ForJob(job).StartAt(act.DueAt)
        .UsingJobData(DueAt, act.DueAt.UtcTicks.ToString(CultureInfo.InvariantCulture))
        .WithSimpleSchedule(simple => simple.WithRepeatCount(0).WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires)).Build();

    /// <summary>A definition was published or retracted: its schedules are placed now, not at the next round.</summary>
    public void DefinitionsChanged() => _changes.Writer.TryWrite(true);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PlaceAllAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The next round tries again; a service without schedules must still answer people.
                log.LogError(fault, "The schedules could not be placed");
            }

            await NextRoundAsync(stoppingToken);
        }
    }

    private async Task NextRoundAsync(CancellationToken stopping)
    {
        using var round = new CancellationTokenSource(Refresh, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(round.Token, stopping);
        try
        {
            await _changes.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The round is over, or the service stops; the loop's condition says which.
        }
    }

    private async Task PlaceAllAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var scheduler = await factory.GetScheduler(cancellationToken);
        foreach (var act in await scope.ServiceProvider.GetRequiredService<ScheduleBook>().ComingAsync(cancellationToken))
            await PlaceAsync(scheduler, act, cancellationToken);
    }

    /// <summary>Lets one schedule act.</summary>
    [DisallowConcurrentExecution]
    internal sealed class ScheduleJob(ScheduleBook book) : IJob
    {
        /// <inheritdoc/>
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var ticks = long.Parse(context.MergedJobDataMap.GetString(DueAt)!, CultureInfo.InvariantCulture);
            var next = await book.ActAsync(new ScheduledAct(context.JobDetail.Key.Name, new DateTimeOffset(ticks, TimeSpan.Zero)), cancellationToken);
            if (next is not null)
                await PlaceAsync(context.Scheduler, next, cancellationToken);
        }
    }
}
