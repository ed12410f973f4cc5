using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.StuckMatters;

namespace Workflows.Host.Api.StuckMatters;

/// <summary>What the department has done.</summary>
/// <param name="Result">What was done.</param>
internal sealed record StuckAnswer(string Result);

/// <summary>“办不成事”反映窗口: requests, reviews and their dates.</summary>
internal static class StuckMatterRoutes
{
    /// <summary>Maps the routes under <c>/api/stuck-matters</c>.</summary>
    public static void MapStuckMatters(this IEndpointRouteBuilder api)
    {
        var requests = api.MapGroup("/stuck-matters").WithTags("办不成事");
        requests.MapPost("", FileAsync).For(RouteAccess.CaseWorkers).Idempotent().Produces<StuckRequest>(201).WithSummary("反映办不成事：督办人须在一个工作日内审查");
        requests.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("办不成事反映列表");
        requests.MapGet("/{id}", (string id, AggregateReader rows, Viewer viewer, CancellationToken token) => FindAsync(id, rows, viewer, token)).For(RouteAccess.CaseReaders).WithSummary("反映详情及经过");
        requests.MapPost("/{id}/review", (string id, ReviewStuckMatter body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.ReviewAsync(id, body, cancel), token))
            .For(Role.Supervisor).Idempotent().Produces<StuckRequest>().WithSummary("审查：责成部门在目标日期前办成，或者说明理由办结");
        requests.MapPost("/{id}/answer", (string id, StuckAnswer body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.AnswerAsync(id, body.Result, cancel), token))
            .For(Role.DepartmentHead, Role.Inspector).Idempotent().Produces<StuckRequest>().WithSummary("承办单位答复");
        requests.MapPost("/{id}/verify", (string id, VerifyStuckMatter body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, (service, cancel) => service.VerifyAsync(id, body, cancel), token))
            .For(Role.Supervisor).Idempotent().Produces<StuckRequest>().WithSummary("核实：办结，或者再次限期");
    }

    private static async Task<IResult> FileAsync(FileStuckMatter body, HttpContext context, LeadDoor door, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        // Whoever may not see it may not say anything of it; a window takes what is outside instead.
        if (body is { Subject: StuckSubject.Lead, SubjectId: { } lead })
            await door.FindAsync(lead, cancellationToken);
        if (body is { Subject: StuckSubject.Case, SubjectId: { } matter })
            await viewer.CaseAsync(matter, cancellationToken);
        if (body.Area is { } area && !viewer.Sight.SeesArea(area))
            throw new Problems.RefusedException(new Problems.Refusal(403, "other-area", "area", "只能反映本区域的事项。"));
        return await gate.ServiceAsync<StuckMatterService, StuckRequest>(
            context, LeadIntake.Family, (service, token) => service.FileAsync(body, token), cancellationToken, StatusCodes.Status201Created);
    }

    private static Task<Page<StuckRequest>> ListAsync(AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, StuckState? state = null)
    {
        var (sight, owners, stateKey) = (viewer.Sight, viewer.Owners, state?.ToString());
        return rows.PageAsync<StuckRequest, StuckRequest>(
            page,
            query => query.Where(row => (stateKey == null || row.State == stateKey) && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department || row.Department == null)),
            row => Sees(row, viewer),
            row => Masked(row, viewer.Actor),
            cancellationToken).AsTask();
    }

    private static async Task<StuckRequest> FindAsync(string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await rows.FindAsync<StuckRequest>(id, cancellationToken) is { } request && Sees(request, viewer) ? Masked(request, viewer.Actor) : throw Viewer.NotFound("反映");

    private static async Task<IResult> ActAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, Func<StuckMatterService, CancellationToken, ValueTask<StuckRequest>> act, CancellationToken cancellationToken)
    {
        if (!await gate.IsKeptAsync(ChangeGate.KeyOf(context), cancellationToken))
            await FindAsync(id, rows, viewer, cancellationToken);
        var actor = viewer.Actor;
        return await gate.ServiceAsync<StuckMatterService, StuckRequest>(context, id, async (service, token) => Masked(await act(service, token), actor), cancellationToken);
    }

    private static bool Sees(StuckRequest request, Viewer viewer) => viewer.Sight.SeesArea(request.Area)
        && (viewer.Sight.AllDepartments || request.Created.ActorId == viewer.Actor.Id || (request.Department is { } department && department == viewer.Actor.Department));

    private static StuckRequest Masked(StuckRequest request, Actor actor) =>
        request.ReportedBy is not { } reporter || actor.Is(Role.Supervisor) || request.Created.ActorId == actor.Id || !reporter.Confidential ? request : request with { ReportedBy = null };
}
