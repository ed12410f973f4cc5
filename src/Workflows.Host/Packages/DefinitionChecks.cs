using System.Text.Json.Nodes;
using Workflows.Engine;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Definitions;
using Workflows.Host.Elsa.Definitions;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Packages;

/// <summary>Something wrong with a definition, as people read it.</summary>
/// <param name="ActivityId">Activity concerned; null for the definition as a whole.</param>
/// <param name="Property">Property concerned, or null.</param>
/// <param name="Code">One of <see cref="ValidationCodes"/>.</param>
/// <param name="Message">Names the activity and the field, and says what to do.</param>
internal sealed record DefinitionProblem(string? ActivityId, string? Property, string Code, string Message);

/// <summary>Validates definitions before they are published.</summary>
internal sealed class DefinitionChecks(ActivityRegistry registry, WorkflowEngine engine, DefinitionQueries definitions)
{
    private const int DeepestUse = 64;

    /// <summary>Everything that keeps a definition from being published; empty when nothing does.</summary>
    /// <param name="json">The definition as it is stored.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<DefinitionProblem>> ProblemsAsync(string json, CancellationToken cancellationToken)
    {
        WorkflowDefinition definition;
        try
        {
            definition = WorkflowDefinition.Parse(json);
        }
        catch (DefinitionFormatException malformed)
        {
            return [new DefinitionProblem(null, null, ValidationCodes.BoundExceeded, malformed.Message)];
        }

        var used = await UsedAsync(definition, cancellationToken);
        WorkflowDefinition? Resolve(WorkflowReference reference) =>
            reference.VersionId is { } version && used.GetValueOrDefault(version) is { } exact ? exact : used.GetValueOrDefault(reference.DefinitionId ?? "");

        var activities = ActivitiesOf(definition);
        return
        [
            .. DefinitionValidator.Validate(definition, registry, engine.Options, Resolve)
                .Select(problem => new DefinitionProblem(problem.ActivityId, problem.Property, problem.Code, Message(problem, activities)))
                .DistinctBy(problem => problem.Message, StringComparer.Ordinal),
        ];
    }

    private string Message(ValidationProblem problem, Dictionary<string, JsonObject> activities)
    {
        if (problem.ActivityId is not { } id || !activities.TryGetValue(id, out var activity))
            return problem.ActivityId is { Length: > 0 } unknown ? $"步骤 {unknown}：{problem.Message}" : problem.Message;
        var name = (activity["metadata"] as JsonObject)?.Text("displayText") ?? activity.Text("name") ?? activity.Text("type") ?? id;
        return $"步骤“{name}”（{id}）{Field(problem, activity)}：{problem.Message}";
    }

    private string Field(ValidationProblem problem, JsonObject activity)
    {
        if (problem.Property is not { Length: > 0 } property || !registry.TryGet(activity.Text("type") ?? "", activity.Number("version"), out var descriptor))
            return "";
        var shown = descriptor.Inputs.FirstOrDefault(input => string.Equals(input.Name, property, StringComparison.OrdinalIgnoreCase))?.DisplayName
            ?? descriptor.Ports.FirstOrDefault(port => port.Name == property)?.DisplayName
            ?? (property.StartsWith("connections", StringComparison.Ordinal) ? "连线" : null);
        return shown is null || problem.Message.Contains(shown, StringComparison.Ordinal) ? "" : $"的“{shown}”";
    }

    private static Dictionary<string, JsonObject> ActivitiesOf(WorkflowDefinition definition)
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var json in Objects(definition))
        {
            if (json.Text("type") is not null && json.Text("id") is { Length: > 0 } id)
                found.TryAdd(id, json);
        }

        return found;
    }

    /// <summary>The workflows that it uses as steps, and those that they use: by id of the version, and by logical id for the published one.</summary>
    private async Task<Dictionary<string, WorkflowDefinition>> UsedAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, WorkflowDefinition>(StringComparer.Ordinal) { [definition.DefinitionId] = definition };
        var open = new Queue<(WorkflowDefinition Definition, int Depth)>();
        open.Enqueue((definition, 0));
        while (open.TryDequeue(out var entry) && entry.Depth < DeepestUse)
        {
            foreach (var json in Objects(entry.Definition).Where(json => json.Text("type") is not null && json.Text("workflowDefinitionId") is not null))
            {
                var id = json.Text("workflowDefinitionId")!;
                var version = json.Text("workflowDefinitionVersionId");
                if (found.ContainsKey(version ?? id))
                    continue;
                var row = version is not null
                    ? await definitions.FindVersionAsync(version, cancellationToken)
                    : await definitions.FindAsync(id, new VersionSelection(VersionKind.Published), cancellationToken);
                if (row is null)
                    continue;
                var used = WorkflowDefinition.Parse(row.Json);
                found[version ?? id] = used;
                open.Enqueue((used, entry.Depth + 1));
            }
        }

        return found;
    }

    private static IEnumerable<JsonObject> Objects(WorkflowDefinition definition)
    {
        var open = new Stack<JsonNode>();
        if (definition.Root is { } root)
            open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject json)
                yield return json;
            foreach (var child in (node is JsonObject o ? o.Select(member => member.Value) : (JsonArray)node).Reverse())
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }
    }
}
