using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Paging;
using Workflows.Supervision.Merging;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Visits;

/// <summary>Why a proposal is turned down.</summary>
/// <param name="Reason">In the words of who decides; kept.</param>
internal sealed record MergeRefusal(string? Reason);

/// <summary>综合查一次: proposals to make checks of one target in one visit.</summary>
internal static class MergeRoutes
{
    /// <summary>Maps the routes under <c>/api/merges</c>.</summary>
    public static void MapMerges(this IEndpointRouteBuilder api)
    {
        var merges = api.MapGroup("/merges").WithTags("综合查一次");
        merges.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("合并上门建议：同一对象、时间相近、尚未上门的检查");
        merges.MapGet("/{id}", FindAsync).For(RouteAccess.CaseReaders).WithSummary("合并上门建议详情");
        merges.MapPost("/{id}/accept", (string id, AcceptMerge body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            DecideAsync(id, context, rows, viewer, gate, (decisions, cancel) => decisions.AcceptAsync(id, body, cancel), token))
            .For(Role.Dispatcher, Role.DepartmentHead).Idempotent().Produces<MergeProposal>()
            .WithSummary("采纳：同一场景的并为一案一次上门一份笔录；不同场景的同日一同上门，各留笔录");
        merges.MapPost("/{id}/refuse", (string id, MergeRefusal body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            DecideAsync(id, context, rows, viewer, gate, (decisions, cancel) => decisions.RefuseAsync(id, body.Reason ?? "", cancel), token))
            .For(Role.Dispatcher, Role.DepartmentHead, Role.Supervisor).Idempotent().Produces<MergeProposal>()
            .WithSummary("不采纳（须写明理由并留存）；清单规定应当合并的只能由督办人决定");
    }

    private static Task<Page<MergeProposal>> ListAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, MergeState? state = null, string? targetId = null)
    {
        var (sight, stateKey) = (viewer.Sight, state?.ToString());
        return rows.PageAsync<MergeProposal, MergeProposal>(
            page,
            query => query.Where(row => (stateKey == null || row.State == stateKey) && (targetId == null || row.TargetId == targetId)
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))),
            row => Sees(row, sight), static row => row, cancellationToken).AsTask();
    }

    private static async Task<MergeProposal> FindAsync(string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await rows.FindAsync<MergeProposal>(id, cancellationToken) is { } proposal && Sees(proposal, viewer.Sight) ? proposal : throw Viewer.NotFound("合并建议");

    private static async Task<IResult> DecideAsync(
        string id, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, Func<MergeDecisions, CancellationToken, ValueTask<MergeProposal>> decide, CancellationToken cancellationToken)
    {
        var proposal = await FindAsync(id, rows, viewer, cancellationToken);
        return await gate.ServiceAsync<MergeDecisions, MergeProposal>(context, $"target:{proposal.TargetId}", decide, cancellationToken);
    }

    private static bool Sees(MergeProposal proposal, Sight sight) => sight.SeesArea(proposal.Area)
        && (sight.AllDepartments || proposal.Parts.Any(part => part.LeadDepartment == sight.Department || part.Departments.Contains(sight.Department)));
}
