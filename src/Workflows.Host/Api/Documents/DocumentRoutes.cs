using Workflows.Host.Access;
using Workflows.Host.Api.Party;
using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Documents;

namespace Workflows.Host.Api.Documents;

/// <summary>What anybody learns of a document by its code: that it was issued, and the hash of its text.</summary>
/// <param name="Number">Number.</param>
/// <param name="Title">Title.</param>
/// <param name="Organ">Organ that issued it.</param>
/// <param name="IssuedOn">Day of issue.</param>
/// <param name="HtmlSha256">SHA-256 of the text as issued.</param>
/// <param name="Matches">Whether the hash handed in is that of the text; null when none was.</param>
/// <param name="Served">Whether it was served on the party of its case, who comes in by it.</param>
internal sealed record DocumentVerification(string Number, string Title, string Organ, DateOnly IssuedOn, string HtmlSha256, bool? Matches, bool Served);

/// <summary>Documents: list, text, verification.</summary>
internal static class DocumentRoutes
{
    /// <summary>Maps the routes under <c>/api/documents</c> and <c>/api/public/documents</c>.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        var documents = api.MapGroup("/documents").WithTags("文书");
        documents.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("文书列表，可按案件、文种筛选");
        documents.MapGet("/{id}", FindAsync).For(RouteAccess.CaseReaders).WithSummary("文书信息");
        documents.MapGet("/{id}/html", HtmlAsync).For(RouteAccess.CaseReaders).Produces<string>(contentType: "text/html").WithSummary("文书原文，与出具时逐字一致");
        api.MapGet("/public/documents", VerifyAsync).ForAnybody().WithTags("公开").WithSummary("凭文号和验证码核验文书，可附 sha256 比对");
    }

    /// <summary>Answers with the text of a document, kept apart from everything else of this origin.</summary>
    public static IResult Html(HttpContext context, OfficialDocument document)
    {
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        context.Response.Headers["X-Content-SHA256"] = document.HtmlSha256;
        return Results.Text(document.Html, "text/html; charset=utf-8");
    }

    private static async Task<Page<DocumentShape>> ListAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, string? caseId = null, string? form = null)
    {
        var sight = viewer.Sight;
        if (caseId is not null)
            await viewer.CaseAsync(caseId, cancellationToken);
        else if (!sight.AllDepartments && sight.Department is null)
            return new Page<DocumentShape>([], null);
        return await rows.PageAsync<OfficialDocument, DocumentShape>(
            page,
            query => query.Where(row => (caseId == null || row.CaseId == caseId) && (form == null || row.Kind == form)
                && (sight.AllDepartments || row.Department == sight.Department || caseId != null && row.Department == null)
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))),
            document => RowRules.Shows(document, viewer.Actor),
            DocumentShape.Of,
            cancellationToken);
    }

    private static async Task<DocumentShape> FindAsync(string id, Viewer viewer, CancellationToken cancellationToken) =>
        DocumentShape.Of(await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken));

    private static async Task<IResult> HtmlAsync(string id, Viewer viewer, HttpContext context, CancellationToken cancellationToken) =>
        Html(context, await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken));

    private static async Task<DocumentVerification> VerifyAsync(string number, string code, AggregateReader rows, CancellationToken cancellationToken, string? sha256 = null)
    {
        var document = await rows.ReferredAsync<OfficialDocument>(number, cancellationToken);
        if (document is null || document.Restricted || document.VerificationCode != code)
            throw new RefusedException(new Refusal(404, "not-found", "code", "没有此文号和验证码的文书：请核对纸面上的文号和验证码。"));
        return new DocumentVerification(
            document.Number, document.Title, document.Organ, document.IssuedOn, document.HtmlSha256,
            sha256 is null ? null : string.Equals(sha256, document.HtmlSha256, StringComparison.OrdinalIgnoreCase),
            document.CaseId is { } caseId && (await PartyRoutes.ServedAsync(caseId, rows, cancellationToken)).Any(served => served.Id == document.Id));
    }
}
