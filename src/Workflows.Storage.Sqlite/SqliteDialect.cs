using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Sqlite;

/// <summary>SQLite: rows travel as one JSON text and are unfolded with <c>json_each</c>; one writer, so nothing is locked.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private readonly ConcurrentDictionary<TableMap, (string Insert, string Upsert)> _texts = new();

    public override Statement Insert(TableMap table, IReadOnlyList<object> rows, bool mustBeNew) =>
        new(Texts(table).Insert, [Rows(table, rows)], mustBeNew ? rows.Count : null, table.Name);

    public override Statement Upsert(TableMap table, IReadOnlyList<object> rows) =>
        new(Texts(table).Upsert, [Rows(table, rows)], rows.Count, table.Name);

    public override DbParameter List(string name, IReadOnlyCollection<string> values) => new SqliteParameter(name, JsonSerializer.Serialize(values));

    public override DbParameter List(string name, IReadOnlyCollection<long> values) => new SqliteParameter(name, JsonSerializer.Serialize(values));

    public override DbParameter Value(string name, object? value) => new SqliteParameter(name, value ?? DBNull.Value);

    public override string In(string column, string parameter, bool numbers = false) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override string JsonText(string column, string path) => $"CAST(json_extract({column}, '$.{path}') AS TEXT)";

    public override IReadOnlyList<Statement> LockCases(IReadOnlyCollection<string> keys) =>
        [new Statement($"SELECT case_key, audit_sequence, audit_hash, audit_at FROM case_locks WHERE {In("case_key", "@keys")}", [List("@keys", keys)])];

    public override IReadOnlyList<Statement> TryLockCases(IReadOnlyCollection<string> keys) => LockCases(keys);

    public override Statement ClaimTimers(long now, int limit) => new(
        "SELECT id, instance_id, case_key, fire_at, attempts FROM bookmarks WHERE fire_at <= @now ORDER BY fire_at, case_key, id LIMIT @limit",
        [Value("@now", now), Value("@limit", limit)]);

    public override Statement ClaimMailbox(long now, int limit) => new(
        "SELECT sequence, id, kind, case_key, created_at, attempts, body FROM mailbox WHERE state = 0 AND available_at <= @now ORDER BY sequence LIMIT @limit",
        [Value("@now", now), Value("@limit", limit)]);

    public override IReadOnlyList<Statement> LockSeries(string organ, string form, int year, bool wait) =>
        [new Statement("SELECT value FROM number_series WHERE organ = @organ AND form = @form AND year = @year", [Value("@organ", organ), Value("@form", form), Value("@year", year)])];

    public override Statement ClaimOutbox(long now, int limit, string columns, IReadOnlyCollection<string> without) => new(
        $"SELECT {columns} FROM outbox WHERE next_attempt_at <= @now{Without("channel", "@without", without)} ORDER BY next_attempt_at, id LIMIT @limit",
        With([Value("@now", now), Value("@limit", limit)], "@without", without));

    public override string Limit(string orderedQuery, string parameter) => $"{orderedQuery} LIMIT {parameter}";

    private static SqliteParameter Rows(TableMap table, IReadOnlyList<object> rows) =>
        new("@rows", Encoding.UTF8.GetString(RowsAsJson.Write(table, rows)));

    // "WHERE true" keeps SQLite from reading ON CONFLICT as a join condition.
    private (string Insert, string Upsert) Texts(TableMap table) => _texts.GetOrAdd(table, static t =>
    {
        string values = string.Join(", ", Enumerable.Range(0, t.Columns.Count).Select(i => $"value ->> {i}"));
        string source = $"SELECT {values} FROM json_each(@rows) WHERE true";
        return (UpsertText.Insert(t, source), UpsertText.Upsert(t, source));
    });
}
