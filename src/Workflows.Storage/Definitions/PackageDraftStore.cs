using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Definitions;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Definitions;

/// <summary>
/// The drafts of packages. The first change by an analyst opens the draft: the next version of the package with a draft of each of its
/// definitions, so that diagrams, scenario data and templates always belong together. It is published as a whole in one commit.
/// </summary>
public sealed class PackageDraftStore
{
    private readonly StoreModel _store;
    private readonly IStimulusGate _gate;
    private readonly IBurstRunner _runner;

    internal PackageDraftStore(StoreModel store, IStimulusGate gate, IBurstRunner runner)
    {
        _store = store;
        _gate = gate;
        _runner = runner;
    }

    /// <summary>A version of a package with its texts.</summary>
    /// <param name="versionId">Id of the package version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version; null where there is none.</returns>
    public async Task<PackageText?> ReadAsync(string versionId, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        PackageRow? row = await context.Set<PackageRow>().AsNoTracking().FirstOrDefaultAsync(p => p.VersionId == versionId, cancellationToken);
        return row is null ? null : PackageText.Of(row, await context.Set<WorkflowDefinitionRow>().AsNoTracking().Where(d => d.PackageVersionId == versionId).ToListAsync(cancellationToken));
    }

    /// <summary>All versions of all packages, or of one, without their files, by name and version.</summary>
    /// <param name="name">Code of the scenario; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<PackageSummary>> VersionsAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await context.Set<PackageRow>().AsNoTracking().Where(p => name == null || p.Name == name)
            .OrderBy(p => p.Name).ThenBy(p => p.Version).Select(PackageSummary.FromRow).ToListAsync(cancellationToken);
    }

    /// <summary>Who changed a version last, and when: its files, or one of its diagrams.</summary>
    /// <param name="package">The version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(string? SavedBy, DateTimeOffset ChangedAt)> LastChangeAsync(PackageSummary package, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        var last = await context.Set<WorkflowDefinitionRow>().AsNoTracking().Where(d => d.PackageVersionId == package.VersionId)
            .OrderByDescending(d => d.CreatedAt).Select(d => new { d.SavedBy, d.CreatedAt }).FirstOrDefaultAsync(cancellationToken);
        return last is not null && last.CreatedAt > package.CreatedAt ? (last.SavedBy, last.CreatedAt) : (package.SavedBy, package.CreatedAt);
    }

    /// <summary>Saves a diagram into the draft of its package, which it opens where there is none. Equal content changes nothing.</summary>
    /// <param name="name">Code of the scenario.</param>
    /// <param name="json">The definition.</param>
    /// <param name="versionOf">Names the version of a definition that belongs to a package version.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The definition as saved, or as it stood.</returns>
    /// <exception cref="DefinitionFormatException">The text is no definition.</exception>
    /// <exception cref="RuleViolationException">There is no such package.</exception>
    public async ValueTask<WorkflowDefinitionRow> SaveDefinitionAsync(
        string name, string json, Func<string, string, string> versionOf, string key, Actor actor, CancellationToken cancellationToken = default)
    {
        WorkflowDefinition definition = WorkflowDefinition.Parse(json);
        return await CommandAsync(name, key, actor, async (change, token) =>
        {
            DefinitionSummary? standing = change.Parts.Find(d => d.DefinitionId == definition.DefinitionId);
            if (standing is not null && change.Definitions.Make(definition, standing.Version, standing.VersionId, false, "studio", null).Hash == standing.Hash)
                return await change.Definitions.RowAsync(standing.VersionId, token);
            PackageRow draft = await change.OpenAsync(versionOf, token);
            List<DefinitionSummary> all = await change.Definitions.OfAsync([definition.DefinitionId], token);
            string versionId = versionOf(draft.VersionId, definition.DefinitionId);
            int version = all.Find(d => d.VersionId == versionId)?.Version ?? (all.LastOrDefault()?.Version ?? 0) + 1;
            WorkflowDefinitionRow row = change.Definitions.Make(definition, version, versionId, false, "studio", draft.VersionId);
            await change.Definitions.PutAsync(row, all, token);
            change.Audit(draft, "package.saved", definition.DefinitionId);
            return row;
        }, cancellationToken);
    }

    /// <summary>Saves or removes one file of the draft, which it opens where there is none. Equal content changes nothing.</summary>
    /// <param name="name">Code of the scenario.</param>
    /// <param name="path">Path of a file that is no diagram, such as <c>scenario.json</c>.</param>
    /// <param name="text">Its text; null removes it.</param>
    /// <param name="expectedHash">Hash of the text on which the change was made (<see cref="DefinitionStore.HashOf"/>); null for a file that was not there.</param>
    /// <param name="versionOf">Names the version of a definition that belongs to a package version.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The draft; the version that stood where nothing changed.</returns>
    /// <exception cref="RuleViolationException">There is no such package (NotFound), or somebody else has changed the file (Conflict, <c>file-changed</c>).</exception>
    public async ValueTask<PackageSummary> SaveFileAsync(
        string name, string path, string? text, string? expectedHash, Func<string, string, string> versionOf, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(name, key, actor, async (change, token) =>
        {
            PackageRow standing = await change.Packages.RowAsync(change.Standing.VersionId, token);
            string? before = FilesOf(standing).GetValueOrDefault(path);
            if (before == text)
                return PackageSummary.Of(standing);
            if ((before is null ? null : DefinitionStore.HashOf(before)) != expectedHash)
                throw new RuleViolationException(RefusalKind.Conflict, "file-changed", path, $"“{path}”已被他人修改：请重新打开后再保存，以免覆盖他人的内容。");
            PackageRow draft = await change.OpenAsync(versionOf, token);
            Dictionary<string, string> files = FilesOf(draft);
            if (text is null)
                files.Remove(path);
            else
                files[path] = text;
            draft.Files = Serialize(files);
            draft.Source = "studio";
            change.Packages.Put(draft);
            change.Audit(draft, "package.saved", path);
            return PackageSummary.Of(draft);
        }, cancellationToken);

    /// <summary>Publishes the draft, or a version that was taken back, as the one version of all its parts.</summary>
    /// <param name="looked">What was looked at and found sound.</param>
    /// <param name="hash">Hash over its files.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The published version; null when something has changed meanwhile: nothing is published.</returns>
    public async ValueTask<PackageSummary?> PublishAsync(PackageText looked, string hash, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(looked.Package.Name, key, actor, async (change, token) =>
        {
            if (change.Latest.VersionId != looked.Package.VersionId)
                return null;
            if (change.Latest.IsPublished)
                return change.Latest;
            PackageRow row = await change.Packages.RowAsync(change.Latest.VersionId, token);
            List<DefinitionSummary> parts = await change.Definitions.OfPackageAsync(row.VersionId, token);
            if (PackageText.FingerprintOf(row, parts) != looked.Fingerprint)
                return null;
            foreach (PackageSummary published in change.All.Where(p => p.IsPublished))
                await change.Packages.WithdrawAsync(published, token);
            List<DefinitionSummary> all = await change.Definitions.OfAsync([.. parts.Select(p => p.DefinitionId)], token);
            foreach (DefinitionSummary part in parts)
            {
                WorkflowDefinitionRow stored = await change.Definitions.RowAsync(part.VersionId, token);
                await change.Definitions.PutAsync(
                    change.Definitions.Make(WorkflowDefinition.Parse(stored.Json), stored.Version, stored.VersionId, true, stored.Source, row.VersionId, stored.PublishedAt), all, token);
            }
            row.Files = Serialize(looked.Files);
            row.Hash = hash;
            row.IsPublished = true;
            row.PublishedAt ??= change.Now;
            change.Packages.Put(row);
            change.Audit(row, "package.published", null);
            return PackageSummary.Of(row);
        }, cancellationToken);

    /// <summary>Takes the published version back with all its definitions: no new plans begin on it; running cases go on.</summary>
    /// <param name="name">Code of the scenario.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who retracts.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether anything was published.</returns>
    public async ValueTask<bool> RetractAsync(string name, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(name, key, actor, async (change, token) =>
        {
            if (change.All.LastOrDefault(p => p.IsPublished) is not { } published)
                return false;
            foreach (DefinitionSummary part in (await change.Definitions.OfPackageAsync(published.VersionId, token)).Where(d => d.IsPublished))
                await change.Definitions.RetractAsync(part.VersionId, token);
            await change.Packages.WithdrawAsync(published, token);
            change.Audit(await change.Packages.RowAsync(published.VersionId, token), "package.retracted", null);
            return true;
        }, cancellationToken);

    /// <summary>Discards the draft; what was the latest before it is so again. A scenario that was never published is gone.</summary>
    /// <param name="name">Code of the scenario.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who discards.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>Whether there was a draft.</returns>
    /// <exception cref="RuleViolationException">Instances of the draft still run; nothing has changed.</exception>
    public async ValueTask<bool> DiscardAsync(string name, string key, Actor actor, CancellationToken cancellationToken = default) =>
        await CommandAsync(name, key, actor, async (change, token) =>
        {
            if (PackageSummary.DraftOf(change.All) is not { } draft)
                return false;
            List<DefinitionSummary> parts = await change.Definitions.OfPackageAsync(draft.VersionId, token);
            Dictionary<string, int> live = await change.Definitions.LiveAsync([.. parts.Select(p => p.DefinitionId)], token);
            DefinitionStore.RefuseLive(parts.Sum(p => live.GetValueOrDefault(p.VersionId)), name);
            PackageRow row = await change.Packages.RowAsync(draft.VersionId, token);
            List<DefinitionSummary> all = await change.Definitions.OfAsync([.. parts.Select(p => p.DefinitionId)], token);
            foreach (DefinitionSummary part in parts)
            {
                await change.Definitions.RemoveAsync(part.VersionId, token);
                if (all.LastOrDefault(d => d.DefinitionId == part.DefinitionId && d.VersionId != part.VersionId && d.DeletedAt is null) is { } before)
                    await change.Definitions.MakeLatestAsync(before.VersionId, token);
            }
            change.Packages.Remove(draft.VersionId);
            change.Audit(row, "package.discarded", null);
            return true;
        }, cancellationToken);

    /// <summary>Creates a new package as a draft.</summary>
    /// <param name="name">Code of the scenario.</param>
    /// <param name="hash">Hash over its files.</param>
    /// <param name="files">Text by path.</param>
    /// <param name="definitions">Texts of the definitions in it.</param>
    /// <param name="versionOf">Names the version of a definition that belongs to a package version.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who creates.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="RuleViolationException">The name or one of the definition ids is taken (Conflict, <c>scenario-exists</c>).</exception>
    public async ValueTask<PackageSummary> CreateAsync(
        string name, string hash, IReadOnlyDictionary<string, string> files, IReadOnlyList<string> definitions, Func<string, string, string> versionOf,
        string key, Actor actor, CancellationToken cancellationToken = default)
    {
        WorkflowDefinition[] parsed = [.. definitions.Select(text => WorkflowDefinition.Parse(text))];
        return await _gate.CommandAsync(key, PackageStore.ChainOf(name), actor, async (session, token) =>
        {
            var packages = new PackageVersionSet(_store, session);
            var versions = new DefinitionVersions(_store, _runner, session);
            List<PackageSummary> all = await packages.OfAsync(name, token);
            List<DefinitionSummary> earlier = await versions.OfAsync([.. parsed.Select(d => d.DefinitionId)], token);
            if (all.Count > 0 || earlier.Exists(d => d.DeletedAt is null))
                throw new RuleViolationException(RefusalKind.Conflict, "scenario-exists", "code", $"场景编码“{name}”或其流程编号已被使用：请换一个编码。");
            var row = new PackageRow { VersionId = packages.NewId(all), Name = name, Version = 1, Hash = hash, Source = "studio", Files = JsonSerializer.Serialize(files, StorageJson.Options) };
            packages.Put(row);
            foreach (WorkflowDefinition definition in parsed)
            {
                int version = earlier.Where(d => d.DefinitionId == definition.DefinitionId).Select(d => d.Version).DefaultIfEmpty().Max() + 1;
                await versions.PutAsync(versions.Make(definition, version, versionOf(row.VersionId, definition.DefinitionId), false, "studio", row.VersionId), earlier, token);
            }
            session.Audit(PackageStore.Fact(row, "package.created", null));
            return PackageSummary.Of(row);
        }, cancellationToken: cancellationToken);
    }

    private static Dictionary<string, string> FilesOf(PackageRow row) => JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files, StorageJson.Options)!;

    private static string Serialize(IReadOnlyDictionary<string, string> files) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(files.ToDictionary(), StringComparer.Ordinal), StorageJson.Options);

    private ValueTask<T> CommandAsync<T>(string name, string key, Actor actor, Func<Change, CancellationToken, ValueTask<T>> command, CancellationToken cancellationToken) =>
        _gate.CommandAsync(key, PackageStore.ChainOf(name), actor, async (session, token) => await command(await Change.ReadAsync(_store, _runner, session, name, token), token), cancellationToken: cancellationToken);

    /// <summary>One change of a package under way.</summary>
    private sealed class Change
    {
        private readonly ISupervisionSession _session;

        private Change(StoreModel store, IBurstRunner runner, ISupervisionSession session)
        {
            _session = session;
            Packages = new PackageVersionSet(store, session);
            Definitions = new DefinitionVersions(store, runner, session);
        }

        public PackageVersionSet Packages { get; }

        public DefinitionVersions Definitions { get; }

        public DateTimeOffset Now => _session.Now;

        /// <summary>All versions, oldest first; never empty.</summary>
        public List<PackageSummary> All { get; private set; } = [];

        public PackageSummary Latest => All[^1];

        /// <summary>What an analyst sees: the draft, else what is published, else what was last.</summary>
        public PackageSummary Standing => PackageSummary.DraftOf(All) ?? All.LastOrDefault(p => p.IsPublished) ?? Latest;

        /// <summary>The definitions of <see cref="Standing"/>.</summary>
        public List<DefinitionSummary> Parts { get; private set; } = [];

        public static async ValueTask<Change> ReadAsync(StoreModel store, IBurstRunner runner, ISupervisionSession session, string name, CancellationToken cancellationToken)
        {
            var change = new Change(store, runner, session);
            change.All = await change.Packages.OfAsync(name, cancellationToken);
            if (change.All.Count == 0)
                throw new RuleViolationException(RefusalKind.NotFound, "scenario-unknown", "code", $"没有场景“{name}”：请从场景列表中选择。");
            change.Parts = await change.Definitions.OfPackageAsync(change.Standing.VersionId, cancellationToken);
            return change;
        }

        /// <summary>The draft; where there is none it is opened with everything that stands.</summary>
        public async ValueTask<PackageRow> OpenAsync(Func<string, string, string> versionOf, CancellationToken cancellationToken)
        {
            PackageRow row = await Packages.RowAsync(Standing.VersionId, cancellationToken);
            if (row.PublishedAt is null)
            {
                if (row.Source == "studio")
                    return row;
                row.Source = "studio";
                Packages.Put(row);
                return row;
            }
            row.VersionId = Packages.NewId(All);
            row.Version = Latest.Version + 1;
            row.IsPublished = false;
            row.PublishedAt = null;
            row.Source = "studio";
            Packages.Put(row);
            List<DefinitionSummary> all = await Definitions.OfAsync([.. Parts.Select(p => p.DefinitionId)], cancellationToken);
            foreach (DefinitionSummary part in Parts)
            {
                WorkflowDefinitionRow stored = await Definitions.RowAsync(part.VersionId, cancellationToken);
                int version = all.Where(d => d.DefinitionId == part.DefinitionId).Max(d => d.Version) + 1;
                await Definitions.PutAsync(
                    Definitions.Make(WorkflowDefinition.Parse(stored.Json), version, versionOf(row.VersionId, part.DefinitionId), false, "studio", row.VersionId), all, cancellationToken);
            }
            return row;
        }

        public void Audit(PackageRow package, string kind, string? part) => _session.Audit(PackageStore.Fact(package, kind, part));
    }
}
