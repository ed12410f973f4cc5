using Microsoft.Data.Sqlite;
using Npgsql;
using Workflows.Storage.Postgres;
using Workflows.Storage.Providers;
using Workflows.Storage.Sqlite;
using Workflows.Storage.SqlServer;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;

namespace Workflows.Storage.Tests.Stores;

/// <summary>Makes databases of one kind, each a copy of a migrated one.</summary>
public abstract class StoreFixture : IAsyncLifetime
{
    private int _count;

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    /// <summary>Name of a fresh, migrated database.</summary>
    internal async Task<string> CreateAsync()
    {
        string name = $"t{Interlocked.Increment(ref _count)}";
        await CopyAsync(name);
        return name;
    }

    internal abstract StoreProvider Open(string name);

    /// <summary>An empty database, not migrated.</summary>
    internal abstract Task<string> CreateEmptyAsync();

    protected abstract Task CopyAsync(string name);

    private protected static async Task PrepareAsync(StoreProvider provider)
    {
        await using TestStore store = new(provider, new MovableClock(TestStore.Start), new PumpOptions());
        await store.PrepareAsync();
    }
}

public sealed class SqliteFixture : StoreFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wfsqlite").FullName;

    internal string FileOf(string name) => Path.Combine(_folder, name + ".db");

    public override Task InitializeAsync() => PrepareAsync(new SqliteStore(FileOf("template"), durable: false));

    public override Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    internal override StoreProvider Open(string name) => new SqliteStore(FileOf(name), durable: false);

    internal override Task<string> CreateEmptyAsync() => Task.FromResult("empty");

    internal void Copy(string from, string to)
    {
        foreach (string suffix in new[] { "", "-wal" })
        {
            if (File.Exists(FileOf(from) + suffix))
                File.Copy(FileOf(from) + suffix, FileOf(to) + suffix);
        }
    }

    protected override Task CopyAsync(string name)
    {
        Copy("template", name);
        return Task.CompletedTask;
    }
}

public sealed class PostgresFixture : StoreFixture
{
    private PrivateCluster _cluster = null!;

    public override async Task InitializeAsync()
    {
        _cluster = await PrivateCluster.StartAsync(durable: false);
        string template = await _cluster.CreateDatabaseAsync("template");
        await PrepareAsync(new PostgresStore(template + ";Pooling=false"));
    }

    public override async Task DisposeAsync() => await _cluster.DisposeAsync();

    internal override StoreProvider Open(string name) => new PostgresStore(_cluster.ConnectionString(name));

    internal override async Task<string> CreateEmptyAsync()
    {
        await _cluster.CreateDatabaseAsync("empty");
        return "empty";
    }

    internal async Task KillConnectionsAsync(string name)
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString());
        await connection.OpenAsync();
        await using var kill = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = @name", connection);
        kill.Parameters.AddWithValue("@name", name);
        await kill.ExecuteNonQueryAsync();
    }

    protected override Task CopyAsync(string name) => _cluster.CreateDatabaseAsync(name, "template");
}

/// <summary>Works on the database of <c>WORKFLOWS_TEST_SQLSERVER</c>, which is emptied before each test.</summary>
public sealed class SqlServerFixture : StoreFixture
{
    public static string? Connection => Environment.GetEnvironmentVariable("WORKFLOWS_TEST_SQLSERVER");

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync() => Task.CompletedTask;

    internal override StoreProvider Open(string name) => new SqlServerStore(Connection!);

    internal override async Task<string> CreateEmptyAsync()
    {
        await using var context = new Workflows.Storage.Commit.StoreModel(Open(""), TestAggregates.Map).CreateContext();
        await context.Database.EnsureDeletedAsync();
        return "empty";
    }

    protected override async Task CopyAsync(string name)
    {
        await CreateEmptyAsync();
        await PrepareAsync(Open(name));
    }
}
