using System.Data.Common;
using Workflows.Engine.State;
using Workflows.Storage.Commit;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Queries.Instances;

/// <summary>Lists and single instances for people: lists from narrow columns in two statements, however long they are.</summary>
/// <param name="store">The store.</param>
public sealed class InstanceReader(StoreModel store)
{
    private const string Columns = "a.id, a.case_key, a.definition_id, a.definition_version_id, a.definition_version, a.status, a.sub_status, a.correlation_id, a.name, a.parent_instance_id, a.incident_count, a.created_at, a.updated_at, a.finished_at, a.revision";
    private const string Table = "workflow_instances";

    /// <summary>A page of the instances that match and that the viewer may see, and how many there are.</summary>
    public async ValueTask<CountedPage<InstanceHead>> PageAsync(
        InstanceSelection selection, FamilySight sight, InstanceOrder order, bool descending, Stretch stretch, CancellationToken cancellationToken = default)
    {
        string column = order switch
        {
            InstanceOrder.Updated => "updated_at",
            InstanceOrder.Finished => "finished_at",
            InstanceOrder.Name => "name",
            _ => "created_at",
        };
        string way = descending ? " DESC" : "";
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        long total = (await reader.ReadAsync(Where(selection, sight).Count(Table), static r => Convert.ToInt64(r.GetValue(0), null), cancellationToken))[0];
        List<InstanceHead> heads = stretch.Take == 0 || stretch.Skip >= total
            ? []
            : await reader.ReadAsync(Where(selection, sight).Select(Columns, Table, $"a.{column}{way}, a.id{way}", stretch), Head, cancellationToken);
        return new CountedPage<InstanceHead>(heads, total);
    }

    /// <summary>The instance, or null where there is none that the viewer may see.</summary>
    public async ValueTask<InstanceHead?> FindAsync(string id, FamilySight sight, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        List<InstanceHead> heads = await reader.ReadAsync(Where(new InstanceSelection { Ids = [id] }, sight).Select(Columns, Table), Head, cancellationToken);
        return heads.Count == 0 ? null : heads[0];
    }

    /// <summary>The instance with the engine's state, or null where there is none that the viewer may see.</summary>
    public async ValueTask<(InstanceHead Head, WorkflowState State)?> WithStateAsync(string id, FamilySight sight, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        var rows = await reader.ReadAsync(
            Where(new InstanceSelection { Ids = [id] }, sight).Select(Columns + ", a.state", Table), static r => (Head(r), r.GetString(15)), cancellationToken);
        return rows.Count == 0 ? null : (rows[0].Item1, WorkflowState.Deserialize(System.Text.Encoding.UTF8.GetBytes(rows[0].Item2)));
    }

    /// <summary>Ids of the instances that match and that the viewer may see, oldest first, at most <paramref name="limit"/>.</summary>
    public async ValueTask<IReadOnlyList<string>> IdsAsync(InstanceSelection selection, FamilySight sight, int limit, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(Where(selection, sight).Select("a.id", Table, "a.created_at, a.id", new Stretch(0, limit)), static r => r.GetString(0), cancellationToken);
    }

    /// <summary>The revisions of these instances, by id; those that are gone are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> RevisionsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        var rows = await reader.ReadAsync(
            new SqlConditions(store.Dialect).OneOf("id", ids).Select("a.id, a.revision", Table), static r => KeyValuePair.Create(r.GetString(0), r.GetInt64(1)), cancellationToken);
        return rows.ToDictionary();
    }

    internal static DateTimeOffset Time(DbDataReader r, int column) => new(r.GetInt64(column), TimeSpan.Zero);

    internal static string? Text(DbDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);

    private SqlConditions Where(InstanceSelection selection, FamilySight sight)
    {
        var conditions = new SqlConditions(store.Dialect)
            .OneOf("id", selection.Ids)
            .OneOf("definition_id", selection.DefinitionIds)
            .OneOf("definition_version_id", selection.DefinitionVersionIds)
            .Equal("definition_version", selection.Version)
            .OneOf("correlation_id", selection.CorrelationIds)
            .OneOf("parent_instance_id", selection.ParentIds)
            .OneOf("name", selection.Names)
            .OneOf("status", selection.Statuses)
            .OneOf("sub_status", selection.SubStatuses)
            .Contains(selection.SearchTerm, "id", "case_key", "definition_id", "correlation_id", "name");
        if (selection.HasIncidents is { } has)
            conditions.Compare("incident_count", has ? ">" : "=", 0);
        foreach (TimeCondition time in selection.Times)
            conditions.Compare(time.Column switch { InstanceTime.Updated => "updated_at", InstanceTime.Finished => "finished_at", _ => "created_at" }, SignOf(time.Comparison), time.At.UtcTicks);
        return sight.Bound(conditions, store);
    }

    private static string SignOf(TimeComparison comparison) => comparison switch
    {
        TimeComparison.Is => "=",
        TimeComparison.IsNot => "<>",
        TimeComparison.LessThan => "<",
        TimeComparison.GreaterThan => ">",
        TimeComparison.LessThanOrEqual => "<=",
        _ => ">=",
    };

    private static InstanceHead Head(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetInt32(4), r.GetString(5), r.GetString(6), Text(r, 7), Text(r, 8), Text(r, 9), r.GetInt32(10),
        Time(r, 11), Time(r, 12).AddTicks(r.GetInt64(14)), r.IsDBNull(13) ? null : Time(r, 13));
}
