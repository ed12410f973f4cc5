using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Party;

/// <summary>An answer to a statement.</summary>
/// <param name="Answer">The organ's words, at most 4,000 characters; the party reads them.</param>
internal sealed record StatementAnswer(string Answer);

/// <summary>陈述申辩 and its answer: whoever states a view gets one (处罚法 45).</summary>
internal static class StatementRoutes
{
    /// <summary>Maps <c>POST /api/cases/{id}/statements/{statementId}/answer</c>.</summary>
    public static void MapStatements(this IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{id}/statements/{statementId}/answer", AnswerAsync).For(Role.Inspector, Role.DepartmentHead).Idempotent().Produces<PartyStatement>()
            .WithTags("当事人").WithSummary("答复当事人的陈述申辩：由承办部门的执法人员或者负责人，每件一次");

    private static async Task<IResult> AnswerAsync(
        string id, string statementId, StatementAnswer body, HttpContext context, Viewer viewer, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        var subject = await viewer.CaseAsync(id, cancellationToken);
        // A statement of another case does not exist here.
        if (await rows.FindAsync<PartyStatement>(statementId, cancellationToken) is not { } statement || statement.CaseId != subject.Id)
            throw Viewer.NotFound("陈述申辩");
        return await gate.ServiceAsync<PartyService, PartyStatement>(
            context, subject.CaseKey, (service, token) => service.AnswerStatementAsync(statement.Id, body.Answer, token), cancellationToken);
    }
}
