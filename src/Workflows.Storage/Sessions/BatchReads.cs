using System.Data.Common;
using System.Text;
using System.Text.Json;
using Workflows.Storage.Commit;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Sessions;

/// <summary>What a batch reads, through its own transaction, and remembers for its revisions: aggregates, audit heads, counters.</summary>
internal sealed class BatchReads(StoreModel store, StoreConnection connection, SortedSet<string> lockedSeries)
{
    private readonly Dictionary<AggregateKey, (IAggregate? Value, long Revision)> _aggregates = [];
    private readonly Dictionary<string, CaseLockRow> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<NumberSeries, int> _numbers = [];

    public StoreConnection Connection => connection;

    /// <summary>The revision that this batch has read: 0 for none there, -1 where it did not look.</summary>
    public long RevisionOf(AggregateKey key) => _aggregates.TryGetValue(key, out (IAggregate?, long Revision) read) ? read.Revision : -1;

    public CaseLockRow HeadOf(string chain) => _heads.TryGetValue(chain, out CaseLockRow? head) ? head : new CaseLockRow { CaseKey = chain };

    public bool Holds(string key) => _heads.ContainsKey(key);

    public async ValueTask LockAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return;
        await HeadsAsync(store.Dialect.LockCases(keys), cancellationToken);
        foreach (string key in keys)
            _heads.TryAdd(key, new CaseLockRow { CaseKey = key });
    }

    /// <summary>Locks what nobody else holds; returns what could not be had.</summary>
    public async ValueTask<IReadOnlyList<string>> TryLockAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return [];
        if (store.Provider.SingleWriter)
        {
            await LockAsync(keys, cancellationToken);
            return [];
        }
        await HeadsAsync(store.Dialect.TryLockCases(keys), cancellationToken);
        return [.. keys.Where(k => !_heads.ContainsKey(k))];
    }

    public async ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var key = new AggregateKey(typeof(T), id);
        if (_aggregates.TryGetValue(key, out (IAggregate? Value, long) read))
            return (T?)read.Value;
        var statement = new Statement($"SELECT id, revision, body FROM {store.Aggregates[typeof(T)].Name} WHERE id = @id", [store.Dialect.Value("@id", id)]);
        List<T> found = await ReadAsync<T>(statement, cancellationToken);
        if (found.Count == 0)
            _aggregates[key] = (null, 0);
        return found.FirstOrDefault();
    }

    public ValueTask<List<T>> ListAsync<T>(AggregateFilter filter, int? take, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var text = new StringBuilder($"SELECT id, revision, body FROM {store.Aggregates[typeof(T)].Name} WHERE 1 = 1");
        var parameters = new List<DbParameter>();
        AggregateSql.Where(filter, store.Dialect, text, parameters);
        text.Append(" ORDER BY created_at, id");
        string sql = text.ToString();
        if (take is { } limit)
        {
            sql = store.Dialect.Limit(sql, "@take");
            parameters.Add(store.Dialect.Value("@take", limit));
        }
        return ReadAsync<T>(new Statement(sql, [.. parameters]), cancellationToken);
    }

    /// <summary>The last number taken of a series, its counter locked until the end of the batch.</summary>
    /// <exception cref="BatchConflictException">Another node holds it and waiting here could block both.</exception>
    public async ValueTask<int> LastNumberAsync(NumberSeries series, CancellationToken cancellationToken)
    {
        if (_numbers.TryGetValue(series, out int known))
            return known;
        string order = OrderOf(series);
        // Counters are waited for in sorted order only; out of order the batch starts again and locks them first.
        bool wait = lockedSeries.Count == 0 || string.CompareOrdinal(order, lockedSeries.Max) >= 0;
        IReadOnlyList<Statement> statements = store.Dialect.LockSeries(series.Organ, series.Form, series.Year, wait);
        List<int> values = await LastReadAsync(statements, static r => r.GetInt32(0), cancellationToken);
        if (values.Count == 0 && !store.Provider.SingleWriter)
            throw new BatchConflictException("The counter is held by another node.") { BusySeries = series };
        lockedSeries.Add(order);
        return _numbers[series] = values.Count == 0 ? 0 : values[0];
    }

    internal static string OrderOf(NumberSeries series) => $"{series.Year:D4}|{series.Organ}|{series.Form}";

    private async ValueTask HeadsAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        List<CaseLockRow> rows = await LastReadAsync(statements, static r => new CaseLockRow { CaseKey = r.GetString(0), AuditSequence = r.GetInt64(1), AuditHash = r.GetString(2), AuditAt = new DateTimeOffset(r.GetInt64(3), TimeSpan.Zero) }, cancellationToken);
        foreach (CaseLockRow row in rows)
            _heads[row.CaseKey] = row;
    }

    private async ValueTask<List<T>> LastReadAsync<T>(IReadOnlyList<Statement> statements, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        for (int i = 0; i < statements.Count - 1; i++)
            await connection.ExecuteAsync(statements[i], cancellationToken);
        return await connection.ReadAsync(statements[^1], row, cancellationToken);
    }

    private async ValueTask<List<T>> ReadAsync<T>(Statement statement, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        List<(string Id, long Revision, string Body)> rows = await connection.ReadAsync(statement, static r => (r.GetString(0), r.GetInt64(1), r.GetString(2)), cancellationToken);
        var found = new List<T>(rows.Count);
        foreach ((string id, long revision, string body) in rows)
        {
            var key = new AggregateKey(typeof(T), id);
            if (_aggregates.TryGetValue(key, out (IAggregate? Value, long Revision) read) && read.Revision == revision)
            {
                found.Add((T)read.Value!);
                continue;
            }
            T value = JsonSerializer.Deserialize<T>(body, SupervisionJson.Options)!;
            _aggregates[key] = (value, revision);
            found.Add(value);
        }
        return found;
    }
}
