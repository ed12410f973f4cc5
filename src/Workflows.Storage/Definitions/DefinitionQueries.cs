using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Storage.Definitions;

/// <summary>In which order a list of definitions stands.</summary>
public enum DefinitionOrder
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>By the time of saving.</summary>
    Created,

    /// <summary>By version number.</summary>
    Version,
}

/// <summary>Which definitions a list shows; all given members must hold.</summary>
public sealed record DefinitionFilter
{
    /// <summary>Which versions.</summary>
    public VersionSelection Versions { get; init; } = new(VersionKind.AllVersions);

    /// <summary>Logical ids; null for all.</summary>
    public IReadOnlyCollection<string>? DefinitionIds { get; init; }

    /// <summary>Ids of versions; null for all. Versions that were deleted but carry instances are found by them.</summary>
    public IReadOnlyCollection<string>? VersionIds { get; init; }

    /// <summary>Part of name, description, id or logical id, in any case; null for all.</summary>
    public string? SearchTerm { get; init; }

    /// <summary>Only what may, or may not, be used as a step of other workflows; null for all.</summary>
    public bool? UsableAsActivity { get; init; }

    /// <summary>Only versions that were published at some time.</summary>
    public bool PublishedOnce { get; init; }
}

/// <summary>Instances that still run on a version.</summary>
/// <param name="VersionId">Id of the version.</param>
/// <param name="Version">Its number.</param>
/// <param name="Count">How many.</param>
public sealed record LiveInstances(string VersionId, int Version, int Count);

/// <summary>Reads definitions. Lists read the narrow columns only.</summary>
public sealed class DefinitionQueries
{
    private readonly StoreModel _store;
    private readonly DefinitionCatalog _catalog;

    internal DefinitionQueries(StoreModel store, DefinitionCatalog catalog)
    {
        _store = store;
        _catalog = catalog;
    }

    /// <summary>Lets the next stimulus read anew which definitions there are; changes through the gate do so by themselves.</summary>
    public void Refresh() => _catalog.Invalidate();

