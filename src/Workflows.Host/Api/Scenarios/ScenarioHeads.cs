using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>Name of a package version, and its diagrams in the order of work.</summary>
/// <param name="Name">Name of the scenario; null where its data cannot be read.</param>
/// <param name="Diagrams">Logical id, path and name of each diagram.</param>
internal sealed record ScenarioHead(string? Name, IReadOnlyList<(string DefinitionId, string File, string? Name)> Diagrams);

/// <summary>
/// What the list of scenarios says of their files. A version's files are half a megabyte, and every editor asks for the list while Studio starts
/// in the browser: each state of a version is read once.
/// </summary>
internal sealed class ScenarioHeads(PackageDraftStore packages)
{
    private const int MostHeads = 1_000;
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = WorkflowDefinition.MaxJsonDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly ConcurrentDictionary<(string VersionId, string Hash, DateTimeOffset At), ScenarioHead> _heads = new();

    /// <summary>The head of a version; null where the version is gone.</summary>
    public async Task<ScenarioHead?> OfAsync(PackageSummary package, CancellationToken cancellationToken)
    {
        var key = (package.VersionId, package.Hash, package.CreatedAt);
        if (_heads.TryGetValue(key, out var known))
            return known;
        if (await packages.ReadAsync(package.VersionId, cancellationToken) is not { } text)
            return null;
        if (_heads.Count >= MostHeads)
            _heads.Clear();
        return _heads[key] = new ScenarioHead(
            NameIn(text.Files.GetValueOrDefault("scenario.json")),
            [
                .. text.Definitions.OrderBy(definition => definition.Value == "plan.json" ? 0 : 1).ThenBy(definition => definition.Value, StringComparer.Ordinal)
                    .Select(definition => (definition.Key, definition.Value, NameIn(text.Files.GetValueOrDefault(definition.Value)))),
            ]);
    }

    /// <summary>The name that a file gives; null where it gives none.</summary>
    public static string? NameIn(string? json) => json is not null && JsonNode.Parse(json, null, Reading) is JsonObject read
        && read["name"] is JsonValue name && name.TryGetValue(out string? text) ? text : null;
}
