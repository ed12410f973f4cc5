using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflows.Host.Api.Evidences;
using Workflows.Host.Composition;
using Workflows.Storage.Model;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Retention;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Scheduling;

/// <summary>Erases every night what may not be kept any longer, by the periods of <c>retention.json</c>; each matter in a commit of its own, so that a night that was cut short goes on in the next.</summary>
internal sealed class RetentionErasure(StimulusPump pump, WorkflowsDbContext database, EvidenceFiles files, ServeSettings settings) : INightlyWork
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
        if (schedule.EndedBefore(RetainedData.PartyIdentity, scheduledFor) is { } party)
            await EachAsync<Case>([nameof(CaseState.Closed), nameof(CaseState.Withdrawn)], party, one => one.ClosedAt, (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().ErasePartyAsync(id, token)), cancellationToken);
        if (schedule.EndedBefore(RetainedData.Minors, scheduledFor) is { } minors)
            await EachAsync<Case>([nameof(CaseState.Closed), nameof(CaseState.Withdrawn)], minors, one => one.ClosedAt, async (services, id, token) => await services.GetRequiredService<ErasureService>().EraseMinorsAsync(id, token), cancellationToken);
        if (schedule.EndedBefore(RetainedData.Reporter, scheduledFor) is { } reporter)
            await EachAsync<Lead>([nameof(LeadState.Closed), nameof(LeadState.Merged)], reporter, lead => lead.Steps.Count > 0 ? lead.Steps[^1].At : lead.ReceivedAt, (services, id, token) => DoneAsync(services.GetRequiredService<ErasureService>().EraseReporterAsync(id, token)), cancellationToken);
    }

    private static async ValueTask<IReadOnlyList<string>?> DoneAsync(ValueTask<bool> erase)
    {
        await erase;
        return null;
    }

    private async Task EachAsync<T>(
        string[] states, DateTimeOffset endedBefore, Func<T, DateTimeOffset?> ended, Func<IServiceProvider, string, CancellationToken, ValueTask<IReadOnlyList<string>?>> erase, CancellationToken cancellationToken)
        where T : SupervisionRecord
    {
        var after = "";
        while (true)
        {
            // What ended before was begun before; the end itself stands in the body.
            var rows = await database.Set<AggregateRow<T>>().AsNoTracking()
                .Where(row => states.Contains(row.State) && row.CreatedAt < endedBefore && string.Compare(row.Id, after) > 0)
                .OrderBy(row => row.Id).Take(Batch).Select(row => new { row.Id, row.CaseKey, row.Body }).ToListAsync(cancellationToken);
            foreach (var row in rows.Where(row => ended(System.Text.Json.JsonSerializer.Deserialize<T>(row.Body, StorageJson.Options)!) < endedBefore))
            {
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

            if (rows.Count < Batch)
                return;
            after = rows[^1].Id;
        }
    }
}
