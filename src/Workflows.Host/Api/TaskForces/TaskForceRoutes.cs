using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Plans;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.TaskForces;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.TaskForces;

/// <summary>A task force as it is shown.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Area">District in which it works.</param>
/// <param name="State"><c>Working</c>, <c>Coming</c> or <c>Over</c>, today.</param>
/// <param name="Terms">What holds today, or what comes first.</param>
/// <param name="Departments">Departments with a member in it.</param>
/// <param name="Versions">All decisions by effective date, oldest first.</param>
/// <param name="EndedOn">Last day where it was dissolved, or null.</param>
/// <param name="EndReason">Why, or null.</param>
internal sealed record TaskForceShape(
    string Id, string Name, string? Area, string State, TaskForceTerms Terms, IReadOnlyList<string> Departments, IReadOnlyList<TaskForceTerms> Versions, DateOnly? EndedOn, string? EndReason)
{
    /// <summary>The shape on a day.</summary>
    public static TaskForceShape Of(TaskForce force, DateOnly today)
    {
        var terms = force.TermsOn(today);
        var state = terms is null ? "Coming" : force.HoldsOn(today) ? "Working" : "Over";
        return new(force.Id, force.Name, force.Area, state, terms ?? force.Versions[0], [.. (terms ?? force.Versions[0]).Members.Select(m => m.Department).Distinct(StringComparer.Ordinal)], force.Versions, force.EndedOn, force.EndReason);
    }
}

/// <summary>专班: bodies of several departments with a purpose and a term, from which plans draw and dispatches send their officers.</summary>
internal static class TaskForceRoutes
{
    private const int Most = 500;
    private static readonly string[] Coordinators = [Role.DepartmentHead, Role.Administrator];

    /// <summary>Maps the routes under <c>/api/task-forces</c>.</summary>
    public static void MapTaskForces(this IEndpointRouteBuilder api)
    {
        var forces = api.MapGroup("/task-forces").WithTags("专班");
        forces.MapGet("", ListAsync).For([.. RouteAccess.CaseReaders, Role.Administrator]).WithSummary("专班：有本部门人员参加的；指导办、调度员、督办人、执法监督员和管理员为管理范围内全部");
        forces.MapGet("/{id}", async (string id, AggregateReader rows, Viewer viewer, TimeProvider clock, CancellationToken token) => TaskForceShape.Of(await FindAsync(id, rows, viewer, token), Today(clock)))
            .For([.. RouteAccess.CaseReaders, Role.Administrator]).WithSummary("专班：成员、负责人、期限、任务和历次调整");
        forces.MapGet("/{id}/plans", PlansAsync).For([.. RouteAccess.CaseReaders, Role.Administrator]).WithSummary("专班的联合任务：由该专班派员、且本人可见的抽查计划；参加专班并不因此看到其他部门的数据");
        forces.MapPost("", (FormTaskForce body, HttpContext context, ChangeGate gate, TimeProvider clock, CancellationToken token) =>
            gate.ServiceAsync<TaskForceService, TaskForceShape>(context, TaskForce.Family, async (service, cancel) => TaskForceShape.Of(await service.FormAsync(body, cancel), Today(clock)), token, StatusCodes.Status201Created))
            .For(Coordinators).Idempotent().Produces<TaskForceShape>(201).WithSummary("组建专班：指导办负责人或者管理员；成员来自两个以上部门");
        forces.MapPost("/{id}/changes", (string id, ChangeTaskForce body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, TimeProvider clock, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, clock, (service, cancel) => service.ChangeAsync(id, body, cancel), token))
            .For(Coordinators).Idempotent().Produces<TaskForceShape>().WithSummary("自某日起调整专班的成员、负责人、期限、任务、场景和区域");
        forces.MapPost("/{id}/end", (string id, EndTaskForce body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, TimeProvider clock, CancellationToken token) =>
            ActAsync(id, context, rows, viewer, gate, clock, (service, cancel) => service.EndAsync(id, body, cancel), token))
            .For(Coordinators).Idempotent().Produces<TaskForceShape>().WithSummary("撤销专班");
    }

    private static DateOnly Today(TimeProvider clock) => ShanghaiTime.DateOf(clock.GetUtcNow());

    private static bool Sees(TaskForce force, Viewer viewer) => viewer.Sight.SeesArea(force.Area) || force.Area is { } area && viewer.Actor.Area?.StartsWith(area, StringComparison.Ordinal) == true
        ? viewer.Sight.AllDepartments || viewer.Actor.Is(Role.Administrator) || viewer.Actor.Department is { } own && (own == TaskForceService.GuidanceOffice || force.Departments.Contains(own, StringComparer.Ordinal))
        : false;

    // The limit is one of rows that the person sees: those of others, however many and new, push none of them out.
    private static async Task<IReadOnlyList<TaskForceShape>> ListAsync(AggregateReader rows, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (seen, today) = (new List<TaskForceShape>(), Today(clock));
        for (var page = PageRequest.LongestOfNewest; ;)
        {
            var read = await rows.PageAsync<TaskForce, TaskForceShape>(page, query => query, force => Sees(force, viewer), force => TaskForceShape.Of(force, today), cancellationToken);
            seen.AddRange(read.Items.Take(Most - seen.Count));
            if (read.Next is not { } next || seen.Count == Most)
                return seen;
            page = page.Behind(next);
        }
    }

    private static async Task<TaskForce> FindAsync(string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await rows.FindAsync<TaskForce>(id, cancellationToken) is { } force && Sees(force, viewer) ? force : throw Viewer.NotFound("专班");

    private static async Task<Page<PlanRow>> PlansAsync(string id, AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken)
    {
        var force = await FindAsync(id, rows, viewer, cancellationToken);
        var sight = viewer.Sight;
        return await rows.PageAsync<InspectionPlan, PlanRow>(
            page, query => query.Where(row => sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area)), plan => plan.TaskForceId == force.Id && sight.Sees(plan), PlanRow.Of, cancellationToken);
    }

    private static async Task<IResult> ActAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, TimeProvider clock, Func<TaskForceService, CancellationToken, ValueTask<TaskForce>> act, CancellationToken cancellationToken)
    {
        await FindAsync(id, rows, viewer, cancellationToken);
        return await gate.ServiceAsync<TaskForceService, TaskForceShape>(context, TaskForce.Family, async (service, token) => TaskForceShape.Of(await act(service, token), Today(clock)), cancellationToken);
    }
}
