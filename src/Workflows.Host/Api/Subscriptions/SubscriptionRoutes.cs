using System.Globalization;
using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Subscriptions;

/// <summary>What an account wants to be told of.</summary>
/// <param name="Measure"><c>overdue</c>, <c>due-soon</c>, or the code of a measure.</param>
/// <param name="Comparison">Which way the threshold is passed.</param>
/// <param name="Threshold">The threshold; of a rate a part of one.</param>
/// <param name="Unit">Department, or null for all in sight.</param>
internal sealed record SubscriptionWish(string Measure, SubscriptionComparison Comparison, decimal Threshold, string? Unit = null);

/// <summary>A subscription of the account that asks.</summary>
/// <param name="Id">Id.</param>
/// <param name="Measure">What is looked at.</param>
/// <param name="Unit">Department, or null.</param>
/// <param name="Comparison">Which way.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Reached">Whether it was passed when it was last looked at.</param>
internal sealed record SubscriptionShape(string Id, string Measure, string? Unit, SubscriptionComparison Comparison, decimal Threshold, bool Reached)
{
    /// <summary>The shape of a subscription.</summary>
    public static SubscriptionShape Of(MessageSubscription one) => new(one.Id, one.Measure, one.Unit, one.Comparison, one.Threshold, one.Reached);
}

/// <summary>阈值订阅: everybody's own. They are looked at with the digest at 08:30 of each working day.</summary>
internal static class SubscriptionRoutes
{
    private const int Most = 20;
    private const decimal Largest = 1_000_000;
    private static readonly string[] Subscribers = [Role.Supervisor, Role.Dispatcher, Role.DepartmentHead];

    /// <summary>Maps the routes under <c>/api/subscriptions</c>.</summary>
    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions").WithTags("消息");
        subscriptions.MapGet("", async (AggregateReader rows, Viewer viewer, CancellationToken token) => (await OwnAsync(rows, viewer, token)).Select(SubscriptionShape.Of))
            .For(Subscribers).Produces<IReadOnlyList<SubscriptionShape>>().WithSummary("我的阈值订阅");
        subscriptions.MapPut("", PutAsync).For(Subscribers).Produces<SubscriptionShape>().WithSummary("订阅：指标或件数达到或低于阈值时，于工作日08:30提醒；同一指标、部门、方向只有一项，再次提交即修改阈值");
        subscriptions.MapDelete("/{id}", DeleteAsync).For(Subscribers).Produces(204).WithSummary("取消订阅");
    }

    private static async Task<SubscriptionShape> PutAsync(SubscriptionWish wish, AggregateReader rows, Viewer viewer, IStimulusGate gate, ChangeGate changes, CancellationToken cancellationToken)
    {
        var sight = viewer.Sight;
        if (wish.Measure is not (MessageSubscription.Overdue or MessageSubscription.DueSoon) && MeasureCatalogue.Find(wish.Measure) is null)
            throw new RefusedException(new Refusal(422, "unknown-measure", "measure", "没有此指标：可选 overdue（超期未办）、due-soon（将到期），或者统计指标的代码。"));
        if (!Enum.IsDefined(wish.Comparison) || wish.Threshold < 0 || wish.Threshold > Largest)
            throw new RefusedException(new Refusal(422, "bad-threshold", "threshold", string.Create(CultureInfo.InvariantCulture, $"阈值应在0至{Largest:0}之间；比率填写小数，如0.9。")));
        if (!sight.AllDepartments && wish.Unit is not null && wish.Unit != sight.Department)
            throw new RefusedException(new Refusal(403, "other-department", "unit", "只能订阅本部门的指标。"));
        var own = await OwnAsync(rows, viewer, cancellationToken);
        var id = MessageSubscription.IdOf(viewer.Actor.Id, wish.Measure, wish.Unit, wish.Comparison);
        if (own.Count >= Most && own.All(one => one.Id != id))
            throw new RefusedException(new Refusal(409, "too-many", "", $"每人至多{Most}项订阅：请先取消不用的。"));
        return await changes.RefusingAsync(() => gate.CommandAsync(changes.NewKey(), MessageSubscription.Family, viewer.Actor, async (session, token) =>
        {
            var changed = MessageSubscription.Of(session, wish.Measure, wish.Unit, wish.Comparison, wish.Threshold, await session.FindAsync<MessageSubscription>(id, token));
            session.Save(changed);
            return SubscriptionShape.Of(changed);
        }, cancellationToken: cancellationToken).AsTask());
    }

    private static async Task<IResult> DeleteAsync(string id, Viewer viewer, IStimulusGate gate, ChangeGate changes, CancellationToken cancellationToken)
    {
        var found = await changes.RefusingAsync(() => gate.CommandAsync(changes.NewKey(), MessageSubscription.Family, viewer.Actor, async (session, token) =>
        {
            if (await session.FindAsync<MessageSubscription>(id, token) is not { Ended: false } one || one.AccountId != session.Actor.Id)
                return false;
            session.Save(one with { Ended = true });
            return true;
        }, cancellationToken: cancellationToken).AsTask());
        return found ? Results.NoContent() : throw Viewer.NotFound("订阅");
    }

    private static async Task<IReadOnlyList<MessageSubscription>> OwnAsync(AggregateReader rows, Viewer viewer, CancellationToken cancellationToken)
    {
        var account = viewer.Actor.Id;
        return await rows.ListAsync<MessageSubscription>(query => query.Where(row => row.Owner == account && row.State == "Active"), Most + 1, cancellationToken);
    }
}
