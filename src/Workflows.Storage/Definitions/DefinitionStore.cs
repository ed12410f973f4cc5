using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Definitions;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Definitions;

/// <summary>Saves, publishes and retracts workflow definitions. Their triggers and schedules change in the same commit.</summary>
public sealed class DefinitionStore
{
    private readonly StoreModel _store;
    private readonly IStimulusGate _gate;
    private readonly IBurstRunner _runner;

    internal DefinitionStore(StoreModel store, IStimulusGate gate, IBurstRunner runner)
    {
        _store = store;
        _gate = gate;
        _runner = runner;
    }

    /// <summary>Lower-case hex SHA-256 of a definition's text; equal content has an equal hash.</summary>
    public static string HashOf(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));

    /// <summary>
    /// Saves a definition: over the latest draft, or as the next version when the latest is published. Saving the content of the latest
    /// version again changes nothing but, where asked, publishes it.
    /// </summary>
    /// <param name="json">Elsa 3 definition; its <c>definitionId</c> names it, its version and id are set here.</param>
    /// <param name="publish">Whether new instances shall start on it.</param>
    /// <param name="source"><c>files</c> or <c>studio</c>.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="packageVersionId">Package version that it belongs to, or null.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The row as saved.</returns>
    /// <exception cref="DefinitionFormatException">The text is no definition.</exception>
    public async ValueTask<WorkflowDefinitionRow> SaveAsync(string json, bool publish, string source, string key, Actor actor, string? packageVersionId = null, CancellationToken cancellationToken = default)
    {
        WorkflowDefinition definition = WorkflowDefinition.Parse(json);
        return await _gate.CommandAsync(key, "definition:" + definition.DefinitionId, actor, async (session, token) =>
        {
            await using WorkflowsDbContext context = _store.CreateContext();
            List<WorkflowDefinitionRow> versions = await context.Set<WorkflowDefinitionRow>().AsNoTracking().Where(r => r.DefinitionId == definition.DefinitionId).OrderBy(r => r.Version).ToListAsync(token);
            WorkflowDefinitionRow? latest = versions.LastOrDefault();
            int version = latest is null ? 1 : latest.IsPublished ? latest.Version + 1 : latest.Version;
            if (latest is not null && WithVersion(definition, latest.Version, latest.VersionId, latest.IsPublished) is var same && HashOf(same) == latest.Hash && (latest.IsPublished || !publish))
                return latest;
            string versionId = latest is { IsPublished: false } ? latest.VersionId : session.NewId();
            string text = WithVersion(definition, version, versionId, publish);
            var row = new WorkflowDefinitionRow
            {
                VersionId = versionId,
                DefinitionId = definition.DefinitionId,
                Version = version,
                Name = definition.Name ?? definition.DefinitionId,
                IsPublished = publish,
                IsLatest = true,
                Hash = HashOf(text),
                PackageVersionId = packageVersionId,
                Source = source,
                CreatedAt = session.Now,
                Json = text,
            };
            Replace(session, row, versions);
            return row;
        }, cancellationToken: cancellationToken);
    }

    /// <summary>Takes a definition back: no new instances start on it; running ones go on.</summary>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who retracts.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask RetractAsync(string definitionId, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await _gate.CommandAsync(key, "definition:" + definitionId, actor, async (session, token) =>
        {
            await using WorkflowsDbContext context = _store.CreateContext();
            List<WorkflowDefinitionRow> versions = await context.Set<WorkflowDefinitionRow>().AsNoTracking().Where(r => r.DefinitionId == definitionId && r.IsPublished).ToListAsync(token);
            var rows = (IRowSession)session;
            foreach (WorkflowDefinitionRow row in versions)
            {
                Withdraw(rows, row);
                row.IsPublished = false;
                rows.Put(row.VersionId, row);
            }
            return versions.Count;
        }, cancellationToken: cancellationToken);

    private void Replace(ISupervisionSession session, WorkflowDefinitionRow row, List<WorkflowDefinitionRow> versions)
    {
        var rows = (IRowSession)session;
        foreach (WorkflowDefinitionRow earlier in versions.Where(v => v.VersionId != row.VersionId && (v.IsLatest || (row.IsPublished && v.IsPublished))))
        {
            if (row.IsPublished && earlier.IsPublished)
            {
                Withdraw(rows, earlier);
                earlier.IsPublished = false;
            }
            earlier.IsLatest = false;
            rows.Put(earlier.VersionId, earlier);
        }
        rows.Put(row.VersionId, row);
        if (!row.IsPublished)
            return;
        foreach (TriggerRow trigger in _runner.Triggers(row))
            rows.Put(trigger.Id, trigger);
        foreach (ScheduleRow schedule in _runner.Schedules(row))
            rows.Put(schedule.Id, schedule);
    }

    private void Withdraw(IRowSession rows, WorkflowDefinitionRow row)
    {
        foreach (TriggerRow trigger in _runner.Triggers(row))
            rows.Remove<TriggerRow>(trigger.Id);
        foreach (ScheduleRow schedule in _runner.Schedules(row))
            rows.Remove<ScheduleRow>(schedule.Id);
    }

    private static string WithVersion(WorkflowDefinition definition, int version, string versionId, bool published)
    {
        JsonObject json = definition.ToJson();
        json["id"] = versionId;
        json["version"] = version;
        json["isLatest"] = true;
        json["isPublished"] = published;
        return json.ToJsonString(StorageJson.Options);
    }
}
