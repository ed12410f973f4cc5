using System.Globalization;
using System.Text.Json;
using Workflows.Engine.Definitions;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Definitions;

/// <summary>What publishing a package brought.</summary>
public enum PackageOutcome
{
    /// <summary>Its content is what is published already, or was taken over before.</summary>
    Unchanged,

    /// <summary>It is published as a new version.</summary>
    Published,

    /// <summary>It is kept as a draft, because the published version was edited by an analyst.</summary>
    Drafted,

    /// <summary>It is left alone, because an analyst has a draft open; it is looked at again once that is published or discarded.</summary>
    Held,
}

/// <summary>Publishes packages that come from files: the row of the package and the definitions in it become one version in one commit.</summary>
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

    /// <summary>
    /// Publishes a package that came from files, unless its content is published already or an analyst has edited what is. An analyst's
    /// draft is never covered by files but with <paramref name="force"/>, which puts it aside as an older version.
    /// </summary>
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
        return await _gate.CommandAsync($"package|{name}|{hash}|{force}", ChainOf(name), Actor.Clock, async (session, token) =>
        {
            var packages = new PackageVersionSet(_store, session);
            var versions = new DefinitionVersions(_store, _runner, session);
            List<PackageSummary> all = await packages.OfAsync(name, token);
            List<DefinitionSummary> earlier = await versions.OfAsync([.. parsed.Select(d => d.DefinitionId)], token);
            PackageSummary? published = all.LastOrDefault(p => p.IsPublished);
            PackageSummary? draft = PackageSummary.DraftOf(all);
            bool edited = draft is not null || published is { Source: "studio" } || (published is null && all.Count > 0) || earlier.Exists(d => d is { IsPublished: true, Source: "studio" });
            if (published?.Hash == hash && !(force && draft is not null))
                return PackageOutcome.Unchanged;
            if (edited && !force)
            {
                if (all.Exists(p => p.Hash == hash && p.Source == "files"))
                    return PackageOutcome.Unchanged;
                if (draft is not null)
                    return PackageOutcome.Held;
            }
            bool publish = force || !edited;
            var package = new PackageRow
            {
                VersionId = packages.NewId(all),
                Name = name,
                Version = (all.LastOrDefault()?.Version ?? 0) + 1,
                Hash = hash,
                IsPublished = publish,
                Source = "files",
                PublishedAt = publish ? session.Now : null,
                Files = JsonSerializer.Serialize(files, StorageJson.Options),
            };
            packages.Put(package);
            if (publish && published is not null)
                await packages.WithdrawAsync(published, token);
            foreach (WorkflowDefinition definition in parsed)
            {
                int version = earlier.Where(d => d.DefinitionId == definition.DefinitionId).Select(d => d.Version).DefaultIfEmpty().Max() + 1;
                await versions.PutAsync(versions.Make(definition, version, versionOf(package.VersionId, definition.DefinitionId), publish, "files", package.VersionId), earlier, token);
            }
            session.Audit(Fact(package, publish ? "package.published" : "package.saved", null));
            return publish ? PackageOutcome.Published : PackageOutcome.Drafted;
        }, cancellationToken: cancellationToken);
    }

    /// <summary>Family under whose lock a package changes, and chain of the audit trail that tells of it.</summary>
    internal static string ChainOf(string name) => "package:" + name;

    /// <summary>What the audit trail says of a change.</summary>
    /// <param name="package">The version.</param>
    /// <param name="kind">What was done.</param>
    /// <param name="part">Path or definition concerned, or null for the whole.</param>
    internal static AuditFact Fact(PackageRow package, string kind, string? part)
    {
        var data = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["versionId"] = package.VersionId,
            ["version"] = package.Version.ToString(CultureInfo.InvariantCulture),
            ["sha256"] = package.Hash,
        };
        if (part is not null)
            data["part"] = part;
        return new AuditFact(ChainOf(package.Name), kind, data);
    }
}
