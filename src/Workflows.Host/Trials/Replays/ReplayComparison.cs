using Workflows.Engine.Journal;
using Workflows.Host.Simulation.Output;
using Workflows.Host.Trials.Results;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Replays;

/// <summary>One flow of a case: what its diagram is, what was done and where it waits.</summary>
/// <param name="Diagram">The diagram.</param>
/// <param name="Journal">Its journal in order of time.</param>
/// <param name="Waits">Its waits.</param>
internal sealed record CaseFlow(Diagram Diagram, IReadOnlyList<JournalRow> Journal, IReadOnlyList<BookmarkRow> Waits);

/// <summary>Compares what a case did with what the draft makes of the same decisions: activity by activity, and within each the n-th time with the n-th.</summary>
internal static class ReplayComparison
{
    /// <summary>Where they depart, in order of time; what causes a departure stands before what follows from it.</summary>
    /// <param name="real">The real flow.</param>
    /// <param name="draft">The flow under the draft.</param>
    /// <param name="until">Last instant that counts.</param>
    /// <param name="comparesWaits">Whether the case is still running, so that its waits count.</param>
    public static IReadOnlyList<Departure> Departures(CaseFlow real, CaseFlow draft, DateTimeOffset until, bool comparesWaits)
    {
        var (was, would) = (Steps(real, until), Steps(draft, until));
        var found = new List<(int Rank, long Sequence, Departure Departure)>();
        foreach (var activity in was.Select(group => group.Key).Union(would.Select(group => group.Key)).Order(StringComparer.Ordinal))
            Compare(activity, [.. was[activity]], [.. would[activity]], real.Diagram, draft.Diagram, found);
        if (comparesWaits)
            CompareWaits(real, draft, until, found);
        return [.. found.OrderBy(entry => entry.Departure.At).ThenBy(entry => entry.Rank).ThenBy(entry => entry.Sequence).ThenBy(entry => entry.Departure.ActivityId, StringComparer.Ordinal).Select(entry => entry.Departure)];
    }

    /// <summary>Due dates of limits and human steps that both have, where they differ.</summary>
    public static IReadOnlyList<DueDifference> DueDates(
        IReadOnlyList<StepLimit> realLimits, IReadOnlyList<StepLimit> draftLimits, IReadOnlyList<WorkTask> realTasks, IReadOnlyList<WorkTask> draftTasks)
    {
        var limits = Pairs(realLimits, draftLimits, limit => (limit.Created.ActivityId ?? "", limit.Department ?? ""))
            .Where(pair => pair.Real.DueAt != pair.Draft.DueAt)
            .Select(pair => new DueDifference("limit", pair.Real.Created.ActivityId ?? "", pair.Real.RuleCode, pair.Real.Department, pair.Real.Created.At, pair.Real.DueAt, pair.Draft.DueAt));
        var tasks = Pairs(realTasks, draftTasks, task => (task.TaskActivityId, task.Department ?? ""))
            .Where(pair => pair.Real.DueAt is { } real && pair.Draft.DueAt is { } draft && real != draft)
            .Select(pair => new DueDifference("task", pair.Real.TaskActivityId, pair.Real.Title, pair.Real.Department, pair.Real.Created.At, pair.Real.DueAt!.Value, pair.Draft.DueAt!.Value));
        return [.. limits.Concat(tasks).OrderBy(line => line.StartedAt).ThenBy(line => line.ActivityId, StringComparer.Ordinal).ThenBy(line => line.Kind, StringComparer.Ordinal)];
    }

    private static void Compare(string activity, List<JournalRow> was, List<JournalRow> would, Diagram real, Diagram draft, List<(int, long, Departure)> found)
    {
        void Add(int rank, JournalRow at, string kind, JournalRow? left, JournalRow? right) => found.Add((rank, at.Sequence, new Departure(
            at.Timestamp, kind, activity, at.ActivityName, left is null ? null : Port(left), right is null ? null : Port(right), left is null ? [] : Next(real, left), right is null ? [] : Next(draft, right))));

        foreach (var step in was.Where(step => would.Exists(other => Port(other) == Port(step)) && draft.Find(activity) is not null).DistinctBy(Port))
        {
            if (!Next(real, step).SequenceEqual(Next(draft, step)))
                Add(0, step, "connection", step, would.First(other => Port(other) == Port(step)));
        }

        // Branches of one instant may stand in another order; they went the same way all the same.
        if (was.Select(Port).Order(StringComparer.Ordinal).SequenceEqual(would.Select(Port).Order(StringComparer.Ordinal)))
            return;
        for (var i = 0; i < Math.Max(was.Count, would.Count); i++)
        {
            if (i >= would.Count)
                Add(2, was[i], "missing", was[i], null);
            else if (i >= was.Count)
                Add(3, would[i], "added", null, would[i]);
            else if (Port(was[i]) != Port(would[i]))
                Add(1, was[i], "port", was[i], would[i]);
        }
    }

    private static void CompareWaits(CaseFlow real, CaseFlow draft, DateTimeOffset until, List<(int, long, Departure)> found)
    {
        static SortedSet<string> Places(CaseFlow flow) => new(flow.Waits.Where(wait => wait.WaitName is not null).Select(wait => wait.ActivityId), StringComparer.Ordinal);
        var (was, would) = (Places(real), Places(draft));
        foreach (var activity in was.Union(would).Where(activity => was.Contains(activity) != would.Contains(activity)))
        {
            var name = (was.Contains(activity) ? real : draft).Diagram.Find(activity)?.Name;
            found.Add((4, 0, new Departure(until, "wait", activity, name, null, null, was.Contains(activity) ? [activity] : [], would.Contains(activity) ? [activity] : [])));
        }
    }

    private static ILookup<string, JournalRow> Steps(CaseFlow flow, DateTimeOffset until) => flow.Journal
        .Where(row => row.EventName == JournalEvents.Completed && row.Timestamp <= until && row.ActivityType is not ("Elsa.Workflow" or "Elsa.Flowchart" or "Elsa.ParallelForEach"))
        .ToLookup(row => row.ActivityId, StringComparer.Ordinal);

    private static string Port(JournalRow row) => Timeline.PortOf(row) ?? "Done";

    private static IReadOnlyList<string> Next(Diagram diagram, JournalRow row)
    {
        var ports = Timeline.PortsOf(row);
        return [.. (ports.Count > 0 ? ports : ["Done"]).SelectMany(port => diagram.Targets(row.ActivityId, port)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<(T Real, T Draft)> Pairs<T>(IReadOnlyList<T> real, IReadOnlyList<T> draft, Func<T, (string, string)> key)
        where T : SupervisionRecord
    {
        var others = draft.ToLookup(key);
        return real.GroupBy(key).SelectMany(group => group.Zip(others[group.Key]));
    }
}
