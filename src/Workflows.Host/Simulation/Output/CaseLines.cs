using Workflows.Supervision.Inspections;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation.Output;

/// <summary>Each case with how far it has come: its state, or the named waits with owner and due time.</summary>
internal static class CaseLines
{
    /// <summary>The lines in order of creation.</summary>
    public static IReadOnlyList<object> Of(SimulationRows rows, SimulationRun run)
    {
        var tasks = rows.Tasks.Where(t => t is { State: TaskState.Open, BookmarkId: not null }).ToDictionary(t => t.BookmarkId!, StringComparer.Ordinal);
        var waits = rows.Waits.Where(w => w.WaitName is not null).ToLookup(w => w.CaseKey, StringComparer.Ordinal);
        return [.. rows.Cases.Select(matter => Line(matter, run, [.. waits[matter.CaseKey].Select(w => (object)new
        {
            ActivityId = w.ActivityId,
            Name = w.WaitName,
            Owner = w.WaitOwner,
            Due = w.DueAt ?? tasks.GetValueOrDefault(w.Id)?.DueAt,
        })], rows))];
    }

    private static object Line(Case matter, SimulationRun run, IReadOnlyList<object> waits, SimulationRows rows)
    {
        var instance = rows.Instances.GetValueOrDefault(matter.RootInstanceId);
        return new
        {
            Number = matter.Number,
            Id = matter.Id,
            Target = matter.TargetId,
            PlanId = matter.PlanId,
            Story = run.Stories.GetValueOrDefault(matter.Id)?.Name,
            State = matter.State.ToString(),
            Stage = matter.Stage,
            Outcome = matter.Outcome,
            OpenedAt = matter.Created.At,
            TaskEndedAt = matter.TaskEndedAt,
            ClosedAt = matter.ClosedAt,
            Instance = instance?.SubStatus,
            Incidents = instance?.IncidentCount ?? 0,
            Waits = waits,
        };
    }
}
