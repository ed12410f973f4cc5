namespace Workflows.Storage.Commit;

/// <summary>The texts that SQLite and PostgreSQL share: <c>INSERT … SELECT … ON CONFLICT</c>.</summary>
internal static class UpsertText
{
    public static string Insert(TableMap table, string source) =>
        $"INSERT INTO {table.Name} ({Names(table)}) {source} ON CONFLICT DO NOTHING";

    public static string Upsert(TableMap table, string source)
    {
        string keys = string.Join(", ", table.Keys.Select(k => Quote(k.Name)));
        IEnumerable<string> sets = table.Columns.Where(c => !c.IsKey).Select(c => c.Name == "revision"
            ? $"revision = {table.Name}.revision + 1"
            : $"{Quote(c.Name)} = excluded.{Quote(c.Name)}");
        string condition = table.Versioned ? $" WHERE excluded.base_revision = -1 OR {table.Name}.revision = excluded.base_revision" : "";
        return $"INSERT INTO {table.Name} ({Names(table)}) {source} ON CONFLICT ({keys}) DO UPDATE SET {string.Join(", ", sets)}{condition}";
    }

    public static string Names(TableMap table) => string.Join(", ", table.Columns.Select(c => Quote(c.Name)));

    public static string Quote(string name) => $"\"{name}\"";
}
