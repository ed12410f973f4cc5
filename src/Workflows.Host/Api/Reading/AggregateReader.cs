using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Paging;
using Workflows.Storage.Model;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Reading;

/// <summary>Reads aggregates for display, by their narrow indexed columns and in keyset pages; it changes nothing.</summary>
internal sealed class AggregateReader(WorkflowsDbContext database)
{
    /// <summary>Rows looked at for one page when a rule beyond the columns hides some of them; the page may then be short and still have a next one.</summary>
    public const int LongestScan = 2000;

    /// <summary>The aggregate with this id, or null.</summary>
    public async ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var body = await Rows<T>().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Read<T>(body);
    }

    /// <summary>The aggregate with this second key, or null.</summary>
    public async ValueTask<T?> ReferredAsync<T>(string reference, CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var body = await Rows<T>().Where(row => row.Reference == reference).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : Read<T>(body);
    }

    /// <summary>Everything of a case, in order of creation.</summary>
    public async ValueTask<IReadOnlyList<T>> OfCaseAsync<T>(string caseId, CancellationToken cancellationToken)
        where T : class, IAggregate =>
        Read<T>(await Ordered(Rows<T>().Where(row => row.CaseId == caseId)).Select(row => row.Body).ToListAsync(cancellationToken));

    /// <summary>All rows of the type behind <paramref name="narrow"/>, in order of creation.</summary>
    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(Func<IQueryable<AggregateRow<T>>, IQueryable<AggregateRow<T>>> narrow, int take, CancellationToken cancellationToken)
        where T : class, IAggregate =>
        Read<T>(await Ordered(narrow(Rows<T>())).Take(take).Select(row => row.Body).ToListAsync(cancellationToken));

    /// <summary>The latest rows of the type behind <paramref name="narrow"/>, newest first.</summary>
    public async ValueTask<IReadOnlyList<T>> LatestAsync<T>(Func<IQueryable<AggregateRow<T>>, IQueryable<AggregateRow<T>>> narrow, int take, CancellationToken cancellationToken)
        where T : class, IAggregate =>
        Read<T>(await narrow(Rows<T>()).OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(take).Select(row => row.Body).ToListAsync(cancellationToken));

    /// <summary>One page, in order of creation or against it; rows that <paramref name="visible"/> hides are passed over.</summary>
    public async ValueTask<Page<TShape>> PageAsync<T, TShape>(
        PageRequest page,
        Func<IQueryable<AggregateRow<T>>, IQueryable<AggregateRow<T>>> narrow,
        Func<T, bool> visible,
        Func<T, TShape> shape,
        CancellationToken cancellationToken)
        where T : class, IAggregate
    {
        var items = new List<TShape>();
        var after = page.After;
        var batch = page.Take + 1;
        for (var scanned = 0; ; scanned += batch)
        {
            var query = narrow(Rows<T>());
            if (after is { } last)
            {
                query = page.Newest
                    ? query.Where(row => row.CreatedAt < last.CreatedAt || row.CreatedAt == last.CreatedAt && string.Compare(row.Id, last.Id) < 0)
                    : query.Where(row => row.CreatedAt > last.CreatedAt || row.CreatedAt == last.CreatedAt && string.Compare(row.Id, last.Id) > 0);
            }

            var ordered = page.Newest ? query.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id) : Ordered(query);
            var rows = await ordered.Take(batch).Select(row => new { row.CreatedAt, row.Id, row.Body }).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                if (items.Count == page.Take)
                    return new Page<TShape>(items, after!.Encode());
                var aggregate = Read<T>(row.Body);
                after = new Cursor(row.CreatedAt, row.Id);
                if (visible(aggregate))
                    items.Add(shape(aggregate));
            }

            if (rows.Count < batch)
                return new Page<TShape>(items, null);
            if (scanned + batch >= LongestScan)
                return new Page<TShape>(items, after!.Encode());
        }
    }

    /// <summary>One page of rows that match and that <paramref name="viewer"/> may see; of a case only where the case is in sight.</summary>
    public async ValueTask<Page<T>> PageAsync<T>(PageRequest page, Viewer viewer, AggregateFilter filter, CancellationToken cancellationToken)
        where T : SupervisionRecord
    {
        var sight = viewer.Sight;
        var owners = viewer.Owners;
        if (filter.CaseId is { } caseId)
            await viewer.CaseAsync(caseId, cancellationToken);
        var states = filter.States;
        var kinds = filter.Kinds;
        return await PageAsync<T, T>(
            page,
            query => query.Where(row => (filter.CaseId == null || row.CaseId == filter.CaseId) && (filter.PlanId == null || row.PlanId == filter.PlanId)
                && (states == null || states.Contains(row.State)) && (kinds == null || row.Kind != null && kinds.Contains(row.Kind))
                && (sight.Area == null || row.Area != null && row.Area.StartsWith(sight.Area))
                && (sight.AllDepartments || row.Department == sight.Department || filter.CaseId != null && row.Department == null || row.Owner != null && owners.Contains(row.Owner))),
            row => RowRules.Shows(row, viewer.Actor),
            static row => row,
            cancellationToken);
    }

    private IQueryable<AggregateRow<T>> Rows<T>()
        where T : class, IAggregate => database.Set<AggregateRow<T>>().AsNoTracking();

    private static IOrderedQueryable<AggregateRow<T>> Ordered<T>(IQueryable<AggregateRow<T>> rows)
        where T : class, IAggregate => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id);

    private static List<T> Read<T>(List<string> bodies) => [.. bodies.Select(Read<T>)];

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, StorageJson.Options)
        ?? throw new InvalidDataException($"A row of {typeof(T).Name} is empty.");
}
