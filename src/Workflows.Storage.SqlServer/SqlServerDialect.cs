using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.SqlServer;

/// <summary>SQL Server: rows travel as one JSON text and are unfolded with <c>OPENJSON</c>; families are locked by row.</summary>
internal sealed class SqlServerDialect : SqlDialect
{
    private readonly ConcurrentDictionary<TableMap, (string Insert, string Upsert)> _texts = new();

    public override Statement Insert(TableMap table, IReadOnlyList<object> rows, bool mustBeNew) =>
        new(Texts(table).Insert, [Rows(table, rows)], mustBeNew ? rows.Count : null, table.Name);

    public override Statement Upsert(TableMap table, IReadOnlyList<object> rows) =>
        new(Texts(table).Upsert, [Rows(table, rows)], rows.Count, table.Name);

    public override DbParameter List(string name, IReadOnlyCollection<string> values) => Text(name, JsonSerializer.Serialize(values));

    public override DbParameter List(string name, IReadOnlyCollection<long> values) => Text(name, JsonSerializer.Serialize(values));

    public override DbParameter Value(string name, object? value) => value switch
    {
        null => new SqlParameter(name, SqlDbType.NVarChar, 450) { Value = DBNull.Value },
        string text => new SqlParameter(name, SqlDbType.NVarChar, 450) { Value = text },
        _ => new SqlParameter(name, value),
    };

    public override string In(string column, string parameter, bool numbers = false) =>
        $"{column} IN (SELECT v FROM OPENJSON({parameter}) WITH (v {(numbers ? "bigint" : "nvarchar(450)")} '$'))";

    public override string JsonText(string column, string path) => $"COALESCE(JSON_VALUE({column}, '$.{path}'), JSON_QUERY({column}, '$.{path}'))";

    public override IReadOnlyList<Statement> LockCases(IReadOnlyCollection<string> keys) => [Missing(keys), Heads("UPDLOCK, ROWLOCK", keys)];

    public override IReadOnlyList<Statement> TryLockCases(IReadOnlyCollection<string> keys) => [Missing(keys), Heads("UPDLOCK, ROWLOCK, READPAST", keys)];

    public override Statement ClaimTimers(long now, int limit) => new(
        "SELECT TOP (@limit) b.id, b.instance_id, b.case_key, b.fire_at, b.attempts FROM bookmarks b JOIN case_locks c WITH (UPDLOCK, ROWLOCK, READPAST) ON c.case_key = b.case_key WHERE b.fire_at <= @now ORDER BY b.fire_at, b.case_key, b.id",
        [Value("@now", now), Value("@limit", limit)]);

    public override Statement ClaimMailbox(long now, int limit) => new(
        "SELECT TOP (@limit) m.sequence, m.id, m.kind, m.case_key, m.created_at, m.attempts, m.body FROM mailbox m JOIN case_locks c WITH (UPDLOCK, ROWLOCK, READPAST) ON c.case_key = m.case_key WHERE m.state = 0 AND m.available_at <= @now ORDER BY m.sequence",
        [Value("@now", now), Value("@limit", limit)]);

    public override IReadOnlyList<Statement> LockSeries(string organ, string form, int year, bool wait) =>
    [
        new Statement(
            "INSERT INTO number_series (organ, form, year, value) SELECT @organ, @form, @year, 0 WHERE NOT EXISTS (SELECT 1 FROM number_series WITH (UPDLOCK, HOLDLOCK) WHERE organ = @organ AND form = @form AND year = @year)",
            Series(organ, form, year)),
        new Statement($"SELECT value FROM number_series WITH (UPDLOCK, ROWLOCK{(wait ? "" : ", READPAST")}) WHERE organ = @organ AND form = @form AND year = @year", Series(organ, form, year)),
    ];

    public override Statement ClaimOutbox(long now, int limit, string columns, IReadOnlyCollection<string> without) => new(
        $"SELECT TOP (@limit) {columns} FROM outbox WITH (UPDLOCK, ROWLOCK, READPAST) WHERE next_attempt_at <= @now{Without("channel", "@without", without)} ORDER BY next_attempt_at, id",
        With([Value("@now", now), Value("@limit", limit)], "@without", without));

    public override string Limit(string orderedQuery, string parameter) => $"{orderedQuery} OFFSET 0 ROWS FETCH NEXT {parameter} ROWS ONLY";

    public override string Page(string orderedQuery, string skip, string take) => $"{orderedQuery} OFFSET {skip} ROWS FETCH NEXT {take} ROWS ONLY";

    private static SqlParameter Text(string name, string value) => new(name, SqlDbType.NVarChar, -1) { Value = value };

    private static SqlParameter Rows(TableMap table, IReadOnlyList<object> rows) =>
        Text("@rows", Encoding.UTF8.GetString(RowsAsJson.Write(table, rows)));

    private DbParameter[] Series(string organ, string form, int year) => [Value("@organ", organ), Value("@form", form), Value("@year", year)];

    private Statement Missing(IReadOnlyCollection<string> keys) => new(
        "INSERT INTO case_locks (case_key, audit_sequence, audit_hash, audit_at) SELECT k.v, 0, '', 0 FROM OPENJSON(@keys) WITH (v nvarchar(450) '$') k WHERE NOT EXISTS (SELECT 1 FROM case_locks c WITH (UPDLOCK, HOLDLOCK) WHERE c.case_key = k.v) ORDER BY k.v",
        [List("@keys", keys)]);

    private Statement Heads(string hints, IReadOnlyCollection<string> keys) => new(
        $"SELECT case_key, audit_sequence, audit_hash, audit_at FROM case_locks WITH ({hints}) WHERE {In("case_key", "@keys")} ORDER BY case_key",
        [List("@keys", keys)]);

    private (string Insert, string Upsert) Texts(TableMap table) => _texts.GetOrAdd(table, static t =>
    {
        string names = UpsertText.Names(t);
        string shape = string.Join(", ", t.Columns.Select((c, i) => $"{UpsertText.Quote(c.Name)} {Type(c)} '$[{i}]'"));
        string source = $"(SELECT {names} FROM OPENJSON(@rows) WITH ({shape})) AS s";
        string match = string.Join(" AND ", t.Keys.Select(k => $"t.{UpsertText.Quote(k.Name)} = s.{UpsertText.Quote(k.Name)}"));
        string values = string.Join(", ", t.Columns.Select(c => $"s.{UpsertText.Quote(c.Name)}"));
        string sets = string.Join(", ", t.Columns.Where(c => !c.IsKey).Select(c => c.Name == "revision" ? "revision = t.revision + 1" : $"{UpsertText.Quote(c.Name)} = s.{UpsertText.Quote(c.Name)}"));
        string condition = t.Versioned ? " AND (s.base_revision = -1 OR t.revision = s.base_revision)" : "";
        // Generated keys are no columns here: such rows are always new.
        string insert = t.Keys.Count == 0
            ? $"INSERT INTO {t.Name} ({names}) SELECT {names} FROM {source};"
            : $"MERGE {t.Name} WITH (HOLDLOCK) AS t USING {source} ON {match} WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values});";
        string upsert = $"MERGE {t.Name} WITH (HOLDLOCK) AS t USING {source} ON {match} WHEN MATCHED{condition} THEN UPDATE SET {sets} WHEN NOT MATCHED THEN INSERT ({names}) VALUES ({values});";
        return (insert, upsert);
    });

    private static string Type(ColumnMap column) => column.Kind switch
    {
        ColumnKind.Text => "nvarchar(max)",
        ColumnKind.Integer => "int",
        ColumnKind.Long => "bigint",
        _ => "bit",
    };
}
