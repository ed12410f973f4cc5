using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Sqlite;

/// <summary>The store in one SQLite file: write-ahead log, one writer behind the gate, pooled read-only readers.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "Ownership moves: connections go to the caller or back to the pool.")]
[SuppressMessage("Security", "CA2100", Justification = "Texts are constants of this type.")]
public sealed class SqliteStore : StoreProvider
{
    private const int MaxIdleReaders = 8;

    private readonly string _file;
    private readonly bool _durable;
    private readonly SqliteCounter? _counter;
    private readonly ConcurrentBag<StoreConnection> _idleReaders = [];
    private StoreConnection? _idleWriter;
    private volatile bool _disposed;

    /// <summary>Names the store; the file comes to be with the migrations.</summary>
    /// <param name="file">Path of the database file.</param>
    /// <param name="durable">Whether each commit is flushed to disk (<c>synchronous=FULL</c>); off in simulations, whose files are thrown away.</param>
    /// <param name="counts">Whether the database counts statements and commits, for benchmarks.</param>
    public SqliteStore(string file, bool durable = true, bool counts = false)
        : base("sqlite", singleWriter: true)
    {
        _file = file;
        _durable = durable;
        _counter = counts ? new SqliteCounter() : null;
    }

    /// <summary>Connection string for readers and writers of the file outside the pump (EF Core, Quartz).</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false, DefaultTimeout = 30 }.ToString();

    internal override SqlDialect Dialect { get; } = new SqliteDialect();

    /// <inheritdoc/>
    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly(typeof(SqliteStore).Assembly.GetName().Name));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (Interlocked.Exchange(ref _idleWriter, null) is { } writer)
            await writer.CloseAsync();
        while (_idleReaders.TryTake(out StoreConnection? reader))
            await reader.CloseAsync();
        await base.DisposeAsync();
    }

    internal override ValueTask<DatabaseCounts?> ReadCountsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_counter?.Counts);

    internal override async ValueTask<StoreConnection> OpenWriterAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref _idleWriter, null) ?? await OpenAsync(SqliteOpenMode.ReadWriteCreate, KeepWriterAsync, cancellationToken);

    internal override async ValueTask<StoreConnection> OpenReaderAsync(CancellationToken cancellationToken) =>
        _idleReaders.TryTake(out StoreConnection? reader) ? reader : await OpenAsync(SqliteOpenMode.ReadOnly, KeepReaderAsync, cancellationToken);

    internal override async Task UnderMigrationLockAsync(Func<Task> action, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_file))!);
        // A lock file beside the database: SQLite's own lock would have to be given up between two migrations.
        await using FileStream held = await LockFileAsync(_file + ".migrating", cancellationToken);
        using WriteGate.Turn turn = await Gate.EnterAsync(cancellationToken);
        await action();
    }

    // The driver's own transactions take the writer's lock at once.
    internal override async Task BeginSnapshotAsync(DbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("BEGIN DEFERRED", cancellationToken);
    }

    internal override bool IsTransient(DbException exception) => exception is SqliteException { SqliteErrorCode: 5 or 6 };

    internal override bool IsDuplicate(DbException exception) => exception is SqliteException { SqliteErrorCode: 19 };

    private static async Task<FileStream> LockFileAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (!cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async ValueTask<StoreConnection> OpenAsync(SqliteOpenMode mode, Func<StoreConnection, ValueTask> giveBack, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using SqliteCommand pragma = connection.CreateCommand();
        pragma.CommandText = _durable
            ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY"
            : "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY";
        if (mode == SqliteOpenMode.ReadOnly)
            pragma.CommandText = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY";
        await pragma.ExecuteNonQueryAsync(cancellationToken);
        _counter?.Watch(connection);
        return new StoreConnection(connection, Meter, keepCommands: true, giveBack);
    }

    private async ValueTask KeepWriterAsync(StoreConnection connection)
    {
        if (_disposed || Interlocked.CompareExchange(ref _idleWriter, connection, null) is not null)
            await connection.CloseAsync();
    }

    private async ValueTask KeepReaderAsync(StoreConnection connection)
    {
        if (_disposed || _idleReaders.Count >= MaxIdleReaders)
            await connection.CloseAsync();
        else
            _idleReaders.Add(connection);
    }
}
