using System.Collections.Concurrent;
using Workflows.Engine.Bursts;
using Workflows.Storage.Commit;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Definitions;

/// <summary>
/// Which definitions are published and what triggers them, kept in memory. A commit that changes definitions, and the word of
/// another node, make it stale; the next batch reads the narrow columns again and loads a definition's JSON when it is needed.
/// </summary>
internal sealed class DefinitionCatalog(StoreModel store, IDefinitionWatcher? watcher = null)
{
    private const string Columns = "version_id, definition_id, version, name, is_published, is_latest, hash, package_version_id, source, created_at, json";

    private readonly ConcurrentDictionary<string, WorkflowDefinitionRow> _byVersion = new(StringComparer.Ordinal);
    private Heads _heads = Heads.None;
    private volatile bool _stale = true;
    private volatile bool _warm;

    public void Invalidate() => _stale = true;

    /// <summary>A commit of this node changed definitions.</summary>
    public void Committed()
    {
        Invalidate();
        watcher?.DefinitionsChanged();
    }

    public async ValueTask RefreshAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        if (!_stale)
            return;
        _stale = false;
        var versions = await connection.ReadAsync(
            new Statement("SELECT version_id, definition_id, version, is_published, is_latest FROM workflow_definitions", []),
            static r => (VersionId: r.GetString(0), DefinitionId: r.GetString(1), Version: r.GetInt32(2), Published: r.GetBoolean(3), Latest: r.GetBoolean(4)),
            cancellationToken);
        List<TriggerRow> triggers = await connection.ReadAsync(
            new Statement("SELECT id, definition_id, definition_version_id, activity_id, name, hash FROM triggers ORDER BY id", []),
            static r => new TriggerRow { Id = r.GetString(0), DefinitionId = r.GetString(1), DefinitionVersionId = r.GetString(2), ActivityId = r.GetString(3), Name = r.GetString(4), Hash = r.GetString(5) },
            cancellationToken);
        // A draft keeps its version id while its content changes.
        _byVersion.Clear();
        _warm = false;
        _heads = new Heads(
            versions.Where(v => v.Published).GroupBy(v => v.DefinitionId).ToDictionary(g => g.Key, g => g.MaxBy(v => v.Version).VersionId),
            versions.ToDictionary(v => (v.DefinitionId, v.Version), v => v.VersionId),
            triggers.ToLookup(t => t.Hash));
    }

    public IEnumerable<TriggerRow> TriggeredBy(string hash) => _heads.Triggers[hash];

    public async ValueTask<WorkflowDefinitionRow?> FindAsync(WorkflowReference reference, StoreConnection connection, CancellationToken cancellationToken) =>
        VersionOf(reference) is { } version ? await LoadAsync(version, connection, cancellationToken) : null;

    /// <summary>A definition that is already in memory, for workflows used as activities; null where it is not.</summary>
    public WorkflowDefinitionRow? InMemory(WorkflowReference reference) =>
        VersionOf(reference) is { } version && _byVersion.TryGetValue(version, out WorkflowDefinitionRow? row) ? row : null;

    /// <summary>Loads all published definitions, so that <see cref="InMemory"/> finds them.</summary>
    public async ValueTask WarmAsync(StoreConnection connection, CancellationToken cancellationToken)
    {
        if (_warm)
            return;
        _warm = true;
        foreach (string version in _heads.Published.Values)
            await LoadAsync(version, connection, cancellationToken);
    }

    private string? VersionOf(WorkflowReference reference) =>
        reference.VersionId
        ?? (reference is { DefinitionId: { } definition, Version: { } number } ? _heads.Versions.GetValueOrDefault((definition, number))
            : reference.DefinitionId is { } published ? _heads.Published.GetValueOrDefault(published)
            : null);

    private async ValueTask<WorkflowDefinitionRow?> LoadAsync(string versionId, StoreConnection connection, CancellationToken cancellationToken)
    {
        if (_byVersion.TryGetValue(versionId, out WorkflowDefinitionRow? known))
            return known;
        List<WorkflowDefinitionRow> rows = await connection.ReadAsync(
            new Statement($"SELECT {Columns} FROM workflow_definitions WHERE version_id = @id", [store.Dialect.Value("@id", versionId)]),
            static r => new WorkflowDefinitionRow
            {
                VersionId = r.GetString(0),
                DefinitionId = r.GetString(1),
                Version = r.GetInt32(2),
                Name = r.GetString(3),
                IsPublished = r.GetBoolean(4),
                IsLatest = r.GetBoolean(5),
                Hash = r.GetString(6),
                PackageVersionId = r.IsDBNull(7) ? null : r.GetString(7),
                Source = r.GetString(8),
                CreatedAt = new DateTimeOffset(r.GetInt64(9), TimeSpan.Zero),
                Json = r.GetString(10),
            },
            cancellationToken);
        return rows.Count == 0 ? null : _byVersion.GetOrAdd(versionId, rows[0]);
    }

    private sealed record Heads(Dictionary<string, string> Published, Dictionary<(string, int), string> Versions, ILookup<string, TriggerRow> Triggers)
    {
        public static readonly Heads None = new([], [], Array.Empty<TriggerRow>().ToLookup(t => t.Hash));
    }
}
