using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Party;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Scoring;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Scores;

/// <summary>Objection of the party to a change of its score.</summary>
/// <param name="ChangeId">Number of the change.</param>
/// <param name="Reason">Why, at most 4,000 characters.</param>
internal sealed record ScoreObjection(int ChangeId, string Reason);

/// <summary>Answer to an objection.</summary>
/// <param name="ChangeId">Number of the change.</param>
/// <param name="Falls">Whether the change falls and no longer counts.</param>
/// <param name="Answer">The answer, at most 4,000 characters; the party reads it.</param>
internal sealed record ScoreAnswer(int ChangeId, bool Falls, string Answer);

/// <summary>监管评分 of a target: who sees it, the objection of the party and the answer of a supervisor.</summary>
internal static class ScoreRoutes
{
    /// <summary>Maps <c>/api/targets/{id}/score</c> and <c>POST /api/party/{token}/score-objections</c>.</summary>
    public static void MapScores(this IEndpointRouteBuilder api)
    {
        api.MapGet("/targets/{id}/score", ReadAsync).For(RouteAccess.CaseReaders).WithTags("监管评分")
            .WithSummary("检查对象的监管评分：分数、等级和逐条变动；来自无权查看的案件的变动不显示理由");
        api.MapPost("/targets/{id}/score/answer", AnswerAsync).For(Role.Supervisor).Idempotent().Produces<ScoreView>().WithTags("监管评分")
            .WithSummary("督办人答复当事人对评分的异议，每条一次；异议成立的，该条不再计分");
        api.MapPost("/party/{token}/score-objections", ObjectAsync).ForAnybody().Idempotent()
            .Before(static context => context.RequestServices.GetRequiredService<PartyDoor>().OpenAsync((string)context.Request.RouteValues["token"]!, context.RequestAborted).AsTask())
            .Produces<ScoreView>(201).WithTags("当事人").WithSummary("对监管评分的一条变动提出异议，每条一次");
    }

    private static async Task<ScoreView> ReadAsync(string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await ShownAsync(await TargetAsync(id, rows, viewer, cancellationToken), await rows.FindAsync<SupervisionScore>(KeyOf(id), cancellationToken), rows, viewer, cancellationToken);

    private static async Task<IResult> AnswerAsync(
        string id, ScoreAnswer body, HttpContext context, AggregateReader rows, Viewer viewer, ChangeGate gate, CancellationToken cancellationToken)
    {
        await TargetAsync(id, rows, viewer, cancellationToken);
        var sees = await SeenAsync(await rows.FindAsync<SupervisionScore>(KeyOf(id), cancellationToken), rows, viewer, cancellationToken);
        return await gate.ServiceAsync<ScoreService, ScoreView>(
            context, KeyOf(id), async (service, token) => ScoreView.OfReader(id, await service.AnswerAsync(KeyOf(id), body.ChangeId, body.Falls, body.Answer, token), sees.Contains), cancellationToken);
    }

    private static async Task<IResult> ObjectAsync(string token, ScoreObjection body, HttpContext context, PartyDoor door, ChangeGate gate, CancellationToken cancellationToken)
    {
        var (_, subject, actor) = await door.OpenAsync(token, cancellationToken);
        var key = KeyOf(subject.TargetId!);
        return await gate.ServiceAsync<ScoreService, ScoreView>(
            context, key, async (service, cancel) => ScoreView.OfParty(await service.ObjectAsync(key, body.ChangeId, body.Reason, cancel)), cancellationToken, StatusCodes.Status201Created, actor);
    }

    private static async Task<ScoreView> ShownAsync(string target, SupervisionScore? score, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        ScoreView.OfReader(target, score, (await SeenAsync(score, rows, viewer, cancellationToken)).Contains);

    private static async Task<HashSet<string>> SeenAsync(SupervisionScore? score, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in (score?.Changes ?? []).Select(change => change.CaseId).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await viewer.SeesMatterAsync(id, null, cancellationToken))
                seen.Add(id);
        }

        return seen;
    }

    // A target belongs to an area, and so does its score: every department of it may have to check the target.
    private static async ValueTask<string> TargetAsync(string id, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken) =>
        await rows.FindAsync<TargetRecord>(id, cancellationToken) is { } record && viewer.Sight.SeesArea(record.Area)
            ? id
            : throw new RefusedException(new Refusal(404, "target-unknown", "id", "检查对象不存在或不在您的管理范围内：请从名录中选择。"));

    private static string KeyOf(string target) => $"score-{target}";
}
