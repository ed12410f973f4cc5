using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Queries.Instances;

namespace Workflows.Host.Api.Cases;

/// <summary>A diagram that a case runs through, with where it stands in it.</summary>
/// <param name="InstanceId">Workflow instance.</param>
/// <param name="Name">Name of the process.</param>
/// <param name="Version">Version that the case runs on.</param>
/// <param name="IsRunning">Whether it still runs.</param>
/// <param name="Root">Root activity of the definition, as the designer saved it.</param>
/// <param name="Steps">What became of the steps, by activity; steps that were never reached are absent.</param>
internal sealed record CaseDiagram(string InstanceId, string Name, int Version, bool IsRunning, JsonNode Root, IReadOnlyList<CaseDiagramStep> Steps);

/// <summary>What became of a step.</summary>
/// <param name="ActivityId">The step.</param>
/// <param name="State"><c>waiting</c>, <c>done</c> or <c>faulted</c>.</param>
/// <param name="Times">How often it was reached.</param>
/// <param name="Since">When it was last reached, UTC.</param>
internal sealed record CaseDiagramStep(string ActivityId, string State, int Times, DateTimeOffset Since);

/// <summary>Diagrams of a case for those who read the case; they need no right to the designer.</summary>
internal static class CaseDiagrams
{
    private const int MostInstances = 50;
    private const int MostExecutions = 5000;

    /// <summary>Maps <c>/api/cases/{id}/diagrams</c>.</summary>
    public static void MapCaseDiagrams(this IEndpointRouteBuilder api) =>
        api.MapGet("/cases/{id}/diagrams", ListAsync).For(RouteAccess.CaseReaders).WithTags("案件").WithSummary("本案所走的流程图和所处的步骤");

    private static async Task<IReadOnlyList<CaseDiagram>> ListAsync(string id, Viewer viewer, WorkflowsDbContext database, HistoryReader history, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        var instances = await database.Set<WorkflowInstanceRow>().AsNoTracking()
            .Where(row => row.CaseKey == subject.CaseKey && row.CorrelationId == subject.Id)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Take(MostInstances)
            .Select(row => new { row.Id, row.DefinitionVersionId, row.DefinitionVersion, row.FinishedAt }).ToListAsync(cancellationToken);
        var versions = instances.Select(row => row.DefinitionVersionId).Distinct().ToList();
        var definitions = await database.Set<WorkflowDefinitionRow>().AsNoTracking().Where(row => versions.Contains(row.VersionId))
            .Select(row => new { row.VersionId, row.Name, row.Json }).ToDictionaryAsync(row => row.VersionId, cancellationToken);
        var diagrams = new List<CaseDiagram>();
        foreach (var instance in instances)
        {
            if (!definitions.TryGetValue(instance.DefinitionVersionId, out var definition) || JsonNode.Parse(definition.Json)?["root"] is not { } root)
                continue;
            var executions = await history.HeadsAsync(instance.Id, new ExecutionSelection(), MostExecutions, cancellationToken);
            diagrams.Add(new CaseDiagram(instance.Id, definition.Name, instance.DefinitionVersion, instance.FinishedAt is null, root.DeepClone(), Steps(executions)));
        }

        return diagrams;
    }

    private static IReadOnlyList<CaseDiagramStep> Steps(IReadOnlyList<ExecutionHead> executions) =>
    [
        .. executions.GroupBy(execution => execution.ActivityId, StringComparer.Ordinal).Select(step => new CaseDiagramStep(
            step.Key,
            step.Any(execution => execution.FaultCount > 0 && execution.CompletedAt is null) ? "faulted" : step.Any(execution => execution.CompletedAt is null) ? "waiting" : "done",
            step.Count(),
            step.Max(execution => execution.StartedAt))),
    ];
}
