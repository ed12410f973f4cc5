using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.State;

namespace Workflows.Host.Elsa.Instances;

/// <summary>
/// The engine's state as the API shows it: plain objects and lists. What Elsa's own file form adds to find references again
/// (<c>$id</c>, <c>$values</c>, islands) confuses readers of the API.
/// </summary>
internal static class StateShape
{
    /// <summary>The state as plain JSON.</summary>
    public static JsonObject Of(WorkflowState state) => (JsonObject)Plain(state.ToElsaJson())!;

    /// <summary>An object whose members begin with a small letter.</summary>
    public static JsonNode? CamelMembers(JsonNode? node)
    {
        if (node is not JsonObject members)
            return node?.DeepClone();
        var shaped = new JsonObject();
        foreach (var (name, value) in members)
            shaped[JsonNamingPolicy.CamelCase.ConvertName(name)] = value?.DeepClone();
        return shaped;
    }

    private static JsonNode? Plain(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject { } list when list["$values"] is JsonArray values:
                return new JsonArray([.. values.Select(Plain)]);
            case JsonObject { } island when island["_island"] is JsonValue text:
                return JsonNode.Parse(text.GetValue<string>(), documentOptions: new JsonDocumentOptions { MaxDepth = 256 });
            case JsonObject members:
                var plain = new JsonObject();
                foreach (var (name, value) in members)
                {
                    if (name != "$id")
                        plain[name] = Plain(value);
                }

                return plain;
            default:
                return node?.DeepClone();
        }
    }
}
