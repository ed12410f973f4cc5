using System.Text.Json.Nodes;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>
/// The lines of a flowchart in the form that Studio draws. Older files write them flat, in Pascal case or wrapped; a line that ends
/// nowhere cannot be drawn and waits in <c>customProperties.notFoundConnections</c>, as Elsa keeps it.
/// </summary>
internal static class Connections
{
    private const string Waiting = "notFoundConnections";

    /// <summary>Makes the lines of this flowchart drawable.</summary>
    public static void ToStudio(JsonObject flowchart)
    {
        var ids = IdsOf(flowchart);
        var drawn = new JsonArray();
        var waiting = new JsonArray();
        foreach (var entry in Diagram.List(flowchart.Take("connections")).ToList())
        {
            if (entry is not JsonObject line)
                continue;
            line.Parent?.AsArray().Remove(line);
            var shaped = Shape(line);
            (Ends(shaped).All(ids.Contains) ? drawn : waiting).Add((JsonNode)shaped);
        }

        flowchart["connections"] = drawn;
        if (waiting.Count == 0 || flowchart["customProperties"] is not JsonObject properties)
            return;
        foreach (var earlier in Diagram.List(properties.Take(Waiting)).ToList())
        {
            earlier?.Parent?.AsArray().Remove(earlier);
            waiting.Add(earlier);
        }

        properties[Waiting] = waiting;
    }

    /// <summary>Puts lines back whose ends are there again.</summary>
    public static void FromStudio(JsonObject flowchart)
    {
        if (flowchart["customProperties"] is not JsonObject properties || properties[Waiting] is not JsonArray { Count: > 0 } waiting
            || flowchart["connections"] is not JsonArray drawn)
        {
            return;
        }

        var ids = IdsOf(flowchart);
        foreach (var line in waiting.OfType<JsonObject>().Where(line => Ends(line).All(ids.Contains)).ToList())
        {
            waiting.Remove(line);
            drawn.Add((JsonNode)line);
        }
    }

    private static HashSet<string> IdsOf(JsonObject flowchart)
    {
        var list = flowchart["activities"] switch
        {
            JsonArray array => array,
            JsonObject wrapper when wrapper["$values"] is JsonArray values => values,
            JsonObject single => [single.DeepClone()],
            _ => [],
        };
        return [.. list.OfType<JsonObject>().Select(activity => activity.Text("id") ?? activity.Text("Id")).OfType<string>()];
    }

    private static IEnumerable<string> Ends(JsonObject line) => new[] { "source", "target" }.Select(end => (line[end] as JsonObject)?.Text("activity") ?? "");

    private static JsonObject Shape(JsonObject line)
    {
        UseCamelCase(line);
        foreach (var (end, port) in new[] { ("source", "sourcePort"), ("target", "targetPort") })
        {
            if (line[end] is JsonValue id && id.TryGetValue(out string? activity))
            {
                var nested = new JsonObject { ["activity"] = activity };
                if (line.Text(port) is { } name)
                    nested["port"] = name;
                line.Remove(port);
                line[end] = nested;
            }
            else if (line[end] is JsonObject endpoint)
            {
                UseCamelCase(endpoint);
            }
        }

        if (line["vertices"] is not JsonArray)
            line["vertices"] = new JsonArray();
        return line;
    }

    private static void UseCamelCase(JsonObject json)
    {
        foreach (var name in json.Select(member => member.Key).Where(name => name.Length > 0 && char.IsAsciiLetterUpper(name[0])).ToList())
        {
            var camel = char.ToLowerInvariant(name[0]) + name[1..];
            if (!json.ContainsKey(camel))
                json[camel] = json.Take(name);
        }
    }
}
