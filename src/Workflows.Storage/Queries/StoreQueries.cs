using System.Data.Common;
using System.Text;
using System.Text.Json;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Queries;

/// <summary>An instance as lists show it.</summary>
public sealed record InstanceSummary(
    string Id, string CaseKey, string DefinitionId, string DefinitionVersionId, int DefinitionVersion, string Status, string SubStatus,
    string? CorrelationId, string? Name, string? ParentInstanceId, int IncidentCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? FinishedAt);

/// <summary>Which instances a list shows; all given members must hold.</summary>
public sealed record InstanceFilter
{
    /// <summary>Of this definition.</summary>
    public string? DefinitionId { get; init; }

    /// <summary>With this main status.</summary>
    public string? Status { get; init; }

    /// <summary>With one of these sub-statuses.</summary>
    public IReadOnlyList<string>? SubStatuses { get; init; }

    /// <summary>With this correlation id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Dispatched by this instance.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Of this family.</summary>
    public string? CaseKey { get; init; }

    /// <summary>One of these.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>With or without incidents.</summary>
    public bool? HasIncidents { get; init; }
}

/// <summary>A wait as lists show it.</summary>
public sealed record OpenWait(
    string BookmarkId, string InstanceId, string CaseKey, string ActivityId, string Name, string? WaitName, string? Owner, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, int FailedAttempts);

/// <summary>Which waits a list shows; all given members must hold.</summary>
public sealed record WaitFilter
{
    /// <summary>Of this instance.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Of this family.</summary>
    public string? CaseKey { get; init; }

    /// <summary>With one of these owners.</summary>
    public IReadOnlyList<string>? Owners { get; init; }

    /// <summary>Due before this instant.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Only waits that people see by a name.</summary>
    public bool NamedOnly { get; init; }
}

/// <summary>Lists for the read side, from narrow indexed columns only: never from state blobs, never counting whole tables.</summary>
public sealed class StoreQueries(StoreModel store)
{
    private readonly SqlDialect _sql = store.Dialect;

    /// <summary>Aggregates that match and that the actor may see.</summary>
    /// <exception cref="FormatException">The page token was not given out by this service.</exception>
    public async ValueTask<Page<T>> ListAsync<T>(AggregateFilter filter, Visibility visibility, PageRequest page, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        var parameters = new List<DbParameter>();
        var text = new StringBuilder($"SELECT a.created_at, a.id, a.body FROM {store.Aggregates[typeof(T)].Name} a WHERE 1 = 1");
        AggregateSql.Where(filter, _sql, text, parameters);
        text.Append(visibility.Condition(store, "a", parameters));
        return await PageAsync(text, parameters, page, static r => JsonSerializer.Deserialize<T>(r.GetString(2), SupervisionJson.Options)!, cancellationToken);
    }

    /// <summary>One aggregate, or null where there is none that the actor may see.</summary>
    public async ValueTask<T?> FindAsync<T>(string id, Visibility visibility, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        var parameters = new List<DbParameter> { _sql.Value("@id", id) };
        string text = $"SELECT a.body FROM {store.Aggregates[typeof(T)].Name} a WHERE a.id = @id{visibility.Condition(store, "a", parameters)}";
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        List<string> bodies = await reader.ReadAsync(new Statement(text, [.. parameters]), static r => r.GetString(0), cancellationToken);
        return bodies.Count == 0 ? null : JsonSerializer.Deserialize<T>(bodies[0], SupervisionJson.Options);
    }

