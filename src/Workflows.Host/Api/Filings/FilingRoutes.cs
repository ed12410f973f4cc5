using Workflows.Activities.Deadlines;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Filings;

/// <summary>办案期限: what the head of the organ decides about the time of a filed case.</summary>
internal static class FilingRoutes
{
    /// <summary>Maps <c>POST /api/filings/{id}/extend</c>.</summary>
    public static void MapFilings(this IEndpointRouteBuilder api) =>
        api.MapPost("/filings/{id}/extend", ExtendAsync).For(Role.DepartmentHead).Idempotent().Produces<CaseFiling>().WithTags("案件")
            .WithSummary("延长办案期限：本机关负责人决定并说明理由，次数和每次的长度按场景中该部门的办案期限（clocks），例如治安案件至多两次、每次30日");

    private static async Task<IResult> ExtendAsync(string id, ReasonGiven body, HttpContext context, Viewer viewer, IScenarioCatalogue scenarios, ChangeGate gate, CancellationToken cancellationToken)
    {
        var filing = await viewer.RowAsync<CaseFiling>(id, "立案", cancellationToken);
        return await gate.CommandAsync(
            context, filing.CaseKey,
            async (session, token) =>
            {
                var extended = await new FilingExtensions(session, scenarios).ExtendAsync(id, body.Reason, token);
                // Limits and ladders that wait in the case look at their clocks again.
                session.Signal(DeadlineChanged.SignalFor(extended.CaseKey, extended.CaseId!));
                return extended;
            },
            cancellationToken);
    }
}
