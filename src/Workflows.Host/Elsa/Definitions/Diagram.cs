using System.Text.Json.Nodes;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Host.Elsa.Descriptors;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>The activities of a definition, made fit for Studio's canvas and back.</summary>
internal sealed class Diagram(ActivityRegistry registry, WorkflowEngineOptions options)
{
    private const string NotFound = "Elsa.NotFoundActivity";

    // Pixels; a line of text of Studio's labels.
    private const int RoomForOutcome = 22;

    /// <summary>Gives every activity its node id, and Studio nothing that empties its canvas. The JSON is changed in place.</summary>
    /// <param name="root">The root activity; has no parent.</param>
    /// <param name="known">What Studio can draw.</param>
    /// <returns>The root, another object where its type is unknown.</returns>
    /// <exception cref="DefinitionFormatException">A bound is exceeded.</exception>
    public JsonObject ToStudio(JsonObject root, DescriptorSnapshot known)
    {
        var result = root;
        var covered = new HashSet<PlacedActivity>(ReferenceEqualityComparer.Instance);
        foreach (var placed in DefinitionGraph.Place(root, registry, options))
        {
            if (placed.Parent is { } parent && covered.Contains(parent))
            {
                covered.Add(placed);
                continue;
            }

            if (Shape(placed, known) is not { } shape)
            {
                covered.Add(placed);
                var substitute = Substitute(placed);
                if (ReferenceEquals(placed.Json, root))
                    result = substitute;
                else
                    placed.Json.ReplaceWith(substitute);
                continue;
            }

            var json = placed.Json;
            UseCamelCase(json);
            json["id"] = placed.Id;
            json["nodeId"] = placed.NodeId;
            json["version"] = shape.Version;
            foreach (var name in new[] { "customProperties", "metadata" })
            {
                if (json[name] is not JsonObject)
                    json[name] = new JsonObject();
            }

            KeepReadable((JsonObject)json["customProperties"]!);
            Wrap(json, shape);
            MakeRoom(json, shape);
            var isFlowchart = shape.TypeName == "Elsa.Flowchart";
            if (isFlowchart || json.ContainsKey("activities"))
                json["activities"] = List(json.Take("activities"));
            if (isFlowchart || json.ContainsKey("connections"))
                Connections.ToStudio(json);
        }

        return result;
    }

    /// <summary>Takes out what <see cref="ToStudio"/> has put in and what the server decides. The JSON is changed in place.</summary>
    /// <param name="root">The root activity as Studio sends it; has no parent.</param>
    /// <returns>The root, another object where it stood for an unknown activity.</returns>
    public static JsonObject FromStudio(JsonObject root)
    {
        var result = root;
        var open = new Stack<JsonNode>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject json && json.Text("type") is { } type)
            {
                if (type == NotFound && Original(json) is { } original)
                {
                    if (ReferenceEquals(json, root))
                        result = original;
                    else
                        json.ReplaceWith(original);
                    continue;
                }

                if (json.ContainsKey("id"))
                    json.Remove("nodeId");
                if (json.ContainsKey("connections"))
                    Connections.FromStudio(json);
            }

