using Microsoft.EntityFrameworkCore;
using Workflows.Host.Simulation;
using Workflows.Storage.Audit;
using Workflows.Storage.Model;
using Workflows.Storage.Outbox;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Sample.History;

/// <summary>
/// Lets the scenarios of one district live side by side up to an instant: what timers bring, what people do, what is opened by date, letters that
/// are delivered and days that are sealed, each at its own time.
/// </summary>
/// <param name="worlds">A world for each scenario, all on one ground.</param>
/// <param name="runs">Its people and events, in the same order.</param>
/// <param name="progress">Where the operator reads how far it is.</param>
internal sealed class DistrictHistory(IReadOnlyList<SimulationWorld> worlds, IReadOnlyList<SimulationRun> runs, TextWriter progress)
{
    private const int SaysEveryDays = 10;
    private static readonly TimeSpan Rounds = TimeSpan.FromHours(1);

    private readonly Dictionary<string, int> _owners = new(StringComparer.Ordinal);

    private SimulationWorld Ground => worlds[0];

    /// <summary>Plays up to <paramref name="end"/>; timers after it stay pending.</summary>
    public async Task PlayAsync(DateTimeOffset end, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
            run.Begin();
        var first = ShanghaiTime.DateOf(Ground.Clock.GetUtcNow());
        var (sealing, letters) = (first, Ground.Clock.GetUtcNow() + Rounds);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var task in Ground.Watch.TakeNew())
            {
                if (await OwnerAsync(task, cancellationToken) is { } owner)
                    await runs[owner].ScheduleAsync(task);
            }

            var timer = await Ground.Pump.NextDueAsync(cancellationToken) ?? DateTimeOffset.MaxValue;
            var midnight = ShanghaiTime.PassedAt(sealing);
            var acting = runs.MinBy(run => run.Next)!;
            var next = new[] { timer, acting.Next, midnight, letters }.Min();
            Ground.Clock.MoveTo(next < end ? next : end);
            if (next >= end)
            {
                await DeliverAsync(cancellationToken);
                return;
            }

            if (midnight == next)
            {
                await Ground.Service<AuditTrail>().SealAsync(sealing, cancellationToken);
                sealing = sealing.AddDays(1);
                foreach (var run in runs)
                    await run.TakeReceiptsAsync(cancellationToken);
                if ((sealing.DayNumber - first.DayNumber) % SaysEveryDays == 0)
                    await progress.WriteLineAsync($"  {sealing:yyyy年M月d日}，已有 {runs.Sum(run => run.Stories.Count)} 个案件、{runs.Sum(run => run.LeadStories.Count)} 条线索，办理 {runs.Sum(run => run.Answers)} 步");
            }
            else if (letters == next)
            {
                await DeliverAsync(cancellationToken);
                letters += Rounds;
            }
            else if (timer <= next)
            {
                await Ground.Pump.RunUntilIdleAsync(cancellationToken);
            }
            else
            {
                await acting.ActAsync(next, cancellationToken);
            }
        }
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        var outbox = Ground.Service<OutboxDelivery>();
        while (await outbox.RunOnceAsync(cancellationToken) > 0)
        {
            // Until nothing is due.
        }
    }

    // A step belongs to the scenario of its case or plan, or to the one in which its lead was reported.
    private async Task<int?> OwnerAsync(WorkTask task, CancellationToken cancellationToken)
    {
        if (task is { CaseId: null, PlanId: null })
        {
            return task.Subject.TryGetValue("leadId", out var lead) && runs.ToList().FindIndex(run => run.LeadStories.ContainsKey(lead)) is >= 0 and var found ? found : null;
        }

        var key = task.CaseId ?? task.PlanId!;
        if (_owners.TryGetValue(key, out var known))
            return known;
        var scenario = task.CaseId is { } id
            ? await Ground.Reading.Set<AggregateRow<Case>>().AsNoTracking().Where(row => row.Id == id).Select(row => row.Kind).FirstOrDefaultAsync(cancellationToken)
            : await Ground.Reading.Set<AggregateRow<InspectionPlan>>().AsNoTracking().Where(row => row.Id == key).Select(row => row.Kind).FirstOrDefaultAsync(cancellationToken);
        var owner = worlds.ToList().FindIndex(world => world.Scenario.Code == scenario);
        if (owner < 0)
            return null;
        return _owners[key] = owner;
    }
}
