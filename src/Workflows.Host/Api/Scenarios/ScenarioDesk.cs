using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Host.Elsa.Differences;
using Workflows.Host.Packages;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>Scenarios as analysts see them, drafts included.</summary>
internal sealed class ScenarioDesk(PackageDraftStore packages, ScenarioHeads heads, PackageChecks checks, DefinitionQueries definitions, ActivityRegistry registry, IServiceProvider services)
{
    /// <summary>All scenarios by name.</summary>
    public async Task<IReadOnlyList<ScenarioOverview>> OverviewAsync(CancellationToken cancellationToken)
    {
        var overview = new List<ScenarioOverview>();
        foreach (var scenario in (await packages.VersionsAsync(null, cancellationToken)).GroupBy(version => version.Name, StringComparer.Ordinal))
        {
            List<PackageSummary> versions = [.. scenario.OrderBy(version => version.Version)];
            if (await heads.OfAsync(Standing(versions), cancellationToken) is not { } head)
                continue;
            var diagrams = new List<ScenarioDiagram>();
            foreach (var (definitionId, file, name) in head.Diagrams)
            {
                var live = await definitions.LiveInstancesAsync(definitionId, cancellationToken);
                diagrams.Add(new ScenarioDiagram(definitionId, file, name ?? definitionId, live.Sum(version => version.Count)));
            }

            var draft = PackageSummary.DraftOf(versions);
            overview.Add(new ScenarioOverview(
                scenario.Key, head.Name ?? scenario.Key,
                versions.Find(version => version.IsPublished) is { } published ? ScenarioVersion.Of(published, isDraft: false) : null,
                draft is null ? null : ScenarioVersion.Of(draft, isDraft: true), diagrams));
        }

        return overview;
    }

    /// <summary>The versions of one, newest first.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    public async Task<IReadOnlyList<ScenarioVersion>> VersionsAsync(string code, CancellationToken cancellationToken)
    {
        var versions = await KnownAsync(code, cancellationToken);
        var draft = PackageSummary.DraftOf(versions);
        return [.. versions.Reverse().Select(version => ScenarioVersion.Of(version, version == draft))];
    }

    /// <summary>What keeps it from being published.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    public async Task<PublishingReport> ValidateAsync(string code, CancellationToken cancellationToken)
    {
        var text = await StandingTextAsync(code, cancellationToken);
        var ids = text.Definitions.ToDictionary(definition => definition.Value, definition => definition.Key, StringComparer.Ordinal);
        var problems = await checks.ProblemsAsync(new PackageFiles(code, text.Files), cancellationToken);
        return new PublishingReport(code,
        [
            .. problems.Select(problem => ids.TryGetValue(problem.File, out var definitionId)
                ? new ScenarioProblem(definitionId, problem.Place.Length > 0 ? problem.Place : null, problem.File, "", problem.Message)
                : new ScenarioProblem(null, null, problem.File, problem.Place, problem.Message)),
        ]);
    }

    /// <summary>What publishing the draft would change; nothing where none is open.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    public async Task<ScenarioDifference> DifferenceAsync(string code, CancellationToken cancellationToken)
    {
        var versions = await KnownAsync(code, cancellationToken);
        if (PackageSummary.DraftOf(versions) is not { } draft || await packages.ReadAsync(draft.VersionId, cancellationToken) is not { } after)
            return new ScenarioDifference([], []);
        var published = versions.LastOrDefault(version => version.IsPublished);
        var before = published is null ? null : await packages.ReadAsync(published.VersionId, cancellationToken);
        var processes = new List<ProcessDifference>();
        foreach (var definitionId in after.Definitions.Keys.Union(before?.Definitions.Keys ?? []))
        {
            var (old, now) = (Text(before, definitionId), Text(after, definitionId));
            IReadOnlyList<DefinitionChange> changes = old is not null && now is not null
                ? await DefinitionDifference.BetweenAsync(WorkflowDefinition.Parse(old), WorkflowDefinition.Parse(now), registry, services, cancellationToken)
                : [];
            if (changes.Count > 0 || old is null || now is null)
                processes.Add(new ProcessDifference(definitionId, ScenarioHeads.NameIn(now ?? old) ?? definitionId, old is null ? null : published!.Version, now is null ? null : draft.Version, changes));
        }

        var diagrams = after.Definitions.Values.ToHashSet(StringComparer.Ordinal);
        var files = after.Files.Keys.Union(before?.Files.Keys ?? []).Where(path => !diagrams.Contains(path))
            .Where(path => after.Files.GetValueOrDefault(path) != before?.Files.GetValueOrDefault(path)).Order(StringComparer.Ordinal);
        return new ScenarioDifference(processes, [.. files]);
    }

    /// <summary>The draft of a scenario, else what is published, else the newest, with its texts.</summary>
    /// <exception cref="RuleViolationException">There is no such scenario.</exception>
    private async Task<PackageText> StandingTextAsync(string code, CancellationToken cancellationToken) =>
        await packages.ReadAsync(Standing(await KnownAsync(code, cancellationToken)).VersionId, cancellationToken) ?? throw Unknown(code);

    private async Task<IReadOnlyList<PackageSummary>> KnownAsync(string code, CancellationToken cancellationToken) =>
        await packages.VersionsAsync(code, cancellationToken) is { Count: > 0 } versions ? versions : throw Unknown(code);

    private static PackageSummary Standing(IReadOnlyList<PackageSummary> versions) =>
        PackageSummary.DraftOf(versions) ?? versions.LastOrDefault(version => version.IsPublished) ?? versions[^1];

    private static string? Text(PackageText? package, string definitionId) =>
        package is not null && package.Definitions.TryGetValue(definitionId, out var path) ? package.Files.GetValueOrDefault(path) : null;

    private static RuleViolationException Unknown(string code) => new(RefusalKind.NotFound, "scenario-unknown", "code", $"没有场景“{code}”：请从场景列表中选择。");
}
