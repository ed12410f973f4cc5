using Workflows.Storage.Definitions;

namespace Workflows.Host.Packages;

/// <summary>What a file of a scenario is.</summary>
internal enum ScenarioFileKind
{
    /// <summary>A workflow definition; changed in Studio.</summary>
    Diagram,

    /// <summary><c>scenario.json</c>.</summary>
    Scenario,

    /// <summary><c>legal-bases.json</c>.</summary>
    Law,

    /// <summary>A template of a document.</summary>
    Template,
}

/// <summary>One file of a scenario.</summary>
/// <param name="Path">Path in the package: <c>plan.json</c>, <c>scenario.json</c>, <c>templates/notice.sbn-html</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
/// <param name="Hash">SHA-256 of its text, lower-case hex; whoever saves it gives the hash that he read, so that nobody covers another's work.</param>
/// <param name="DefinitionId">Logical id of a diagram, by which Studio opens it; null for other files.</param>
internal sealed record ScenarioFile(string Path, ScenarioFileKind Kind, string Text, string Hash, string? DefinitionId);

/// <summary>A version of a scenario with its files.</summary>
/// <param name="Package">The version.</param>
/// <param name="Files">All files by path.</param>
internal sealed record ScenarioText(PackageSummary Package, IReadOnlyList<ScenarioFile> Files)
{
    /// <summary>Puts the files of a version together.</summary>
    public static ScenarioText Of(PackageText text)
    {
        var ids = text.Definitions.ToDictionary(definition => definition.Value, definition => definition.Key, StringComparer.Ordinal);
        return new ScenarioText(
            text.Package,
            [.. text.Files.OrderBy(file => file.Key, StringComparer.Ordinal)
                .Select(file => new ScenarioFile(file.Key, KindOf(file.Key), file.Value, DefinitionStore.HashOf(file.Value), ids.GetValueOrDefault(file.Key)))]);
    }

    /// <summary>What the file under a path is.</summary>
    public static ScenarioFileKind KindOf(string path) => path switch
    {
        "scenario.json" => ScenarioFileKind.Scenario,
        "legal-bases.json" => ScenarioFileKind.Law,
        _ => path.StartsWith(PackageFiles.Templates, StringComparison.Ordinal) ? ScenarioFileKind.Template : ScenarioFileKind.Diagram,
    };
}

/// <summary>Where a scenario stands.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">Its name in the draft, else in the published version; its code where the data cannot be read.</param>
/// <param name="Published">The published version; null when there is none.</param>
/// <param name="Draft">The open draft; null when there is none.</param>
/// <param name="Owner">Name of who changed it last; null for the service itself.</param>
/// <param name="ChangedAt">When it was changed last.</param>
/// <param name="Definitions">Logical ids of its diagrams by path.</param>
internal sealed record ScenarioState(
    string Code, string Name, PackageSummary? Published, PackageSummary? Draft, string? Owner, DateTimeOffset ChangedAt, IReadOnlyDictionary<string, string> Definitions);
