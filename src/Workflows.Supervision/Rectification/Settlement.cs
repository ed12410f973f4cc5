using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Rectification;

/// <summary>Closes items of orders one by one: passed items close, the others go on; the last one closes order and package.</summary>
internal static class Settlement
{
    public static async ValueTask<RectificationOrder> CloseItemsAsync(
        ISupervisionSession session, RectificationOrder order, IReadOnlyCollection<int> ordinals, RectificationItemState state, string kind, CancellationToken ct)
    {
        var closing = order.Items.Where(i => ordinals.Contains(i.Ordinal) && i.IsOpen).ToList();
        await EndClocksAsync(session, closing, state switch { RectificationItemState.Rectified => "已改正", RectificationItemState.Ended => "终止整改", _ => "转立案" }, ct);
        foreach (var item in closing.Where(_ => state == RectificationItemState.Rectified))
        {
            if (await session.FindAsync<Finding>(item.FindingId, ct) is { Disposition: Disposition.Rectification } finding)
            {
                session.Update(finding with { Disposition = Disposition.Rectified }, "finding.rectified");
            }
        }

        var items = order.Items.Select(i => closing.Contains(i) ? i with { State = state } : i).ToList();
        var next = items.Any(i => i.IsOpen) ? order.State
            : items.Any(i => i.State == RectificationItemState.Filed) ? OrderState.Filed
            : items.TrueForAll(i => i.State == RectificationItemState.Ended) ? OrderState.Revoked
            : OrderState.Fulfilled;
        var changed = session.Update(order with { Items = items, State = next }, kind, ("items", string.Join(',', closing.Select(i => i.Ordinal))));
        if (next != order.State)
        {
            await ClosePackageAsync(session, changed, ct);
        }

        return changed;
    }

    public static async ValueTask EndClocksAsync(ISupervisionSession session, IEnumerable<RectificationItem> items, string reason, CancellationToken ct)
    {
        var clocks = new ClockService(session);
        foreach (var id in items.Select(i => i.ClockId).OfType<string>().ToList())
        {
            await clocks.EndAsync(id, reason, ct);
        }
    }

    private static async ValueTask ClosePackageAsync(ISupervisionSession session, RectificationOrder changed, CancellationToken ct)
    {
        if (await session.FindAsync<RectificationPackage>(changed.PackageId, ct) is not { Closed: false } package)
        {
            return;
        }

        foreach (var id in package.OrderIds.Where(o => o != changed.Id))
        {
            if (await session.FindAsync<RectificationOrder>(id, ct) is { State: not (OrderState.Fulfilled or OrderState.Filed or OrderState.Revoked) })
            {
                return;
            }
        }

        session.Update(package with { Closed = true }, "package.closed");
    }
}
