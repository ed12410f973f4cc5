using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;
using Workflows.Host.Packages;
using Workflows.Host.Simulation.Output;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Sqlite;

namespace Workflows.Host.Simulation.Coverage;

/// <summary>Simulates a scenario with many seeds, as many at once as there are processors, and counts which ports were taken.</summary>
internal static class CoverageRun
{
    /// <summary>Days in which every wait of a package can come to its end: the usual ones, and its longest limit in months.</summary>
    public static int DaysFor(PackageFiles package) => UsualDays + (DaysOfMonth * package.Definitions
        .Select(text => JsonNode.Parse(text)?["root"]?["activities"] as JsonArray ?? []).SelectMany(activities => activities).OfType<JsonObject>()
        .Where(activity => Value(activity, "unit") == "Months").Select(activity => int.TryParse(Value(activity, "length"), out var months) ? Math.Clamp(months, 0, MostMonths) : 0)
        .DefaultIfEmpty(0).Max());

    private const int UsualDays = 150;
    private const int DaysOfMonth = 31;
    private const int MostMonths = 24;

    private static string? Value(JsonObject activity, string input) => activity[input]?["expression"]?["value"]?.ToString();

    /// <summary>Runs every seed.</summary>
    /// <param name="options">What is simulated; its seed is not used.</param>
    /// <param name="first">First seed.</param>
    /// <param name="last">Last seed.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Every port with its use.</returns>
    public static async Task<IReadOnlyList<PortUse>> RunAsync(SimulationOptions options, long first, long last, CancellationToken cancellationToken)
    {
        var tally = new PortTally(options.Package.Definitions.Select(text => Diagram.Of(WorkflowDefinition.Parse(text))));
        var counting = new Lock();
        var degree = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var seeds = Enumerable.Range(0, (int)(last - first + 1)).Select(n => first + n);
        await Parallel.ForEachAsync(seeds, degree, async (seed, stop) =>
        {
            var timeline = await TimelineAsync(options with { Seed = seed }, stop);
            lock (counting)
            {
                tally.Add(seed, timeline);
            }
        });
        return tally.Ports();
    }

    private static async Task<IReadOnlyList<TimelineLine>> TimelineAsync(SimulationOptions options, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("workflows-coverage-").FullName;
        try
        {
            await using var store = new SqliteStore(Path.Combine(scratch, "simulation.db"), durable: false);
            await using var world = new SimulationWorld(options, store);
            await world.PrepareAsync(cancellationToken);
            var run = new SimulationRun(world, options);
            await run.RunAsync(cancellationToken);
            return await Timeline.ReadAsync(await SimulationRows.ReadAsync(world.Store, cancellationToken), run, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
