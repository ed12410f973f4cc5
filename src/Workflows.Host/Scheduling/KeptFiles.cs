using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Public;
using Workflows.Host.Composition;
using Workflows.Host.Papers;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Scheduling;

/// <summary>Deletes files of the data folder that nothing names any more: photos of reports that were refused or erased, papers whose time is over, texts that were never printed.</summary>
internal sealed class KeptFiles(WorkflowsDbContext database, StimulusPump pump, ReportPhotos photos, PaperShelf papers, ServeSettings settings, ILogger<KeptFiles> log)
{
    // A file is there before the lead that names it commits.
    private static readonly TimeSpan Settled = TimeSpan.FromDays(1);
    private static readonly TimeSpan Waiting = TimeSpan.FromDays(30);
    private static readonly string[] WithPhotos = [nameof(TriggerKind.Report), nameof(TriggerKind.GridReport)];

    /// <summary>Deletes photos that no lead names.</summary>
    public async Task DropPhotosAsync(CancellationToken cancellationToken)
    {
        var files = photos.Kept().Where(file => IsOlder(file, Settled)).ToList();
        if (files.Count == 0)
            return;
        var named = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var body in database.Set<AggregateRow<Lead>>().AsNoTracking().Where(row => WithPhotos.Contains(row.Kind) && row.Body.Contains("\"photos\":[")).Select(row => row.Body).AsAsyncEnumerable().WithCancellation(cancellationToken))
            named.UnionWith((System.Text.Json.JsonSerializer.Deserialize<Lead>(body, StorageJson.Options)!.Photos ?? []).Select(photo => photo.Sha256));
        foreach (var file in files.Where(file => !named.Contains(file.Name)))
            Delete(file);
    }

    /// <summary>Drops PDFs made before a time, and texts that have waited for a month without an order.</summary>
    /// <param name="madeBefore">Papers made before; null keeps all.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task DropPapersAsync(DateTimeOffset? madeBefore, CancellationToken cancellationToken)
    {
        var old = madeBefore is null ? [] : (await database.Set<AggregateRow<Paper>>().AsNoTracking().Where(row => row.State == nameof(PaperState.Rendered) && row.CreatedAt < madeBefore).Select(row => row.Body).ToListAsync(cancellationToken))
            .Select(body => System.Text.Json.JsonSerializer.Deserialize<Paper>(body, StorageJson.Options)!).Where(paper => (paper.Changed?.At ?? paper.Created.At) < madeBefore).ToList();
        foreach (var paper in old)
        {
            await pump.CommandAsync(
                $"paper-drop|{paper.Id}|{paper.Retries}", PaperDesk.CaseKey, Actor.Clock,
                async (session, token) =>
                {
                    if (await session.FindAsync<Paper>(paper.Id, token) is { State: PaperState.Rendered } current)
                        session.Save(current with { State = PaperState.Dropped, PdfSha256 = null, Length = 0 });
                    return true;
                },
                cancellationToken: cancellationToken);
        }

        // What an earlier night could not delete goes as well: no paper names it.
        var named = (await database.Set<AggregateRow<Paper>>().AsNoTracking().Where(row => row.State == nameof(PaperState.Rendered)).Select(row => row.Body).ToListAsync(cancellationToken))
            .Select(body => System.Text.Json.JsonSerializer.Deserialize<Paper>(body, StorageJson.Options)!.PdfSha256).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var file in papers.Pdfs().Where(file => IsOlder(file, Settled) && !named.Contains(Path.GetFileNameWithoutExtension(file.Name))))
            Delete(file);
        var ordered = (await database.Set<AggregateRow<Paper>>().AsNoTracking().Where(row => row.State == nameof(PaperState.Ordered)).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var file in papers.Texts().Where(file => IsOlder(file, Waiting) && !ordered.Contains(Path.GetFileNameWithoutExtension(file.Name))))
            Delete(file);
    }

    // Files bear the machine's time, whatever the district's clock says.
    private bool IsOlder(FileInfo file, TimeSpan age) => file.LastWriteTimeUtc < (settings.WallClock.GetUtcNow() - age).UtcDateTime;

    private void Delete(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (IOException fault)
        {
            log.LogError(fault, "A file that nothing names any more could not be deleted: {File}", file.Name);
        }
    }
}
