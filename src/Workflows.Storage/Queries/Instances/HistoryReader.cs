using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Queries.Instances;

/// <summary>Which entries of a journal are meant; all given members must hold.</summary>
public sealed record JournalSelection
{
    /// <summary>Of one of these activities.</summary>
    public IReadOnlyList<string>? ActivityIds { get; init; }

    /// <summary>At one of these places of the diagram.</summary>
    public IReadOnlyList<string>? ActivityNodeIds { get; init; }

    /// <summary>Not of these types.</summary>
    public IReadOnlyList<string>? ExcludedActivityTypes { get; init; }

    /// <summary>One of these events.</summary>
    public IReadOnlyList<string>? EventNames { get; init; }
}

/// <summary>Which executions of an instance are meant; all given members must hold.</summary>
public sealed record ExecutionSelection
{
    /// <summary>Of this activity.</summary>
    public string? ActivityId { get; init; }

    /// <summary>At one of these places of the diagram.</summary>
    public IReadOnlyList<string>? ActivityNodeIds { get; init; }

    /// <summary>Only those that have ended, or have not.</summary>
    public bool? Completed { get; init; }
}

/// <summary>An execution by its narrow columns.</summary>
public sealed record ExecutionHead(
    string Id, string InstanceId, string ActivityId, string ActivityNodeId, string ActivityType, int ActivityTypeVersion, string? ActivityName, string Status,
    DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, bool HasBookmarks, int FaultCount, string? ParentId);

/// <summary>What became of the executions at one place of the diagram.</summary>
public sealed record NodeReport(string ActivityId, string ActivityNodeId, long Started, long Completed, long Uncompleted, bool IsBlocked, bool IsFaulted, long FaultCount);

/// <summary>Journal and executions of one instance. The caller has made sure that the instance may be seen.</summary>
/// <param name="store">The store.</param>
public sealed class HistoryReader(StoreModel store)
{
    private const string Executions = "activity_executions";
    private const string Columns = "a.id, a.instance_id, a.activity_id, a.activity_node_id, a.activity_type, a.activity_type_version, a.activity_name, a.status, a.started_at, a.completed_at, a.has_bookmarks, a.fault_count, a.parent_id";

    /// <summary>A stretch of the journal, in order, and how many entries match.</summary>
    public async ValueTask<CountedPage<JournalRecord>> JournalAsync(string instanceId, JournalSelection selection, Stretch stretch, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        long total = (await reader.ReadAsync(Where(instanceId, selection).Count("journal"), static r => Convert.ToInt64(r.GetValue(0), null), cancellationToken))[0];
        List<JournalRecord> entries = await reader.ReadAsync(Where(instanceId, selection).Select(
            "a.sequence, a.timestamp, a.event_name, a.activity_instance_id, a.parent_activity_instance_id, a.activity_id, a.activity_type, a.activity_type_version, a.activity_name, a.activity_node_id, a.message, a.payload",
            "journal", "a.sequence", stretch), Entry, cancellationToken);
        return new CountedPage<JournalRecord>(entries, total);
    }

    /// <summary>The last entry with one of these events of an activity, or null.</summary>
    public async ValueTask<JournalRecord?> LastEntryAsync(string instanceId, string activityId, IReadOnlyList<string> events, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        List<JournalRecord> entries = await reader.ReadAsync(Where(instanceId, new JournalSelection { ActivityIds = [activityId], EventNames = events }).Select(
            "a.sequence, a.timestamp, a.event_name, a.activity_instance_id, a.parent_activity_instance_id, a.activity_id, a.activity_type, a.activity_type_version, a.activity_name, a.activity_node_id, a.message, a.payload",
            "journal", "a.sequence DESC", new Stretch(0, 1)), Entry, cancellationToken);
        return entries.Count == 0 ? null : entries[0];
    }

    /// <summary>Executions without what they read and wrote, in order of their beginning.</summary>
    public async ValueTask<IReadOnlyList<ExecutionHead>> HeadsAsync(string instanceId, ExecutionSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(Where(instanceId, selection).Select(Columns, Executions, "a.started_at, a.id", new Stretch(0, limit)), Head, cancellationToken);
    }

    /// <summary>Whole executions, in order of their beginning.</summary>
    public async ValueTask<IReadOnlyList<(ExecutionHead Head, ActivityExecutionRecord Record)>> RecordsAsync(
        string instanceId, ExecutionSelection selection, int limit, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(Where(instanceId, selection).Select(Columns + ", a.body", Executions, "a.started_at, a.id", new Stretch(0, limit)), Record, cancellationToken);
    }

