using System.Data.Common;
using System.Text.Json;
using Workflows.Engine.Bursts;
using Workflows.Storage.Alterations;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>What a stimulus is aimed at: one family, and the waits of its instances.</summary>
internal sealed class WorkTarget
{
    public string CaseKey { get; set; } = "";

    public string? InstanceId { get; set; }

    public List<(string InstanceId, string BookmarkId, string CaseKey)> Waits { get; } = [];
}

/// <summary>One attempt at a batch: its transaction, what it has read and locked, and what its stimuli have changed so far.</summary>
internal sealed class BatchScope(StoreModel store, DefinitionCatalog catalog, FamilyCache families, StoreConnection connection, SortedSet<string> lockedSeries)
{
    private const string InstanceColumns = "id, case_key, definition_id, definition_version_id, definition_version, status, sub_status, correlation_id, name, parent_instance_id, report_bookmark_id, incident_count, created_at, updated_at, finished_at, revision, state";

    private readonly SqlDialect _sql = store.Dialect;
    private readonly Dictionary<string, WorkflowInstanceRow?> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), IdempotencyRow> _answers = [];
    private readonly Dictionary<WorkItem, WorkTarget> _targets = [];
    private readonly HashSet<string> _cancelledParents = new(StringComparer.Ordinal);

    public StoreConnection Connection => connection;

    public BatchReads Reads { get; } = new(store, connection, lockedSeries);

    public BatchChanges Accepted { get; } = new();

    public WorkTarget TargetOf(WorkItem item) => _targets[item];

    /// <summary>Finds family and instance of stimuli that name a bookmark, an instance or a family.</summary>
    public async ValueTask ResolveAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        string[] bookmarks = [.. items.Select(i => BookmarkOf(i.Stimulus)).OfType<string>().Where(b => families.TargetOf(b) is null).Distinct()];
        if (bookmarks.Length > 0)
        {
            var rows = await connection.ReadAsync(
                new Statement($"SELECT id, instance_id, case_key FROM bookmarks WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", bookmarks)]),
                static r => (Id: r.GetString(0), InstanceId: r.GetString(1), CaseKey: r.GetString(2)), cancellationToken);
            rows.ForEach(r => families.Bookmark(r.Id, r.InstanceId, r.CaseKey));
        }
        string[] instances = [.. items.Select(i => InstanceNamedBy(i.Stimulus)).OfType<string>().Where(i => families.CaseKeyOf(i) is null).Distinct()];
        if (instances.Length > 0)
        {
            var rows = await connection.ReadAsync(
                new Statement($"SELECT id, case_key FROM workflow_instances WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", instances)]),
                static r => (Id: r.GetString(0), CaseKey: r.GetString(1)), cancellationToken);
            rows.ForEach(r => families.Instance(r.Id, r.CaseKey));
        }
        foreach (WorkItem item in items)
            _targets[item] = Target(item);
    }

    /// <summary>Finds the waits that signals meet, and locks their families; a signal whose families cannot all be had is deferred.</summary>
    public async ValueTask MatchAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        WorkItem[] signals = [.. items.Where(i => i.Stimulus is SignalWorkflows)];
        if (signals.Length == 0)
            return;
        string[] hashes = [.. signals.Select(i => HashOf((SignalWorkflows)i.Stimulus)).Distinct()];
        bool keyed = signals.All(i => ((SignalWorkflows)i.Stimulus).CaseKey is not null);
        string condition = keyed ? " AND " + _sql.In("case_key", "@cases") : "";
        var parameters = new List<DbParameter> { _sql.List("@keys", hashes) };
        if (keyed)
            parameters.Add(_sql.List("@cases", [.. signals.Select(i => _targets[i].CaseKey).Distinct()]));
        var found = await connection.ReadAsync(
            new Statement($"SELECT id, instance_id, case_key, correlation_id, hash FROM bookmarks WHERE {_sql.In("hash", "@keys")}{condition} ORDER BY created_at, id", [.. parameters]),
            static r => (Id: r.GetString(0), InstanceId: r.GetString(1), CaseKey: r.GetString(2), CorrelationId: r.IsDBNull(3) ? null : r.GetString(3), Hash: r.GetString(4)), cancellationToken);
        foreach (WorkItem item in signals)
        {
            var signal = (SignalWorkflows)item.Stimulus;
            WorkTarget target = _targets[item];
            string hash = HashOf(signal);
            foreach (var wait in found.Where(w => w.Hash == hash
                && (signal.CaseKey is null || w.CaseKey == target.CaseKey)
                && (signal.InstanceId is null || w.InstanceId == signal.InstanceId)
                && (signal.CorrelationId is null || w.CorrelationId == signal.CorrelationId)))
                target.Waits.Add((wait.InstanceId, wait.Id, wait.CaseKey));
            string[] missing = [.. target.Waits.Select(w => w.CaseKey).Distinct().Where(k => !Reads.Holds(k))];
            if ((await Reads.TryLockAsync(missing, cancellationToken)).Count > 0)
            {
                item.Deferred = true;
                item.FurtherKeys.UnionWith(missing);
            }
        }
    }

    /// <summary>
    /// Finds which parents of the children that are to start were cancelled. It is read under the locks of the parents' families; a start whose parent's
    /// family another node holds is deferred.
    /// </summary>
    public async ValueTask ParentsAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        (WorkItem Item, string Parent)[] starts = [.. items.Where(i => !i.Deferred).Select(i => (i, (i.Stimulus as StartWorkflow)?.ParentInstanceId)).Where(s => s.ParentInstanceId is not null).Select(s => (s.i, s.ParentInstanceId!))];
        if (starts.Length == 0)
            return;
        string[] ids = [.. starts.Select(s => s.Parent).Distinct()];
        var families = (await connection.ReadAsync(
            new Statement($"SELECT id, case_key FROM workflow_instances WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", ids)]),
            static r => (Id: r.GetString(0), CaseKey: r.GetString(1)), cancellationToken)).ToDictionary(p => p.Id, p => p.CaseKey, StringComparer.Ordinal);
        HashSet<string> busy = [.. await Reads.TryLockAsync([.. families.Values.Distinct().Where(k => !Reads.Holds(k))], cancellationToken)];
        foreach ((WorkItem item, string parent) in starts)
        {
            if (families.TryGetValue(parent, out string? key) && busy.Contains(key))
            {
                item.Deferred = true;
                item.FurtherKeys.Add(key);
            }
        }
        // Only now, under the locks, does it stand still.
        _cancelledParents.UnionWith(await connection.ReadAsync(
            new Statement($"SELECT id FROM workflow_instances WHERE sub_status = 'Cancelled' AND {_sql.In("id", "@keys")}", [_sql.List("@keys", ids)]),
            static r => r.GetString(0), cancellationToken));
    }

    /// <summary>Whether the parent of a starting child was cancelled, in the database or by what this batch has done so far.</summary>
    public bool IsCancelled(string parentId, BatchChanges own) =>
        (own.Instances.GetValueOrDefault(parentId) ?? Accepted.Instances.GetValueOrDefault(parentId)) is { } now ? FamilyTree.IsCancelled(now) : _cancelledParents.Contains(parentId);

    /// <summary>Running children of an instance with their families, those that this batch has started included.</summary>
    public async ValueTask<IReadOnlyList<(string Id, string CaseKey)>> RunningChildrenAsync(string parentId, BatchChanges own, CancellationToken cancellationToken)
    {
        var children = (await connection.ReadAsync(
            new Statement("SELECT id, case_key FROM workflow_instances WHERE parent_instance_id = @id AND status = 'Running'", [_sql.Value("@id", parentId)]),
            static r => (Id: r.GetString(0), CaseKey: r.GetString(1)), cancellationToken)).ToDictionary(c => c.Id, c => c.CaseKey, StringComparer.Ordinal);
        foreach (WorkflowInstanceRow row in Accepted.Instances.Values.Concat(own.Instances.Values).Where(r => r.ParentInstanceId == parentId))
        {
            children.Remove(row.Id);
            if (row.Status == "Running")
                children[row.Id] = row.CaseKey;
        }
        return [.. children.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => (c.Key, c.Value))];
    }

    /// <summary>Loads the states of all instances that the stimuli may touch, with one query.</summary>
    public async ValueTask LoadAsync(IReadOnlyList<WorkItem> items, CancellationToken cancellationToken)
    {
        string[] ids = [.. items.SelectMany(i => _targets[i].Waits.Select(w => w.InstanceId).Append(_targets[i].InstanceId).OfType<string>()).Distinct().Where(id => !_instances.ContainsKey(id))];
        if (ids.Length > 0)
        {
            foreach (string id in ids)
                _instances[id] = null;
            List<WorkflowInstanceRow> rows = await connection.ReadAsync(
                new Statement($"SELECT {InstanceColumns} FROM workflow_instances WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", ids)]), Instance, cancellationToken);
            foreach (WorkflowInstanceRow row in rows)
                _instances[row.Id] = row;
        }
        IdempotencyKey[] keys = [.. items.Select(i => i.Stimulus.Idempotency).OfType<IdempotencyKey>()];
        if (keys.Length == 0)
            return;
        List<IdempotencyRow> answers = await connection.ReadAsync(
            new Statement($"SELECT scope, \"key\", body_hash, answer FROM idempotency WHERE {_sql.In("\"key\"", "@keys")}", [_sql.List("@keys", [.. keys.Select(k => k.Key)])]),
            static r => new IdempotencyRow { Scope = r.GetString(0), Key = r.GetString(1), BodyHash = r.GetString(2), Answer = r.IsDBNull(3) ? null : r.GetString(3) }, cancellationToken);
        foreach (IdempotencyRow row in answers)
            _answers[(row.Scope, row.Key)] = row;
    }

    public WorkflowInstanceRow? InstanceOf(string id, BatchChanges own) =>
        own.Instances.TryGetValue(id, out WorkflowInstanceRow? mine) ? mine
        : Accepted.Instances.TryGetValue(id, out WorkflowInstanceRow? accepted) ? accepted
        : _instances.GetValueOrDefault(id);

    public IdempotencyRow? AnswerOf(IdempotencyKey key) =>
        _answers.TryGetValue((key.Scope, key.Key), out IdempotencyRow? row) ? row
        : Accepted.Answers.Find(a => a.Scope == key.Scope && a.Key == key.Key);

    public ValueTask<WorkflowDefinitionRow?> DefinitionAsync(WorkflowReference reference, CancellationToken cancellationToken) =>
        catalog.FindAsync(reference, connection, cancellationToken);

    public IEnumerable<TriggerRow> TriggeredBy(string hash) => catalog.TriggeredBy(hash);

    public async ValueTask<string> CaseKeyOfInstanceAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (families.CaseKeyOf(instanceId) is { } known)
            return known;
        List<string> keys = await connection.ReadAsync(
            new Statement("SELECT case_key FROM workflow_instances WHERE id = @id", [_sql.Value("@id", instanceId)]), static r => r.GetString(0), cancellationToken);
        return keys.Count == 0 ? instanceId : keys[0];
    }

    /// <summary>Whether a family is about a case or plan.</summary>
    public ValueTask<bool> HasMatterAsync(string caseKey, CancellationToken cancellationToken)
    {
        string[] tables = [.. store.Aggregates.Tables.Where(t => t.IsMatter).Select(t => $"SELECT id FROM {t.Name} WHERE case_key = @key")];
        return AnyAsync(string.Join(" UNION ALL ", tables), [_sql.Value("@key", caseKey)], cancellationToken);
    }

    /// <summary>Whether one of these executions or bookmarks is there.</summary>
    public async ValueTask<bool> HasExecutionsAsync(IReadOnlyCollection<string> executions, IReadOnlyCollection<string> bookmarks, CancellationToken cancellationToken) =>
        await AnyAsync($"SELECT id FROM activity_executions WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", executions)], cancellationToken)
        || await AnyAsync($"SELECT id FROM bookmarks WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", bookmarks)], cancellationToken);

    /// <summary>Id of the version of a definition that belongs to a package version, or null.</summary>
    public async ValueTask<string?> VersionInPackageAsync(string definitionId, string packageVersionId, CancellationToken cancellationToken) => (await connection.ReadAsync(
        new Statement("SELECT version_id FROM workflow_definitions WHERE definition_id = @definition AND package_version_id = @package", [_sql.Value("@definition", definitionId), _sql.Value("@package", packageVersionId)]),
        static r => r.GetString(0), cancellationToken)).FirstOrDefault();

    /// <summary>Deletes an instance with all that belongs to it alone.</summary>
    public IEnumerable<Statement> DeletionOf(string instanceId) =>
    [
        _sql.Delete("bookmarks", "instance_id", new[] { instanceId }),
        _sql.Delete("journal", "instance_id", new[] { instanceId }),
        _sql.Delete("activity_executions", "instance_id", new[] { instanceId }),
        _sql.Delete("workflow_instances", "id", new[] { instanceId }),
    ];

    public static string HashOf(SignalWorkflows signal) => StimulusHash.Of(signal.Name, signal.Payload);

    private WorkTarget Target(WorkItem item)
    {
        switch (item.Stimulus)
        {
            case StartWorkflow start:
                string id = start.InstanceId ?? new IdSource(start.Key + "|instance").Next();
                return new WorkTarget { InstanceId = id, CaseKey = start.CaseKey ?? id };
            case CancelInstance cancel:
                return OfInstance(cancel.InstanceId);
            case RetryIncident retry:
                return OfInstance(retry.InstanceId);
            case AlterInstance alter:
                return OfInstance(alter.InstanceId);
            case DeleteInstance delete:
                return OfInstance(delete.InstanceId);
            case ImportInstance import:
                return OfInstance(import.InstanceId);
            case WakeDue wake:
                return new WorkTarget { CaseKey = families.CaseKeyOf(wake.Wake.CaseKey) ?? wake.Wake.CaseKey };
            case DomainCommand command:
                return new WorkTarget { CaseKey = families.CaseKeyOf(command.CaseKey) ?? command.CaseKey };
            case SignalWorkflows signal:
                string? named = signal.CaseKey ?? signal.InstanceId;
                return new WorkTarget { CaseKey = named is null ? "" : families.CaseKeyOf(named) ?? named };
            default:
                var target = new WorkTarget();
                if (BookmarkOf(item.Stimulus) is { } bookmark && families.TargetOf(bookmark) is { } wait)
                {
                    target.CaseKey = wait.CaseKey;
                    target.InstanceId = wait.InstanceId;
                    target.Waits.Add((wait.InstanceId, bookmark, wait.CaseKey));
                }
                return target;
        }
    }

    private async ValueTask<bool> AnyAsync(string query, DbParameter[] parameters, CancellationToken cancellationToken) =>
        query.Length > 0 && (await connection.ReadAsync(new Statement(query, parameters), static r => r.GetString(0), cancellationToken)).Count > 0;

    private WorkTarget OfInstance(string id) => new() { InstanceId = id, CaseKey = families.CaseKeyOf(id) ?? id };

    private static string? BookmarkOf(Stimulus stimulus) => stimulus switch
    {
        ResumeBookmark resume => resume.BookmarkId,
        TimerDue timer => timer.BookmarkId,
        Outbox.OutboxResult delivered => delivered.BookmarkId,
        _ => null,
    };

    private static string? InstanceNamedBy(Stimulus stimulus) => stimulus switch
    {
        CancelInstance cancel => cancel.InstanceId,
        RetryIncident retry => retry.InstanceId,
        AlterInstance alter => alter.InstanceId,
        DeleteInstance delete => delete.InstanceId,
        DomainCommand command => command.CaseKey,
        WakeDue wake => wake.Wake.CaseKey,
        SignalWorkflows signal => signal.CaseKey ?? signal.InstanceId,
        _ => null,
    };

    private static WorkflowInstanceRow Instance(DbDataReader r) => new()
    {
        Id = r.GetString(0),
        CaseKey = r.GetString(1),
        DefinitionId = r.GetString(2),
        DefinitionVersionId = r.GetString(3),
        DefinitionVersion = r.GetInt32(4),
        Status = r.GetString(5),
        SubStatus = r.GetString(6),
        CorrelationId = r.IsDBNull(7) ? null : r.GetString(7),
        Name = r.IsDBNull(8) ? null : r.GetString(8),
        ParentInstanceId = r.IsDBNull(9) ? null : r.GetString(9),
        ReportBookmarkId = r.IsDBNull(10) ? null : r.GetString(10),
        IncidentCount = r.GetInt32(11),
        CreatedAt = new DateTimeOffset(r.GetInt64(12), TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(r.GetInt64(13), TimeSpan.Zero),
        FinishedAt = r.IsDBNull(14) ? null : new DateTimeOffset(r.GetInt64(14), TimeSpan.Zero),
        // The revision that a successor is built on.
        Revision = r.GetInt64(15) + 1,
        BaseRevision = r.GetInt64(15),
        State = r.GetString(16),
    };
}
