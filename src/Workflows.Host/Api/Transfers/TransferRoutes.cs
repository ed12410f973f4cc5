using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Documents;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Transfers;

namespace Workflows.Host.Api.Transfers;

/// <summary>Decision on a transfer.</summary>
/// <param name="Transfers">Whether it is transferred.</param>
/// <param name="Reason">Why.</param>
internal sealed record TransferDecision(bool Transfers, string Reason);

/// <summary>Who took a transferred matter.</summary>
/// <param name="ReceivedBy">Name of the person at the receiver's.</param>
internal sealed record HandedOver(string ReceivedBy);

/// <summary>Receipt of a transfer.</summary>
/// <param name="Accepted">Whether it was accepted.</param>
/// <param name="Number">Number of the receipt.</param>
/// <param name="Reason">Why it was returned.</param>
internal sealed record ReceiptGiven(bool Accepted, string? Number = null, string? Reason = null);

/// <summary>案件移送 with evidence lists and receipts.</summary>
internal static class TransferRoutes
{
    private static readonly string[] Officers = [Role.Inspector, Role.DepartmentHead];

    /// <summary>Maps the routes under <c>/api/transfers</c> and <c>/api/cases/{id}/transfers</c>.</summary>
    public static void MapTransfers(this IEndpointRouteBuilder api)
    {
        api.MapPost("/cases/{id}/transfers", ReportAsync).For(Officers).Idempotent().Produces<CaseTransfer>(201).WithTags("移送").WithSummary("提请移送：列明问题和证据，证据清单附文件哈希");
        var transfers = api.MapGroup("/transfers").WithTags("移送");
        transfers.MapGet("", (AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken token, TransferState? state = null, string? caseId = null) =>
            rows.PageAsync<CaseTransfer, CaseTransfer>(
                page, query => query.Where(row => (state == null || row.State == state.ToString()) && (caseId == null || row.CaseId == caseId)), row => Sees(row, viewer), static row => row, token).AsTask())
            .For(RouteAccess.CaseReaders).WithSummary("移送列表：本部门移出和收到的；可按状态、案件筛选");
        transfers.MapGet("/{id}/letter", LetterAsync).For(RouteAccess.CaseReaders).Produces<string>(contentType: "text/html").WithSummary("移送函原文：移出部门和收到移送的部门可看");
        transfers.MapPost("/{id}/decide", (string id, TransferDecision body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.DecideAsync(id, body.Transfers, body.Reason, cancel), token))
            .For(Role.DepartmentHead).Idempotent().Produces<CaseTransfer>().WithSummary("决定是否移送：涉嫌犯罪的三日内决定");
        transfers.MapPost("/{id}/hand-over", (string id, HandedOver body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.HandOverAsync(id, body.ReceivedBy, cancel), token))
            .For(Officers).Idempotent().Produces<CaseTransfer>().WithSummary("移交：涉嫌犯罪的自批准起24小时内移交");
        transfers.MapPost("/{id}/receipt", (string id, ReceiptGiven body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.ReceiveAsync(id, body.Accepted, body.Number, body.Reason, cancel), token))
            .For(Officers).Idempotent().Produces<CaseTransfer>().WithSummary("移送回执：接收，或者退回并说明理由");
    }

    private static async Task<IResult> ReportAsync(string id, ReportTransfer body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var one = await viewer.CaseAsync(id, cancellationToken);
        return await gate.ServiceAsync<TransferService, CaseTransfer>(context, one.CaseKey, (service, token) => service.ReportAsync(id, body, token), cancellationToken, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ActAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, Func<TransferService, CancellationToken, ValueTask<CaseTransfer>> act, CancellationToken cancellationToken)
    {
        var transfer = await rows.FindAsync<CaseTransfer>(id, cancellationToken);
        return transfer is not null && Sees(transfer, viewer) ? await gate.ServiceAsync(context, transfer.CaseKey, act, cancellationToken) : throw Viewer.NotFound("移送");
    }

    private static async Task<IResult> LetterAsync(string id, HttpContext context, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
    {
        var transfer = await rows.FindAsync<CaseTransfer>(id, cancellationToken);
        if (transfer is null || !Sees(transfer, viewer))
            throw Viewer.NotFound("移送");
        var letter = transfer.LetterId is { } letterId ? await rows.FindAsync<OfficialDocument>(letterId, cancellationToken) : null;
        return letter is not null && RowRules.Shows(letter, viewer.Actor) ? DocumentRoutes.Html(context, letter) : throw Viewer.NotFound("移送函");
    }

    // The receiver sees what was handed to it, though it has no part in the case.
    private static bool Sees(CaseTransfer transfer, Viewer viewer) => viewer.Sight.SeesArea(transfer.Area)
        && (viewer.Sight.AllDepartments || viewer.Actor.Department is { } own && (own == transfer.Department || (own == transfer.ReceiverDepartment && transfer.Handover is not null)));
}
