using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Host.Nodes;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Scheduling;

/// <summary>A schedule and the time for which it has to act next.</summary>
/// <param name="Id">Id of the row.</param>
/// <param name="DueAt">Scheduled time, UTC.</param>
internal sealed record ScheduledAct(string Id, DateTimeOffset DueAt);

/// <summary>The schedule rows: start triggers of published definitions and nightly work. Each acts once for each scheduled time.</summary>
internal sealed class ScheduleBook(WorkflowsDbContext database, IStimulusGate gate, IEnumerable<INightlyWork> works, ThisNode node, TimeProvider clock)
{
    // Kinds of the rows of start triggers, as the store names them, and of nightly work; the clock of the sample district and the nodes are no schedules.
    private static readonly string[] Acting = [nameof(TriggerKind.Timer), nameof(TriggerKind.Cron), nameof(TriggerKind.StartAt), Nightly];

    /// <summary>Kind of the rows of nightly work.</summary>
    public const string Nightly = "Nightly";

    /// <summary>Writes the rows of nightly work that are missing, and corrects those whose time has changed.</summary>
    public async Task EnsureNightlyAsync(CancellationToken cancellationToken)
    {
        var rows = await database.Set<ScheduleRow>().Where(row => row.Kind == Nightly).ToDictionaryAsync(row => row.Id, cancellationToken);
        foreach (var work in works)
        {
            if (rows.TryGetValue(work.Name, out var row))
                row.Expression = work.Cron;
            else
                database.Add(new ScheduleRow { Id = work.Name, Kind = Nightly, Expression = work.Cron, CreatedAt = clock.GetUtcNow() });
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    /// <summary>All schedules with their next time, in order of time.</summary>
    public async Task<IReadOnlyList<ScheduledAct>> ComingAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await database.Set<ScheduleRow>().AsNoTracking().Where(row => Acting.Contains(row.Kind)).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => (row.Id, Due: Timetable.Due(row.Expression, row.CreatedAt, row.LastActedAt, now)))
                .Where(row => row.Due is not null).Select(row => new ScheduledAct(row.Id, row.Due!.Value))
                .OrderBy(act => act.DueAt).ThenBy(act => act.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Acts for a scheduled time, unless that has been done.</summary>
    /// <returns>The next time of the schedule, or null.</returns>
    public async Task<ScheduledAct?> ActAsync(ScheduledAct act, CancellationToken cancellationToken)
    {
        var row = await database.Set<ScheduleRow>().FirstOrDefaultAsync(candidate => candidate.Id == act.Id, cancellationToken);
        if (row is null)
            return null;
        if (row.LastActedAt is null || row.LastActedAt < act.DueAt)
        {
            await ActOnceAsync(row, act.DueAt, cancellationToken);
            node.Scheduled(row.Id, act.DueAt);
            row.LastActedAt = act.DueAt;
            await database.SaveChangesAsync(cancellationToken);
        }

        return Timetable.Due(row.Expression, row.CreatedAt, row.LastActedAt, clock.GetUtcNow()) is { } next ? new ScheduledAct(row.Id, next) : null;
    }

    private async Task ActOnceAsync(ScheduleRow row, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (row.Kind == Nightly)
        {
            if (works.FirstOrDefault(work => work.Name == row.Id) is { } work)
                await work.RunAsync(dueAt, cancellationToken);
            return;
        }

        // The key gives the instance its id: a second start for the same time finds it there and does nothing.
        await gate.SendAsync(new StartWorkflow
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"schedule|{row.Id}|{dueAt.UtcTicks}"),
            Workflow = new WorkflowReference(row.DefinitionId, row.DefinitionVersionId),
            TriggerActivityId = row.ActivityId,
        }, cancellationToken);
    }
}
