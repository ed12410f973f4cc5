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

/// <summary>What publishing a package brought.</summary>
public enum PackageOutcome
{
    /// <summary>Its content is what is published already.</summary>
    Unchanged,

    /// <summary>It is published as a new version.</summary>
    Published,

    /// <summary>It is kept as a draft, because the published version was edited by an analyst.</summary>
    Drafted,
}

/// <summary>Publishes packages: the row of the package and the definitions in it become one version in one commit.</summary>
public sealed class PackageStore
{
    private readonly StoreModel _store;
    private readonly IStimulusGate _gate;
    private readonly IBurstRunner _runner;

    internal PackageStore(StoreModel store, IStimulusGate gate, IBurstRunner runner)
    {
        _store = store;
        _gate = gate;
        _runner = runner;
    }

    /// <summary>Publishes a package that came from files, unless its content is published already or an analyst has edited what is.</summary>
    /// <param name="name">Code of the scenario.</param>
    /// <param name="hash">Hash over all its files.</param>
    /// <param name="files">Text by path.</param>
    /// <param name="definitions">Texts of the workflow definitions in it, each with its <c>definitionId</c>.</param>
    /// <param name="versionOf">Names the version of a definition that belongs to a package version.</param>
    /// <param name="force">Whether an analyst's edit is put aside.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="DefinitionFormatException">One of the texts is no definition.</exception>
    public async ValueTask<PackageOutcome> PublishAsync(
        string name, string hash, IReadOnlyDictionary<string, string> files, IReadOnlyList<string> definitions, Func<string, string, string> versionOf,
        bool force = false, CancellationToken cancellationToken = default)
    {
        WorkflowDefinition[] parsed = [.. definitions.Select(text => WorkflowDefinition.Parse(text))];
        return await _gate.CommandAsync($"package|{name}|{hash}|{force}", "package:" + name, Actor.Clock, async (session, token) =>
        {
            await using WorkflowsDbContext context = _store.CreateContext();
            List<PackageRow> versions = await context.Set<PackageRow>().AsNoTracking().Where(r => r.Name == name).OrderBy(r => r.Version).ToListAsync(token);
            PackageRow? published = versions.LastOrDefault(r => r.IsPublished);
            if (published?.Hash == hash || (versions.LastOrDefault() is { } newest && newest.Hash == hash && !force && published?.Source == "studio"))
                return PackageOutcome.Unchanged;
            string[] ids = [.. parsed.Select(d => d.DefinitionId)];
            List<WorkflowDefinitionRow> earlier = await context.Set<WorkflowDefinitionRow>().AsNoTracking().Where(r => ids.Contains(r.DefinitionId)).ToListAsync(token);
            bool publish = force || published is null || (published.Source == "files" && earlier.All(r => !r.IsPublished || r.Source == "files"));
            int version = (versions.LastOrDefault()?.Version ?? 0) + 1;
            var package = new PackageRow
            {
                VersionId = session.NewId(),
                Name = name,
                Version = version,
                Hash = hash,
                IsPublished = publish,
                Source = "files",
                CreatedAt = session.Now,
                Files = JsonSerializer.Serialize(files, StorageJson.Options),
            };
            var rows = (IRowSession)session;
            rows.Put(package.VersionId, package);
            if (publish && published is not null)
            {
                published.IsPublished = false;
                rows.Put(published.VersionId, published);
            }
            foreach (WorkflowDefinition definition in parsed)
                Put(session, definition, package, versionOf, [.. earlier.Where(r => r.DefinitionId == definition.DefinitionId)]);
            return publish ? PackageOutcome.Published : PackageOutcome.Drafted;
        }, cancellationToken: cancellationToken);
    }

    private void Put(ISupervisionSession session, WorkflowDefinition definition, PackageRow package, Func<string, string, string> versionOf, List<WorkflowDefinitionRow> earlier)
    {
        var rows = (IRowSession)session;
        int version = earlier.Count == 0 ? 1 : earlier.Max(r => r.Version) + 1;
        string versionId = versionOf(package.VersionId, definition.DefinitionId);
        JsonObject json = definition.ToJson();
        json["id"] = versionId;
        json["version"] = version;
        json["isLatest"] = true;
        json["isPublished"] = package.IsPublished;
        string text = json.ToJsonString(StorageJson.Options);
        var row = new WorkflowDefinitionRow
        {
            VersionId = versionId,
            DefinitionId = definition.DefinitionId,
            Version = version,
            Name = definition.Name ?? definition.DefinitionId,
            IsPublished = package.IsPublished,
            IsLatest = true,
            Hash = DefinitionStore.HashOf(text),
            PackageVersionId = package.VersionId,
            Source = "files",
            CreatedAt = session.Now,
            Json = text,
        };
        foreach (WorkflowDefinitionRow before in earlier.Where(r => r.IsLatest || (row.IsPublished && r.IsPublished)))
        {
            if (row.IsPublished && before.IsPublished)
            {
                foreach (TriggerRow trigger in _runner.Triggers(before))
                    rows.Remove<TriggerRow>(trigger.Id);
                foreach (ScheduleRow schedule in _runner.Schedules(before))
                    rows.Remove<ScheduleRow>(schedule.Id);
                before.IsPublished = false;
            }
            before.IsLatest = false;
            rows.Put(before.VersionId, before);
        }
        rows.Put(row.VersionId, row);
        if (!row.IsPublished)
            return;
        foreach (TriggerRow trigger in _runner.Triggers(row))
            rows.Put(trigger.Id, trigger);
        foreach (ScheduleRow schedule in _runner.Schedules(row))
            rows.Put(schedule.Id, schedule);
    }
}
