using Workflows.Engine.Activities;
using Workflows.Engine.Journal;
using Workflows.Host.Simulation.Output;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Trials.Results;

/// <summary>Which parts of the diagrams a trial came to, and which it never did.</summary>
internal static class BranchLines
{
    /// <summary>An activity's own line and one for each of its ports, in the order of the definitions.</summary>
    public static IReadOnlyList<TrialBranch> Of(
        IEnumerable<Diagram> diagrams, SimulationRows rows, IReadOnlyList<TimelineLine> timeline, IReadOnlyList<JournalRow> journal, ActivityRegistry registry)
    {
        var entered = new Dictionary<(string, string), HashSet<string>>();
        var left = new Dictionary<(string, string, string), int>();
        foreach (var row in journal)
        {
            if (!rows.Instances.TryGetValue(row.InstanceId, out var instance))
                continue;
            var key = (instance.DefinitionId, row.ActivityId);
            if (!entered.TryGetValue(key, out var executions))
                entered[key] = executions = new HashSet<string>(StringComparer.Ordinal);
            executions.Add($"{row.InstanceId}|{row.ActivityInstanceId}");
            if (row.EventName != JournalEvents.Completed)
                continue;
            var ports = Timeline.PortsOf(row);
            foreach (var port in ports.Count > 0 ? ports : ["Done"])
                Count(left, (instance.DefinitionId, row.ActivityId, port));
        }

        // A ladder lets a rung's port flow while it goes on waiting; only the audit trail says so.
        foreach (var line in timeline.Where(line => line is { Kind: "ladder.rung" or "lead.step-late" or "lead.step-goes-on", ActivityId: not null, Port: not null }))
        {
            if (rows.Instances.GetValueOrDefault(line.CaseKey) is { } instance)
                Count(left, (instance.DefinitionId, line.ActivityId!, line.Port!));
        }

        return [.. diagrams.SelectMany(diagram => diagram.Activities.SelectMany(activity => Lines(diagram, activity, entered, left, registry)))];
    }

    private static IEnumerable<TrialBranch> Lines(
        Diagram diagram, DiagramActivity activity, Dictionary<(string, string), HashSet<string>> entered, Dictionary<(string, string, string), int> left, ActivityRegistry registry)
    {
        var times = entered.GetValueOrDefault((diagram.DefinitionId, activity.Id))?.Count ?? 0;
        yield return new TrialBranch(diagram.DefinitionId, activity.Id, activity.Name, activity.Type, null, true, times, times == 0);
        var connected = diagram.ConnectedPorts(activity.Id).ToHashSet(StringComparer.Ordinal);
        var described = registry.TryGet(activity.Type, activity.Version, out var descriptor) ? descriptor.Ports.Where(port => port.Kind == PortKind.Flow).Select(port => port.Name) : [];
        var taken = left.Keys.Where(key => key.Item1 == diagram.DefinitionId && key.Item2 == activity.Id).Select(key => key.Item3);
        foreach (var port in described.Union(connected).Union(taken).Order(StringComparer.Ordinal))
        {
            var count = left.GetValueOrDefault((diagram.DefinitionId, activity.Id, port));
            yield return new TrialBranch(diagram.DefinitionId, activity.Id, activity.Name, activity.Type, port, connected.Contains(port), count, connected.Contains(port) && count == 0);
        }
    }

    private static void Count(Dictionary<(string, string, string), int> counts, (string, string, string) key) => counts[key] = counts.GetValueOrDefault(key) + 1;
}
