using Workflows.Host.Access;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;

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
/// <param name="Targets">Targets in order of the draw; a name is there once the party itself has been told by the visit.</param>
internal sealed record PublicDraw(
    string PlanId, string Title, string DrawId, string Algorithm, string Commitment, string PoolHash, string ExclusionHash, DateTimeOffset CommittedAt,
    string? PublicValue, string? PublicValueSource, string RecordSha256, DateTimeOffset DrawnAt, int? RosterCount, int Drawn, double? Rate, IReadOnlyList<PublicDrawnTarget> Targets);

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
    private const int MostPlans = 5_000;
    private const int MostShown = 200;

    /// <summary>Maps <c>/api/public/draws</c> and <c>/api/public/draws/{planId}</c>.</summary>
    public static void MapPublicDraws(this IEndpointRouteBuilder api)
    {
        api.MapGet("/public/draws", ListAsync).ForAnybody().WithTags("公开").WithSummary("已完成的抽取，最近的在前");
        api.MapGet("/public/draws/{planId}", ShowAsync).ForAnybody().WithTags("公开").WithSummary("抽取结果公示：哈希、公共值、抽取比例；通知书送达前不公开对象名称");
    }

    // The rows are in order of creation and there are few plans in a year; the latest are shown.
    private static async Task<IReadOnlyList<PublicDrawRow>> ListAsync(AggregateReader rows, CancellationToken cancellationToken) =>
        [.. (await rows.ListAsync<InspectionPlan>(query => query, MostPlans, cancellationToken)).Where(plan => plan.Draw is not null).OrderByDescending(plan => plan.Draw!.At).Take(MostShown)
            .Select(plan => new PublicDrawRow(plan.Id, plan.Title, plan.Draw!.At, plan.TargetRoster?.Count, plan.Draw.Targets.Count, plan.Draw.Sha256))];

    private static async Task<PublicDraw> ShowAsync(string planId, AggregateReader rows, CancellationToken cancellationToken)
    {
        if (await rows.FindAsync<InspectionPlan>(planId, cancellationToken) is not { Commitment: { } commitment, Draw: { } draw } plan)
            throw new RefusedException(new Refusal(404, "not-found", "planId", "没有此计划，或尚未抽取：抽取完成后才公示。"));
        // The notice is handed over at the door: before that a surprise visit would be none.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var caseId in plan.CaseIds)
        {
            if ((await rows.OfCaseAsync<Visit>(caseId, cancellationToken)).Any(visit => visit.CertificatesShownAt is not null)
                && await rows.FindAsync<Case>(caseId, cancellationToken) is { } subject)
            {
                names[subject.Target.Id] = subject.Target.Name;
            }
        }

        return new PublicDraw(
            plan.Id, plan.Title, commitment.DrawId, commitment.Algorithm, commitment.Commitment, commitment.PoolHash, commitment.ExclusionHash, commitment.At,
            plan.PublicValue?.Value, plan.PublicValue?.Source, draw.Sha256, draw.At, plan.TargetRoster?.Count, draw.Targets.Count,
            plan.TargetRoster is { Count: > 0 } roster ? (double)draw.Targets.Count / roster.Count : null,
            [.. draw.Targets.Select((target, index) => new PublicDrawnTarget(index + 1, names.GetValueOrDefault(target)))]);
    }
}
