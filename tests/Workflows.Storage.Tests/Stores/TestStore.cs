using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;

namespace Workflows.Storage.Tests.Stores;

/// <summary>One node over a database: provider, pump, scripted engine, movable clock.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services;

    public TestStore(StoreProvider provider, TimeProvider clock, PumpOptions options, bool realEngine = false, Action<IServiceCollection>? configure = null)
    {
        Clock = clock;
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddWorkflowsStorage(_ => provider, options, TestAggregates.Map);
        if (!realEngine)
            services.AddSingleton<IBurstRunner, ScriptedEngine>();
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
        Model = _services.GetRequiredService<StoreModel>();
        Pump = _services.GetRequiredService<StimulusPump>();
    }

    public StoreModel Model { get; }

    public StimulusPump Pump { get; }

    public TimeProvider Clock { get; }

    public MovableClock Movable => (MovableClock)Clock;

    public IServiceProvider Services => _services;

    /// <summary>Migrates and adds the table of the tests' own aggregate.</summary>
    public async Task<TestStore> PrepareAsync()
    {
        await new StoreMigrator(new StoreModel(Model.Provider, DomainAggregates.Shared)).MigrateAsync();
        await Model.Provider.UnderMigrationLockAsync(AddTestTablesAsync, CancellationToken.None);
        return this;
    }

    public ValueTask DefineAsync(string id, params string[] steps) => DefineAsync(id, 1, steps);

    public async ValueTask DefineAsync(string id, int version, string[] steps) => await Pump.SendAsync(new DomainCommand
    {
        Key = $"define|{id}|{version}",
        CaseKey = "definition:" + id,
        Execute = (session, _, _) =>
        {
            var row = new WorkflowDefinitionRow
            {
                VersionId = $"{id}:{version}",
                DefinitionId = id,
                Version = version,
                Name = id,
                IsPublished = true,
                IsLatest = true,
                Hash = $"{id}:{version}",
                Source = "files",
                CreatedAt = session.Now,
                Json = System.Text.Json.JsonSerializer.Serialize(steps),
            };
            ((Workflows.Storage.Sessions.IRowSession)session).Put(row.VersionId, row);
            return ValueTask.FromResult<object?>(null);
        },
    });

    public async Task<T> QueryAsync<T>(Func<WorkflowsDbContext, Task<T>> query)
    {
        await using WorkflowsDbContext context = Model.CreateContext();
        return await query(context);
    }

    public async ValueTask DisposeAsync()
    {
        await Pump.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task AddTestTablesAsync()
    {
        await using WorkflowsDbContext mine = Model.CreateContext();
        await using WorkflowsDbContext domain = new StoreModel(Model.Provider, DomainAggregates.Shared).CreateContext();
        var differ = mine.GetService<IMigrationsModelDiffer>();
        var operations = differ.GetDifferences(
            domain.GetService<IDesignTimeModel>().Model.GetRelationalModel(),
            mine.GetService<IDesignTimeModel>().Model.GetRelationalModel());
        bool exists = await mine.Database.SqlQueryRaw<int>(TestAggregates.CountTables(Model.Provider.Name)).FirstAsync() > 0;
        if (exists)
            return;
        foreach (MigrationCommand command in mine.GetService<IMigrationsSqlGenerator>().Generate(operations, mine.GetService<IDesignTimeModel>().Model))
            await mine.Database.ExecuteSqlRawAsync(command.CommandText);
    }
}

internal static class TestAggregates
{
    public static AggregateMap Map { get; } = DomainAggregates.Map().Add<Thing>("things").Shares<Thing>();

    public static string CountTables(string provider) => provider switch
    {
        "sqlite" => "SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = 'things'",
        "sqlserver" => "SELECT COUNT(*) AS [Value] FROM sys.tables WHERE name = 'things'",
        _ => "SELECT COUNT(*)::int AS \"Value\" FROM pg_tables WHERE tablename = 'things'",
    };
}
