using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workflows.Activities.Planning;
using Workflows.Engine.Definitions;
using Workflows.Host.Packages;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Scenarios;

/// <summary>Makes a new scenario after the pattern of another: the same diagrams, data and templates under a code and name of its own.</summary>
internal sealed partial class ScenarioCloning(ScenarioDesk scenarios, PackageDraftStore packages)
{
    private const int LongestName = 60;
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = WorkflowDefinition.MaxJsonDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n", MaxDepth = WorkflowDefinition.MaxJsonDepth };

    /// <summary>Clones.</summary>
    /// <param name="code">Code of the pattern.</param>
    /// <param name="request">Code and name of the new scenario.</param>
    /// <param name="actor">Who clones.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft of the new scenario.</returns>
    /// <exception cref="RuleViolationException">There is no such pattern, or code or name cannot be used.</exception>
    public async Task<PackageSummary> CloneAsync(string code, CloneRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (!Code().IsMatch(request.Code ?? ""))
            throw new RuleViolationException(RefusalKind.Invalid, "scenario-code", "code", "场景编码应为3至40个小写字母、数字或连字符，以字母开头，例如 billiard-hall。");
        if (request.Name is not { } name || name.Trim().Length is 0 or > LongestName)
            throw new RuleViolationException(RefusalKind.Invalid, "scenario-name", "name", $"场景名称应为1至{LongestName}个字，例如“台球馆”。");
        var pattern = await scenarios.StandingTextAsync(code, cancellationToken);
        var ids = pattern.Definitions.Keys.ToDictionary(id => id, id => NewId(id, code, request.Code!), StringComparer.Ordinal);
        var oldName = Text(Parse(pattern.Files["scenario.json"])["name"]) ?? code;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in pattern.Files)
        {
            files[path.Replace($"{PackageFiles.Templates}{code}/", $"{PackageFiles.Templates}{request.Code}/", StringComparison.Ordinal)] =
                path == "scenario.json" ? Renamed(text, request.Code!, name.Trim(), oldName)
                : pattern.Definitions.Values.Contains(path) ? Redirected(text, ids, oldName, name.Trim())
                : text;
        }

        var package = new PackageFiles(request.Code!, files);
        return await packages.CreateAsync(request.Code!, package.Hash, files, [.. package.Definitions], PackageVersions.DefinitionVersion, ScenarioDrafts.NewKey(), actor, cancellationToken);
    }

    private static string NewId(string id, string from, string to) => id == from || id.StartsWith(from + "-", StringComparison.Ordinal) ? to + id[from.Length..] : $"{to}-{id}";

    private static string Renamed(string scenario, string code, string name, string oldName)
    {
        var json = Parse(scenario);
        json["code"] = code;
        json["name"] = name;
        if (Text(json["title"]) is { } title)
            json["title"] = title.Replace(oldName, name, StringComparison.Ordinal);
        return json.ToJsonString(Writing) + "\n";
    }

    /// <summary>Gives a diagram its new id, and lets what it dispatches lead to the new ones.</summary>
    private static string Redirected(string diagram, Dictionary<string, string> ids, string oldName, string name)
    {
        var json = Parse(diagram);
        if (Text(json["name"]) is { } title)
            json["name"] = title.Replace(oldName, name, StringComparison.Ordinal);
        var open = new Stack<JsonNode>([json]);
        while (open.TryPop(out var node))
        {
            foreach (var child in (node is JsonObject o ? o.Select(member => member.Value) : (JsonArray)node).ToList())
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
                else if (Text(child) is { } text && ids.TryGetValue(text, out var moved))
                    child!.ReplaceWith(moved);
            }
        }

        return json.ToJsonString(Writing) + "\n";
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json, null, Reading)!.AsObject();

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    [GeneratedRegex("^[a-z][a-z0-9-]{2,39}$", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
