using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Definitions;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Definitions;

/// <summary>
/// The versions of definitions as one command reads and changes them. It reads the database and what the batch has changed before it,
/// so that two commands of one batch see each other.
/// </summary>
internal sealed class DefinitionVersions(StoreModel store, IBurstRunner runner, ISupervisionSession session)
{
    private readonly IRowSession _rows = (IRowSession)session;

    /// <summary>All versions of these definitions without their JSON, oldest first.</summary>
    public async ValueTask<List<DefinitionSummary>> OfAsync(IReadOnlyCollection<string> definitionIds, CancellationToken cancellationToken)
    {
        await using WorkflowsDbContext context = store.CreateContext();
        List<DefinitionSummary> stored = await context.Set<WorkflowDefinitionRow>().AsNoTracking()
            .Where(row => definitionIds.Contains(row.DefinitionId)).Select(DefinitionSummary.FromRow).ToListAsync(cancellationToken);
        return Merge(stored, row => definitionIds.Contains(row.DefinitionId));
    }

    /// <summary>The definitions of a package version without their JSON, by id.</summary>
    public async ValueTask<List<DefinitionSummary>> OfPackageAsync(string packageVersionId, CancellationToken cancellationToken)
    {
        await using WorkflowsDbContext context = store.CreateContext();
        List<DefinitionSummary> stored = await context.Set<WorkflowDefinitionRow>().AsNoTracking()
            .Where(row => row.PackageVersionId == packageVersionId).Select(DefinitionSummary.FromRow).ToListAsync(cancellationToken);
        return [.. Merge(stored, row => row.PackageVersionId == packageVersionId).OrderBy(row => row.DefinitionId, StringComparer.Ordinal)];
    }

    /// <summary>A version with its JSON.</summary>
    public async ValueTask<WorkflowDefinitionRow> RowAsync(string versionId, CancellationToken cancellationToken)
    {
        if (_rows.Pending<WorkflowDefinitionRow>().TryGetValue(versionId, out WorkflowDefinitionRow? pending) && pending is not null)
            return pending;
        await using WorkflowsDbContext context = store.CreateContext();
        return await context.Set<WorkflowDefinitionRow>().AsNoTracking().SingleAsync(row => row.VersionId == versionId, cancellationToken);
    }

    /// <summary>An id that none of these versions has: a stimulus that is sent again after others has the ids of its first time.</summary>
    public string NewId(IReadOnlyCollection<DefinitionSummary> versions)
    {
        string id = session.NewId();
        while (versions.Any(v => v.VersionId == id))
            id = session.NewId();
        return id;
    }

    /// <summary>A new or changed version as a row. The flags of publication stand in its columns only, so that publishing does not change its hash.</summary>
    public WorkflowDefinitionRow Make(WorkflowDefinition definition, int version, string versionId, bool published, string source, string? packageVersionId, DateTimeOffset? publishedAt = null)
    {
        JsonObject json = definition.ToJson();
        foreach (string derived in new[] { "isLatest", "isPublished", "links", "createdAt" })
            json.Remove(derived);
        json["id"] = versionId;
        json["version"] = version;
        string text = json.ToJsonString(StorageJson.Options);
        return new WorkflowDefinitionRow
        {
            VersionId = versionId,
            DefinitionId = definition.DefinitionId,
            Version = version,
            Name = string.IsNullOrWhiteSpace(definition.Name) ? definition.DefinitionId : definition.Name,
            Description = definition.Description,
            IsPublished = published,
            IsLatest = true,
            IsReadonly = json["isReadonly"] is JsonValue flag && flag.TryGetValue(out bool isReadonly) && isReadonly,
            UsableAsActivity = definition.UsableAsActivity,
            Hash = DefinitionStore.HashOf(text),
            PackageVersionId = packageVersionId,
            Source = source,
            CreatedAt = session.Now,
            SavedBy = session.Actor.Name,
            PublishedAt = publishedAt ?? (published ? session.Now : null),
            Json = text,
        };
    }

