using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Cases;

/// <summary>Changes of the team of a case.</summary>
internal static class TeamRoutes
{
    /// <summary>Maps <c>/api/cases/{id}/team/changes</c>.</summary>
    public static void MapTeams(this IEndpointRouteBuilder api) =>
        api.MapPost("/cases/{id}/team/changes", ChangeAsync).For(Role.DepartmentHead).Idempotent().Produces<TeamChanged>(201).WithTags("案件")
            .WithSummary("更换检查人员：由其部门负责人批准，候补人员按抽取次序递补；没有候补人员的，指定接替人员。未办事项一并转交");

    private static async Task<IResult> ChangeAsync(string id, ChangeTeam body, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        var one = await viewer.CaseAsync(id, cancellationToken);
        return await gate.ServiceAsync<TeamChangeService, TeamChanged>(context, one.CaseKey, (service, token) => service.ChangeAsync(id, body, token), cancellationToken, StatusCodes.Status201Created);
    }
}
