using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Rectification;

/// <summary>What becomes of an overdue item.</summary>
public enum OverdueWay
{
    /// <summary>立案 is proposed or the case runs already.</summary>
    Filed,

    /// <summary>立案 was turned down; the head has yet to decide (未立案处置).</summary>
    TurnedDown,

    /// <summary>立案 is to be proposed.</summary>
    ToFile,

    /// <summary>约谈 comes first.</summary>
    ToTalk,
}

/// <summary>An item of a served order whose term is over.</summary>
/// <param name="Order">The order.</param>
/// <param name="Item">The item.</param>
/// <param name="Finding">What it answers.</param>
/// <param name="Way">What becomes of it.</param>
/// <param name="CaseRuns">Whether the case that was filed for it runs or is concluded.</param>
/// <param name="LookedAt">Whether a re-inspection after the end of its present term found it not put right.</param>
public sealed record OverdueItem(RectificationOrder Order, RectificationItem Item, Finding Finding, OverdueWay Way, bool CaseRuns, bool LookedAt)
{
    /// <summary>Whether the clause and the terms already given leave room for a second term; otherwise 立案 follows (practice.md 6).</summary>
    public bool MayHaveSecondTerm =>
        !Finding.NoSecondTerm && Finding.PenaltyClause != PenaltyClause.CorrectFirst && Finding.Severity < Severity.Serious && Item.Term == 1;
}

/// <summary>The overdue items of a case and what becomes of each (practice.md 6): by kind of clause, term, interview and filing.</summary>
/// <param name="session">The session.</param>
public sealed class OverdueItems(ISupervisionSession session)
{
    /// <summary>Reason of the filings that are proposed for overdue items.</summary>
    public const string FilingReason = "逾期未改正";

    /// <summary>The overdue items of a case, in the order of its orders.</summary>
    public async ValueTask<IReadOnlyList<OverdueItem>> ListAsync(string caseId, CancellationToken cancellationToken = default)
    {
        var today = session.Today();
        var ofCase = new AggregateFilter { CaseId = caseId };
        var overdue = (await session.ListAsync<RectificationOrder>(ofCase, cancellationToken)).Where(o => o.State == OrderState.Served)
            .SelectMany(o => o.Items.Where(i => i.State == RectificationItemState.Overdue || (i.IsOpen && i.Due < today)).Select(i => (Order: o, Item: i))).ToList();
        if (overdue.Count == 0)
        {
            return [];
        }

        var filings = await session.ListAsync<CaseFiling>(ofCase, cancellationToken);
        var live = filings.Where(f => f.State != FilingState.Rejected).SelectMany(f => f.FindingIds.Select(id => (id, f.State))).ToDictionary(f => f.id, f => f.State, StringComparer.Ordinal);
        var refusals = Refusals(filings);
        var findings = (await session.ListAsync<Finding>(ofCase, cancellationToken)).ToDictionary(f => f.Id, StringComparer.Ordinal);
        var talkedOver = (await session.ListAsync<Interview>(ofCase, cancellationToken)).Where(i => i.HeldAt is not null).SelectMany(i => i.OrderIds).ToHashSet(StringComparer.Ordinal);
        var looks = (await session.ListAsync<Reinspection>(ofCase, cancellationToken)).SelectMany(r => r.Opinions.Select(o => (o.OrderId, o.Ordinal, On: ShanghaiTime.DateOf(r.At)))).ToList();
        OverdueItem Read(RectificationOrder order, RectificationItem item)
        {
            FilingState? filing = live.TryGetValue(item.FindingId, out var state) ? state : null;
            var read = new OverdueItem(
                order, item, findings[item.FindingId], OverdueWay.ToTalk, filing is FilingState.InProgress or FilingState.Concluded,
                looks.Exists(l => l.OrderId == order.Id && l.Ordinal == item.Ordinal && l.On > item.Due));
            return read with
            {
                Way = filing is not null ? OverdueWay.Filed
                    : refusals.GetValueOrDefault(item.FindingId) > item.RefusalsAnswered ? OverdueWay.TurnedDown
                    : !read.MayHaveSecondTerm || talkedOver.Contains(order.Id) ? OverdueWay.ToFile
                    : OverdueWay.ToTalk,
            };
        }

        return [.. overdue.Select(x => Read(x.Order, x.Item))];
    }

    /// <summary>How often the filing of each finding was proposed because its item was overdue, and turned down.</summary>
    internal static Dictionary<string, int> Refusals(IEnumerable<CaseFiling> filings) =>
        filings.Where(f => f is { State: FilingState.Rejected, Reason: FilingReason }).SelectMany(f => f.FindingIds).GroupBy(id => id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
}
