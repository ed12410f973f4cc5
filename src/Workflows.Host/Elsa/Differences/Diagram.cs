using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Elsa.Differences;

/// <summary>A step of a diagram, wherever it is nested.</summary>
/// <param name="Id">Id of the activity.</param>
/// <param name="Type">Its type name.</param>
/// <param name="Name">Name as the diagram shows it.</param>
/// <param name="Container">Id of the activity that holds it; null for the root.</param>
/// <param name="Json">As it was read.</param>
/// <param name="Descriptor">Its type, or null where that is not known.</param>
internal sealed record DiagramStep(string Id, string Type, string Name, string? Container, JsonObject Json, ActivityDescriptor? Descriptor);

/// <summary>A connection of a diagram.</summary>
/// <param name="Source">Id of the step that it leaves.</param>
/// <param name="Port">Port by which it leaves.</param>
/// <param name="Target">Id of the step that it leads to.</param>
internal sealed record DiagramConnection(string Source, string Port, string Target);

/// <summary>A definition as a person sees it: steps and connections, without layout.</summary>
internal sealed class Diagram
{
    private readonly Dictionary<string, int> _namesakes = new(StringComparer.Ordinal);

    private Diagram(WorkflowDefinition definition) => Definition = definition;

    /// <summary>What it was read from.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>Steps by id, in the order of the definition.</summary>
    public OrderedDictionary<string, DiagramStep> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>Connections of all flowcharts.</summary>
    public List<DiagramConnection> Connections { get; } = [];

    /// <summary>Reads a definition.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="registry">Known activity types.</param>
    public static Diagram Of(WorkflowDefinition definition, ActivityRegistry registry)
    {
        var diagram = new Diagram(definition);
        var open = new Stack<(JsonObject Activity, string? Container)>();
        if (definition.ToJson()["root"] is JsonObject root)
            open.Push((root, null));
        while (open.TryPop(out var next))
        {
            var id = Text(next.Activity["id"]) ?? "";
            diagram.Add(next.Activity, id, next.Container, registry);
            var children = next.Activity.SelectMany(member => Embedded(member.Key, member.Value)).Reverse();
            foreach (var child in children)
                open.Push((child, id));
        }

        return diagram;
    }

    /// <summary>Name of a step in quotation marks, with its id where others share the name.</summary>
    public string Quoted(string id) => !Steps.TryGetValue(id, out var step) ? $"“{id}”"
        : _namesakes[step.Name] > 1 ? $"“{step.Name}”（{id}）"
        : $"“{step.Name}”";

    /// <summary>Whether a member of an activity holds nested activities.</summary>
    public static bool HoldsActivities(string member, JsonNode? value) => Embedded(member, value).Any();

    /// <summary>The text of a node, or null.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private void Add(JsonObject activity, string id, string? container, ActivityRegistry registry)
    {
        var type = Text(activity["type"]) ?? "";
        registry.TryGet(type, null, out var descriptor);
        var name = new[] { Text((activity["metadata"] as JsonObject)?["displayText"]), Text(activity["name"]), descriptor?.DisplayName, id }
            .First(candidate => !string.IsNullOrEmpty(candidate) || candidate == id)!;
        if (Steps.TryAdd(id, new DiagramStep(id, type, name, container, activity, descriptor)))
            _namesakes[name] = _namesakes.GetValueOrDefault(name) + 1;
        foreach (var connection in (activity["connections"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (connection["source"] is JsonObject source && connection["target"] is JsonObject target)
                Connections.Add(new DiagramConnection(Text(source["activity"]) ?? "", Text(source["port"]) is { Length: > 0 } port ? port : "Done", Text(target["activity"]) ?? ""));
        }
    }

    private static IEnumerable<JsonObject> Embedded(string member, JsonNode? value) => member is "metadata" or "customProperties" ? [] : value switch
    {
        JsonObject single when IsActivity(single) => [single],
        JsonArray list => list.OfType<JsonObject>().Where(IsActivity),
        _ => [],
    };

    private static bool IsActivity(JsonObject candidate) => Text(candidate["id"]) is not null && Text(candidate["type"]) is not null && !candidate.ContainsKey("isArray");
}
