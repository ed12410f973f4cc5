using System.Data.Common;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Commit;

/// <summary>The form of the statements of one database. Texts are built once for each table and kept.</summary>
internal abstract class SqlDialect
{
    /// <summary>Inserts rows that are not there yet; affects as many as were inserted.</summary>
    public abstract Statement Insert(TableMap table, IReadOnlyList<object> rows, bool mustBeNew);

    /// <summary>
    /// Inserts or replaces rows. Versioned rows replace only the revision on which they were built
    /// (<c>base_revision</c>: 0 must not exist, -1 any), so fewer affected rows than given are a conflict.
    /// </summary>
    public abstract Statement Upsert(TableMap table, IReadOnlyList<object> rows);

    /// <summary>A list of texts as one parameter.</summary>
    public abstract DbParameter List(string name, IReadOnlyCollection<string> values);

    /// <summary>A list of numbers as one parameter.</summary>
    public abstract DbParameter List(string name, IReadOnlyCollection<long> values);

    /// <summary>A single value: text, number or null.</summary>
    public abstract DbParameter Value(string name, object? value);

    /// <summary>A condition that holds where <paramref name="column"/> is in the list parameter.</summary>
    public abstract string In(string column, string parameter, bool numbers = false);

    /// <summary>A member of a JSON column as text, an object or list as JSON; NULL where it is not there. The path is a constant of the code, such as <c>closing.at</c>.</summary>
    public abstract string JsonText(string column, string path);

    /// <summary>Locks the families in order of their keys, creating the rows that are missing; returns key and audit head.</summary>
    public abstract IReadOnlyList<Statement> LockCases(IReadOnlyCollection<string> keys);

    /// <summary>As <see cref="LockCases"/>, but leaves out those that another node holds.</summary>
    public abstract IReadOnlyList<Statement> TryLockCases(IReadOnlyCollection<string> keys);

    /// <summary>Due timers whose family nobody holds; locks the families. Columns: id, instance_id, case_key, fire_at, attempts.</summary>
    public abstract Statement ClaimTimers(long now, int limit);

    /// <summary>Ready mailbox rows whose family nobody holds; locks the families. Columns: sequence, id, kind, case_key, created_at, attempts, body.</summary>
    public abstract Statement ClaimMailbox(long now, int limit);

    /// <summary>Locks the counter and returns its value; no row where <paramref name="wait"/> is false and another node holds it.</summary>
    public abstract IReadOnlyList<Statement> LockSeries(string organ, string form, int year, bool wait);

    /// <summary>Pending outbox rows that are due and that nobody holds, locked. Returns all columns that <c>OutboxItem</c> needs.</summary>
    public abstract Statement ClaimOutbox(long now, int limit, string columns, IReadOnlyCollection<string> without);

    /// <summary>A further condition that leaves out rows by a column; empty where nothing is left out.</summary>
    public string Without(string column, string parameter, IReadOnlyCollection<string> values) => values.Count == 0 ? "" : $" AND NOT ({In(column, parameter)})";

    /// <summary>The parameters of a statement with <see cref="Without"/> in it.</summary>
    public DbParameter[] With(DbParameter[] parameters, string parameter, IReadOnlyCollection<string> values) => values.Count == 0 ? parameters : [.. parameters, List(parameter, values)];

    /// <summary>Appends a limit to a query that ends in ORDER BY.</summary>
    public abstract string Limit(string orderedQuery, string parameter);

    /// <summary>Appends a stretch to a query that ends in ORDER BY.</summary>
    public virtual string Page(string orderedQuery, string skip, string take) => $"{orderedQuery} LIMIT {take} OFFSET {skip}";

    /// <summary>Tells other nodes that there is something to do, or only that instances went on; null where there are none.</summary>
    public virtual Statement? Notify(bool work) => null;

    /// <summary>Deletes by a single key column.</summary>
    public Statement Delete(string table, string column, IReadOnlyCollection<string> keys, int? expected = null) =>
        new($"DELETE FROM {table} WHERE {In(column, "@keys")}", [List("@keys", keys)], expected, table);

    /// <summary>Deletes by a single key column of numbers.</summary>
    public Statement Delete(string table, string column, IReadOnlyCollection<long> keys, int? expected = null) =>
        new($"DELETE FROM {table} WHERE {In(column, "@keys", numbers: true)}", [List("@keys", keys)], expected, table);
}
