using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Limits;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Evidences;

/// <summary>证据: hand in and look at.</summary>
internal static class EvidenceRoutes
{
    /// <summary>Maps <c>/api/cases/{id}/evidence</c> and <c>/api/evidence/{id}</c>.</summary>
    public static void MapEvidence(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/evidence", TakeAsync).For(Role.Inspector, Role.Assistant).Idempotent().DisableAntiforgery()
            .Before(static context => context.RequestServices.GetRequiredService<Viewer>().CaseAsync((string)context.Request.RouteValues["id"]!, context.RequestAborted).AsTask())
            .Accepts<IFormFile>("multipart/form-data").Produces<Evidence>(201).WithTags("证据")
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RequestLimits.UploadBytes)).WithSummary("上传证据（file、kind、title）");
        api.MapGet("/evidence/{id}", ShowAsync).For(RouteAccess.CaseReaders).WithTags("证据").WithSummary("证据文件原件");
    }

    private static async Task<IResult> TakeAsync(string id, HttpContext context, Viewer viewer, EvidenceShelf shelf, CancellationToken cancellationToken) =>
        await shelf.TakeAsync(context, await viewer.CaseAsync(id, cancellationToken), viewer.Actor, cancellationToken);

    private static async Task<IResult> ShowAsync(string id, HttpContext context, EvidenceDoor door, EvidenceShelf shelf, CancellationToken cancellationToken)
    {
        var evidence = await door.FindAsync(id, cancellationToken);
        // CA2000: the result disposes the stream when it has been sent.
#pragma warning disable CA2000
        var file = shelf.Open(evidence.Sha256)
            ?? throw new RefusedException(new Refusal(404, "file-missing", "id", "证据记录在案，但文件不在本节点：请联系管理员从备份恢复。"));
#pragma warning restore CA2000
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        // Uploads are other people's files: they are downloaded, never shown inside this origin.
        return Results.File(file, evidence.MediaType, $"{evidence.Id}", enableRangeProcessing: true);
    }
}
