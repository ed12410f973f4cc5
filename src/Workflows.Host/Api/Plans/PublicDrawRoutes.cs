using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Publication;

namespace Workflows.Host.Api.Plans;

/// <summary>What anybody may know of a draw that was made.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Title">Its title.</param>
/// <param name="DrawId">Id of the draw.</param>
/// <param name="Algorithm">Algorithm.</param>
/// <param name="Commitment">Hash of the secret, published before the draw.</param>
/// <param name="PoolHash">Hash of the pool with its weights.</param>
/// <param name="ExclusionHash">Hash of the exclusions.</param>
/// <param name="CommittedAt">When these were published, UTC.</param>
/// <param name="PublicValue">The public value.</param>
/// <param name="PublicValueSource">Where it came from.</param>
/// <param name="RecordSha256">Hash of the record.</param>
/// <param name="DrawnAt">When it was drawn, UTC.</param>
/// <param name="RosterCount">Targets in the roster; null where the plan froze none.</param>
/// <param name="Drawn">Targets drawn.</param>
/// <param name="Rate">Drawn of those in the roster, 0–1; null where the plan froze no roster.</param>
/// <param name="Targets">Targets in order of the draw, from the one asked for; a name is there once the party itself has been told by the visit, masked for individuals.</param>
/// <param name="Next">Value for <c>?from=</c> of the next part; null on the last.</param>
internal sealed record PublicDraw(
    string PlanId, string Title, string DrawId, string Algorithm, string Commitment, string PoolHash, string ExclusionHash, DateTimeOffset CommittedAt,
    string? PublicValue, string? PublicValueSource, string RecordSha256, DateTimeOffset DrawnAt, int? RosterCount, int Drawn, double? Rate, IReadOnlyList<PublicDrawnTarget> Targets, int? Next);

/// <summary>A target that was drawn.</summary>
/// <param name="Ordinal">Place in the draw, from 1.</param>
/// <param name="Name">Name, or null while the party has not been told.</param>
internal sealed record PublicDrawnTarget(int Ordinal, string? Name);

/// <summary>A draw in the list.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Title">Its title.</param>
/// <param name="DrawnAt">When it was drawn, UTC.</param>
/// <param name="RosterCount">Targets in the roster; null where the plan froze none.</param>
/// <param name="Drawn">Targets drawn.</param>
/// <param name="RecordSha256">Hash of the record.</param>
internal sealed record PublicDrawRow(string PlanId, string Title, DateTimeOffset DrawnAt, int? RosterCount, int Drawn, string RecordSha256);

/// <summary>公示: draws as the public sees them.</summary>
internal static class PublicDrawRoutes
{
    private const int MostShown = 200;
    private const int MostTargets = 500;

    // A case has a first visit, and another where the officers stood before a closed door.
    private const int MostVisits = 8 * MostTargets;

    private static readonly string[] Drawn = [nameof(PlanState.Drawn), nameof(PlanState.Confirmed), nameof(PlanState.Closed), nameof(PlanState.Cancelled)];

    /// <summary>Maps <c>/api/public/draws</c> and <c>/api/public/draws/{planId}</c>.</summary>
    public static void MapPublicDraws(this IEndpointRouteBuilder api)
    {
        api.MapGet("/public/draws", ListAsync).ForAnybody().WithTags("公开").WithSummary("已完成的抽取，最近的在前");
        api.MapGet("/public/draws/{planId}", ShowAsync).ForAnybody().WithTags("公开").WithSummary("抽取结果公示：哈希、公共值、抽取比例；通知书送达前不公开对象名称，个人姓名隐去；对象多的用 ?from= 分段");
    }

    private static async Task<IReadOnlyList<PublicDrawRow>> ListAsync(AggregateReader rows, CancellationToken cancellationToken) =>
        [.. (await rows.LatestAsync<InspectionPlan>(query => query.Where(row => Drawn.Contains(row.State)), MostShown, cancellationToken)).Where(plan => plan.Draw is not null).OrderByDescending(plan => plan.Draw!.At)
            .Select(plan => new PublicDrawRow(plan.Id, plan.Title, plan.Draw!.At, plan.TargetRoster?.Count, plan.Draw.Targets.Count, plan.Draw.Sha256))];

    private static async Task<PublicDraw> ShowAsync(string planId, AggregateReader rows, CancellationToken cancellationToken, int from = 1)
    {
        if (await rows.FindAsync<InspectionPlan>(planId, cancellationToken) is not { Commitment: { } commitment, Draw: { } draw } plan)
            throw new RefusedException(new Refusal(404, "not-found", "planId", "没有此计划，或尚未抽取：抽取完成后才公示。"));
        if (from < 1)
            throw new RefusedException(new Refusal(400, "bad-query", "from", "序号从1起：请改正 from。"));
        List<string> part = [.. draw.Targets.Skip(from - 1).Take(MostTargets)];
        var names = await NamesAsync(planId, part, rows, cancellationToken);
        return new PublicDraw(
            plan.Id, plan.Title, commitment.DrawId, commitment.Algorithm, commitment.Commitment, commitment.PoolHash, commitment.ExclusionHash, commitment.At,
            plan.PublicValue?.Value, plan.PublicValue?.Source, draw.Sha256, draw.At, plan.TargetRoster?.Count, draw.Targets.Count,
            plan.TargetRoster is { Count: > 0 } roster ? (double)draw.Targets.Count / roster.Count : null,
            [.. part.Select((target, index) => new PublicDrawnTarget(from + index, names.GetValueOrDefault(target)))],
            from - 1 + part.Count < draw.Targets.Count && part.Count > 0 ? from + part.Count : null);
    }

    // The notice is handed over at the door: before that a surprise visit would be none.
    private static async Task<Dictionary<string, string>> NamesAsync(string planId, List<string> targets, AggregateReader rows, CancellationToken cancellationToken)
    {
        var shown = (await rows.ListAsync<Visit>(
            query => query.Where(row => row.PlanId == planId && row.TargetId != null && targets.Contains(row.TargetId) && row.State != nameof(VisitState.Planned)), MostVisits, cancellationToken))
            .Where(visit => visit.CertificatesShownAt is not null).Select(visit => visit.CaseId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return (await rows.ListAsync<Case>(query => query.Where(row => shown.Contains(row.Id)), MostTargets, cancellationToken))
            .GroupBy(one => one.Target.Id, StringComparer.Ordinal).ToDictionary(one => one.Key, one => PublicationService.NameOf(one.First().Target), StringComparer.Ordinal);
    }
}
