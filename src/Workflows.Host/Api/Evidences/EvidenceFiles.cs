using System.Security.Cryptography;
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

    // CA3003: the path is made of a SHA-256 in hexadecimal digits; nothing that a caller names is part of it.
#pragma warning disable CA3003
    /// <summary>Keeps a file under its hash; it is on the disk when this returns, and what lies there already stays.</summary>
    /// <param name="sha256">Its SHA-256, lower-case hex.</param>
    /// <param name="write">Writes its content.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task KeepAsync(string sha256, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        if (File.Exists(path))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await using (var kept = new FileStream(draft, FileMode.CreateNew, FileAccess.Write))
        {
            await write(kept, cancellationToken);
            await kept.FlushAsync(cancellationToken);
            RandomAccess.FlushToDisk(kept.SafeFileHandle);
        }

        File.Move(draft, path, overwrite: true);
    }
#pragma warning restore CA3003

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