    /// <summary>Whole executions with these ids, in order of their beginning.</summary>
    public async ValueTask<IReadOnlyList<(ExecutionHead Head, ActivityExecutionRecord Record)>> RecordsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return await reader.ReadAsync(new SqlConditions(store.Dialect).OneOf("id", ids).Select(Columns + ", a.body", Executions, "a.started_at, a.id"), Record, cancellationToken);
    }

    /// <summary>The parent of each execution that has one.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string>> ParentsAsync(string instanceId, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        var rows = await reader.ReadAsync(
            Where(instanceId, new ExecutionSelection()).Raw(" AND a.parent_id IS NOT NULL").Select("a.id, a.parent_id", Executions),
            static r => KeyValuePair.Create(r.GetString(0), r.GetString(1)), cancellationToken);
        return rows.ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Number of executions that match.</summary>
    public async ValueTask<long> CountAsync(string instanceId, ExecutionSelection selection, CancellationToken cancellationToken = default)
    {
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        return (await reader.ReadAsync(Where(instanceId, selection).Count(Executions), static r => Convert.ToInt64(r.GetValue(0), null), cancellationToken))[0];
    }

    /// <summary>What became of the executions at each of these places; null for all places.</summary>
    public async ValueTask<IReadOnlyList<NodeReport>> ReportAsync(string instanceId, IReadOnlyList<string>? nodeIds, CancellationToken cancellationToken = default)
    {
        const string columns = "a.activity_id, a.activity_node_id, COUNT(*), SUM(CASE WHEN a.status = 'Completed' THEN 1 ELSE 0 END), SUM(CASE WHEN a.completed_at IS NULL THEN 1 ELSE 0 END), SUM(CASE WHEN a.status = 'Running' AND a.has_bookmarks = @yes THEN 1 ELSE 0 END), SUM(CASE WHEN a.status = 'Faulted' THEN 1 ELSE 0 END), SUM(a.fault_count)";
        await using StoreConnection reader = await store.Provider.OpenReaderAsync(cancellationToken);
        SqlConditions where = Where(instanceId, new ExecutionSelection { ActivityNodeIds = nodeIds });
        where.Parameters.Add(store.Dialect.Value("@yes", true));
        return await reader.ReadAsync(where.Grouped(columns, Executions, "a.activity_id, a.activity_node_id", "a.activity_node_id"), static r => new NodeReport(
            r.GetString(0), r.GetString(1), Number(r, 2), Number(r, 3), Number(r, 4), Number(r, 5) > 0, Number(r, 6) > 0, Number(r, 7)), cancellationToken);
    }

    private SqlConditions Where(string instanceId, JournalSelection selection) => new SqlConditions(store.Dialect)
        .Equal("instance_id", instanceId)
        .OneOf("activity_id", selection.ActivityIds)
        .OneOf("activity_node_id", selection.ActivityNodeIds)
        .OneOf("activity_type", selection.ExcludedActivityTypes, not: true)
        .OneOf("event_name", selection.EventNames);

    private SqlConditions Where(string instanceId, ExecutionSelection selection)
    {
        SqlConditions where = new SqlConditions(store.Dialect)
            .Equal("instance_id", instanceId)
            .Equal("activity_id", selection.ActivityId)
            .OneOf("activity_node_id", selection.ActivityNodeIds);
        return selection.Completed switch
        {
            true => where.Raw(" AND a.completed_at IS NOT NULL"),
            false => where.Raw(" AND a.completed_at IS NULL"),
            null => where,
        };
    }

    private static long Number(DbDataReader r, int column) => Convert.ToInt64(r.GetValue(column), null);

    private static ExecutionHead Head(DbDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetInt32(5), InstanceReader.Text(r, 6), r.GetString(7),
        InstanceReader.Time(r, 8), r.IsDBNull(9) ? null : InstanceReader.Time(r, 9), r.GetBoolean(10), r.GetInt32(11), InstanceReader.Text(r, 12));

    private static (ExecutionHead Head, ActivityExecutionRecord Record) Record(DbDataReader r) =>
        (Head(r), JsonSerializer.Deserialize<ActivityExecutionRecord>(r.GetString(13), StorageJson.Options)!);

    private static JournalRecord Entry(DbDataReader r) => new()
    {
        Sequence = r.GetInt64(0),
        Timestamp = InstanceReader.Time(r, 1),
        EventName = r.GetString(2),
        ActivityInstanceId = r.GetString(3),
        ParentActivityInstanceId = InstanceReader.Text(r, 4),
        ActivityId = r.GetString(5),
        ActivityType = r.GetString(6),
        ActivityTypeVersion = r.GetInt32(7),
        ActivityName = InstanceReader.Text(r, 8),
        ActivityNodeId = r.GetString(9),
        Message = InstanceReader.Text(r, 10),
        Payload = InstanceReader.Text(r, 11) is { } payload ? JsonNode.Parse(payload) : null,
    };
}