            foreach (var child in node is JsonObject o ? o.Select(member => member.Value) : (JsonArray)node)
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }

        return result;
    }

    /// <summary>Gives ids to activities that have none, as the engine would, makes instants of picked dates, and checks the bounds.</summary>
    /// <exception cref="DefinitionFormatException">A bound is exceeded.</exception>
    public void Settle(JsonObject root)
    {
        foreach (var placed in DefinitionGraph.Place(root, registry, options))
        {
            if (string.IsNullOrEmpty(placed.Json.Text("id")) && string.IsNullOrEmpty(placed.Json.Text("Id")))
                placed.Json["id"] = placed.Id;
            PickedDates.MakeInstants(placed);
        }
    }

    /// <summary>A list that may be wrapped in <c>$values</c>, be a single object or be missing.</summary>
    public static JsonArray List(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                return array;
            case JsonObject wrapper when wrapper.ContainsKey("$values"):
                return List(wrapper.Take("$values"));
            case JsonObject { Count: > 0 } single:
                return [single];
            default:
                return [];
        }
    }

    /// <summary>Takes out what Studio cannot read: a configuration of the log without its default. It says nothing and is kept in the stored form.</summary>
    public static void KeepReadable(JsonObject customProperties)
    {
        if (customProperties["logPersistenceConfig"] is { } log && (log as JsonObject)?["default"] is not JsonObject)
            customProperties.Remove("logPersistenceConfig");
    }

    /// <summary>How Studio draws it; null when it cannot.</summary>
    private static ActivityShape? Shape(PlacedActivity placed, DescriptorSnapshot known)
    {
        var type = placed.Json.Text("type") ?? placed.Json.Text("Type") ?? "";
        if ((placed.Json.Number("version") ?? placed.Json.Number("Version")) is { } version)
            return known.Activities.GetValueOrDefault((type, version));
        return known.Activities.GetValueOrDefault((type, 1))
            ?? known.Activities.Values.Where(shape => shape.TypeName == type).MaxBy(shape => shape.Version);
    }

    private static JsonObject Substitute(PlacedActivity placed)
    {
        var json = placed.Json;
        var type = json.Text("type") ?? json.Text("Type") ?? "";
        var metadata = (json["metadata"] as JsonObject)?.DeepClone().AsObject() ?? [];
        metadata["displayText"] = $"未找到：{type}";
        var substitute = new JsonObject
        {
            ["id"] = placed.Id,
            ["nodeId"] = placed.NodeId,
            ["type"] = NotFound,
            ["version"] = 1,
            ["missingTypeName"] = type,
            ["missingTypeVersion"] = json.Number("version") ?? 1,
            ["originalActivityJson"] = json.ToJsonString(ElsaJson.Options),
            ["customProperties"] = new JsonObject(),
            ["metadata"] = metadata,
        };
        if (json.Text("name") is { } name)
            substitute["name"] = name;
        return substitute;
    }

    private static JsonObject? Original(JsonObject substitute)
    {
        if (substitute.Text("originalActivityJson") is not { Length: > 0 } text)
            return null;
        JsonObject? original;
        try
        {
            original = JsonNode.Parse(text, documentOptions: DefinitionBody.Reading) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }

        // A text that stands for itself would never come to an end.
        if (original is null || (original.Text("type") ?? original.Text("Type")) is null or NotFound)
            return null;
        if (substitute.Text("id") is { Length: > 0 } id)
            original[original.ContainsKey("Id") ? "Id" : "id"] = id;
        if ((substitute["metadata"] as JsonObject)?["designer"] is JsonObject designer)
        {
            if (original["metadata"] is not JsonObject metadata)
                original["metadata"] = metadata = [];
            if (!JsonNode.DeepEquals(metadata["designer"], designer))
                metadata["designer"] = designer.DeepClone();
        }

        return original;
    }

    /// <summary>A value that stands bare where Studio expects <c>{typeName, expression}</c>.</summary>
    private static void Wrap(JsonObject json, ActivityShape shape)
    {
        foreach (var input in shape.Inputs.Where(input => input.IsWrapped))
        {
            var name = char.ToLowerInvariant(input.Name[0]) + input.Name[1..];
            if (json[name] is not (JsonValue or JsonArray))
                continue;
            var bare = json.Take(name);
            json[name] = new JsonObject { ["typeName"] = input.TypeName, ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = bare } };
        }
    }

    /// <summary>Studio keeps the size that is stored and spreads the outcomes over it: where many are squeezed, nobody can read or reach one of them.</summary>
    private static void MakeRoom(JsonObject json, ActivityShape shape)
    {
        var needed = shape.Ports.Count(port => port.Type == PortKind.Flow) * RoomForOutcome;
        if ((json["metadata"] as JsonObject)?["designer"] is JsonObject designer && designer["size"] is JsonObject size
            && size["height"] is JsonValue stored && stored.TryGetValue(out double height) && height > 0 && height < needed)
            size["height"] = needed;
    }

    private static void UseCamelCase(JsonObject json)
    {
        foreach (var name in json.Select(member => member.Key).Where(name => name.Length > 0 && char.IsAsciiLetterUpper(name[0])).ToList())
        {
            var camel = char.ToLowerInvariant(name[0]) + name[1..];
            if (json[camel] is not null)
                continue;
            json.Remove(camel);
            json[camel] = json.Take(name);
        }
    }
}
