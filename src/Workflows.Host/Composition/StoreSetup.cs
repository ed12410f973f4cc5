using Microsoft.Data.Sqlite;
using Npgsql;
using Workflows.Host.CommandLine;
using Workflows.Storage;
using Workflows.Storage.Postgres;
using Workflows.Storage.Providers;
using Workflows.Storage.Sqlite;
using Workflows.Storage.SqlServer;

namespace Workflows.Host.Composition;

/// <summary>Opens the store that the connection string names by its form.</summary>
internal static class StoreSetup
{
    /// <summary>Name of the database file in the data folder.</summary>
    public const string FileName = "workflows.db";

    /// <summary>Adds the store, the pump and the gate.</summary>
    public static void AddWorkflowStore(this IServiceCollection services, ServeSettings settings) =>
        services.AddWorkflowsStorage(_ => Open(settings));

    /// <summary>The provider for a connection string: a SQLite file, PostgreSQL (<c>Host=…</c> or <c>postgres://…</c>) or SQL Server (<c>Server=…</c>).</summary>
    public static StoreProvider Open(ServeSettings settings) => settings.Connection switch
    {
        null => new SqliteStore(Path.Combine(settings.DataFolder, FileName)),
        _ when PostgresConnection(settings) is { } postgres => new PostgresStore(postgres),
        var text when Names(text, "Server") => new SqlServerStore(text),
        var text when Names(text, "Data Source") => new SqliteStore(new SqliteConnectionStringBuilder(text).DataSource),
        _ => throw new BadInputException("WORKFLOWS_CONNECTION：无法识别。PostgreSQL 写作 Host=…;Database=…;Username=…，SQL Server 写作 Server=…，SQLite 写作 Data Source=文件。"),
    };

    /// <summary>The Npgsql connection string where the settings name PostgreSQL, else null.</summary>
    public static string? PostgresConnection(ServeSettings settings) => settings.Connection switch
    {
        null => null,
        var text when text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal) => FromAddress(text),
        var text when Names(text, "Host") => text,
        _ => null,
    };

    private static bool Names(string text, string key) =>
        text.Split(';').Any(part => part.TrimStart().StartsWith(key + "=", StringComparison.OrdinalIgnoreCase));

    private static string FromAddress(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw new BadInputException("WORKFLOWS_CONNECTION：应为 postgres://用户:口令@主机:端口/数据库。");
        var user = address.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = address.Host,
            Port = address.Port > 0 ? address.Port : 5432,
            Database = address.AbsolutePath.Trim('/'),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        }.ConnectionString;
    }
}
