using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Trials.Results;

/// <summary>An activity of a diagram.</summary>
/// <param name="Definition">Logical id of the definition.</param>
/// <param name="Id">Id.</param>
/// <param name="Type">Type name.</param>
/// <param name="Version">Version of the type.</param>
/// <param name="Name">Name that the analyst gave it, or null.</param>
/// <param name="Watches">Activities whose end ends it, for limits and ladders.</param>
internal sealed record DiagramActivity(string Definition, string Id, string Type, int Version, string? Name, IReadOnlyList<string> Watches);

/// <summary>A definition as a graph: its activities at every depth, and where each port leads.</summary>
internal sealed class Diagram
{
    private readonly Dictionary<string, DiagramActivity> _activities = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Activity, string Port), SortedSet<string>> _links = [];

    private Diagram(string definitionId) => DefinitionId = definitionId;

    /// <summary>Logical id.</summary>
    public string DefinitionId { get; }

    /// <summary>Activities in the order in which they stand in the definition.</summary>
    public IEnumerable<DiagramActivity> Activities => _activities.Values;

    /// <summary>Reads a definition.</summary>
    public static Diagram Of(WorkflowDefinition definition)
    {
        var diagram = new Diagram(definition.DefinitionId);
        if (definition.Root is { } root)
            diagram.Read(root);
        return diagram;
    }

    /// <summary>An activity, or null.</summary>
    public DiagramActivity? Find(string id) => _activities.GetValueOrDefault(id);

    /// <summary>Ports of an activity from which a connection starts.</summary>
    public IEnumerable<string> ConnectedPorts(string activity) => _links.Keys.Where(key => key.Activity == activity).Select(key => key.Port);

    /// <summary>Activities to which a port leads.</summary>
    public IReadOnlyCollection<string> Targets(string activity, string port) => _links.TryGetValue((activity, port), out var targets) ? targets : [];

    private void Read(JsonObject activity)
    {
        if (Text(activity, "id") is { } id && Text(activity, "type") is { } type)
        {
            var version = activity["version"] is JsonValue number && number.TryGetValue(out int value) ? value : 1;
            _activities.TryAdd(id, new DiagramActivity(DefinitionId, id, type, version, Text(activity, "name"), WatchesOf(activity)));
        }

        foreach (var (name, value) in activity)
        {
            if (name == "connections" && value is JsonArray connections)
                connections.OfType<JsonObject>().ToList().ForEach(Connect);
            else if (value is JsonObject slot && IsActivity(slot))
                Read(slot);
            else if (value is JsonArray list)
                list.OfType<JsonObject>().Where(IsActivity).ToList().ForEach(Read);
        }
    }

    private void Connect(JsonObject connection)
    {
        if (connection["source"] is not JsonObject source || connection["target"] is not JsonObject target
            || Text(source, "activity") is not { } from || Text(target, "activity") is not { } to)
            return;
        var key = (from, Text(source, "port") ?? "Done");
        if (!_links.TryGetValue(key, out var targets))
            _links[key] = targets = new SortedSet<string>(StringComparer.Ordinal);
        targets.Add(to);
    }

    private static bool IsActivity(JsonObject value) => Text(value, "id") is not null && Text(value, "type") is { } type && type.Contains('.', StringComparison.Ordinal);

    private static string? Text(JsonObject owner, string name) => owner[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // Lists of literals stand in definitions as JSON text or as JSON.
    private static IReadOnlyList<string> WatchesOf(JsonObject activity)
    {
        if (activity["watches"] is not JsonObject { } input || input["expression"] is not JsonObject expression)
            return [];
        try
        {
            var value = expression["value"] is JsonValue literal && literal.TryGetValue(out string? text) ? JsonNode.Parse(text) : expression["value"];
            return value is JsonArray list ? [.. list.OfType<JsonValue>().Select(item => item.ToString())] : [];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }
}
