using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Host.Elsa.Differences;
using Workflows.Host.Packages;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>One version of a process in its history.</summary>
/// <param name="VersionId">Id of the version.</param>
/// <param name="Version">Version number, from 1.</param>
/// <param name="Name">Name.</param>
/// <param name="IsPublished">Whether new instances start on it.</param>
/// <param name="IsDraft">Whether it is the draft.</param>
/// <param name="Source"><c>files</c> or <c>studio</c>.</param>
/// <param name="SavedAt">When it was saved last.</param>
/// <param name="SavedBy">Name of who saved it last, or null.</param>
/// <param name="PublishedAt">When it was first published, or null.</param>
/// <param name="LiveInstances">Instances that still run on it.</param>
internal sealed record DefinitionVersion(
    string VersionId, int Version, string Name, bool IsPublished, bool IsDraft, string Source, DateTimeOffset SavedAt, string? SavedBy, DateTimeOffset? PublishedAt, int LiveInstances);

/// <summary>Processes one by one: their history, what is wrong with them, how two versions differ.</summary>
internal sealed class ProcessDesk(DefinitionQueries definitions, DefinitionChecks checks, ScenarioDesk scenarios, ActivityRegistry registry, IServiceProvider services)
{
    private const int MostVersions = 500;

    /// <summary>The versions of a process, newest first.</summary>
    /// <exception cref="RuleViolationException">There is no such process.</exception>
    public async Task<IReadOnlyList<DefinitionVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken)
    {
        var (versions, _) = await definitions.PageAsync(new DefinitionFilter { DefinitionIds = [definitionId] }, DefinitionOrder.Version, descending: true, 0, MostVersions, cancellationToken);
        if (versions.Count == 0)
            throw Unknown(definitionId);
        var live = (await definitions.LiveInstancesAsync(definitionId, cancellationToken)).ToDictionary(version => version.VersionId, version => version.Count, StringComparer.Ordinal);
        return
        [
            .. versions.Select(version => new DefinitionVersion(
                version.VersionId, version.Version, version.Name, version.IsPublished, version.IsDraft, version.Source, version.CreatedAt, version.SavedBy, version.PublishedAt, live.GetValueOrDefault(version.VersionId))),
        ];
    }

    /// <summary>What keeps its latest version from being published; a process of a scenario is published with the whole of it.</summary>
    /// <exception cref="RuleViolationException">There is no such process.</exception>
    public async Task<PublishingReport> ValidateAsync(string definitionId, CancellationToken cancellationToken)
    {
        if (await definitions.PackageOfAsync(definitionId, cancellationToken) is { } code)
            return await scenarios.ValidateAsync(code, cancellationToken);
        var latest = await definitions.FindAsync(definitionId, new VersionSelection(VersionKind.Latest), cancellationToken) ?? throw Unknown(definitionId);
        return new PublishingReport(null, [.. (await checks.ProblemsAsync(latest.Json, cancellationToken)).Select(problem => new ScenarioProblem(definitionId, problem.ActivityId, "", "", problem.Message))]);
    }

    /// <summary>How two of its versions differ.</summary>
    /// <exception cref="RuleViolationException">There is no such process or version.</exception>
    public async Task<ProcessDifference> DifferenceAsync(string definitionId, int from, int to, CancellationToken cancellationToken)
    {
        var before = await VersionAsync(definitionId, from, cancellationToken);
        var after = await VersionAsync(definitionId, to, cancellationToken);
        return new ProcessDifference(definitionId, after.Name, from, to, await DefinitionDifference.BetweenAsync(
            WorkflowDefinition.Parse(before.Json), WorkflowDefinition.Parse(after.Json), registry, services, cancellationToken));
    }

    private async Task<WorkflowDefinitionRow> VersionAsync(string definitionId, int version, CancellationToken cancellationToken) =>
        await definitions.FindAsync(definitionId, new VersionSelection(VersionKind.Specific, version), cancellationToken)
        ?? throw new RuleViolationException(RefusalKind.NotFound, "version-unknown", "version", $"流程“{definitionId}”没有第{version}版：请从版本历史中选择。");

    private static RuleViolationException Unknown(string definitionId) =>
        new(RefusalKind.NotFound, "definition-unknown", "definitionId", $"没有流程“{definitionId}”：请从流程列表中选择。");
}
