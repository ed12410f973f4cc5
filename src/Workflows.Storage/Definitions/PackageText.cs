using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Storage.Definitions;

/// <summary>A version of a package with its texts, the diagrams as they stand now.</summary>
/// <param name="Package">The version.</param>
/// <param name="Files">Text by path; a diagram without its id and version, which the package gives it.</param>
/// <param name="Definitions">Path of each diagram by the id of its definition.</param>
/// <param name="Fingerprint">Changes with anything in it; says at publication that this is what was looked at.</param>
public sealed record PackageText(
    PackageSummary Package, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Definitions, string Fingerprint)
{
    private static readonly JsonSerializerOptions Indented = new(StorageJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>Puts a package row and its definitions together.</summary>
    /// <param name="row">The package.</param>
    /// <param name="definitions">The definitions of this version, with their JSON.</param>
    internal static PackageText Of(PackageRow row, IReadOnlyList<WorkflowDefinitionRow> definitions)
    {
        var files = new SortedDictionary<string, string>(JsonSerializer.Deserialize<Dictionary<string, string>>(row.Files, StorageJson.Options)!, StringComparer.Ordinal);
        Dictionary<string, string> paths = PathsOf(files);
        foreach (WorkflowDefinitionRow definition in definitions)
        {
            if (!paths.TryGetValue(definition.DefinitionId, out string? path))
                paths[definition.DefinitionId] = path = definition.DefinitionId + ".json";
            // What was published stands in its files as it was published.
            if (row.PublishedAt is null)
                files[path] = DiagramText(definition.Json);
        }
        return new PackageText(PackageSummary.Of(row), files, paths, FingerprintOf(row, definitions.Select(DefinitionSummary.Of)));
    }

    /// <summary>What changes with the files and with each definition.</summary>
    internal static string FingerprintOf(PackageRow row, IEnumerable<DefinitionSummary> definitions)
    {
        string parts = string.Join('\n', definitions.OrderBy(d => d.DefinitionId, StringComparer.Ordinal).Select(d => d.VersionId + " " + d.Hash));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.VersionId}\n{row.Files.Length}\n{row.Files}\n{parts}")));
    }

    /// <summary>A diagram as it stands in a file: indented, without what the package decides.</summary>
    public static string DiagramText(string json)
    {
        JsonObject diagram = JsonNode.Parse(json)!.AsObject();
        foreach (string decided in new[] { "id", "version", "isLatest", "isPublished", "createdAt", "links" })
            diagram.Remove(decided);
        return diagram.ToJsonString(Indented) + "\n";
    }

    private static Dictionary<string, string> PathsOf(IReadOnlyDictionary<string, string> files)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, string text) in files)
        {
            if (path.Contains('/', StringComparison.Ordinal) || !path.EndsWith(".json", StringComparison.Ordinal) || !text.Contains("definitionId", StringComparison.Ordinal))
                continue;
            if (JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = 400, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }) is JsonObject diagram
                && diagram["root"] is JsonObject && diagram["definitionId"] is JsonValue id && id.TryGetValue(out string? definition))
                paths[definition] = path;
        }
        return paths;
    }
}
