using System.Data.Common;
using System.Text;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Queries.Facts;

/// <summary>Reads the few members that a measure needs, of many records, in one statement: narrow columns by their indexes, members of the body cut out by the database.</summary>
/// <param name="store">The store.</param>
public sealed class FactReader(StoreModel store) : IFactSource
{
    private const string Columns = "a.id, a.case_id, a.plan_id, a.department, a.area, a.target_id, a.kind, a.state, a.created_at";
    private const int Narrow = 9;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Fact>> ReadAsync<T>(FactQuery query, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        var text = new StringBuilder($"SELECT {Columns}");
        foreach (string path in query.Paths)
            text.Append(", ").Append(store.Dialect.JsonText("a.body", path));
        List<DbParameter> parameters = Where<T>(text, query);
        text.Append(" ORDER BY a.created_at, a.id");
        int paths = query.Paths.Count;
        int rows = 0;
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(
            new Statement(text.ToString(), [.. parameters]),
            row => ++rows <= query.Most
                ? Read(row, paths)
                : throw new RuleViolationException(RefusalKind.Invalid, "too-many-rows", "from", $"所涉记录超过{query.Most}条，请缩短期间或者选择下级区域后再查。"),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> DistinctAsync<T>(FactQuery query, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        string member = store.Dialect.JsonText("a.body", query.Paths.Single());
        var text = new StringBuilder($"SELECT DISTINCT {member}");
        List<DbParameter> parameters = Where<T>(text, query);
        text.Append($" AND {member} IS NOT NULL");
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(new Statement(text.ToString(), [.. parameters]), static row => row.GetString(0), cancellationToken);
    }

    private List<DbParameter> Where<T>(StringBuilder text, FactQuery query)
        where T : class, IAggregate
    {
        text.Append(" FROM ").Append(store.Aggregates[typeof(T)].Name).Append(" a WHERE 1 = 1");
        var parameters = new List<DbParameter>();
        if (query.States is { } states)
        {
            text.Append(" AND ").Append(store.Dialect.In("a.state", "@states"));
            parameters.Add(store.Dialect.List("@states", states));
        }
        if (query.AreaPrefix is { } area)
        {
            text.Append(" AND a.area LIKE @area");
            parameters.Add(store.Dialect.Value("@area", AggregateSql.Prefix(area)));
        }
        if (query.CreatedFrom is { } from)
        {
            text.Append(" AND a.created_at >= @from");
            parameters.Add(store.Dialect.Value("@from", from.UtcTicks));
        }
        if (query.CreatedBefore is { } before)
        {
            text.Append(" AND a.created_at < @before");
            parameters.Add(store.Dialect.Value("@before", before.UtcTicks));
        }
        return parameters;
    }

    private static Fact Read(DbDataReader row, int paths)
    {
        string?[] parts = new string?[paths];
        for (int i = 0; i < paths; i++)
            parts[i] = Text(row, Narrow + i);
        return new Fact(
            row.GetString(0), Text(row, 1), Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5), Text(row, 6), row.GetString(7), new DateTimeOffset(row.GetInt64(8), TimeSpan.Zero), parts);
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
