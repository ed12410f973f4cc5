using QRCoder;
using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Composition;
using Workflows.Host.Papers;
using Workflows.Host.Problems;
using Workflows.Supervision.Documents;

namespace Workflows.Host.Api.Papers;

/// <summary>Documents as paper: PDF, the whole file of a case, and the code that leads to the verification.</summary>
internal static class PaperRoutes
{
    private const int MostDocuments = 500;
    private const long LongestFile = 32L << 20;

    /// <summary>Maps them.</summary>
    public static void MapPapers(this IEndpointRouteBuilder api)
    {
        var documents = api.MapGroup("/documents").WithTags("文书");
        documents.MapGet("/{id}/pdf", DocumentAsync).For(RouteAccess.CaseReaders).Produces<byte[]>(contentType: "application/pdf").Produces<PaperOrdered>(202)
            .WithSummary("文书的PDF：已生成的直接返回；202 表示正在后台生成；409 说明原因和替代办法");
        documents.MapGet("/{id}/copy", CopyAsync).For(RouteAccess.CaseReaders).Produces<string>(contentType: "text/html").WithSummary("文书的印本：原文不变，页眉空白处加核验二维码，供打印");
        documents.MapGet("/{id}/qr", CodeAsync).For(RouteAccess.CaseReaders).Produces<string>(contentType: "image/svg+xml").WithSummary("核验二维码（SVG）：指向公开核验页，带文号和验证码");
        var cases = api.MapGroup("/cases").WithTags("案件");
        cases.MapGet("/{id}/file", FileAsync).For(RouteAccess.CaseReaders).Produces<string>(contentType: "text/html").WithSummary("案卷：封面、卷内目录和全部文书，A4版式，可直接打印");
        cases.MapGet("/{id}/file/pdf", FilePdfAsync).For(RouteAccess.CaseReaders).Produces<byte[]>(contentType: "application/pdf").Produces<PaperOrdered>(202).WithSummary("案卷的PDF，目录带页次；202 表示正在后台生成");
    }

    private static async Task<IResult> DocumentAsync(string id, Viewer viewer, PaperDesk desk, ServeSettings settings, HttpContext context, CancellationToken cancellationToken)
    {
        var document = await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken);
        return await desk.PdfAsync(PrintedCopy.Of(document, ServiceAddress(settings, context)), $"{document.Number}.pdf", cancellationToken);
    }

    private static async Task<IResult> CopyAsync(string id, Viewer viewer, ServeSettings settings, HttpContext context, CancellationToken cancellationToken)
    {
        var document = await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        return Results.Text(PrintedCopy.Of(document, ServiceAddress(settings, context)), "text/html; charset=utf-8");
    }

    private static async Task<IResult> CodeAsync(string id, Viewer viewer, ServeSettings settings, HttpContext context, CancellationToken cancellationToken)
    {
        var document = await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken);
        var address = PrintedCopy.VerificationAddress(ServiceAddress(settings, context), document.Number, document.VerificationCode);
        return Results.Text(PrintedCopy.Picture(address, QRCodeGenerator.ECCLevel.M), "image/svg+xml; charset=utf-8");
    }

    private static Uri ServiceAddress(ServeSettings settings, HttpContext context) => settings.PublicAddress ?? new Uri($"{context.Request.Scheme}://{context.Request.Host}/");

    private static async Task<IResult> FileAsync(string id, Viewer viewer, AggregateReader rows, HttpContext context, CancellationToken cancellationToken)
    {
        var (html, _) = await HtmlAsync(id, viewer, rows, cancellationToken);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DocumentPolicy;
        // Page numbers of the contents are known where it is printed; here each line leads to its part.
        return Results.Text(html.Replace(">000</span>", "></span>", StringComparison.Ordinal), "text/html; charset=utf-8");
    }

    private static async Task<IResult> FilePdfAsync(string id, Viewer viewer, AggregateReader rows, PaperDesk desk, CancellationToken cancellationToken)
    {
        var (html, number) = await HtmlAsync(id, viewer, rows, cancellationToken);
        return await desk.PdfAsync(html, $"案卷 {number}.pdf", cancellationToken);
    }

    private static async Task<(string Html, string Number)> HtmlAsync(string id, Viewer viewer, AggregateReader rows, CancellationToken cancellationToken)
    {
        var one = await viewer.CaseAsync(id, cancellationToken);
        var documents = (await rows.OfCaseAsync<OfficialDocument>(id, cancellationToken)).Where(document => viewer.Sight.SeesDepartment(document.Department) && RowRules.Shows(document, viewer.Actor)).ToList();
        if (documents.Count > MostDocuments || documents.Sum(document => (long)document.Html.Length) > LongestFile)
            throw new RefusedException(new Refusal(409, "file-too-large", "id", $"本案文书超过{MostDocuments}件或总长超过限制，不能合成一册：请逐件打印。"));
        return (CaseFile.Html(one with { Target = RowRules.Masked(one.Target) }, documents), one.Number);
    }
}
