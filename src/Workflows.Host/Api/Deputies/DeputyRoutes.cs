using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Escalation;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Deputies;

/// <summary>Names a deputy.</summary>
/// <param name="AccountId">Who is absent.</param>
/// <param name="DeputyId">Who acts.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Reason">Why.</param>
internal sealed record NewDeputy(string AccountId, string DeputyId, DateOnly From, DateOnly To, string Reason);

/// <summary>Somebody for whom the reader is deputy today.</summary>
/// <param name="Name">Name of the absent person.</param>
/// <param name="Roles">Offices that the reader stands in for.</param>
/// <param name="Department">Their department.</param>
internal sealed record StoodInFor(string Name, IReadOnlyList<string> Roles, string? Department);

/// <summary>代理: who takes whose steps during an absence.</summary>
internal static class DeputyRoutes
{
    private const int Most = 500;
    private static readonly string[] Namers = [Role.DepartmentHead, Role.Dispatcher];

    /// <summary>Maps the routes under <c>/api/deputies</c>.</summary>
    public static void MapDeputies(this IEndpointRouteBuilder api)
    {
        var deputies = api.MapGroup("/deputies").WithTags("代理");
        deputies.MapGet("", ListAsync).For([.. Namers, Role.Supervisor, Role.Auditor, Role.Administrator]).WithSummary("代理：本部门（调度员、督办人、管理员为管理范围内）现在和以后的，以及最近结束的");
        deputies.MapGet("/mine", MineAsync).For(RouteAccess.Staff).WithSummary("与我有关的代理：我代理谁，谁代理我");
        deputies.MapGet("/standing-in", StandingInAsync).For(RouteAccess.Staff).WithSummary("我今日代理的人员及其职务：代理期间可以查看其职务所见，办理其审批、审核事项");
        deputies.MapGet("/candidates", CandidatesAsync).For(Namers).WithSummary("可以指定代理的账号：本部门的；调度员为管理范围内全部");
        deputies.MapPost("", NameAsync).For(Namers).Idempotent().Produces<Deputy>(201).WithSummary("指定代理人：同一部门，至多92日；代理人可以办理被代理人的审批、审核事项，办理记录写明“代”");
        deputies.MapPost("/{id}/end", EndAsync).For(Namers).Idempotent().Produces<Deputy>().WithSummary("提前结束代理");
    }

    private static async Task<IReadOnlyList<Deputy>> ListAsync(AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
    {
        var (actor, sight) = (viewer.Actor, viewer.Sight);
        var wide = sight.AllDepartments || actor.Is(Role.Administrator);
        return await rows.ListAsync<Deputy>(
            query => query.Where(row => (wide || row.Department == actor.Department) && (actor.Area == null || row.Area != null && row.Area.StartsWith(actor.Area))).OrderByDescending(row => row.CreatedAt).Take(Most),
            Most, cancellationToken);
    }

    private static async Task<IReadOnlyList<Deputy>> MineAsync(AggregateReader rows, Viewer viewer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (id, department, now) = (viewer.Actor.Id, viewer.Actor.Department, clock.GetUtcNow());
        return
        [
            .. (await rows.ListAsync<Deputy>(query => query.Where(row => row.Department == department && row.State == "Active" && row.DueAt > now), Most, cancellationToken))
                .Where(one => one.DeputyId == id || one.AccountId == id),
        ];
    }

    private static async Task<IReadOnlyList<StoodInFor>> StandingInAsync(DeputyDesk desk, Viewer viewer, CancellationToken cancellationToken) =>
        [.. (await desk.PrincipalsAsync(viewer.Actor, cancellationToken)).Select(principal => new StoodInFor(principal.Name, [.. principal.Roles.Where(Deputy.Roles.Contains)], principal.Department))];

    private static Task<IReadOnlyList<DeputyAccount>> CandidatesAsync(DeputyDesk desk, Viewer viewer, CancellationToken cancellationToken)
    {
        var (actor, wide) = (viewer.Actor, viewer.Actor.Is(Role.Dispatcher));
        return desk.AccountsAsync(
            query => query.Where(user => user.Department != null && (wide || user.Department == actor.Department) && (actor.Area == null || user.Area != null && user.Area.StartsWith(actor.Area))),
            cancellationToken);
    }

    private static async Task<IResult> NameAsync(NewDeputy named, HttpContext context, DeputyDesk desk, AggregateReader rows, ChangeGate gate, CancellationToken cancellationToken)
    {
        var accounts = await desk.AccountsAsync(query => query.Where(user => user.Id == named.AccountId || user.Id == named.DeputyId), cancellationToken);
        var absent = accounts.FirstOrDefault(account => account.Id == named.AccountId) ?? throw Viewer.NotFound("账号");
        var deputy = accounts.FirstOrDefault(account => account.Id == named.DeputyId) ?? throw Viewer.NotFound("代理人账号");
        return await gate.CommandAsync(context, Deputy.Family, async (session, token) =>
        {
            // One family: nobody else names a deputy between the reading and the writing.
            var known = await rows.ListAsync<Deputy>(query => query.Where(row => row.Department == absent.Department && row.State == "Active"), Most, token);
            return new DeputyService(session).Appoint(absent, deputy, named.From, named.To, named.Reason, known);
        }, cancellationToken, StatusCodes.Status201Created);
    }

    private static async Task<IResult> EndAsync(string id, ReasonGiven reason, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        await viewer.RowAsync<Deputy>(id, "代理", cancellationToken);
        return await gate.CommandAsync(context, Deputy.Family, async (session, token) => await new DeputyService(session).EndAsync(id, reason.Reason, token), cancellationToken);
    }
}
