using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;

namespace Workflows.Storage.Providers;

/// <summary>What differs between databases: connections, the form of multi-row statements, locks and wake-ups.</summary>
public abstract class StoreProvider : IAsyncDisposable
{
    /// <summary>Creates a provider.</summary>
    /// <param name="name"><c>sqlite</c>, <c>postgres</c> or <c>sqlserver</c>.</param>
    /// <param name="singleWriter">Whether the database has room for one writer only.</param>
    private protected StoreProvider(string name, bool singleWriter)
    {
        Name = name;
        Gate = new WriteGate(singleWriter);
    }

    /// <summary><c>sqlite</c>, <c>postgres</c> or <c>sqlserver</c>.</summary>
    public string Name { get; }

    /// <summary>The gate of all writers of this process.</summary>
    public WriteGate Gate { get; }

    /// <summary>Counters of this store.</summary>
    public StoreMeter Meter { get; } = new();

    /// <summary>Whether several nodes may work on one database.</summary>
    public bool SharesDatabase => !SingleWriter;

    internal bool SingleWriter => Name == "sqlite";

    /// <summary>Configures EF Core for this database, its migrations included.</summary>
    /// <param name="options">Options to configure.</param>
    public abstract void Configure(DbContextOptionsBuilder options);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Gate.Dispose();
        Meter.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal abstract SqlDialect Dialect { get; }

    /// <summary>Reads what the database has counted so far; null where this database was not asked to count, or cannot.</summary>
    internal virtual ValueTask<DatabaseCounts?> ReadCountsAsync(CancellationToken cancellationToken) => ValueTask.FromResult<DatabaseCounts?>(null);

    internal abstract ValueTask<StoreConnection> OpenWriterAsync(CancellationToken cancellationToken);

    internal abstract ValueTask<StoreConnection> OpenReaderAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="action"/> while no other process migrates this database.</summary>
    internal abstract Task UnderMigrationLockAsync(Func<Task> action, CancellationToken cancellationToken);

    /// <summary>Lets all reads of a context see one state of the database, until the context is disposed.</summary>
    internal virtual async Task BeginSnapshotAsync(DbContext context, CancellationToken cancellationToken) =>
        await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    /// <summary>
    /// Calls <paramref name="hear"/> whenever another node has committed something that concerns others, until cancelled; its argument says
    /// whether there is something to do. Does nothing where nodes are not told of one another.
    /// </summary>
    internal virtual Task ListenAsync(Action<bool> hear, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether an error passes when the batch is run again: deadlock, serialisation, lost connection, locked file.</summary>
    internal abstract bool IsTransient(DbException exception);

    /// <summary>Whether a row with the same unique key exists.</summary>
    internal abstract bool IsDuplicate(DbException exception);
}
