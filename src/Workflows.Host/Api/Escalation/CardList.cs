using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Reading;
using Workflows.Host.Paging;
using Workflows.Storage.Model;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Escalation;

/// <summary>Which cards or supervision orders are meant; all given members must hold. The wall counts, the list and the workbook use the same.</summary>
/// <param name="State">State.</param>
/// <param name="Open">Only what is not settled: cards in force, orders whose reply or decision is awaited.</param>
/// <param name="Colour">Colour of cards.</param>
/// <param name="Department">Unit.</param>
/// <param name="Scenario">Scenario of the case.</param>
/// <param name="Area">District or town, and what lies below.</param>
/// <param name="CaseId">Case.</param>
internal sealed record CardFilter(
    string? State = null, bool Open = false, CardColour? Colour = null, string? Department = null, string? Scenario = null, string? Area = null, string? CaseId = null)
{
    /// <summary>States of cards in force.</summary>
    public static readonly string[] CardsInForce = [nameof(CardState.Active), nameof(CardState.Answered), nameof(CardState.Appealed)];

    /// <summary>States of orders that are not settled.</summary>
    public static readonly string[] OrdersAwaited = [nameof(SupervisionOrderState.Sent), nameof(SupervisionOrderState.Objected), nameof(SupervisionOrderState.Unanswered)];
}

/// <summary>Reads cards and supervision orders within the sight of whoever asks.</summary>
internal sealed class CardList(WorkflowsDbContext database, AggregateReader rows, Viewer viewer)
{
    /// <summary>One page of cards.</summary>
    public Task<Page<WarningCard>> CardsAsync(PageRequest page, CardFilter filter, CancellationToken cancellationToken) =>
        PageAsync<WarningCard>(page, filter, CardFilter.CardsInForce, cancellationToken);

    /// <summary>One page of supervision orders.</summary>
    public Task<Page<SupervisionOrder>> OrdersAsync(PageRequest page, CardFilter filter, CancellationToken cancellationToken) =>
        PageAsync<SupervisionOrder>(page, filter, CardFilter.OrdersAwaited, cancellationToken);

    private async Task<Page<T>> PageAsync<T>(PageRequest page, CardFilter filter, string[] open, CancellationToken cancellationToken)
        where T : SupervisionRecord
    {
        if (filter.CaseId is { } caseId)
            await viewer.CaseAsync(caseId, cancellationToken);
        var (sight, owners, colour) = (viewer.Sight, viewer.Owners, filter.Colour?.ToString());
        var cases = database.Set<AggregateRow<Case>>();
        return await rows.PageAsync<T, T>(
            page,
            query => query.Where(row => (filter.CaseId == null || row.CaseId == filter.CaseId) && (filter.State == null || row.State == filter.State)
                && (!filter.Open || open.Contains(row.State)) && (colour == null || row.Kind == colour) && (filter.Department == null || row.Department == filter.Department)
                && (filter.Area == null || row.Area != null && row.Area.StartsWith(filter.Area))
                && (filter.Scenario == null || cases.Any(one => one.Id == row.CaseId && one.Kind == filter.Scenario))
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department || filter.CaseId != null && row.Department == null || row.Owner != null && owners.Contains(row.Owner))),
            row => RowRules.Shows(row, viewer.Actor),
            static row => row,
            cancellationToken);
    }
}
