using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Storage.Audit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Audit;

/// <summary>The audit trail as JSON lines that <c>audit verify</c> checks without the database.</summary>
internal static class AuditRoutes
{
    /// <summary>Maps the routes under <c>/api/audit</c>.</summary>
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("审计");
        audit.MapGet("/cases/{id}", CaseAsync).For(Role.Auditor, Role.Supervisor).Produces<string>(contentType: "application/x-ndjson").WithSummary("一案所在的审计链");
        audit.MapGet("/cases/{id}/people", PeopleAsync).For(Role.Auditor, Role.Supervisor).WithSummary("一案所在的审计链中各办理人员的姓名（链中只记编号）");
        audit.MapGet("", AllAsync).For(Role.Auditor).Produces<string>(contentType: "application/x-ndjson").WithSummary("全部审计链和每日封存（限全市审计员）");
    }

    private static async Task<IReadOnlyDictionary<string, string>> PeopleAsync(string id, Viewer viewer, WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        var actors = await database.Set<AuditEntryRow>().AsNoTracking().Where(row => row.CaseKey == subject.CaseKey).Select(row => row.Actor).Distinct().ToListAsync(cancellationToken);
        return await new ActorNames(database).ReadAsync(actors, cancellationToken);
    }

    private static async Task<IResult> CaseAsync(string id, Viewer viewer, AuditTrail trail, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        return Export(trail, subject.CaseKey, $"audit-{subject.Id}.jsonl");
    }

    private static IResult AllAsync(Viewer viewer, AuditTrail trail) =>
        viewer.Actor.Area is null ? Export(trail, null, "audit.jsonl") : throw new Problems.RefusedException(
            new Problems.Refusal(403, "other-area", "", "全部审计链包含其他区域：请由全市审计员导出，或按案件导出。"));

    private static IResult Export(AuditTrail trail, string? caseKey, string name) => Results.Stream(
        async stream =>
        {
            // The export writes line by line; it is gathered first because answers are written asynchronously only.
            using var lines = new MemoryStream();
            await trail.ExportAsync(lines, caseKey);
            lines.Position = 0;
            await lines.CopyToAsync(stream);
        },
        "application/x-ndjson", name);
}