    /// <summary>Puts a version in place: it becomes the latest and, where it is published, the one that new instances start on.</summary>
    /// <param name="row">The version.</param>
    /// <param name="versions">All versions of its definition.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask PutAsync(WorkflowDefinitionRow row, IEnumerable<DefinitionSummary> versions, CancellationToken cancellationToken)
    {
        foreach (DefinitionSummary earlier in versions.Where(v => v.DefinitionId == row.DefinitionId && v.VersionId != row.VersionId && (v.IsLatest || (row.IsPublished && v.IsPublished))))
        {
            WorkflowDefinitionRow before = Copy(await RowAsync(earlier.VersionId, cancellationToken));
            if (row.IsPublished && before.IsPublished)
                Withdraw(before);
            before.IsLatest = false;
            _rows.Put(before.VersionId, before);
        }
        _rows.Put(row.VersionId, row);
        if (!row.IsPublished)
            return;
        foreach (TriggerRow trigger in runner.Triggers(row))
            _rows.Put(trigger.Id, trigger);
        foreach (ScheduleRow schedule in runner.Schedules(row))
            _rows.Put(schedule.Id, schedule);
    }

    /// <summary>Takes a published version back.</summary>
    public async ValueTask RetractAsync(string versionId, CancellationToken cancellationToken)
    {
        WorkflowDefinitionRow row = Copy(await RowAsync(versionId, cancellationToken));
        Withdraw(row);
        _rows.Put(row.VersionId, row);
    }

    /// <summary>Removes a version; one that instances ran on is kept out of sight, so that their history stays readable.</summary>
    /// <param name="versionId">The version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask RemoveAsync(string versionId, CancellationToken cancellationToken)
    {
        WorkflowDefinitionRow row = Copy(await RowAsync(versionId, cancellationToken));
        if (row.IsPublished)
            Withdraw(row);
        await using WorkflowsDbContext context = store.CreateContext();
        if (!await context.Set<WorkflowInstanceRow>().AnyAsync(i => i.DefinitionId == row.DefinitionId && i.DefinitionVersionId == versionId, cancellationToken))
        {
            _rows.Remove<WorkflowDefinitionRow>(versionId);
            return;
        }
        row.IsLatest = false;
        row.DeletedAt = session.Now;
        _rows.Put(versionId, row);
    }

    /// <summary>Makes a version the latest again, after newer ones have gone.</summary>
    public async ValueTask MakeLatestAsync(string versionId, CancellationToken cancellationToken)
    {
        WorkflowDefinitionRow row = Copy(await RowAsync(versionId, cancellationToken));
        row.IsLatest = true;
        _rows.Put(versionId, row);
    }

    /// <summary>Counts the instances that still run, by version.</summary>
    public async ValueTask<Dictionary<string, int>> LiveAsync(IReadOnlyCollection<string> definitionIds, CancellationToken cancellationToken)
    {
        await using WorkflowsDbContext context = store.CreateContext();
        return await context.Set<WorkflowInstanceRow>().Where(i => definitionIds.Contains(i.DefinitionId) && i.Status == "Running")
            .GroupBy(i => i.DefinitionVersionId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }

    private void Withdraw(WorkflowDefinitionRow row)
    {
        foreach (TriggerRow trigger in runner.Triggers(row))
            _rows.Remove<TriggerRow>(trigger.Id);
        foreach (ScheduleRow schedule in runner.Schedules(row))
            _rows.Remove<ScheduleRow>(schedule.Id);
        row.IsPublished = false;
    }

    private List<DefinitionSummary> Merge(List<DefinitionSummary> stored, Func<WorkflowDefinitionRow, bool> wanted)
    {
        IReadOnlyDictionary<string, WorkflowDefinitionRow?> pending = _rows.Pending<WorkflowDefinitionRow>();
        return
        [
            .. stored.Where(row => !pending.ContainsKey(row.VersionId))
                .Concat(pending.Values.OfType<WorkflowDefinitionRow>().Where(wanted).Select(DefinitionSummary.Of)).OrderBy(row => row.Version),
        ];
    }

    // A row of the batch belongs to the stimulus that put it; a later one changes a copy, which can be taken back alone.
    private static WorkflowDefinitionRow Copy(WorkflowDefinitionRow row) => new()
    {
        VersionId = row.VersionId,
        DefinitionId = row.DefinitionId,
        Version = row.Version,
        Name = row.Name,
        Description = row.Description,
        IsPublished = row.IsPublished,
        IsLatest = row.IsLatest,
        IsReadonly = row.IsReadonly,
        UsableAsActivity = row.UsableAsActivity,
        Hash = row.Hash,
        PackageVersionId = row.PackageVersionId,
        Source = row.Source,
        CreatedAt = row.CreatedAt,
        SavedBy = row.SavedBy,
        PublishedAt = row.PublishedAt,
        DeletedAt = row.DeletedAt,
        Json = row.Json,
    };
}
