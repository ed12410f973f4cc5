using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;

namespace Workflows.Engine;

/// <summary>A definition compiled once per version: graph, ports and expressions resolved. Immutable and thread-safe.</summary>
public sealed partial class CompiledWorkflow
{
    private readonly Dictionary<string, ActivityNode> _byNodeId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityNode> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityNode> _byName = new(StringComparer.Ordinal);

    internal CompiledWorkflow()
    {
    }

    /// <summary>Logical id shared by all versions.</summary>
    public required string DefinitionId { get; init; }

    /// <summary>Id of this version.</summary>
    public required string VersionId { get; init; }

    /// <summary>Number of this version.</summary>
    public required int Version { get; init; }

    /// <summary>Name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Ways in which the definition starts.</summary>
    public IReadOnlyList<WorkflowTrigger> Triggers { get; internal set; } = [];

    /// <summary>Declared workflow inputs.</summary>
    public IReadOnlyList<ArgumentDefinition> Inputs { get; init; } = [];

    /// <summary>Declared workflow outputs.</summary>
    public IReadOnlyList<ArgumentDefinition> Outputs { get; init; } = [];

    /// <summary>Number of activities, the workflow itself included.</summary>
    public int ActivityCount => Nodes.Count;

    /// <summary>The definition it was made from; null for a workflow built in C#.</summary>
    public WorkflowDefinition? Definition { get; init; }

    /// <summary>Scripts find outputs by activity name rather than by id (definitions of toolVersion 3 or later).</summary>
    internal bool UsesModernTooling { get; init; }

    /// <summary>The strategy that the definition names; null for the engine's.</summary>
    internal string? IncidentStrategy { get; init; }

    internal List<ActivityNode> Nodes { get; } = [];

    internal ActivityNode Root => Nodes[0];

    /// <summary>Node ids of the activities with this id in the definition.</summary>
    public IEnumerable<string> NodeIdsOf(string activityId) => Nodes.Where(n => n.Id == activityId).Select(n => n.NodeId);

    internal ActivityNode? FindNode(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    internal ActivityNode? FindByIdOrName(string idOrName) => _byId.GetValueOrDefault(idOrName) ?? _byName.GetValueOrDefault(idOrName);

    internal ActivityNode? FindById(string id) => _byId.GetValueOrDefault(id);

    internal ActivityNode? FindByName(string name) => _byName.GetValueOrDefault(name);

    internal void Add(ActivityNode node)
    {
        Nodes.Add(node);
        _byNodeId.TryAdd(node.NodeId, node);
        _byId.TryAdd(node.Id, node);
        if (node.Activity.Name is { } name)
            _byName.TryAdd(name, node);
    }

    internal bool ContinuesWithIncidents(WorkflowEngineOptions options)
    {
        if (string.IsNullOrEmpty(IncidentStrategy))
            return options.ContinueWithIncidents;
        // An alias, or an assembly-qualified type name: the class name decides.
        var typeName = IncidentStrategy.Split(',')[0].Trim();
        var name = typeName[(typeName.LastIndexOf('.') + 1)..];
        return name is "ContinueWithIncidentsStrategy" or "ContinueWithIncidents";
    }

    internal JsonObject KeepInput(IReadOnlyDictionary<string, JsonNode?> input)
    {
        var kept = new JsonObject();
        foreach (var argument in Inputs)
        {
            if (argument.IsPersistent && input.TryGetValue(argument.Name, out var value))
                kept[argument.Name] = value?.DeepClone();
        }

        return kept;
    }
}
