using System.Text.Json.Nodes;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Publication;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Documents;

/// <summary>One place of a document that is corrected.</summary>
/// <param name="Place">Where it stands, such as 第一项改正内容.</param>
/// <param name="Wrong">What stands there.</param>
/// <param name="Right">What should stand there.</param>
internal sealed record CorrectedPlace(string Place, string Wrong, string Right);

/// <summary>Corrects a document that was issued.</summary>
/// <param name="Changes">Places, 1 to 20.</param>
/// <param name="Reason">Why.</param>
internal sealed record CorrectDocument(IReadOnlyList<CorrectedPlace> Changes, string Reason);

/// <summary>Withdraws a published result.</summary>
/// <param name="Reason">Why; the public reads it.</param>
internal sealed record WithdrawPublication(string Reason);

/// <summary>What went out and was wrong: an issued document stays as it is and gets a notice of correction behind it (documents.md 0), a published result is withdrawn with its reason (行政处罚法 48).</summary>
internal static class CorrectionRoutes
{
    private const int MostPlaces = 20;
    private const int LongestText = 500;

    /// <summary>Maps <c>/api/documents/{id}/corrections</c> and <c>/api/publications/{id}/withdraw</c>.</summary>
    public static void MapCorrections(this IEndpointRouteBuilder api)
    {
        api.MapPost("/documents/{id}/corrections", CorrectAsync).For(Role.DepartmentHead).Idempotent().Produces<DocumentShape>(201).WithTags("文书")
            .WithSummary("更正已签发的文书：另发《文书更正通知书》，原文书不改动；由签发机关负责人办理");
        api.MapPost("/publications/{id}/withdraw", WithdrawAsync).For(Role.PublicationReviewer).Idempotent().Produces<PublicationEntry>().WithTags("公开")
            .WithSummary("撤回已公示的结果并说明理由，理由一并公开");
    }

    private static async Task<IResult> CorrectAsync(string id, CorrectDocument body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var document = await viewer.RowAsync<OfficialDocument>(id, "文书", cancellationToken);
        if (document.Department is null || document.Department != viewer.Actor.Department)
            throw new RefusedException(new Refusal(403, "other-department", "id", "文书由签发机关的负责人更正。"));
        if (body.Changes is not { Count: > 0 and <= MostPlaces })
            throw new RefusedException(new Refusal(422, "field-missing", "changes", $"请写明更正的位置、原内容和更正内容，一次不超过{MostPlaces}处。"));
        for (var i = 0; i < body.Changes.Count; i++)
        {
            foreach (var (name, text) in new[] { ("place", body.Changes[i].Place), ("wrong", body.Changes[i].Wrong), ("right", body.Changes[i].Right) })
            {
                if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
                    throw new RefusedException(new Refusal(422, "field-missing", $"changes[{i}].{name}", $"请填写更正的位置、原内容和更正内容，每项不超过{LongestText}字。"));
            }
        }

        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > LongestText)
            throw new RefusedException(new Refusal(422, "field-missing", "reason", $"请填写更正理由，不超过{LongestText}字。"));
        var details = new JsonObject
        {
            ["correction"] = new JsonObject
            {
                ["reason"] = body.Reason,
                ["changes"] = new JsonArray([.. body.Changes.Select(change => new JsonObject { ["place"] = change.Place, ["wrong"] = change.Wrong, ["right"] = change.Right })]),
            },
        };
        return await gate.ServiceAsync<DocumentIssuing, DocumentShape>(
            context, document.CaseKey, async (issuing, token) => DocumentShape.Of(await issuing.IssueAsync(new IssueDocument("correction-notice", id, document.Department, details, id), token)),
            cancellationToken, StatusCodes.Status201Created);
    }

    private static async Task<IResult> WithdrawAsync(string id, WithdrawPublication body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var entry = await viewer.RowAsync<PublicationEntry>(id, "公示信息", cancellationToken);
        return await gate.ServiceAsync<PublicationService, PublicationEntry>(context, entry.CaseKey, (service, token) => service.WithdrawAsync(id, body.Reason, token), cancellationToken);
    }
}
