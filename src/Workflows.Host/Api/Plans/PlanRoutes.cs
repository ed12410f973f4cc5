using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Planning;

namespace Workflows.Host.Api.Plans;

/// <summary>A plan in a list.</summary>
internal sealed record PlanRow(
    string Id, string Title, string ScenarioCode, string? Area, string LeadDepartment, IReadOnlyList<string> Departments, PlanState State,
    int DrawCount, DateOnly VisitFrom, DateOnly VisitTo, int HeadCount, bool HeadCountWarning, IReadOnlyList<string> CaseIds, DateTimeOffset CreatedAt)
{
    /// <summary>The row of a plan.</summary>
    public static PlanRow Of(InspectionPlan plan) => new(
        plan.Id, plan.Title, plan.ScenarioCode, plan.Area, plan.LeadDepartment, [.. plan.Departments.Select(department => department.Code)], plan.State,
        plan.DrawCount, plan.VisitFrom, plan.VisitTo, plan.HeadCount, plan.HeadCountWarning, plan.CaseIds, plan.Created.At);
}

/// <summary>What is public of a draw: hashes before the draw, and afterwards what anybody needs to check it.</summary>
/// <param name="DrawId">Id of the draw.</param>
/// <param name="State">How far the plan has come.</param>
/// <param name="Algorithm">Algorithm.</param>
/// <param name="Commitment">Hash of the secret.</param>
/// <param name="PoolHash">Hash of the pool with its weights.</param>
/// <param name="ExclusionHash">Hash of the exclusions.</param>
/// <param name="CommittedAt">When these were published.</param>
/// <param name="PublicValue">The public value, once it stands.</param>
/// <param name="PublicValueSource">Where it came from.</param>
/// <param name="RecordSha256">Hash of the record, once drawn.</param>
/// <param name="DrawnTargets">How many targets were drawn.</param>
internal sealed record DrawSummary(
    string DrawId, PlanState State, string Algorithm, string Commitment, string PoolHash, string ExclusionHash, DateTimeOffset CommittedAt,
    string? PublicValue, string? PublicValueSource, string? RecordSha256, int? DrawnTargets);

/// <summary>Plans and their draws.</summary>
internal static class PlanRoutes
{
    /// <summary>Maps the routes under <c>/api/plans</c> and <c>/api/draws</c>.</summary>
    public static void MapPlans(this IEndpointRouteBuilder api)
    {
        var plans = api.MapGroup("/plans").WithTags("计划与抽取");
        plans.MapGet("", ListAsync).For(RouteAccess.CaseReaders).WithSummary("抽查计划列表");
        plans.MapGet("/{id}", FindAsync).For(RouteAccess.CaseReaders).WithSummary("抽查计划");
        plans.MapGet("/{id}/draw", SummaryAsync).For(RouteAccess.CaseReaders).WithSummary("抽取摘要：承诺、哈希、公共值");
        plans.MapGet("/{id}/draw/record", RecordAsync).For(RouteAccess.CaseReaders).Produces<string>(contentType: "application/json")
            .WithSummary("抽取记录原文，可用 draw verify 离线核验");
    }

    /// <summary>One page of the plans in sight.</summary>
    internal static Task<Page<PlanRow>> ListAsync(
        AggregateReader rows, Viewer viewer, PageRequest page, CancellationToken cancellationToken, PlanState? state = null, string? scenario = null)
    {
        var sight = viewer.Sight;
        var stateKey = state?.ToString();
        return rows.PageAsync<InspectionPlan, PlanRow>(
            page,
            query => query.Where(row => (stateKey == null || row.State == stateKey) && (scenario == null || row.Kind == scenario)
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))),
            sight.Sees,
            PlanRow.Of,
            cancellationToken).AsTask();
    }

    private static async Task<InspectionPlan> FindAsync(string id, Viewer viewer, CancellationToken cancellationToken) => await viewer.PlanAsync(id, cancellationToken);

    private static async Task<DrawSummary> SummaryAsync(string id, Viewer viewer, CancellationToken cancellationToken)
    {
        var plan = await viewer.PlanAsync(id, cancellationToken);
        return plan.Commitment is { } commitment
            ? new DrawSummary(commitment.DrawId, plan.State, commitment.Algorithm, commitment.Commitment, commitment.PoolHash, commitment.ExclusionHash, commitment.At,
                plan.PublicValue?.Value, plan.PublicValue?.Source, plan.Draw?.Sha256, plan.Draw?.Targets.Count)
            : throw NotYet("抽取承诺尚未公布：请先完成计划审批。");
    }

    private static async Task<IResult> RecordAsync(string id, AggregateReader rows, Viewer viewer, HttpContext context, CancellationToken cancellationToken)
    {
        var plan = await viewer.PlanAsync(id, cancellationToken);
        var file = plan.Draw is { } draw ? await rows.FindAsync<DrawFile>(draw.DrawFileId, cancellationToken) : null;
        if (file is null)
            throw NotYet("尚未抽取：抽取完成后才有记录。");
        context.Response.Headers["X-Content-SHA256"] = file.Sha256;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"draw-{file.DrawId}.json\"";
        return Results.Text(file.Json, "application/json; charset=utf-8");
    }

    private static RefusedException NotYet(string detail) => new(new Refusal(409, "not-drawn-yet", "id", detail));
}
