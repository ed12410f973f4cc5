using Workflows.Host.CommandLine;
using Workflows.Storage.Benchmarks;
using Workflows.Storage.Postgres;
using Workflows.Storage.Providers;
using Workflows.Storage.Sqlite;

namespace Workflows.Host.Benchmarks;

/// <summary>What is measured over the store.</summary>
/// <param name="Store"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Clients">Concurrent callers.</param>
/// <param name="Keep">Whether the database file stays.</param>
/// <param name="Connection">PostgreSQL connection string, or null for a private cluster.</param>
/// <param name="Duration">How long to measure.</param>
internal sealed record LifecycleOrder(string Store, int Clients, bool Keep, string? Connection, TimeSpan Duration);

/// <summary>Measures lifecycles through the real pump, each action durable; commits and statements are those that the database itself counts.</summary>
internal static class LifecycleLine
{
    private const int MostClients = 1000;

    /// <summary>Measures.</summary>
    /// <returns>One JSON line.</returns>
    public static async Task<string> MeasureAsync(LifecycleOrder order, CancellationToken cancellationToken)
    {
        if (order.Clients is < 1 or > MostClients)
        {
            throw new BadInputException($"--clients：应为 1 至 {MostClients} 的整数，现为 {order.Clients}。");
        }

        return order.Store switch
        {
            "sqlite" => await OnSqliteAsync(order, cancellationToken),
            "postgres" => await OnPostgresAsync(order, cancellationToken),
            _ => throw new BadInputException($"--store：不认识“{order.Store}”，请写 sqlite 或 postgres。"),
        };
    }

    private static async Task<string> OnSqliteAsync(LifecycleOrder order, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("workflows-bench-").FullName;
        try
        {
            await using var provider = new SqliteStore(Path.Combine(folder, "bench.db"), counts: true);
            return await LineAsync(provider, order, order.Keep ? folder : null, cancellationToken);
        }
        finally
        {
            if (!order.Keep)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task<string> OnPostgresAsync(LifecycleOrder order, CancellationToken cancellationToken)
    {
        if (order.Connection is { } connection)
        {
            await using var given = new PostgresStore(connection);
            return await LineAsync(given, order, null, cancellationToken);
        }

        if (order.Keep)
        {
            throw new BadInputException("--keep：私有集群随程序结束而删除；要保留数据请用 --connection 指定数据库。");
        }

        await using var cluster = await PrivateCluster.StartAsync(durable: true, counts: true, cancellationToken);
        var bench = await cluster.CreateDatabaseAsync("bench", cancellationToken: cancellationToken);
        await using var provider = new PostgresStore(bench);
        await provider.LetCountAsync(cancellationToken);
        return await LineAsync(provider, order, null, cancellationToken);
    }

    private static async Task<string> LineAsync(StoreProvider provider, LifecycleOrder order, string? kept, CancellationToken cancellationToken)
    {
        var figures = await LifecycleBenchmark.RunAsync(provider, order.Clients, order.Duration, cancellationToken);
        return BenchmarkLine.Of(new
        {
            Bench = "lifecycle",
            Store = figures.Store,
            Clients = figures.Clients,
            LifecyclesPerSecond = BenchmarkLine.Rate(figures.LifecyclesPerSecond),
            CommitsPerAction = BenchmarkLine.Share(figures.CommitsPerAction),
            StatementsPerAction = BenchmarkLine.Share(figures.StatementsPerAction),
            P50Ms = Math.Round(figures.P50Ms, 2),
            P99Ms = Math.Round(figures.P99Ms, 2),
            Kept = kept,
        });
    }
}
