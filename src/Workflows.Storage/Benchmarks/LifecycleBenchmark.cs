using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Storage.Definitions;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Benchmarks;

/// <summary>What a run of <see cref="LifecycleBenchmark"/> measured. A lifecycle is two actions: a start that waits, and a resumption that finishes.</summary>
/// <param name="Store">Name of the store.</param>
/// <param name="Clients">Concurrent callers.</param>
/// <param name="LifecyclesPerSecond">Finished lifecycles a second, each durable.</param>
/// <param name="CommitsPerAction">Transactions that the database committed for each action; null where the database does not count.</param>
/// <param name="StatementsPerAction">Statements that the database carried out for each action, begin and commit not counted; null where the database does not count.</param>
/// <param name="P50Ms">Median time of an action as the caller sees it, milliseconds.</param>
/// <param name="P99Ms">99th percentile, milliseconds.</param>
public sealed record LifecycleFigures(string Store, int Clients, double LifecyclesPerSecond, double? CommitsPerAction, double? StatementsPerAction, double P50Ms, double P99Ms);

/// <summary>Start → wait → resume → finish through the whole spine, with the real engine.</summary>
public static class LifecycleBenchmark
{
    private const string Definition = """
        {"definitionId":"bench-lifecycle","name":"bench","version":1,"root":{"id":"seq","type":"Elsa.Sequence","version":1,"activities":[
          {"id":"first","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"started"}}},
          {"id":"task","type":"Elsa.RunTask","version":1,"taskName":{"typeName":"String","expression":{"type":"Literal","value":"answer"}}},
          {"id":"last","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"finished"}}}
        ]}}
        """;

    /// <summary>Migrates the database and runs lifecycles for a time.</summary>
    /// <param name="provider">The database; the caller disposes it.</param>
    /// <param name="clients">Concurrent callers, 1 or more.</param>
    /// <param name="duration">How long to measure, after a warm-up of a fifth of it.</param>
    /// <param name="cancellationToken">Ends early.</param>
    public static async Task<LifecycleFigures> RunAsync(StoreProvider provider, int clients, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        await using ServiceProvider services = new ServiceCollection().AddWorkflowsStorage(_ => provider).BuildServiceProvider();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(cancellationToken);
        StimulusPump pump = services.GetRequiredService<StimulusPump>();
        await pump.StartAsync(cancellationToken);
        string run = Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        await services.GetRequiredService<DefinitionStore>().SaveAsync(Definition, publish: true, "files", "bench|" + run, Actor.Clock, cancellationToken: cancellationToken);
        await LoadAsync(pump, clients, duration / 5, run + "w", cancellationToken);
        DatabaseCounts? before = await provider.ReadCountsAsync(cancellationToken);
        long began = Stopwatch.GetTimestamp();
        List<double> times = await LoadAsync(pump, clients, duration, run, cancellationToken);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await pump.StopAsync(cancellationToken);
        DatabaseCounts? counted = await provider.ReadCountsAsync(cancellationToken) - before;
        times.Sort();
        return new LifecycleFigures(
            provider.Name, clients, times.Count / 2 / seconds,
            (double?)counted?.Commits / times.Count,
            (double?)counted?.Statements / times.Count,
            times[times.Count / 2], times[(int)(times.Count * 0.99)]);
    }

    private static async Task<List<double>> LoadAsync(StimulusPump pump, int clients, TimeSpan duration, string run, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        List<double>[] times = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => ClientAsync(client), cancellationToken)));
        return [.. times.SelectMany(t => t)];

        async Task<List<double>> ClientAsync(int client)
        {
            var mine = new List<double>();
            for (int n = 0; Stopwatch.GetElapsedTime(began) < duration && !cancellationToken.IsCancellationRequested; n++)
            {
                string key = string.Create(CultureInfo.InvariantCulture, $"{run}|{client}|{n}");
                long start = Stopwatch.GetTimestamp();
                StimulusResult started = await pump.SendAsync(new StartWorkflow { Key = key, Workflow = new WorkflowReference("bench-lifecycle") }, cancellationToken);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                start = Stopwatch.GetTimestamp();
                StimulusResult finished = await pump.SendAsync(
                    new ResumeBookmark { Key = key + "|r", BookmarkId = started.BookmarkIds[0], Input = new Dictionary<string, JsonNode?> { ["RunTaskInput"] = "yes" } }, cancellationToken);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (finished.SubStatus != "Finished")
                    throw new InvalidOperationException($"A lifecycle ended as {finished.SubStatus ?? finished.Outcome.ToString()}.");
            }
            return mine;
        }
    }
}
