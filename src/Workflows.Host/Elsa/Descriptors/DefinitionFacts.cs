using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Activities.Options;
using Workflows.Engine.Definitions;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Elsa.Descriptors;

/// <summary>What the toolbox needs of a version of a definition; read once for each content.</summary>
/// <param name="Definition">The version without its diagram: name, arguments, outcomes, options. Null where the text cannot be read.</param>
/// <param name="Limits">Time limits of its diagram.</param>
internal sealed record DefinitionFacts(WorkflowDefinition? Definition, IReadOnlyList<DiagramStep> Limits)
{
    private const int DeepestWalk = 200;

    /// <summary>Reads the text of a version.</summary>
    public static DefinitionFacts Read(string json)
    {
        try
        {
            var node = WorkflowDefinition.Parse(json).ToJson();
            var limits = new List<DiagramStep>();
            Collect(node["root"], limits, 0);
            // The diagram is large and the facts are kept.
            node.Remove("root");
            return new DefinitionFacts(WorkflowDefinition.Parse(node), limits);
        }
        catch (DefinitionFormatException)
        {
            return new DefinitionFacts(null, []);
        }
    }

    private static void Collect(JsonNode? node, List<DiagramStep> limits, int depth)
    {
        if (depth > DeepestWalk)
            return;
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Collect(item, limits, depth + 1);
        }
        else if (node is JsonObject json)
        {
            if (Text(json["type"]) is { } type && TimeLimitOptions.Types.Contains(type) && Text(json["id"]) is { Length: > 0 } id)
                limits.Add(new DiagramStep(id, Text((json["metadata"] as JsonObject)?["displayText"]) ?? Text(json["name"]) ?? id, type, Literal(json["ruleCode"])));
            foreach (var (_, child) in json)
            {
                if (child is JsonObject or JsonArray)
                    Collect(child, limits, depth + 1);
            }
        }
    }

    private static string? Literal(JsonNode? input) =>
        (input as JsonObject)?["expression"] is JsonObject expression && Text(expression["type"]) == "Literal" && Text(expression["value"]) is { Length: > 0 } value ? value : null;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

/// <summary>A version and what is known of it.</summary>
internal sealed record KnownVersion(string VersionId, string DefinitionId, int Version, string Name, string Hash, bool IsPublished, bool IsLatest, DefinitionFacts Facts);

/// <summary>The definitions as far as the toolbox is concerned: heads are asked each time, texts only when they have changed.</summary>
internal sealed class DefinitionKnowledge(IServiceScopeFactory scopes) : IDiagramSteps
{
    private const int MaximumEntries = 4096;
    private readonly ConcurrentDictionary<(string VersionId, string Hash), DefinitionFacts> _facts = new();

    /// <summary>Latest and published versions, and every version of those that serve as activities.</summary>
    public async Task<IReadOnlyList<KnownVersion>> VersionsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowDefinitionRow>().AsNoTracking();
        var current = await KnowAsync(rows, rows.Where(row => row.IsLatest || row.IsPublished), cancellationToken);
        var usable = current.Where(version => version.Facts.Definition?.UsableAsActivity == true).Select(version => version.DefinitionId).Distinct().ToList();
        // A diagram may still hold an older version of such an activity, and Studio draws nothing where one has no descriptor.
        return usable.Count == 0
            ? current
            : [.. current, .. await KnowAsync(rows, rows.Where(row => usable.Contains(row.DefinitionId) && !row.IsLatest && !row.IsPublished), cancellationToken)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<DiagramStep>> LimitsAsync(CancellationToken cancellationToken) =>
        [.. (await VersionsAsync(cancellationToken)).Where(version => version.IsLatest).SelectMany(version => version.Facts.Limits)];

    private async Task<IReadOnlyList<KnownVersion>> KnowAsync(IQueryable<WorkflowDefinitionRow> all, IQueryable<WorkflowDefinitionRow> wanted, CancellationToken cancellationToken)
    {
        var heads = await wanted.OrderBy(row => row.DefinitionId).ThenBy(row => row.Version)
            .Select(row => new { row.VersionId, row.DefinitionId, row.Version, row.Name, row.Hash, row.IsPublished, row.IsLatest }).ToListAsync(cancellationToken);
        if (_facts.Count > MaximumEntries)
            _facts.Clear();
        var known = new List<KnownVersion>();
        foreach (var head in heads)
        {
            if (!_facts.TryGetValue((head.VersionId, head.Hash), out var facts))
            {
                var text = await all.Where(row => row.VersionId == head.VersionId).Select(row => row.Json).FirstOrDefaultAsync(cancellationToken);
                _facts[(head.VersionId, head.Hash)] = facts = DefinitionFacts.Read(text ?? "{}");
            }

            known.Add(new KnownVersion(head.VersionId, head.DefinitionId, head.Version, head.Name, head.Hash, head.IsPublished, head.IsLatest, facts));
        }

        return known;
    }
}
