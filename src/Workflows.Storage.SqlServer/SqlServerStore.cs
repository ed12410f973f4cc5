using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.SqlServer;

/// <summary>The store in a SQL Server database (2016 or newer, READ_COMMITTED_SNAPSHOT recommended), shared by equal nodes.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Ownership moves: connections go to the caller or back to the pool.")]
public sealed class SqlServerStore : StoreProvider
{
    private const string TakeLock = "EXEC sp_getapplock @Resource = 'workflows-migrations', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = -1";
    private const string ReleaseLock = "EXEC sp_releaseapplock @Resource = 'workflows-migrations', @LockOwner = 'Session'";

    private readonly string _connectionString;

    /// <summary>Names the store.</summary>
    /// <param name="connectionString">Connection string of an existing database.</param>
    public SqlServerStore(string connectionString)
        : base("sqlserver", singleWriter: false)
    {
        _connectionString = connectionString;
    }

    internal override SqlDialect Dialect { get; } = new SqlServerDialect();

    /// <inheritdoc/>
    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlServer(_connectionString, server => server.MigrationsAssembly(typeof(SqlServerStore).Assembly.GetName().Name));

    internal override async ValueTask<StoreConnection> OpenWriterAsync(CancellationToken cancellationToken)
    {
        var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return new StoreConnection(connection, Meter, keepCommands: false);
    }

    internal override ValueTask<StoreConnection> OpenReaderAsync(CancellationToken cancellationToken) => OpenWriterAsync(cancellationToken);

    internal override async Task UnderMigrationLockAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        await using (var take = new SqlCommand(TakeLock, connection) { CommandTimeout = 0 })
            await take.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            await action();
        }
        finally
        {
            await using var release = new SqlCommand(ReleaseLock, connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    // 1205 deadlock, 1222 lock time-out, 3960 snapshot conflict, -2 time-out.
    internal override bool IsTransient(DbException exception) => exception is SqlException { Number: 1205 or 1222 or 3960 or -2 };

    internal override bool IsDuplicate(DbException exception) => exception is SqlException { Number: 2601 or 2627 };
}
