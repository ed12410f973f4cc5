using System.Text.Json.Nodes;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Which workflows use another as a step, and bringing them to its published version.</summary>
internal sealed class DefinitionReferences(DefinitionQueries definitions, DefinitionDesk desk)
{
    /// <summary>The latest version of each definition that uses this one as a step.</summary>
    public async Task<IReadOnlyList<WorkflowDefinitionRow>> ConsumersAsync(string definitionId, CancellationToken cancellationToken) =>
        [.. (await definitions.MentioningAsync(definitionId, cancellationToken)).Where(row => row.IsLatest && Steps(Read(row), definitionId).Any())];

    /// <summary>Lets the steps that name a version of this definition name the published one; each changed workflow becomes a draft.</summary>
    /// <returns>Names of the workflows that changed.</returns>
    public async Task<IReadOnlyList<string>> UpdateAsync(string definitionId, Actor actor, CancellationToken cancellationToken)
    {
        var published = await desk.RequireAsync(definitionId, new VersionSelection(VersionKind.Published), cancellationToken);
        var changed = new List<string>();
        foreach (var row in await ConsumersAsync(definitionId, cancellationToken))
        {
            var json = Read(row);
            var stale = Steps(json, definitionId).Where(step => step.Text("workflowDefinitionVersionId") is { } version && version != published.VersionId).ToList();
            if (stale.Count == 0 || row.IsReadonly)
                continue;
            foreach (var step in stale)
            {
                step["workflowDefinitionVersionId"] = published.VersionId;
                step["version"] = published.Version;
                if (step.ContainsKey("latestAvailablePublishedVersion"))
                    step["latestAvailablePublishedVersion"] = published.Version;
                if (step.ContainsKey("latestAvailablePublishedVersionId"))
                    step["latestAvailablePublishedVersionId"] = published.VersionId;
            }

            if ((await desk.SaveAsync(json, publish: false, actor, cancellationToken)).Row is not null)
                changed.Add(row.Name);
        }

        return changed;
    }

    private static JsonObject Read(WorkflowDefinitionRow row) => JsonNode.Parse(row.Json, documentOptions: DefinitionBody.Reading)!.AsObject();

    private static IEnumerable<JsonObject> Steps(JsonObject definition, string definitionId)
    {
        var open = new Stack<JsonNode>();
        if (definition["root"] is { } root)
            open.Push(root);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject step && step.Text("type") is not null && step.Text("workflowDefinitionId") == definitionId)
                yield return step;
            foreach (var child in node is JsonObject o ? o.Select(member => member.Value) : (JsonArray)node)
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }
    }
}
