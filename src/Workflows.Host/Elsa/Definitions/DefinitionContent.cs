using System.Text.Json.Nodes;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>
/// Whether two definitions mean the same. Studio writes down defaults, empty lists and its own tool version; a definition that was
/// only opened and saved is not a new one.
/// </summary>
internal static class DefinitionContent
{
    private static readonly HashSet<string> Decided = new(StringComparer.Ordinal) { "id", "version", "isLatest", "isPublished", "createdAt", "links", "toolVersion" };

    private static readonly HashSet<string> EmptyByDefault = new(StringComparer.Ordinal)
    {
        "variables", "inputs", "outputs", "outcomes", "customProperties", "options", "metadata", "activities", "connections", "vertices", "notFoundConnections",
        "isReadonly", "isSystem", "isArray", "canStartWorkflow", "runAsynchronously", "usableAsActivity", "autoUpdateConsumingWorkflows", "showDescription",
        "description", "category", "displayName", "activityCategory",
    };

    /// <summary>Whether two stored definitions mean the same.</summary>
    /// <param name="one">A stored definition.</param>
    /// <param name="oneInStudio">It as Studio sees it, where the spelling of both is one; used up.</param>
    /// <param name="other">Another.</param>
    /// <param name="otherInStudio">It as Studio sees it; used up.</param>
    public static bool Same(JsonObject one, JsonObject oneInStudio, JsonObject other, JsonObject otherInStudio) =>
        JsonNode.DeepEquals(Plain(one, oneInStudio), Plain(other, otherInStudio));

    private static JsonObject Plain(JsonObject stored, JsonObject studio)
    {
        foreach (var name in Decided)
            studio.Remove(name);
        studio["name"] = stored.Text("name");
        studio["isReadonly"] = stored.Flag("isReadonly");
        Simplify(studio);
        return studio;
    }

    private static void Simplify(JsonNode root)
    {
        // Children before their parents, so that what becomes empty is seen as empty; without recursion.
        var order = new List<JsonNode>();
        var open = new Stack<JsonNode>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            order.Add(node);
            foreach (var child in node is JsonObject o ? o.Select(member => member.Value) : (JsonArray)node)
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }

        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (order[i] is not JsonObject json)
                continue;
            // Studio measures each step anew in the fonts of the reader; where it stands is the designer's word, how large it came out is not.
            if (json["designer"] is JsonObject drawn)
                drawn.Remove("size");
            foreach (var name in json.Where(member => member.Value is null || (EmptyByDefault.Contains(member.Key) && IsEmpty(member.Value))).Select(member => member.Key).ToList())
                json.Remove(name);
        }
    }

    private static bool IsEmpty(JsonNode value) => value switch
    {
        JsonObject o => o.Count == 0,
        JsonArray a => a.Count == 0,
        JsonValue plain => (plain.TryGetValue(out bool flag) && !flag) || (plain.TryGetValue(out string? text) && text.Length == 0),
        _ => false,
    };
}
