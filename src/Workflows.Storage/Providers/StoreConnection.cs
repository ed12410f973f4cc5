using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace Workflows.Storage.Providers;

/// <summary>A connection that counts its statements, keeps their prepared form and sends several in one go where the driver can.</summary>
internal sealed class StoreConnection : IAsyncDisposable
{
    private const int MaxPrepared = 512;

    private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);
    private readonly StoreMeter _meter;
    private readonly bool _keepCommands;
    private readonly Func<StoreConnection, ValueTask>? _giveBack;
    private DbTransaction? _transaction;

    /// <param name="connection">Open connection.</param>
    /// <param name="meter">Counts the statements.</param>
    /// <param name="keepCommands">Whether commands are kept prepared here (SQLite) or by the driver (PostgreSQL, SQL Server).</param>
    /// <param name="giveBack">Called instead of closing; null closes.</param>
    public StoreConnection(DbConnection connection, StoreMeter meter, bool keepCommands, Func<StoreConnection, ValueTask>? giveBack = null)
    {
        Connection = connection;
        _meter = meter;
        _keepCommands = keepCommands;
        _giveBack = giveBack;
    }

    public DbConnection Connection { get; }

    public async ValueTask BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await Connection.BeginTransactionAsync(cancellationToken);

    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        await _transaction!.CommitAsync(cancellationToken);
        await EndAsync();
    }

    public async ValueTask RollbackAsync()
    {
        if (_transaction is null)
            return;
        try
        {
            await _transaction.RollbackAsync();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The server has already ended the transaction (deadlock, lost connection): nothing is left to undo.
        }
        await EndAsync();
    }

    /// <summary>Reads all rows of a query.</summary>
    public async ValueTask<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        _meter.Statement();
        DbCommand command = Command(statement);
        try
        {
            await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(row(reader));
            return rows;
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>Executes one statement and returns the number of affected rows.</summary>
    public async ValueTask<int> ExecuteAsync(Statement statement, CancellationToken cancellationToken)
    {
        _meter.Statement();
        DbCommand command = Command(statement);
        try
        {
            int affected = await command.ExecuteNonQueryAsync(cancellationToken);
            Check(statement, affected);
            return affected;
        }
        finally
        {
            Release(command);
        }
    }

    /// <summary>Executes statements in order, in one round trip where the driver can.</summary>
    /// <exception cref="BatchConflictException">One of them affected another number of rows than it had to.</exception>
    [SuppressMessage("Security", "CA2100", Justification = "Texts come from the model and the dialect, values only through parameters.")]
    public async ValueTask ExecuteAllAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        if (!Connection.CanCreateBatch || statements.Count < 2)
        {
            foreach (Statement statement in statements)
                await ExecuteAsync(statement, cancellationToken);
            return;
        }
        await using DbBatch batch = Connection.CreateBatch();
        batch.Transaction = _transaction;
        foreach (Statement statement in statements)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = statement.Sql;
            foreach (DbParameter parameter in statement.Parameters)
                command.Parameters.Add(parameter);
            batch.BatchCommands.Add(command);
        }
        _meter.Statement(statements.Count);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        for (int i = 0; i < statements.Count; i++)
            Check(statements[i], batch.BatchCommands[i].RecordsAffected);
    }

    public async ValueTask DisposeAsync()
    {
        await RollbackAsync();
        if (_giveBack is not null)
            await _giveBack(this);
        else
            await CloseAsync();
    }

    public async ValueTask CloseAsync()
    {
        foreach (DbCommand command in _prepared.Values)
            await command.DisposeAsync();
        _prepared.Clear();
        await Connection.DisposeAsync();
    }

    private static void Check(Statement statement, int affected)
    {
        if (statement.Expected is { } expected && affected != expected)
            throw new BatchConflictException($"{statement.Table}: {affected} of {expected} rows were as this batch had read them.");
        statement.Affected?.Invoke(affected);
    }

    [SuppressMessage("Security", "CA2100", Justification = "Texts come from the model and the dialect, values only through parameters.")]
    private DbCommand Command(Statement statement)
    {
        if (!_keepCommands || !_prepared.Remove(statement.Sql, out DbCommand? command))
        {
            command = Connection.CreateCommand();
            command.CommandText = statement.Sql;
        }
        command.Transaction = _transaction;
        command.Parameters.AddRange(statement.Parameters);
        return command;
    }

    // A command is out of the cache while it is in use, so that a nested use of the same text gets another one.
    private void Release(DbCommand command)
    {
        // Lists with many filters have many texts; only so many are kept.
        if (_keepCommands && _prepared.Count < MaxPrepared)
        {
            command.Parameters.Clear();
            if (_prepared.TryAdd(command.CommandText, command))
                return;
        }
        command.Dispose();
    }

    private async ValueTask EndAsync()
    {
        DbTransaction ended = _transaction!;
        _transaction = null;
        await ended.DisposeAsync();
    }
}
