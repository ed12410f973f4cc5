using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Postgres;

/// <summary>The store in a PostgreSQL database, shared by any number of equal nodes.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Ownership moves: connections go to the caller or back to the pool.")]
[SuppressMessage("Security", "CA2100", Justification = "Texts are constants of this type.")]
public sealed class PostgresStore : StoreProvider
{
    internal const string Channel = "workflows_work";

    /// <summary>Payload of a commit that only those who look at instances have to know.</summary>
    internal const string Seen = "seen";

    private const long MigrationLock = 0x576F726B666C6F77;

    private readonly NpgsqlDataSource _source;

    /// <summary>Names the store.</summary>
    /// <param name="connectionString">Npgsql connection string of an existing database.</param>
    public PostgresStore(string connectionString)
        : base("postgres", singleWriter: false)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        // Every text of the spine comes from a fixed set; the driver prepares each on its second use.
        builder.ConnectionStringBuilder.MaxAutoPrepare = 256;
        builder.ConnectionStringBuilder.AutoPrepareMinUsages = 2;
        builder.ConnectionStringBuilder.IncludeErrorDetail = false;
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        _source = builder.Build();
    }

    internal override SqlDialect Dialect { get; } = new PostgresDialect();

    /// <inheritdoc/>
    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(_source, npgsql => npgsql.MigrationsAssembly(typeof(PostgresStore).Assembly.GetName().Name));

    /// <summary>Makes this database count statements and commits, for benchmarks; the server must have loaded <c>pg_stat_statements</c>.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PostgresException">The extension is not installed, or may not be created by this user.</exception>
    public async Task LetCountAsync(CancellationToken cancellationToken = default)
    {
        await using NpgsqlCommand create = _source.CreateCommand("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    internal override async ValueTask<DatabaseCounts?> ReadCountsAsync(CancellationToken cancellationToken)
    {
        const string Query = """
            SELECT coalesce(sum(calls) FILTER (WHERE query !~* '^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|LISTEN|DISCARD)\y'), 0)::bigint,
                   coalesce(sum(calls) FILTER (WHERE query ~* '^\s*COMMIT\y'), 0)::bigint
            FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using NpgsqlCommand command = new(Query, connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new DatabaseCounts(reader.GetInt64(0), reader.GetInt64(1));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            // The extension pg_stat_statements is not there, or not loaded by the server.
            return null;
        }
    }

    internal override async ValueTask<StoreConnection> OpenWriterAsync(CancellationToken cancellationToken) =>
        new(await _source.OpenConnectionAsync(cancellationToken), Meter, keepCommands: false);

    internal override ValueTask<StoreConnection> OpenReaderAsync(CancellationToken cancellationToken) => OpenWriterAsync(cancellationToken);

    internal override async Task UnderMigrationLockAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
        await using (NpgsqlCommand take = new($"SELECT pg_advisory_lock({MigrationLock})", connection))
            await take.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            await action();
        }
        finally
        {
            await using NpgsqlCommand release = new($"SELECT pg_advisory_unlock({MigrationLock})", connection);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    internal override async Task ListenAsync(Action<bool> hear, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken);
        int own = connection.ProcessID;
        connection.Notification += (_, n) =>
        {
            if (n.PID != own)
                hear(n.Payload != Seen);
        };
        await using (NpgsqlCommand listen = new($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
            await connection.WaitAsync(cancellationToken);
    }

    internal override bool IsTransient(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow }
        || (exception is NpgsqlException and not PostgresException);

    internal override bool IsDuplicate(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
