using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Engine.Definitions;

/// <summary>Reads the JSON of definitions, where names stand in camel or Pascal case and lists may be wrapped in <c>$values</c>.</summary>
internal static class JsonReading
{
    public static string Camel(string name) => name.Length == 0 || char.IsLower(name[0]) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    public static string Pascal(string name) => name.Length == 0 || char.IsUpper(name[0]) ? name : char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The member in camel case, else in Pascal case; null when absent or null.</summary>
    public static JsonNode? Get(this JsonObject o, string name) => o[Camel(name)] ?? o[Pascal(name)];

    public static string? Text(this JsonObject o, string name) => o.Get(name) is JsonValue v && v.TryGetValue(out string? text) ? text : null;

    public static bool Flag(this JsonObject o, string name) => o.Get(name) is JsonValue v
        && (v.TryGetValue(out bool flag) ? flag : v.TryGetValue(out string? text) && bool.TryParse(text, out flag) && flag);

    public static int? Number(this JsonObject o, string name) => o.Get(name) is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue(out int n) ? n : null;

    /// <summary>The entries of a list, of a <c>{"$values": […]}</c> wrapper, or a single object.</summary>
    public static IEnumerable<JsonNode?> List(this JsonObject o, string name) => Entries(o.Get(name));

    public static IEnumerable<JsonNode?> Entries(JsonNode? node) => node switch
    {
        JsonArray array => array,
        JsonObject wrapper when wrapper.ContainsKey("$values") => Entries(wrapper["$values"]),
        JsonObject single when single.Count > 0 => [single],
        _ => [],
    };

    /// <summary>Deepest nesting, found without recursion; stops at <paramref name="limit"/>.</summary>
    public static int Depth(JsonNode? root, int limit)
    {
        var deepest = 0;
        var open = new Stack<(JsonNode Node, int Depth)>();
        if (root is not null)
            open.Push((root, 1));
        while (open.TryPop(out var entry) && deepest <= limit)
        {
            deepest = Math.Max(deepest, entry.Depth);
            var children = entry.Node switch
            {
                JsonObject o => o.Select(p => p.Value),
                JsonArray a => a,
                _ => [],
            };
            foreach (var child in children)
            {
                if (child is JsonObject or JsonArray)
                    open.Push((child, entry.Depth + 1));
            }
        }

        return deepest;
    }
}
