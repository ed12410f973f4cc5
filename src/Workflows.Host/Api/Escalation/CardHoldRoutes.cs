using Workflows.Activities.Deadlines;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Idempotency;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Escalation;

/// <summary>Holds a card before it falls.</summary>
/// <param name="WorkingDays">Working days after today until the end of which it does not fall, 1–10.</param>
/// <param name="Reason">Why.</param>
internal sealed record HoldCard(int WorkingDays, string Reason);

/// <summary>暂缓发牌: the queue of cards that will fall, with hold and reason.</summary>
internal static class CardHoldRoutes
{
    /// <summary>Maps <c>/api/cards/falling/{limitId}/hold</c> and <c>release</c>.</summary>
    public static void MapCardHolds(this IEndpointRouteBuilder api)
    {
        var falling = api.MapGroup("/cards/falling/{limitId}").WithTags("督办");
        falling.MapPost("/hold", (string limitId, HoldCard hold, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ChangeAsync(limitId, context, viewer, gate, (service, cancel) => service.HoldAsync(limitId, hold.WorkingDays, hold.Reason, cancel), token))
            .For(Role.Dispatcher, Role.Supervisor).Idempotent().Produces<CardHold>().WithSummary("暂缓将要发出的牌：至多10个工作日，须说明理由；到期仍未办结即发");
        falling.MapPost("/release", (string limitId, ReasonGiven reason, HttpContext context, Viewer viewer, ChangeGate gate, CancellationToken token) =>
            ChangeAsync(limitId, context, viewer, gate, (service, cancel) => service.LiftAsync(limitId, reason.Reason, cancel), token))
            .For(Role.Dispatcher, Role.Supervisor).Idempotent().Produces<CardHold>().WithSummary("提前结束暂缓：牌按原定时间发出，已过的即发");
    }

    private static async Task<IResult> ChangeAsync(
        string limitId, HttpContext context, Viewer viewer, ChangeGate gate, Func<CardHoldService, CancellationToken, ValueTask<StepLimit>> change, CancellationToken cancellationToken)
    {
        var limit = await viewer.RowAsync<StepLimit>(limitId, "期限", cancellationToken);
        return await gate.CommandAsync(context, limit.CaseKey, async (session, token) =>
        {
            var changed = await change(new CardHoldService(session), token);
            // The ladder that waits in the case looks at the limit again.
            session.Signal(DeadlineChanged.SignalFor(changed.CaseKey, changed.CaseId ?? changed.PlanId ?? changed.CaseKey));
            return changed.CardHold;
        }, cancellationToken);
    }
}
