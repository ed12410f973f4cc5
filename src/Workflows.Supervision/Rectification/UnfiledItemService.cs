using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Guards;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Rectification;

/// <summary>Items of one order that are overdue and were not filed.</summary>
/// <param name="Order">The order.</param>
/// <param name="Ordinals">Numbers of the items.</param>
/// <param name="CanBeFiled">Whether the clause of every one of them carries a penalty.</param>
public sealed record UnfiledItems(RectificationOrder Order, IReadOnlyList<int> Ordinals, bool CanBeFiled);

/// <summary>
/// What becomes of an overdue item when 立案 was turned down (法制审核不同意, 不予立案), or its clause carries no penalty. The order still binds, so
/// the head of the organ that made it decides in writing: the party goes on within a further term, the demand ends, or the filing is proposed again.
/// Nothing lapses by itself.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="orders">Orders.</param>
public sealed class UnfiledItemService(ISupervisionSession session, OrderService orders)
{
    /// <summary>Overdue items of the case that nobody files and no interview is open for.</summary>
    public async ValueTask<IReadOnlyList<UnfiledItems>> ListAsync(string caseId, CancellationToken cancellationToken = default)
    {
        var filings = await session.ListAsync<CaseFiling>(new AggregateFilter { CaseId = caseId }, cancellationToken);
        var live = filings.Where(f => f.State != FilingState.Rejected).SelectMany(f => f.FindingIds).ToHashSet(StringComparer.Ordinal);
        var refusals = OverdueItems.Refusals(filings);
        var findings = (await session.ListAsync<Finding>(new AggregateFilter { CaseId = caseId }, cancellationToken)).ToDictionary(f => f.Id, StringComparer.Ordinal);
        bool HasClause(RectificationItem item) => findings[item.FindingId].PenaltyClause != PenaltyClause.NoClause;
        var talkedOver = (await session.ListAsync<Interview>(new AggregateFilter { CaseId = caseId }, cancellationToken))
            .Where(i => i.HeldAt is not null).SelectMany(i => i.OrderIds).ToHashSet(StringComparer.Ordinal);
        // An item without clause is talked over first; it stands here once its second term has passed too, or was not given.
        bool IsUnfiled(RectificationOrder order, RectificationItem item) => item.State == RectificationItemState.Overdue && !live.Contains(item.FindingId)
            && (refusals.GetValueOrDefault(item.FindingId) > item.RefusalsAnswered || (!HasClause(item) && (item.Term > 1 || talkedOver.Contains(order.Id))));

        var unfiled = new List<UnfiledItems>();
        foreach (var order in await session.ListAsync<RectificationOrder>(new AggregateFilter { CaseId = caseId, States = [nameof(OrderState.Served)] }, cancellationToken))
        {
            var items = order.Items.Where(i => IsUnfiled(order, i)).ToList();
            if (items.Count > 0)
            {
                unfiled.Add(new UnfiledItems(order, [.. items.Select(i => i.Ordinal)], items.TrueForAll(HasClause)));
            }
        }

        return unfiled;
    }

    /// <summary>继续整改: a further term, under the rules of a second term; that the clause asks for 立案 at once no longer stands in the way.</summary>
    /// <exception cref="RuleViolationException"><c>no-second-term</c>, <c>second-term-once</c>, <c>second-term-length</c>, <c>head-required</c>.</exception>
    public async ValueTask<RectificationOrder> ContinueAsync(UnfiledItems unfiled, int length, string reason, CancellationToken cancellationToken = default)
    {
        session.Save(await AnsweredAsync(unfiled, cancellationToken));
        return await orders.GrantSecondTermAsync(unfiled.Order.Id, unfiled.Ordinals, length, reason, filingRefused: true, cancellationToken);
    }

    /// <summary>终止整改: the demand ends with a reason, such as that nobody is at fault or the matter no longer exists; it does not count as put right.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>field-missing</c>.</exception>
    public async ValueTask<RectificationOrder> EndAsync(UnfiledItems unfiled, string reason, CancellationToken cancellationToken = default)
    {
        Deciders.RequireHead(session.Actor, unfiled.Order.Department, "终止整改");
        var decision = new Decision(session.Actor.Id, session.Actor.Name, session.Now, Refusal.Text(reason, "note", "终止整改的理由"));
        var ended = unfiled.Order with { Items = [.. unfiled.Order.Items.Select(i => unfiled.Ordinals.Contains(i.Ordinal) ? i with { Ended = decision } : i)] };
        return await Settlement.CloseItemsAsync(session, ended, [.. unfiled.Ordinals], RectificationItemState.Ended, "order.items-ended", cancellationToken);
    }

    /// <summary>重新提请立案: the filing is proposed again on new grounds; legal review and decision begin anew.</summary>
    /// <exception cref="RuleViolationException"><c>head-required</c>, <c>no-penalty-clause</c>, <c>field-missing</c>.</exception>
    public async ValueTask<RectificationOrder> RefileAsync(UnfiledItems unfiled, string reason, CancellationToken cancellationToken = default)
    {
        Deciders.RequireHead(session.Actor, unfiled.Order.Department, "重新提请立案");
        return unfiled.CanBeFiled
            ? session.Update(
                await AnsweredAsync(unfiled, cancellationToken), "order.refile",
                ("items", string.Join(',', unfiled.Ordinals)), ("reason", Refusal.Text(reason, "note", "重新提请立案的理由")))
            : throw Refusal.Conflict("no-penalty-clause", "outcome", "其中有事项没有罚则，不能立案，请选择继续整改或者终止整改。");
    }

    // Whoever looks at the items next must not take the refusal for one that still waits for the head.
    private async ValueTask<RectificationOrder> AnsweredAsync(UnfiledItems unfiled, CancellationToken ct)
    {
        var refusals = OverdueItems.Refusals(await session.ListAsync<CaseFiling>(new AggregateFilter { CaseId = unfiled.Order.CaseId }, ct));
        return unfiled.Order with
        {
            Items = [.. unfiled.Order.Items.Select(i => unfiled.Ordinals.Contains(i.Ordinal) ? i with { RefusalsAnswered = refusals.GetValueOrDefault(i.FindingId) } : i)],
        };
    }
}
