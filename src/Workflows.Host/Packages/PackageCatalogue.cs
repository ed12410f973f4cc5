using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Activities.Planning;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Leads;
using Workflows.Supervision.LegalBases;
using Workflows.Supervision.Scenarios;

namespace Workflows.Host.Packages;

/// <summary>The packages, read once for each version that was ever published: such a version never changes.</summary>
internal sealed class PackageCatalogue(IServiceScopeFactory scopes) : IScenarioCatalogue, IDocumentTemplates, IPublishedScenarios, ILeadFlows
{
    private readonly ConcurrentDictionary<string, Loaded> _versions = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    async ValueTask<ScenarioPackage?> IScenarioCatalogue.FindAsync(string packageVersionId, CancellationToken cancellationToken) =>
        (await LoadAsync(packageVersionId, cancellationToken))?.Package;

    /// <inheritdoc/>
    async ValueTask<DocumentTemplateSet?> IDocumentTemplates.FindAsync(string packageVersionId, CancellationToken cancellationToken) =>
        (await LoadAsync(packageVersionId, cancellationToken))?.Templates;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Scenario>> AllAsync(CancellationToken cancellationToken = default)
    {
        var scenarios = new List<Scenario>();
        foreach (var row in await PublishedAsync(cancellationToken))
        {
            if (await LoadAsync(row.VersionId, cancellationToken) is { } loaded)
                scenarios.Add(loaded.Package.Scenario);
        }

        return scenarios;
    }

    /// <summary>The published version of each package without its files, by name.</summary>
    public async ValueTask<IReadOnlyList<PackageHead>> PublishedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<PackageRow>().AsNoTracking()
            .Where(row => row.IsPublished).OrderBy(row => row.Name)
            .Select(row => new PackageHead(row.VersionId, row.Name, row.Version, row.Hash, row.Source, row.CreatedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Logical id of the definition in <c>plan.json</c> of a package version; null when there is none.</summary>
    public async ValueTask<string?> PlanDefinitionAsync(string versionId, CancellationToken cancellationToken) =>
        (await LoadAsync(versionId, cancellationToken))?.PlanDefinitionId;

    /// <summary>Logical id of the definition in <c>case.json</c> of a package version; null when there is none.</summary>
    public async ValueTask<string?> CaseDefinitionAsync(string versionId, CancellationToken cancellationToken) =>
        (await LoadAsync(versionId, cancellationToken))?.CaseDefinitionId;

    /// <inheritdoc/>
    ValueTask<LeadFlow?> ILeadFlows.FindAsync(string scenario, CancellationToken cancellationToken) => FlowAsync(scenario, loaded => loaded.LeadDefinitionId, cancellationToken);

    /// <inheritdoc/>
    ValueTask<LeadFlow?> ILeadFlows.FindPlanAsync(string scenario, CancellationToken cancellationToken) => FlowAsync(scenario, loaded => loaded.PlanDefinitionId, cancellationToken);

    /// <inheritdoc/>
    ValueTask<LeadFlow?> ILeadFlows.FindProjectAsync(string scenario, CancellationToken cancellationToken) => FlowAsync(scenario, loaded => loaded.ProjectDefinitionId, cancellationToken);

    private async ValueTask<LeadFlow?> FlowAsync(string scenario, Func<Loaded, string?> definitionOf, CancellationToken cancellationToken) =>
        (await PublishedAsync(cancellationToken)).FirstOrDefault(head => head.Name == scenario) is { } head && await LoadAsync(head.VersionId, cancellationToken) is { } loaded && definitionOf(loaded) is { } definition
            ? new LeadFlow(head.VersionId, PackageVersions.DefinitionVersion(head.VersionId, definition))
            : null;

    /// <summary>Reads scenario data and law of a package that is to be published.</summary>
    /// <returns>The package, or every problem that keeps it from being used.</returns>
    public static (ScenarioPackage? Package, IReadOnlyList<ScenarioProblem> Problems) Read(PackageFiles files) => Read(files, ScenarioReader.Read(Bytes(files, "scenario.json")));

    private static (ScenarioPackage? Package, IReadOnlyList<ScenarioProblem> Problems) Read(PackageFiles files, ScenarioReading scenario)
    {
        var law = LegalCatalogueReader.Read(Bytes(files, "legal-bases.json"));
        return scenario.Scenario is { } read && law.Catalogue is { } catalogue
            ? (new ScenarioPackage(read, catalogue), [])
            : (null, [.. scenario.Problems, .. law.Problems]);
    }

    private static ReadOnlyMemory<byte> Bytes(PackageFiles files, string path) => Encoding.UTF8.GetBytes(files.Texts.GetValueOrDefault(path, ""));

    private async ValueTask<Loaded?> LoadAsync(string versionId, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(versionId, out var known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<PackageRow>().AsNoTracking()
            .Where(candidate => candidate.VersionId == versionId).Select(candidate => new { candidate.Name, candidate.Files, candidate.PublishedAt }).FirstOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        var files = new PackageFiles(row.Name, JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files, StorageJson.Options)!);
        if (Read(files, ScenarioReader.ReadPublished(Bytes(files, "scenario.json"))).Package is not { } package)
            return null;
        var loaded = new Loaded(package, files.TemplateSet(), DefinitionId(files, "plan.json"), DefinitionId(files, "case.json"), DefinitionId(files, "lead.json"), DefinitionId(files, "project.json"));
        // A draft, which only the sample district runs, changes under its id.
        return row.PublishedAt is null ? loaded : _versions.GetOrAdd(versionId, loaded);
    }

    private static string? DefinitionId(PackageFiles files, string path) =>
        files.Texts.TryGetValue(path, out var text) && JsonNode.Parse(text) is JsonObject diagram ? diagram["definitionId"]?.GetValue<string>() : null;

    private sealed record Loaded(ScenarioPackage Package, DocumentTemplateSet Templates, string? PlanDefinitionId, string? CaseDefinitionId, string? LeadDefinitionId, string? ProjectDefinitionId);
}

/// <summary>A published package version.</summary>
internal sealed record PackageHead(string VersionId, string Name, int Version, string Hash, string Source, DateTimeOffset PublishedAt);
