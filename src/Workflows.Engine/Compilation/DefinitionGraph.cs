using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Definitions;

namespace Workflows.Engine.Compilation;

/// <summary>An activity of a definition at its place.</summary>
/// <param name="Json">Its JSON in the definition that was numbered.</param>
/// <param name="Id">Its id, made where the definition gives none.</param>
/// <param name="NodeId">Path of ids from the workflow down, joined by ":"; journal, executions and incidents name it so.</param>
/// <param name="Port">Slot of the parent that holds it, such as <c>Activities</c> or <c>Body</c>; <c>Root</c> for the root.</param>
/// <param name="Parent">The activity that holds it; null for the root.</param>
/// <param name="Descriptor">What is known of its type; null for an unknown one and for a workflow used as a step.</param>
public sealed record PlacedActivity(JsonObject Json, string Id, string NodeId, string Port, PlacedActivity? Parent, ActivityDescriptor? Descriptor);

/// <summary>Numbers the activities of a definition as the engine does when it compiles it, without compiling its expressions.</summary>
public static class DefinitionGraph
{
    /// <summary>Places all activities, the root first, each before its children.</summary>
    /// <param name="root">JSON of the root activity.</param>
    /// <param name="registry">The activity types.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    /// <exception cref="DefinitionFormatException">Nested too deeply, or too many activities.</exception>
    public static IReadOnlyList<PlacedActivity> Place(JsonObject root, ActivityRegistry registry, WorkflowEngineOptions? options = null)
    {
        options ??= new WorkflowEngineOptions();
        var reader = new ActivityReader(registry, options) { Origins = [] };
        var workflow = new CompiledWorkflow { DefinitionId = "", VersionId = "", Version = 1 };
        new GraphBuilder(registry, options, null).Number(workflow, new Workflow { Root = reader.Read(root) });
        var placed = new Dictionary<ActivityNode, PlacedActivity>(workflow.Nodes.Count);
        var list = new List<PlacedActivity>(workflow.Nodes.Count);
        foreach (var node in workflow.Nodes)
        {
            if (node.Parent is null || !reader.Origins.TryGetValue(node.Activity, out var json))
                continue;
            var descriptor = node.Activity is NotFoundActivity or WorkflowDefinitionActivity ? null : node.Type.Descriptor;
            var activity = new PlacedActivity(json, node.Id, node.NodeId, node.Port, placed.GetValueOrDefault(node.Parent), descriptor);
            placed[node] = activity;
            list.Add(activity);
        }

        return list;
    }
}
