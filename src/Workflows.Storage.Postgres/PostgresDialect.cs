using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Postgres;

/// <summary>PostgreSQL: rows travel as one array for each column and are unfolded with <c>unnest</c>; families are locked by row.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    private readonly ConcurrentDictionary<TableMap, (string Insert, string Upsert)> _texts = new();

    public override Statement Insert(TableMap table, IReadOnlyList<object> rows, bool mustBeNew) =>
        new(Texts(table).Insert, Arrays(table, rows), mustBeNew ? rows.Count : null, table.Name);

    public override Statement Upsert(TableMap table, IReadOnlyList<object> rows) =>
        new(Texts(table).Upsert, Arrays(table, rows), rows.Count, table.Name);

    public override DbParameter List(string name, IReadOnlyCollection<string> values) => new NpgsqlParameter<string[]>(name, [.. values]);

    public override DbParameter List(string name, IReadOnlyCollection<long> values) => new NpgsqlParameter<long[]>(name, [.. values]);

    public override DbParameter Value(string name, object? value) => value switch
    {
        null => new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = DBNull.Value },
        string text => new NpgsqlParameter<string>(name, text),
        long number => new NpgsqlParameter<long>(name, number),
        int number => new NpgsqlParameter<int>(name, number),
        _ => new NpgsqlParameter(name, value),
    };

    public override string In(string column, string parameter, bool numbers = false) => $"{column} = ANY({parameter})";

    public override string JsonText(string column, string path) => $"({column}::json #>> '{{{path.Replace('.', ',')}}}')";

    // Missing rows are inserted in the order of their keys and existing ones locked in the same order: no two nodes wait for each other.
    public override IReadOnlyList<Statement> LockCases(IReadOnlyCollection<string> keys) =>
    [
        Missing(keys),
        new Statement("SELECT case_key, audit_sequence, audit_hash, audit_at FROM case_locks WHERE case_key = ANY(@keys) ORDER BY case_key FOR UPDATE", [List("@keys", keys)]),
    ];

    public override IReadOnlyList<Statement> TryLockCases(IReadOnlyCollection<string> keys) =>
    [
        Missing(keys),
        new Statement("SELECT case_key, audit_sequence, audit_hash, audit_at FROM case_locks WHERE case_key = ANY(@keys) ORDER BY case_key FOR UPDATE SKIP LOCKED", [List("@keys", keys)]),
    ];

    public override Statement ClaimTimers(long now, int limit) => new(
        "SELECT b.id, b.instance_id, b.case_key, b.fire_at, b.attempts FROM bookmarks b JOIN case_locks c ON c.case_key = b.case_key WHERE b.fire_at <= @now ORDER BY b.fire_at, b.case_key, b.id LIMIT @limit FOR UPDATE OF c SKIP LOCKED",
        [Value("@now", now), Value("@limit", limit)]);

    public override Statement ClaimMailbox(long now, int limit) => new(
        "SELECT m.sequence, m.id, m.kind, m.case_key, m.created_at, m.attempts, m.body FROM mailbox m JOIN case_locks c ON c.case_key = m.case_key WHERE m.state = 0 AND m.available_at <= @now ORDER BY m.sequence LIMIT @limit FOR UPDATE OF c SKIP LOCKED",
        [Value("@now", now), Value("@limit", limit)]);

    public override IReadOnlyList<Statement> LockSeries(string organ, string form, int year, bool wait) =>
    [
        new Statement("INSERT INTO number_series (organ, form, year, value) VALUES (@organ, @form, @year, 0) ON CONFLICT DO NOTHING", Series(organ, form, year)),
        new Statement($"SELECT value FROM number_series WHERE organ = @organ AND form = @form AND year = @year FOR UPDATE{(wait ? "" : " SKIP LOCKED")}", Series(organ, form, year)),
    ];

    public override Statement ClaimOutbox(long now, int limit, string columns, IReadOnlyCollection<string> without) => new(
        $"SELECT {columns} FROM outbox WHERE next_attempt_at <= @now{Without("channel", "@without", without)} ORDER BY next_attempt_at, id LIMIT @limit FOR UPDATE SKIP LOCKED",
        With([Value("@now", now), Value("@limit", limit)], "@without", without));

    public override string Limit(string orderedQuery, string parameter) => $"{orderedQuery} LIMIT {parameter}";

    public override Statement Notify(bool work) => new(work ? $"NOTIFY {PostgresStore.Channel}" : $"NOTIFY {PostgresStore.Channel}, '{PostgresStore.Seen}'", []);

    private DbParameter[] Series(string organ, string form, int year) => [Value("@organ", organ), Value("@form", form), Value("@year", year)];

    private Statement Missing(IReadOnlyCollection<string> keys) => new(
        "INSERT INTO case_locks (case_key, audit_sequence, audit_hash, audit_at) SELECT k, 0, '', 0 FROM unnest(@keys) k WHERE NOT EXISTS (SELECT 1 FROM case_locks c WHERE c.case_key = k) ORDER BY k ON CONFLICT DO NOTHING",
        [List("@keys", keys)]);

    private static DbParameter[] Arrays(TableMap table, IReadOnlyList<object> rows)
    {
        var parameters = new DbParameter[table.Columns.Count];
        for (int c = 0; c < parameters.Length; c++)
        {
            ColumnMap column = table.Columns[c];
            string name = $"@c{c}";
            parameters[c] = column.Kind switch
            {
                ColumnKind.Text => Fill(name, rows, column, NpgsqlDbType.Text, static v => (string?)v),
                ColumnKind.Integer => Fill(name, rows, column, NpgsqlDbType.Integer, static v => (int?)v),
                ColumnKind.Long => Fill(name, rows, column, NpgsqlDbType.Bigint, static v => (long?)v),
                _ => Fill(name, rows, column, NpgsqlDbType.Boolean, static v => (bool?)v),
            };
        }
        return parameters;
    }

    private static NpgsqlParameter<T[]> Fill<T>(string name, IReadOnlyList<object> rows, ColumnMap column, NpgsqlDbType type, Func<object?, T> cast)
    {
        var values = new T[rows.Count];
        for (int r = 0; r < values.Length; r++)
            values[r] = cast(column.Value(rows[r]));
        return new NpgsqlParameter<T[]>(name, values) { NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private (string Insert, string Upsert) Texts(TableMap table) => _texts.GetOrAdd(table, static t =>
    {
        string source = $"SELECT * FROM unnest({string.Join(", ", Enumerable.Range(0, t.Columns.Count).Select(i => $"@c{i}"))})";
        return (UpsertText.Insert(t, source), UpsertText.Upsert(t, source));
    });
}