    /// <summary>A page of definitions and how many there are.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="order">In which order; ties by logical id and version.</param>
    /// <param name="descending">Backwards.</param>
    /// <param name="skip">How many are left out.</param>
    /// <param name="take">How many at most; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<(IReadOnlyList<DefinitionSummary> Items, int TotalCount)> PageAsync(
        DefinitionFilter filter, DefinitionOrder order, bool descending, int skip, int? take, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        IQueryable<WorkflowDefinitionRow> query = Where(context, filter);
        int? total = take is null ? null : await query.CountAsync(cancellationToken);
        IOrderedQueryable<WorkflowDefinitionRow> ordered = (order, descending) switch
        {
            (DefinitionOrder.Created, false) => query.OrderBy(row => row.CreatedAt),
            (DefinitionOrder.Created, true) => query.OrderByDescending(row => row.CreatedAt),
            (DefinitionOrder.Version, false) => query.OrderBy(row => row.Version),
            (DefinitionOrder.Version, true) => query.OrderByDescending(row => row.Version),
            (_, false) => query.OrderBy(row => row.Name),
            (_, true) => query.OrderByDescending(row => row.Name),
        };
        IQueryable<WorkflowDefinitionRow> page = ordered.ThenBy(row => row.DefinitionId).ThenBy(row => row.VersionId).Skip(skip);
        List<DefinitionSummary> items = await (take is { } limit ? page.Take(limit) : page).Select(DefinitionSummary.FromRow).ToListAsync(cancellationToken);
        return (items, total ?? items.Count + skip);
    }

    /// <summary>How many definitions the filter holds.</summary>
    public async Task<int> CountAsync(DefinitionFilter filter, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await Where(context, filter).CountAsync(cancellationToken);
    }

    /// <summary>A version by its id, a deleted one too while instances remember it; null for none.</summary>
    public async Task<WorkflowDefinitionRow?> FindVersionAsync(string versionId, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await context.Set<WorkflowDefinitionRow>().AsNoTracking().FirstOrDefaultAsync(row => row.VersionId == versionId, cancellationToken);
    }

    /// <summary>The newest version of a definition that the selection holds; null for none.</summary>
    public async Task<WorkflowDefinitionRow?> FindAsync(string definitionId, VersionSelection versions, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await Where(context, new DefinitionFilter { DefinitionIds = [definitionId], Versions = versions }).OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Definitions with their JSON, newest version first.</summary>
    public async Task<IReadOnlyList<WorkflowDefinitionRow>> RowsAsync(DefinitionFilter filter, int take, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await Where(context, filter).OrderByDescending(row => row.Version).ThenBy(row => row.DefinitionId).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>The published definitions whose JSON speaks of this one, by logical id.</summary>
    /// <param name="definitionId">Logical id that they use as a step or start.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<WorkflowDefinitionRow>> MentioningAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await context.Set<WorkflowDefinitionRow>().AsNoTracking()
            .Where(row => row.DeletedAt == null && (row.IsLatest || row.IsPublished) && row.DefinitionId != definitionId && row.Json.Contains(definitionId))
            .OrderBy(row => row.DefinitionId).ThenByDescending(row => row.Version).ToListAsync(cancellationToken);
    }

    /// <summary>Code of the scenario that a definition belongs to; null for one that stands alone.</summary>
    public async Task<string?> PackageOfAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await context.Set<WorkflowDefinitionRow>().AsNoTracking()
            .Where(row => row.DefinitionId == definitionId && row.DeletedAt == null)
            .Join(context.Set<PackageRow>(), row => row.PackageVersionId, package => package.VersionId, (row, package) => new { row.Version, package.Name })
            .OrderByDescending(found => found.Version).Select(found => found.Name).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether a name belongs to no other definition.</summary>
    public async Task<bool> IsNameUniqueAsync(string name, string? exceptDefinitionId, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return !await context.Set<WorkflowDefinitionRow>()
            .AnyAsync(row => row.Name == name && row.DeletedAt == null && row.IsLatest && row.DefinitionId != exceptDefinitionId, cancellationToken);
    }

    /// <summary>Instances of a definition that still run, by version, newest first.</summary>
    public async Task<IReadOnlyList<LiveInstances>> LiveInstancesAsync(string definitionId, CancellationToken cancellationToken = default)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        return await context.Set<WorkflowInstanceRow>().Where(row => row.DefinitionId == definitionId && row.Status == "Running")
            .GroupBy(row => new { row.DefinitionVersionId, row.DefinitionVersion })
            .OrderByDescending(group => group.Key.DefinitionVersion)
            .Select(group => new LiveInstances(group.Key.DefinitionVersionId, group.Key.DefinitionVersion, group.Count())).ToListAsync(cancellationToken);
    }

    private static IQueryable<WorkflowDefinitionRow> Where(WorkflowsDbContext context, DefinitionFilter filter)
    {
        IQueryable<WorkflowDefinitionRow> query = context.Set<WorkflowDefinitionRow>().AsNoTracking();
        if (filter.VersionIds is { } versionIds)
            query = query.Where(row => versionIds.Contains(row.VersionId));
        else
            query = query.Where(row => row.DeletedAt == null);
        if (filter.DefinitionIds is { } definitionIds)
            query = query.Where(row => definitionIds.Contains(row.DefinitionId));
        if (filter.UsableAsActivity is { } usable)
            query = query.Where(row => row.UsableAsActivity == usable);
        if (filter.PublishedOnce)
            query = query.Where(row => row.PublishedAt != null);
        if (filter.SearchTerm is { Length: > 0 } term)
        {
            // Both sides in capitals: the databases do not agree on whether LIKE tells them apart.
            string pattern = "%" + string.Concat(term.ToUpperInvariant().Select(c => c is '%' or '_' or '[' or '\\' ? "\\" + c : c.ToString())) + "%";
            query = query.Where(row => EF.Functions.Like(row.Name.ToUpper(), pattern, "\\") || EF.Functions.Like(row.DefinitionId.ToUpper(), pattern, "\\")
                || EF.Functions.Like(row.VersionId.ToUpper(), pattern, "\\") || (row.Description != null && EF.Functions.Like(row.Description.ToUpper(), pattern, "\\")));
        }
        int number = filter.Versions.Number;
        return filter.Versions.Kind switch
        {
            VersionKind.Draft => query.Where(row => !row.IsPublished),
            VersionKind.Latest => query.Where(row => row.IsLatest),
            VersionKind.Published => query.Where(row => row.IsPublished),
            VersionKind.LatestOrPublished => query.Where(row => row.IsLatest || row.IsPublished),
            VersionKind.LatestAndPublished => query.Where(row => row.IsLatest && row.IsPublished),
            VersionKind.Specific => query.Where(row => row.Version == number),
            _ => query,
        };
    }
}
