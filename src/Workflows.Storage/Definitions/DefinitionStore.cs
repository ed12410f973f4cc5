using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Engine.Definitions;
using Workflows.Storage.Commit;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Definitions;

/// <summary>
/// Saves, publishes, retracts and deletes workflow definitions that belong to no package. Their triggers and schedules change in the
/// same commit, and the audit trail says who did it.
/// </summary>
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
    /// Saves a definition: over the latest draft, or as the next version when the latest was ever published. Saving the content of the
    /// latest version again changes nothing but, where asked, publishes it.
    /// </summary>
    /// <param name="json">Elsa 3 definition; its <c>definitionId</c> names it, its version and id are set here.</param>
    /// <param name="publish">Whether new instances shall start on it.</param>
    /// <param name="source"><c>files</c> or <c>studio</c>.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The row as saved.</returns>
    /// <exception cref="DefinitionFormatException">The text is no definition.</exception>
    public async ValueTask<WorkflowDefinitionRow> SaveAsync(string json, bool publish, string source, string key, Actor actor, CancellationToken cancellationToken = default)
    {
        WorkflowDefinition definition = WorkflowDefinition.Parse(json);
        return await CommandAsync(definition.DefinitionId, key, actor, async (versions, session, token) =>
        {
            List<DefinitionSummary> all = await versions.OfAsync([definition.DefinitionId], token);
            DefinitionSummary? latest = all.LastOrDefault(v => v.DeletedAt is null);
            if (latest is not null && versions.Make(definition, latest.Version, latest.VersionId, latest.IsPublished, source, null).Hash == latest.Hash)
                return publish && !latest.IsPublished ? await PublishAsync(versions, session, latest, all, token) : await versions.RowAsync(latest.VersionId, token);
            WorkflowDefinitionRow row = latest is { IsDraft: true }
                ? versions.Make(definition, latest.Version, latest.VersionId, publish, source, null)
                : versions.Make(definition, (all.LastOrDefault()?.Version ?? 0) + 1, versions.NewId(all), publish, source, null);
            await versions.PutAsync(row, all, token);
            Audit(session, row, publish ? "definition.published" : "definition.saved");
            return row;
        }, cancellationToken);
    }

    /// <summary>Publishes the latest version as it stands; one that is published already stays as it is.</summary>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="hash">Hash of the content that was looked at.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The published row; null when the content is another by now, or there is none: nothing has changed.</returns>
    public async ValueTask<WorkflowDefinitionRow?> PublishAsync(string definitionId, string hash, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(definitionId, key, actor, async (versions, session, token) =>
        {
            List<DefinitionSummary> all = await versions.OfAsync([definitionId], token);
            return all.LastOrDefault(v => v.DeletedAt is null) is not { } latest || latest.Hash != hash ? null
                : latest.IsPublished ? await versions.RowAsync(latest.VersionId, token)
                : await PublishAsync(versions, session, latest, all, token);
        }, cancellationToken);

    /// <summary>Takes a definition back: no new instances start on it; running ones go on.</summary>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who retracts.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was anything published.</returns>
    public async ValueTask<bool> RetractAsync(string definitionId, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(definitionId, key, actor, async (versions, session, token) =>
        {
            DefinitionSummary[] published = [.. (await versions.OfAsync([definitionId], token)).Where(v => v.IsPublished)];
            foreach (DefinitionSummary version in published)
            {
                await versions.RetractAsync(version.VersionId, token);
                session.Audit(Fact(definitionId, "definition.retracted", version.VersionId, version.Version, version.Hash));
            }
            return published.Length > 0;
        }, cancellationToken);

    /// <summary>Deletes a definition with all its versions.</summary>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who deletes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="RuleViolationException">It belongs to a package, or instances still run on it; nothing has changed.</exception>
    public async ValueTask<bool> DeleteAsync(string definitionId, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(definitionId, key, actor, async (versions, session, token) =>
        {
            DefinitionSummary[] all = [.. (await versions.OfAsync([definitionId], token)).Where(v => v.DeletedAt is null)];
            if (all.Length == 0)
                return false;
            RefusePackage(all);
            RefuseLive((await versions.LiveAsync([definitionId], token)).Values.Sum(), all[^1].Name);
            foreach (DefinitionSummary version in all)
                await versions.RemoveAsync(version.VersionId, token);
            session.Audit(Fact(definitionId, "definition.deleted", all[^1].VersionId, all[^1].Version, all[^1].Hash));
            return true;
        }, cancellationToken);

    /// <summary>Deletes one version; the newest of the others becomes the latest.</summary>
    /// <param name="definitionId">Logical id.</param>
    /// <param name="versionId">Id of the version.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who deletes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="RuleViolationException">It belongs to a package, or instances still run on it; nothing has changed.</exception>
    public async ValueTask<bool> DeleteVersionAsync(string definitionId, string versionId, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(definitionId, key, actor, async (versions, session, token) =>
        {
            DefinitionSummary[] all = [.. (await versions.OfAsync([definitionId], token)).Where(v => v.DeletedAt is null)];
            if (Array.Find(all, v => v.VersionId == versionId) is not { } version)
                return false;
            RefusePackage([version]);
            RefuseLive((await versions.LiveAsync([definitionId], token)).GetValueOrDefault(versionId), version.Name);
            await versions.RemoveAsync(versionId, token);
            if (version.IsLatest && all.LastOrDefault(v => v.VersionId != versionId) is { } before)
                await versions.MakeLatestAsync(before.VersionId, token);
            session.Audit(Fact(definitionId, "definition.deleted", versionId, version.Version, version.Hash));
            return true;
        }, cancellationToken);

    /// <summary>Refuses while instances run.</summary>
    internal static void RefuseLive(int live, string name)
    {
        if (live > 0)
            throw new RuleViolationException(RefusalKind.Conflict, "definition-in-use", "definitionId", $"“{name}”还有 {live} 个实例在运行，不能删除：请先办结或取消这些实例，或者改为撤回发布。");
    }

    private static void RefusePackage(IEnumerable<DefinitionSummary> versions)
    {
        if (versions.FirstOrDefault(v => v.PackageVersionId is not null) is { } part)
            throw new RuleViolationException(RefusalKind.Conflict, "definition-of-package", "definitionId", $"“{part.Name}”是场景的一部分，不能单独删除：请撤回整个场景，或者放弃场景的草稿。");
    }

    private static async ValueTask<WorkflowDefinitionRow> PublishAsync(DefinitionVersions versions, ISupervisionSession session, DefinitionSummary latest, List<DefinitionSummary> all, CancellationToken cancellationToken)
    {
        WorkflowDefinitionRow stored = await versions.RowAsync(latest.VersionId, cancellationToken);
        WorkflowDefinitionRow row = versions.Make(WorkflowDefinition.Parse(stored.Json), stored.Version, stored.VersionId, true, stored.Source, stored.PackageVersionId, stored.PublishedAt);
        await versions.PutAsync(row, all, cancellationToken);
        Audit(session, row, "definition.published");
        return row;
    }

    private static void Audit(ISupervisionSession session, WorkflowDefinitionRow row, string kind) => session.Audit(Fact(row.DefinitionId, kind, row.VersionId, row.Version, row.Hash));

    private static AuditFact Fact(string definitionId, string kind, string versionId, int version, string hash) => new(Chain(definitionId), kind, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["versionId"] = versionId,
        ["version"] = version.ToString(CultureInfo.InvariantCulture),
        ["sha256"] = hash,
    });

    private static string Chain(string definitionId) => "definition:" + definitionId;

    private ValueTask<T> CommandAsync<T>(string definitionId, string key, Actor actor, Func<DefinitionVersions, ISupervisionSession, CancellationToken, ValueTask<T>> command, CancellationToken cancellationToken) =>
        _gate.CommandAsync(key, Chain(definitionId), actor, (session, token) => command(new DefinitionVersions(_store, _runner, session), session, token), cancellationToken: cancellationToken);
}
