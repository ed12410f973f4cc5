using System.Text.Json.Nodes;
using Workflows.Engine.Compilation;
using Workflows.Host.Access;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>How definitions hang together: who uses whom, and where an activity stands in a nested diagram.</summary>
internal static class ReferenceRoutes
{
    /// <summary>Maps the routes.</summary>
    public static void MapElsaReferences(this IEndpointRouteBuilder elsa)
    {
        var routes = elsa.MapGroup("").WithTags("Elsa 流程定义").AddEndpointFilter(DefinitionRoutes.RefuseAsync);
        routes.MapGet("/workflow-definitions/{definitionId}/consumers", ConsumersAsync).ForElsaReaders().WithSummary("把它当作步骤使用的流程");
        routes.MapPost("/workflow-definitions/{definitionId}/update-references", UpdateAsync).ForElsaWriters().Produces<UpdatedReferences>().WithSummary("让使用它的流程改用已发布的版本，改动存为草稿");
        routes.MapPost("/actions/workflow-definitions/refresh", RefreshAsync).ForElsaWriters().Accepts<DefinitionIdsRequest>(isOptional: true, "application/json").Produces<RefreshedDefinitions>().WithSummary("重新读取流程定义");
        routes.MapPost("/actions/workflow-definitions/reload", ReloadAsync).ForElsaWriters().WithSummary("重新读取全部流程定义");
        routes.MapGet("/workflow-definitions/subgraph/{versionId}", SubgraphAsync).ForElsaReaders().WithSummary("一个步骤及其内部步骤");
        routes.MapGet("/workflow-definitions/subgraph/segments/{versionId}", SegmentsAsync).ForElsaReaders().WithSummary("到一个内部步骤的路径");
    }

    private static async Task<IResult> ConsumersAsync(string definitionId, DefinitionReferences references, CancellationToken cancellationToken) => ElsaJson.Answer(
        new { consumingWorkflowDefinitionIds = (await references.ConsumersAsync(definitionId, cancellationToken)).Select(row => row.DefinitionId).Distinct(StringComparer.Ordinal).ToList() });

    private static async Task<IResult> UpdateAsync(string definitionId, HttpContext context, DefinitionReferences references, CancellationToken cancellationToken) =>
        ElsaJson.Answer(new { affectedWorkflows = await references.UpdateAsync(definitionId, context.User.ToActor(), cancellationToken) });

    private static async Task<IResult> RefreshAsync(HttpContext context, DefinitionQueries definitions, CancellationToken cancellationToken)
    {
        var body = await DefinitionBody.ReadAsync(context);
        var asked = body["definitionIds"] is JsonArray ? body.Texts("definitionIds") : null;
        var (found, _) = await definitions.PageAsync(
            new DefinitionFilter { DefinitionIds = asked, Versions = new VersionSelection(VersionKind.Latest) }, DefinitionOrder.Name, descending: false, 0, null, cancellationToken);
        definitions.Refresh();
        return ElsaJson.Answer(new { refreshed = found.Select(row => row.DefinitionId).ToList(), notFound = (asked ?? []).Except(found.Select(row => row.DefinitionId)).ToList() });
    }

    private static IResult ReloadAsync(DefinitionQueries definitions)
    {
        definitions.Refresh();
        return Results.Ok();
    }

    private static async Task<IResult> SubgraphAsync(string versionId, HttpContext context, DefinitionQueries definitions, StudioForm studio, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(versionId, definitions, studio, cancellationToken);
        var wanted = context.Request.Query["parentNodeId"].ToString();
        return ElsaJson.Answer(Node((wanted.Length == 0 ? places[0] : places.FirstOrDefault(place => place.NodeId == wanted)) ?? throw DefinitionDesk.Unknown(), places));
    }

    private static async Task<IResult> SegmentsAsync(string versionId, HttpContext context, DefinitionQueries definitions, StudioForm studio, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(versionId, definitions, studio, cancellationToken);
        var wanted = context.Request.Query["childNodeId"].ToString();
        var child = places.FirstOrDefault(place => place.NodeId == wanted) ?? throw DefinitionDesk.Unknown();
        var segments = new JsonArray();
        for (var (held, owner) = (child, child.Parent); owner is not null; (held, owner) = (owner, owner.Parent))
        {
            // What stands in a slot is opened with the step that has the slot; the root is open from the beginning.
            if (owner.Parent is null || IsInSlot(owner))
                continue;
            segments.Insert(0, new JsonObject
            {
                ["activityNodeId"] = owner.NodeId, ["activityId"] = owner.Id, ["activityType"] = owner.Json.Text("type"), ["portName"] = held.Port,
            });
        }

        return ElsaJson.Answer(new JsonObject
        {
            ["childNode"] = Node(child, places), ["container"] = Node(child.Parent ?? child, places), ["pathSegments"] = segments,
        });
    }

    private static bool IsInSlot(PlacedActivity place) => place.Port is not ("Activities" or "Branches" or "Cases");

    private static async Task<IReadOnlyList<PlacedActivity>> PlacesAsync(string versionId, DefinitionQueries definitions, StudioForm studio, CancellationToken cancellationToken)
    {
        var row = await definitions.FindVersionAsync(versionId, cancellationToken) ?? throw DefinitionDesk.Unknown();
        return await studio.PlacesAsync(row, cancellationToken) is { Count: > 0 } places ? places : throw DefinitionDesk.Unknown();
    }

    private static JsonObject Node(PlacedActivity place, IReadOnlyList<PlacedActivity> places)
    {
        // Only what stands below is shown, and each of it once: the bottom first.
        var below = places.Where(other => other == place || other.NodeId.StartsWith(place.NodeId + ":", StringComparison.Ordinal)).ToList();
        var nodes = below.ToDictionary<PlacedActivity, PlacedActivity, JsonObject>(other => other, other => new JsonObject
        {
            ["activity"] = other.Json.DeepClone(), ["port"] = other.Port, ["nodeId"] = other.NodeId, ["children"] = new JsonArray(), ["parents"] = new JsonArray(),
        }, ReferenceEqualityComparer.Instance);
        foreach (var other in below.Where(other => other != place && other.Parent is not null && nodes.ContainsKey(other.Parent)))
            nodes[other.Parent!]["children"]!.AsArray().Add((JsonNode)nodes[other]);
        return nodes[place];
    }
}