    /// <summary>Instances that match and that the actor may see.</summary>
    /// <exception cref="FormatException">The page token was not given out by this service.</exception>
    public async ValueTask<Page<InstanceSummary>> InstancesAsync(InstanceFilter filter, Visibility visibility, PageRequest page, CancellationToken cancellationToken = default)
    {
        var parameters = new List<DbParameter>();
        var text = new StringBuilder("SELECT a.created_at, a.id, a.case_key, a.definition_id, a.definition_version_id, a.definition_version, a.status, a.sub_status, a.correlation_id, a.name, a.parent_instance_id, a.incident_count, a.updated_at, a.finished_at FROM workflow_instances a WHERE 1 = 1");
        Equal(text, parameters, "definition_id", filter.DefinitionId);
        Equal(text, parameters, "status", filter.Status);
        Equal(text, parameters, "correlation_id", filter.CorrelationId);
        Equal(text, parameters, "parent_instance_id", filter.ParentInstanceId);
        Equal(text, parameters, "case_key", filter.CaseKey);
        OneOf(text, parameters, "sub_status", filter.SubStatuses);
        OneOf(text, parameters, "id", filter.Ids);
        if (filter.HasIncidents is { } has)
            text.Append(has ? " AND a.incident_count > 0" : " AND a.incident_count = 0");
        text.Append(visibility.FamilyCondition(store, "a", parameters));
        return await PageAsync(text, parameters, page, static r => new InstanceSummary(
            r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), r.GetString(6), r.GetString(7), Text(r, 8), Text(r, 9), Text(r, 10), r.GetInt32(11),
            new DateTimeOffset(r.GetInt64(0), TimeSpan.Zero), new DateTimeOffset(r.GetInt64(12), TimeSpan.Zero), Time(r, 13)), cancellationToken);
    }

    /// <summary>Waits that match and whose family the actor may see.</summary>
    /// <exception cref="FormatException">The page token was not given out by this service.</exception>
    public async ValueTask<Page<OpenWait>> WaitsAsync(WaitFilter filter, Visibility visibility, PageRequest page, CancellationToken cancellationToken = default)
    {
        var parameters = new List<DbParameter>();
        var text = new StringBuilder("SELECT a.created_at, a.id, a.instance_id, a.case_key, a.activity_id, a.name, a.wait_name, a.wait_owner, a.due_at, a.attempts FROM bookmarks a WHERE 1 = 1");
        Equal(text, parameters, "instance_id", filter.InstanceId);
        Equal(text, parameters, "case_key", filter.CaseKey);
        OneOf(text, parameters, "wait_owner", filter.Owners);
        if (filter.NamedOnly)
            text.Append(" AND a.wait_name IS NOT NULL");
        if (filter.DueBefore is { } due)
        {
            text.Append(" AND a.due_at < @due_before");
            parameters.Add(_sql.Value("@due_before", due.UtcTicks));
        }
        text.Append(visibility.FamilyCondition(store, "a", parameters));
        return await PageAsync(text, parameters, page, static r => new OpenWait(
            r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), Text(r, 6), Text(r, 7), new DateTimeOffset(r.GetInt64(0), TimeSpan.Zero), Time(r, 8), r.GetInt32(9)), cancellationToken);
    }

    private async ValueTask<Page<T>> PageAsync<T>(StringBuilder text, List<DbParameter> parameters, PageRequest page, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        if (page.Position() is { } position)
        {
            string sign = page.NewestFirst ? "<" : ">";
            text.Append($" AND (a.created_at {sign} @p_at OR (a.created_at = @p_at AND a.id {sign} @p_id))");
            parameters.Add(_sql.Value("@p_at", position.Ticks));
            parameters.Add(_sql.Value("@p_id", position.Id));
        }
        text.Append(page.NewestFirst ? " ORDER BY a.created_at DESC, a.id DESC" : " ORDER BY a.created_at, a.id");
        parameters.Add(_sql.Value("@p_take", page.Limit + 1));
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        List<(T Item, long Ticks, string Id)> rows = await reader.ReadAsync(
            new Statement(_sql.Limit(text.ToString(), "@p_take"), [.. parameters]), r => (row(r), r.GetInt64(0), r.GetString(1)), cancellationToken);
        if (rows.Count <= page.Limit)
            return new Page<T>([.. rows.Select(r => r.Item)], null);
        rows.RemoveAt(page.Limit);
        return new Page<T>([.. rows.Select(r => r.Item)], PageRequest.TokenOf(rows[^1].Ticks, rows[^1].Id));
    }

    private void Equal(StringBuilder text, List<DbParameter> parameters, string column, string? value)
    {
        if (value is null)
            return;
        text.Append(" AND a.").Append(column).Append(" = @f_").Append(column);
        parameters.Add(_sql.Value("@f_" + column, value));
    }

    private void OneOf(StringBuilder text, List<DbParameter> parameters, string column, IReadOnlyList<string>? values)
    {
        if (values is null)
            return;
        text.Append(" AND ").Append(_sql.In("a." + column, $"@f_{column}s"));
        parameters.Add(_sql.List($"@f_{column}s", values));
    }

    private static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private static DateTimeOffset? Time(DbDataReader r, int column) => r.IsDBNull(column) ? null : new DateTimeOffset(r.GetInt64(column), TimeSpan.Zero);
}
