using Workflows.Host.Elsa.Differences;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>One version of a scenario in lists.</summary>
/// <param name="VersionId">Id of the package version.</param>
/// <param name="Version">Version number, from 1.</param>
/// <param name="IsPublished">Whether new plans begin on it.</param>
/// <param name="IsDraft">Whether it is the draft that is open.</param>
/// <param name="Source"><c>files</c> or <c>studio</c>.</param>
/// <param name="SavedAt">When it was saved last.</param>
/// <param name="SavedBy">Name of who saved it last; null for what came from files.</param>
/// <param name="PublishedAt">When it was first published; null for what never was.</param>
internal sealed record ScenarioVersion(
    string VersionId, int Version, bool IsPublished, bool IsDraft, string Source, DateTimeOffset SavedAt, string? SavedBy, DateTimeOffset? PublishedAt)
{
    /// <summary>The version as it stands in the store.</summary>
    public static ScenarioVersion Of(PackageSummary package, bool isDraft) => new(
        package.VersionId, package.Version, package.IsPublished, isDraft, package.Source, package.CreatedAt, package.SavedBy, package.PublishedAt);
}

/// <summary>One diagram of a scenario.</summary>
/// <param name="DefinitionId">Logical id.</param>
/// <param name="File">Its file in the package, such as <c>plan.json</c> or <c>case.json</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="LiveInstances">Instances that still run, on all versions.</param>
internal sealed record ScenarioDiagram(string DefinitionId, string File, string Name, int LiveInstances);

/// <summary>A scenario as analysts see it, whether it was ever published or not.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Published">The version on which new plans begin, or null.</param>
/// <param name="Draft">The draft that is open, or null.</param>
/// <param name="Diagrams">Its diagrams, the plan first.</param>
internal sealed record ScenarioOverview(string Code, string Name, ScenarioVersion? Published, ScenarioVersion? Draft, IReadOnlyList<ScenarioDiagram> Diagrams);

/// <summary>Something that keeps a scenario or a process from being published.</summary>
/// <param name="DefinitionId">Process concerned; null for scenario data, law and templates.</param>
/// <param name="ActivityId">Step concerned, or null.</param>
/// <param name="File">File of the package concerned; empty for the scenario as a whole.</param>
/// <param name="Place">Place in the file, or empty.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ScenarioProblem(string? DefinitionId, string? ActivityId, string File, string Place, string Message);

/// <summary>What keeps a scenario or a process from being published.</summary>
/// <param name="Scenario">Code of the scenario that is published as a whole; null for a process that stands alone.</param>
/// <param name="Problems">Every problem; empty when it may be published.</param>
internal sealed record PublishingReport(string? Scenario, IReadOnlyList<ScenarioProblem> Problems);

/// <summary>How one process of a scenario differs.</summary>
/// <param name="DefinitionId">Logical id.</param>
/// <param name="Name">Name.</param>
/// <param name="Before">Former version; null for a process that is new.</param>
/// <param name="After">Present version; null for one that went away.</param>
/// <param name="Changes">What it does differently.</param>
internal sealed record ProcessDifference(string DefinitionId, string Name, int? Before, int? After, IReadOnlyList<DefinitionChange> Changes);

/// <summary>What publishing the draft would change.</summary>
/// <param name="Processes">The processes that differ.</param>
/// <param name="Files">Other files that differ: scenario data, law, templates.</param>
internal sealed record ScenarioDifference(IReadOnlyList<ProcessDifference> Processes, IReadOnlyList<string> Files);

/// <summary>A new scenario after the pattern of another.</summary>
/// <param name="Code">Its code: lower-case letters, digits and hyphens, 3 to 40 characters.</param>
/// <param name="Name">Its name.</param>
internal sealed record CloneRequest(string Code, string Name);
