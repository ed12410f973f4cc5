using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Composition;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Upkeep;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Retention;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.StuckMatters;

namespace Workflows.Host.Scheduling;

/// <summary>Erases every night what may not be kept any longer, by the periods of <c>retention.json</c>; each matter in a commit of its own, so that a night that was cut short, or a matter that failed, goes on in the next.</summary>
internal sealed class RetentionErasure(StimulusPump pump, WorkflowsDbContext database, EvidenceFiles files, KeptFiles kept, StoreUpkeep upkeep, ServeSettings settings, ILogger<RetentionErasure> log) : INightlyWork
{
    private const int Batch = 500;

    /// <inheritdoc/>
    public string Name => "nightly:retention";

    /// <inheritdoc/>
    public string Cron => "0 0 4 * * ?";

    /// <inheritdoc/>
    public async Task RunAsync(DateTimeOffset scheduledFor, CancellationToken cancellationToken)
    {
        var path = Path.Combine(settings.HomeFolder, "retention.json");
        if (!File.Exists(path))
            return;
        var schedule = RetentionSchedule.Read(await File.ReadAllTextAsync(path, cancellationToken));
        await CasesAsync(schedule, scheduledFor, cancellationToken);
        await LeadsAsync(schedule, scheduledFor, cancellationToken);
        var (messages, deliveries) = (schedule.EndedBefore(RetainedData.Messages, scheduledFor), schedule.EndedBefore(RetainedData.Deliveries, scheduledFor));
        if (messages is not null || deliveries is not null)
            await upkeep.DropOldAsync(string.Create(CultureInfo.InvariantCulture, $"{Name}|rows|{scheduledFor.UtcTicks}"), messages, deliveries, cancellationToken);
        await DropLeftFilesAsync(cancellationToken);
        await kept.DropPhotosAsync(cancellationToken);
        await kept.DropPapersAsync(schedule.EndedBefore(RetainedData.Papers, scheduledFor), cancellationToken);
    }

    private async Task CasesAsync(RetentionSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] over = [nameof(CaseState.Closed), nameof(CaseState.Withdrawn)];
        if (schedule.EndedBefore(RetainedData.PartyIdentity, now) is { } party)
        {
            await EachAsync<Case>(
                over, party, Ended, (one, _) => Task.FromResult(one.Target is { IdentityNumber: not null } or { IsIndividual: true, Phone: not null }),
                (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().ErasePartyAsync(id, token)), cancellationToken);
        }

