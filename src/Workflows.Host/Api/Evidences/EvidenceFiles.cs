using Microsoft.EntityFrameworkCore;
using Workflows.Host.Composition;
using Workflows.Storage.Model;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Retention;

namespace Workflows.Host.Api.Evidences;

/// <summary>Where files of evidence lie, and how one goes when nothing needs it any more.</summary>
internal sealed class EvidenceFiles(ServeSettings settings)
{
    /// <summary>Path of a file by its hash.</summary>
    public string PathOf(string sha256) => Path.Combine(settings.DataFolder, "evidence", sha256[..2], sha256);

    /// <summary>Whether a file is still there.</summary>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Deletes a file unless a piece of evidence that is still kept has the same.</summary>
    public async Task DropAsync(string sha256, WorkflowsDbContext database, CancellationToken cancellationToken)
    {
        if (!Has(sha256))
            return;
        var bodies = await database.Set<AggregateRow<Evidence>>().AsNoTracking().Where(row => row.Body.Contains(sha256)).Select(row => row.Body).ToListAsync(cancellationToken);
        if (bodies.All(body => body.Contains(ErasureService.Erased, StringComparison.Ordinal)))
            File.Delete(PathOf(sha256));
    }
}
