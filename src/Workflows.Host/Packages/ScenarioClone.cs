using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Elsa.Definitions;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Packages;

/// <summary>Makes the files of a new scenario from those of another.</summary>
internal static class ScenarioClone
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>The files of the new scenario.</summary>
    /// <param name="source">The scenario that is copied.</param>
    /// <param name="code">Code of the new one.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="RuleViolationException">The scenario data of the source cannot be read.</exception>
    public static PackageFiles Make(PackageText source, string code, string name)
    {
        var oldCode = source.Package.Name;
        var scenario = Parse(source.Files.GetValueOrDefault("scenario.json"));
        var oldName = scenario.Text("name") ?? oldCode;
        var ids = source.Definitions.ToDictionary(definition => definition.Key, definition => $"{code}-{Path.GetFileNameWithoutExtension(definition.Value)}", StringComparer.Ordinal);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in source.Files)
        {
            if (path == "scenario.json")
            {
                scenario["code"] = code;
                scenario["name"] = name;
                if (scenario.Text("title") is { } title)
                    scenario["title"] = title.Replace(oldName, name, StringComparison.Ordinal);
                texts[path] = Write(scenario);
            }
            else if (PackageFiles.IsDiagram(path))
            {
                texts[path] = Diagram(text, ids, oldName, name);
            }
            else if (path.StartsWith(PackageFiles.Templates, StringComparison.Ordinal))
            {
                // Templates of the scenario's own move with it, and so does what names them.
                var own = $"{PackageFiles.Templates}{oldCode}/";
                texts[path.StartsWith(own, StringComparison.Ordinal) ? $"{PackageFiles.Templates}{code}/{path[own.Length..]}" : path] =
                    text.Replace($"'{oldCode}/", $"'{code}/", StringComparison.Ordinal).Replace($"\"{oldCode}/", $"\"{code}/", StringComparison.Ordinal);
            }
            else
            {
                texts[path] = text;
            }
        }

        return new PackageFiles(code, texts);
    }

    private static string Diagram(string text, Dictionary<string, string> ids, string oldName, string name)
    {
        var diagram = Parse(text);
        foreach (var holder in new[] { diagram, diagram["root"] as JsonObject })
        {
            foreach (var member in new[] { "name", "description" })
            {
                if (holder?.Text(member) is { } shown)
                    holder[member] = shown.Replace(oldName, name, StringComparison.Ordinal);
            }
        }

        var open = new Stack<JsonNode>();
        open.Push(diagram);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject json)
            {
                foreach (var (member, value) in json.ToList())
                    Follow(value, other => json[member] = other);
            }
            else if (node is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    var index = i;
                    Follow(list[i], other => list[index] = other);
                }
            }
        }

        return Write(diagram);

        void Follow(JsonNode? value, Action<JsonNode> replace)
        {
            if (value is JsonObject or JsonArray)
                open.Push(value);
            else if (value is JsonValue plain && plain.TryGetValue(out string? id) && ids.TryGetValue(id, out var other))
                replace(JsonValue.Create(other));
        }
    }

    private static JsonObject Parse(string? text)
    {
        try
        {
            return JsonNode.Parse(text ?? "", documentOptions: DefinitionBody.Reading) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new RuleViolationException(RefusalKind.Conflict, "scenario-broken", "code", "要复制的场景有读不懂的文件：请先改正其草稿，或者放弃草稿后再复制。");
        }
    }

    private static string Write(JsonObject json) => json.ToJsonString(Indented) + "\n";
}