        if (schedule.EndedBefore(RetainedData.Minors, now) is { } minors)
            await EachAsync<Case>(over, minors, Ended, SpeaksOfMinorsAsync, async (services, id, token) => await services.GetRequiredService<ErasureService>().EraseMinorsAsync(id, token), cancellationToken);
        if (schedule.EndedBefore(RetainedData.VisitDrafts, now) is { } drafts)
            await EachAsync<Case>(over, drafts, Ended, HasDraftsAsync, (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().EraseDraftsAsync(id, token)), cancellationToken);
    }

    private async Task LeadsAsync(RetentionSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string[] over = [nameof(LeadState.Closed), nameof(LeadState.Merged)];
        if (schedule.EndedBefore(RetainedData.Reporter, now) is { } reporter)
        {
            await EachAsync<Lead>(
                over, reporter, Ended, (lead, _) => Task.FromResult(lead.ReportedBy is { Name: not null } or { Contact: not null }),
                (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().EraseReporterAsync(id, token)), cancellationToken);
            await EachAsync<StuckRequest>(
                [nameof(StuckState.Closed)], reporter, request => request.Steps[^1].At, (request, _) => Task.FromResult(request.ReportedBy is { Name: not null } or { Contact: not null }),
                (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().EraseStuckReporterAsync(id, token)), cancellationToken);
        }

        if (schedule.EndedBefore(RetainedData.LeadContent, now) is { } content)
        {
            await EachAsync<Lead>(
                over, content, Ended, (lead, _) => Task.FromResult(ErasureService.SaysSomething(lead)),
                (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().EraseLeadAsync(id, token)), cancellationToken);
        }

        if (schedule.EndedBefore(RetainedData.LeadEvidence, now) is { } evidence)
            await EachAsync<Lead>(over, evidence, Ended, HasEvidenceAsync, async (services, id, token) => await services.GetRequiredService<ErasureService>().EraseLeadEvidenceAsync(id, token), cancellationToken);
        if (schedule.EndedBefore(RetainedData.ProjectPeople, now) is { } people)
            await EachAsync<Lead>(over, people, Ended, NamesPeopleAsync, (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().EraseProjectAsync(id, token)), cancellationToken);
    }

    private static DateTimeOffset? Ended(Case one) => one.ClosedAt;

    private static DateTimeOffset? Ended(Lead lead) => lead.Steps.Count > 0 ? lead.Steps[^1].At : lead.ReceivedAt;

    private async Task<bool> HasDraftsAsync(Case one, CancellationToken cancellationToken) =>
        (await database.Set<AggregateRow<Visit>>().AsNoTracking().Where(row => row.CaseId == one.Id).Select(row => row.Body).ToListAsync(cancellationToken))
        .Select(Read<Visit>).Any(visit => visit.SectionsInWork is { Count: > 0 });

    private async Task<bool> HasEvidenceAsync(Lead lead, CancellationToken cancellationToken) =>
        lead.CaseId is null
        && (await database.Set<AggregateRow<Evidence>>().AsNoTracking().Where(row => row.CaseKey == lead.CaseKey && row.CaseId == null).Select(row => row.Body).ToListAsync(cancellationToken))
            .Select(Read<Evidence>).Any(piece => piece.Title != ErasureService.Erased);

    private async Task<bool> NamesPeopleAsync(Lead lead, CancellationToken cancellationToken)
    {
        if (lead.Trigger != TriggerKind.Milestone)
            return false;
        if (lead.Patrols.Any(patrol => patrol.Consent is { } consent && consent.Person != ErasureService.Erased))
            return true;
        var target = lead.TargetId is { } id ? await database.Set<AggregateRow<TargetRecord>>().AsNoTracking().Where(row => row.Id == id).Select(row => row.Body).FirstOrDefaultAsync(cancellationToken) : null;
        return target is not null && Read<TargetRecord>(target).Target.Project is { } project && project.Owner != ErasureService.Erased;
    }

    // A matter of which nothing is left gets no commit.
    private async Task<bool> SpeaksOfMinorsAsync(Case one, CancellationToken cancellationToken)
    {
        var findings = await database.Set<AggregateRow<Finding>>().AsNoTracking().Where(row => row.CaseId == one.Id).Select(row => row.Body).ToListAsync(cancellationToken);
        if (findings.Select(Read<Finding>).Any(finding => finding.ConcernsMinor && finding.Facts != ErasureService.Erased))
            return true;
        var evidence = await database.Set<AggregateRow<Evidence>>().AsNoTracking().Where(row => row.CaseId == one.Id).Select(row => row.Body).ToListAsync(cancellationToken);
        return evidence.Select(Read<Evidence>).Any(piece => piece.ConcernsMinor && piece.Title != ErasureService.Erased);
    }

    // The words went in a commit, the file after it: what an earlier night could not delete is tried again.
    private async Task DropLeftFilesAsync(CancellationToken cancellationToken)
    {
        var bodies = await database.Set<AggregateRow<Evidence>>().AsNoTracking().Where(row => row.Body.Contains(ErasureService.Erased)).Select(row => row.Body).ToListAsync(cancellationToken);
        foreach (var hash in bodies.Select(Read<Evidence>).Where(piece => piece.Title == ErasureService.Erased).Select(piece => piece.Sha256).Distinct(StringComparer.Ordinal).Where(files.Has))
        {
            try
            {
                await files.DropAsync(hash, database, cancellationToken);
            }
            catch (IOException fault)
            {
                log.LogError(fault, "The file of an erased piece of evidence could not be deleted: {Hash}", hash);
            }
        }
    }

    private static T Read<T>(string body) => System.Text.Json.JsonSerializer.Deserialize<T>(body, StorageJson.Options)!;

    private static async ValueTask<IReadOnlyList<string>?> DoneAsync(ValueTask<bool> erase)
    {
        await erase;
        return null;
    }

    private async Task EachAsync<T>(
        string[] states, DateTimeOffset endedBefore, Func<T, DateTimeOffset?> ended, Func<T, CancellationToken, Task<bool>> isLeft, Func<IServiceProvider, string, CancellationToken, ValueTask<IReadOnlyList<string>?>> erase, CancellationToken cancellationToken)
        where T : SupervisionRecord
    {
        var after = "";
        while (true)
        {
            // What ended before was begun before; the end itself stands in the body.
            var rows = await database.Set<AggregateRow<T>>().AsNoTracking()
                .Where(row => states.Contains(row.State) && row.CreatedAt < endedBefore && string.Compare(row.Id, after) > 0)
                .OrderBy(row => row.Id).Take(Batch).Select(row => new { row.Id, row.CaseKey, row.Body }).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                var matter = Read<T>(row.Body);
                if (!(ended(matter) < endedBefore))
                    continue;
                try
                {
                    if (!await isLeft(matter, cancellationToken))
                        continue;
                    var result = await pump.SendAsync(
                        new DomainCommand
                        {
                            Key = string.Create(CultureInfo.InvariantCulture, $"{Name}|{typeof(T).Name}|{row.Id}|{endedBefore.UtcTicks}"),
                            CaseKey = row.CaseKey,
                            Execute = async (_, services, token) => await erase(services, row.Id, token),
                        },
                        cancellationToken);
                    foreach (var hash in result.Value as IReadOnlyList<string> ?? [])
                        await files.DropAsync(hash, database, cancellationToken);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // One matter that cannot be erased must not keep the others.
                    log.LogError(fault, "What may not be kept any longer could not be erased: {Kind} {Id}", typeof(T).Name, row.Id);
                }
            }

            if (rows.Count < Batch)
                return;
            after = rows[^1].Id;
        }
    }
}
