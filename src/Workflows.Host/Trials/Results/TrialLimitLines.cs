using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Host.Simulation.Output;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Trials.Results;

/// <summary>Limits, rungs and due dates of a trial, each with when it was really met.</summary>
internal static class TrialLimitLines
{
    /// <summary>The lines in order of start.</summary>
    /// <param name="rows">What the trial's database holds.</param>
    /// <param name="timeline">Its timeline.</param>
    /// <param name="journal">Its journal.</param>
    /// <param name="diagrams">Its diagrams by logical id.</param>
    /// <param name="limits">Limits of the diagrams.</param>
    /// <param name="end">First instant after the trial.</param>
    public static IReadOnlyList<TrialLimit> Of(
        SimulationRows rows, IReadOnlyList<TimelineLine> timeline, IReadOnlyList<JournalRow> journal, IReadOnlyDictionary<string, Diagram> diagrams,
        IReadOnlyList<StepLimit> limits, DateTimeOffset end)
    {
        var completed = journal.Where(row => row.EventName == JournalEvents.Completed)
            .ToLookup(row => (rows.Instances.GetValueOrDefault(row.InstanceId)?.CaseKey ?? "", row.ActivityId), row => row.Timestamp);
        var lines = limits.Select(limit => OfLimit(limit, rows, diagrams, completed))
            .Concat(timeline.Where(line => line.Kind == "ladder.rung").Select(line => OfRung(line, rows)))
            .Concat(rows.Tasks.Where(task => task.DueAt is not null).Select(task => OfTask(task, rows, end)));
        return [.. lines.OrderBy(line => line.StartedAt).ThenBy(line => line.Case, StringComparer.Ordinal).ThenBy(line => line.ActivityId, StringComparer.Ordinal)
            .ThenBy(line => line.HeldBy, StringComparer.Ordinal).ThenBy(line => line.Kind, StringComparer.Ordinal)];
    }

    /// <summary>How often each was met and broken, by who is held; most broken first. Parties count as one.</summary>
    public static IReadOnlyList<LimitTotal> Totals(IReadOnlyList<TrialLimit> lines) =>
    [
        .. lines.GroupBy(line => (line.Kind, line.Definition, line.ActivityId, line.Name, HeldBy: line.HeldBy?.StartsWith("party:", StringComparison.Ordinal) == true ? "party" : line.HeldBy))
            .Select(group => new LimitTotal(group.Key.Kind, group.Key.Definition, group.Key.ActivityId, group.Key.Name, group.Key.HeldBy, group.Count(), group.Count(line => line.Broken)))
            .OrderByDescending(total => total.Broken).ThenBy(total => total.Definition, StringComparer.Ordinal).ThenBy(total => total.ActivityId, StringComparer.Ordinal)
            .ThenBy(total => total.Kind, StringComparer.Ordinal).ThenBy(total => total.HeldBy, StringComparer.Ordinal),
    ];

    private static TrialLimit OfLimit(StepLimit limit, SimulationRows rows, IReadOnlyDictionary<string, Diagram> diagrams, ILookup<(string, string), DateTimeOffset> completed)
    {
        var step = limit.Created.ActivityId ?? "";
        var definition = DefinitionOf(limit.CaseKey, rows);
        var watched = definition is not null && diagrams.TryGetValue(definition, out var diagram) ? diagram.Find(step)?.Watches ?? [] : [];
        var done = watched.SelectMany(activity => completed[(limit.CaseKey, activity)]).Where(at => at >= limit.Created.At).Order().Select(at => (DateTimeOffset?)at).FirstOrDefault();
        return new TrialLimit(
            "limit", definition, step, limit.RuleCode, rows.Names.GetValueOrDefault(limit.CaseKey), limit.HeldBy, limit.Created.At, limit.LastDay, limit.DueAt,
            done ?? (limit.State == StepLimitState.Kept ? limit.Changed?.At : null), limit.State == StepLimitState.Passed);
    }

    private static TrialLimit OfRung(TimelineLine line, SimulationRows rows)
    {
        var data = line.Data is null ? null : JsonNode.Parse(line.Data) as JsonObject;
        var due = data?["due"]?.GetValue<string>() ?? "";
        var day = DateOnly.TryParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) ? last : (DateOnly?)null;
        var at = day is { } known ? ShanghaiTime.PassedAt(known)
            : DateTimeOffset.TryParse(due, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant) ? instant : line.At;
        return new TrialLimit(
            "rung", DefinitionOf(line.CaseKey, rows), line.ActivityId ?? "", line.Port ?? "", line.Case,
            data?["department"]?.GetValue<string>() is { } department ? $"department:{department}" : null, line.At, day, at, line.At, line.At >= at);
    }

    private static TrialLimit OfTask(WorkTask task, SimulationRows rows, DateTimeOffset end)
    {
        var due = task.DueAt!.Value;
        var broken = task.State switch
        {
            TaskState.Done => task.EndedAt >= due,
            TaskState.Open => due < end,
            _ => false,
        };
        return new TrialLimit(
            "task", rows.Instances.GetValueOrDefault(task.InstanceId)?.DefinitionId, task.TaskActivityId, task.Title, rows.Names.GetValueOrDefault(task.CaseKey),
            WorkloadLines.OwnerOf(task), task.Created.At, ShanghaiTime.DateOf(due.AddTicks(-1)), due, task.State == TaskState.Done ? task.EndedAt : null, broken);
    }

    private static string? DefinitionOf(string caseKey, SimulationRows rows) => rows.Instances.GetValueOrDefault(caseKey)?.DefinitionId;
}
