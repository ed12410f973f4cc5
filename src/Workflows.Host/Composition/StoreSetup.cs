using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model;
using Workflows.Storage.Postgres;
using Workflows.Storage.Providers;
using Workflows.Storage.Sqlite;

namespace Workflows.Host.Composition;

/// <summary>Opens the store that the connection string names by its form.</summary>
internal static class StoreSetup
{
    /// <summary>Name of the database file in the data folder.</summary>
    public const string FileName = "workflows.db";

    /// <summary>Adds the provider and the EF Core context of queries and Identity.</summary>
    public static void AddWorkflowStore(this IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(_ => Open(settings));
        services.AddSingleton(provider => provider.GetRequiredService<StoreProvider>().Gate);
        services.AddSingleton(_ => DomainAggregates.Map());
        services.AddDbContext<WorkflowsDbContext>((provider, options) => provider.GetRequiredService<StoreProvider>().Configure(options));
    }

    /// <summary>The provider for a connection string: a SQLite file, PostgreSQL (<c>Host=…</c> or <c>postgres://…</c>) or SQL Server (<c>Server=…</c>).</summary>
    public static StoreProvider Open(ServeSettings settings) => new SqliteStore(Path.Combine(settings.DataFolder, FileName));
}
