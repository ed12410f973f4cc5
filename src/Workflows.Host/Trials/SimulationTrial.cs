using Microsoft.EntityFrameworkCore;
using Workflows.Host.Packages;
using Workflows.Host.Simulation;
using Workflows.Host.Trials.History;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sqlite;
using Workflows.Supervision.Time;

namespace Workflows.Host.Trials;

/// <summary>A trial on virtual time: the machinery of <c>simulate</c> on a database of its own, with the sample district or with the cases of a real month.</summary>
/// <param name="plan">What was asked for.</param>
/// <param name="package">The package under trial.</param>
/// <param name="validation">What keeps its diagrams from being published.</param>
/// <param name="area">Area whose cases may be read; null for the whole city.</param>
/// <param name="now">Now, UTC.</param>
/// <param name="home">Home folder.</param>
/// <param name="scopes">For reading the service's own database.</param>
internal sealed class SimulationTrial(
    TrialPlan plan, PackageFiles package, IReadOnlyList<TrialProblem> validation, string? area, DateTimeOffset now, string home, IServiceScopeFactory scopes) : ITrialWork
{
    /// <inheritdoc/>
    public async Task<object> RunAsync(Trial trial, CancellationToken cancellationToken)
    {
        var options = new SimulationOptions { Package = package, Home = home, From = plan.From, Days = plan.Days, Targets = plan.Targets, Seed = plan.Seed, Limits = TrialLimits.Burst };
        RecordedMonth? month = null;
        if (plan.Source == TrialSource.LastMonth)
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
            month = await RecordedMonth.ReadAsync(database, plan, package, area, home, now, cancellationToken);
            options = options with
            {
                Targets = month.Cases, Rosters = month.Rosters, Plans = month.Plans, Script = month.Script, Calendars = await CalendarsAsync(database, cancellationToken),
            };
        }

        await using var store = new SqliteStore(Path.Combine(trial.Folder, "trial.db"), durable: false);
        await using var world = new SimulationWorld(options, store);
        await world.PrepareAsync(cancellationToken);
        var run = new SimulationRun(world, options);
        trial.Tells(() => (Share(world.Clock.GetUtcNow(), ShanghaiTime.StartOf(plan.From), run.End), world.Clock.GetUtcNow()));
        await run.RunAsync(cancellationToken);
        return await SimulationResults.WriteAsync(
            world, run, trial.Folder, month?.RealCases ?? new Dictionary<string, string>(), [.. validation, .. month?.Assumptions ?? []], cancellationToken);
    }

    /// <summary>The calendar files of the service, in order of loading.</summary>
    public static async Task<IReadOnlyList<CalendarRow>> CalendarsAsync(WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await database.Set<CalendarRow>().AsNoTracking().OrderBy(row => row.LoadedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);

    private static double Share(DateTimeOffset now, DateTimeOffset from, DateTimeOffset to) => Math.Clamp((now - from) / (to - from), 0, 1);
}
