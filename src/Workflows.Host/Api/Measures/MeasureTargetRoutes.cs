using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Measures;

/// <summary>目标值 of measures: everybody who sees a measure sees the targets of what it counts.</summary>
internal static class MeasureTargetRoutes
{
    private const int Most = 1000;

    /// <summary>Maps the routes under <c>/api/measures/{code}/targets</c>.</summary>
    public static void MapMeasureTargets(this IEndpointRouteBuilder api)
    {
        var targets = api.MapGroup("/measures/{code}/targets").WithTags("统计指标");
        targets.MapGet("", ListAsync).For([.. RouteAccess.CaseReaders, Role.Administrator]).WithSummary("指标的目标值及历次设定：本区域、上级区域和本部门的，按设定先后");
        targets.MapPost("", (string code, SetMeasureTarget body, HttpContext context, ChangeGate gate, CancellationToken token) =>
            gate.ServiceAsync<MeasureTargetService, MeasureTarget>(context, MeasureTarget.Family, (service, _) => ValueTask.FromResult(service.Set(code, body)), token, StatusCodes.Status201Created))
            .For(Role.Supervisor, Role.Administrator).Idempotent().Produces<MeasureTarget>(201).WithSummary("设定目标值：全区或者某一部门，自某日起生效；不填数值即取消");
    }

    private static async Task<IReadOnlyList<MeasureTarget>> ListAsync(string code, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
    {
        var (sight, wide) = (viewer.Sight, viewer.Sight.AllDepartments || viewer.Actor.Is(Role.Administrator));
        // The oldest are left out where there are too many, never what is in force.
        var latest = await rows.LatestAsync<MeasureTarget>(
            query => query.Where(row => row.Kind == code && (wide || row.Department == null || row.Department == sight.Department)
                && (sight.Area == null || row.Area == null || row.Area.StartsWith(sight.Area) || sight.Area.StartsWith(row.Area))),
            Most, cancellationToken);
        return [.. latest.Reverse()];
    }
}
