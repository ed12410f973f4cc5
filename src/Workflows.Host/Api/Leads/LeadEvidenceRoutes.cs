using Workflows.Host.Access;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Limits;
using Workflows.Supervision.Evidences;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Leads;

/// <summary>证据 of a lead, before there is a case or where there never is one.</summary>
internal static class LeadEvidenceRoutes
{
    /// <summary>Maps <c>/api/leads/{id}/evidence</c>; a file itself is read at <c>/api/evidence/{id}</c>.</summary>
    public static void MapLeadEvidence(this IEndpointRouteBuilder api)
    {
        var evidence = api.MapGroup("/leads/{id}/evidence").WithTags("线索");
        evidence.MapPost("", TakeAsync).For(Role.Inspector, Role.Assistant, Role.Dispatcher, Role.DepartmentHead).Idempotent().DisableAntiforgery()
            .Accepts<IFormFile>("multipart/form-data").Produces<Evidence>(201)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes)).WithSummary("上传线索的现场证据（file、kind、title），图片按内容核对");
        evidence.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("线索的现场证据，先后为序；原件见 /api/evidence/{id}");
    }

    private static async Task<IResult> TakeAsync(string id, HttpContext context, LeadDoor door, Viewer viewer, EvidenceShelf shelf, CancellationToken cancellationToken) =>
        await shelf.TakeOnLeadAsync(context, await door.FindAsync(id, cancellationToken), viewer.Actor, cancellationToken);

    private static async Task<IReadOnlyList<Evidence>> ListAsync(string id, LeadDoor door, Viewer viewer, AggregateReader rows, CancellationToken cancellationToken)
    {
        var lead = await door.FindAsync(id, cancellationToken);
        return
        [
            .. (await rows.ListAsync<Evidence>(query => query.Where(row => row.CaseKey == lead.CaseKey && row.CaseId == null), LeadEvidence.Most, cancellationToken))
                .Where(piece => EvidenceGuard.MaySee(viewer.Actor, piece)).OrderBy(piece => piece.Ordinal),
        ];
    }
}
