using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Party;

/// <summary>What stands on a paper that was served.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Code">Its code of verification; capitals and spaces do not matter.</param>
internal sealed record PaperInHand(string Number, string Code);

/// <summary>凭文书办理: an order says that its party hands in by the code printed on it. Whoever holds a served paper opens the page of its case for some days.</summary>
internal static class PaperEntrance
{
    private const int ValidDays = 7;

    /// <summary>Maps <c>/api/party-entrance</c>.</summary>
    public static void MapPaperEntrance(this IEndpointRouteBuilder api) =>
        api.MapPost("/party-entrance", EnterAsync).ForAnybody().Idempotent().Produces<PartyLinkOpened>(201).WithTags("当事人").WithSummary("凭已送达文书上的文号和验证码打开本案的办理页面，七日内有效");

    private static async Task<IResult> EnterAsync(PaperInHand body, HttpContext context, AggregateReader rows, ChangeGate gate, IDataProtectionProvider protection, CancellationToken cancellationToken)
    {
        var paper = await rows.ReferredAsync<OfficialDocument>(body.Number.Trim(), cancellationToken);
        if (paper is not { CaseId: { } caseId, Restricted: false } || !IsCodeOf(paper, body.Code)
            || !(await PartyRoutes.ServedAsync(caseId, rows, cancellationToken)).Any(served => served.Id == paper.Id)
            || await rows.FindAsync<Case>(caseId, cancellationToken) is not { } subject)
        {
            throw new RefusedException(new Refusal(404, "paper-unknown", "code", "文号和验证码对不上，或者该文书没有送达登记：请照文书逐字核对，仍不能打开的，联系文书上的执法人员。"));
        }

        var party = new Actor { Id = $"party:{subject.TargetId}", Name = "当事人", Roles = [Role.Party], Area = subject.Area };
        return await PartyRoutes.OpenedAsync(subject, ValidDays, context, gate, protection, cancellationToken, party);
    }

    private static bool IsCodeOf(OfficialDocument paper, string given) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(paper.VerificationCode), Encoding.UTF8.GetBytes(given.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant()));
}
