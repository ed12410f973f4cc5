using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Definitions;

/// <summary>The versions of packages as one command reads and changes them, with what the batch has changed before it.</summary>
internal sealed class PackageVersionSet(StoreModel store, ISupervisionSession session)
{
    private readonly IRowSession _rows = (IRowSession)session;

    /// <summary>All versions of a package without their files, oldest first.</summary>
    public async ValueTask<List<PackageSummary>> OfAsync(string name, CancellationToken cancellationToken)
    {
        await using WorkflowsDbContext context = store.CreateContext();
        List<PackageSummary> stored = await context.Set<PackageRow>().AsNoTracking().Where(row => row.Name == name).Select(PackageSummary.FromRow).ToListAsync(cancellationToken);
        IReadOnlyDictionary<string, PackageRow?> pending = _rows.Pending<PackageRow>();
        return
        [
            .. stored.Where(row => !pending.ContainsKey(row.VersionId))
                .Concat(pending.Values.OfType<PackageRow>().Where(row => row.Name == name).Select(PackageSummary.Of)).OrderBy(row => row.Version),
        ];
    }

    /// <summary>A copy of a version with its files.</summary>
    public async ValueTask<PackageRow> RowAsync(string versionId, CancellationToken cancellationToken)
    {
        if (_rows.Pending<PackageRow>().TryGetValue(versionId, out PackageRow? pending) && pending is not null)
            return Copy(pending);
        await using WorkflowsDbContext context = store.CreateContext();
        return await context.Set<PackageRow>().AsNoTracking().SingleAsync(row => row.VersionId == versionId, cancellationToken);
    }

    /// <summary>An id that none of these versions has.</summary>
    public string NewId(IReadOnlyCollection<PackageSummary> versions)
    {
        string id = session.NewId();
        while (versions.Any(v => v.VersionId == id))
            id = session.NewId();
        return id;
    }

    /// <summary>Records a version as changed by the actor now.</summary>
    public void Put(PackageRow row)
    {
        row.CreatedAt = session.Now;
        row.SavedBy = session.Actor.Name;
        _rows.Put(row.VersionId, row);
    }

    /// <summary>Sets aside what is published.</summary>
    public async ValueTask WithdrawAsync(PackageSummary published, CancellationToken cancellationToken)
    {
        PackageRow row = await RowAsync(published.VersionId, cancellationToken);
        row.IsPublished = false;
        _rows.Put(row.VersionId, row);
    }

    /// <summary>Removes a version.</summary>
    public void Remove(string versionId) => _rows.Remove<PackageRow>(versionId);

    private static PackageRow Copy(PackageRow row) => new()
    {
        VersionId = row.VersionId,
        Name = row.Name,
        Version = row.Version,
        Hash = row.Hash,
        IsPublished = row.IsPublished,
        Source = row.Source,
        CreatedAt = row.CreatedAt,
        SavedBy = row.SavedBy,
        PublishedAt = row.PublishedAt,
        Files = row.Files,
    };
}
