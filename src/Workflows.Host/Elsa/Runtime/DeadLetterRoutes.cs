using Microsoft.EntityFrameworkCore;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Problems;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Elsa.Runtime;

/// <summary>A stimulus that could not be carried out; what was in it is not shown.</summary>
internal sealed record DeadLetterShape(string Id, string Kind, string CaseKey, string? WorkflowInstanceId, string Error, DateTimeOffset CreatedAt);

/// <summary>One page of them.</summary>
/// <param name="Items">The most recent first.</param>
/// <param name="TotalCount">How many there are in all.</param>
internal sealed record DeadLetterPage(IReadOnlyList<DeadLetterShape> Items, int TotalCount);

/// <summary>Looking after what could not be carried out.</summary>
internal static class DeadLetterRoutes
{
    /// <summary>Maps the routes under <c>/bookmark-queue/dead-letters</c>.</summary>
    public static void MapDeadLetters(this IEndpointRouteBuilder elsa)
    {
        var letters = elsa.MapGroup("/bookmark-queue/dead-letters").WithTags("Elsa 运行");
        letters.MapGet("", ListAsync).For(Role.Administrator).Produces<DeadLetterPage>().WithSummary("未能执行的事项，最近的在前；page 从 0 起");
        letters.MapGet("/{id}", FindAsync).For(Role.Administrator).Produces<DeadLetterShape>().WithSummary("一个未能执行的事项");
        letters.MapPost("/{id}/replay", ReplayAsync).For(Role.Administrator).Produces(200).WithSummary("立即再试一次");
        letters.MapDelete("/{id}", DeleteAsync).For(Role.Administrator).Produces(204).WithSummary("销去；信件不再执行，定时器照常重试");
    }

    private static async Task<IResult> ListAsync(WorkflowsDbContext database, CancellationToken cancellationToken, int page = 0, int pageSize = 50)
    {
        if (page is < 0 or > 10_000 || pageSize is < 1 or > 200)
            throw new RefusedException(new Refusal(400, "bad-page", "pageSize", "page 从 0 起，pageSize 应在 1 至 200 之间。"));
        var rows = database.Set<DeadLetterRow>().AsNoTracking();
        return ElsaJson.Answer(new DeadLetterPage(
            await Shapes(rows.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Skip(page * pageSize).Take(pageSize)).ToListAsync(cancellationToken),
            await rows.CountAsync(cancellationToken)));
    }

    private static async Task<IResult> FindAsync(string id, WorkflowsDbContext database, CancellationToken cancellationToken) =>
        await Shapes(database.Set<DeadLetterRow>().AsNoTracking().Where(row => row.Id == id)).FirstOrDefaultAsync(cancellationToken) is { } found ? ElsaJson.Answer(found) : NotFound();

    private static async Task<IResult> ReplayAsync(string id, HttpContext context, DeadLetterDesk desk, ChangeGate gate, CancellationToken cancellationToken) =>
        await desk.ReplayAsync(id, gate.NewKey(), context.User.ToActor(), cancellationToken) ? ElsaJson.Answer(new { id }) : NotFound();

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, DeadLetterDesk desk, ChangeGate gate, CancellationToken cancellationToken) =>
        await desk.DeleteAsync(id, gate.NewKey(), context.User.ToActor(), cancellationToken) ? Results.NoContent() : NotFound();

    private static IQueryable<DeadLetterShape> Shapes(IQueryable<DeadLetterRow> rows) =>
        rows.Select(row => new DeadLetterShape(row.Id, row.Kind, row.CaseKey, row.InstanceId, row.Error, row.CreatedAt));

    private static IResult NotFound() => new Refusal(404, "not-found", "id", "没有这个未能执行的事项：可能已经重试成功或者已销去。").ToResult();
}
