using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Workflows.Engine.Journal;
using Workflows.Storage.Model.Rows;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Simulation.Output;

/// <summary>One line of the timeline.</summary>
/// <param name="Seq">Position, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Case">Number of the case, or title of the plan.</param>
/// <param name="Instance">Workflow instance.</param>
/// <param name="ActivityId">Activity of the definition that caused it.</param>
/// <param name="Port">Port by which it was left, or null.</param>
/// <param name="Actor">Who acted: a person, or <c>clock</c>.</param>
/// <param name="Department">Department of the actor, or null.</param>
/// <param name="Kind">Waiting, completed, cancelled or faulted for a step; else what the audit trail calls it.</param>
internal sealed record TimelineLine(int Seq, DateTimeOffset At, string? Case, string? Instance, string? ActivityId, string? Port, string Actor, string? Department, string Kind)
{
    /// <summary>Family to which it belongs.</summary>
    [JsonIgnore]
    public string CaseKey { get; init; } = "";

    /// <summary>Data of an entry of the audit trail, or null.</summary>
    [JsonIgnore]
    public string? Data { get; init; }
}

/// <summary>Tells the history of a simulation: the steps of the diagrams from the journal, and what they did from the audit trail.</summary>
internal static class Timeline
{
    /// <summary>The lines in order of time.</summary>
    public static async Task<IReadOnlyList<TimelineLine>> ReadAsync(SimulationRows rows, SimulationRun run, CancellationToken cancellationToken)
    {
        var lines = new List<(DateTimeOffset At, string Chain, int Source, long Sequence, TimelineLine Line)>();
        foreach (var entry in await rows.RowsAsync<AuditEntryRow>(cancellationToken))
        {
            var port = (JsonNode.Parse(entry.Data) as JsonObject)?["port"]?.GetValue<string>();
            lines.Add((entry.At, entry.CaseKey, 0, entry.Sequence,
                new TimelineLine(0, entry.At, rows.Names.GetValueOrDefault(entry.CaseKey), null, entry.ActivityId, port, entry.Actor, entry.Department, entry.Kind) { CaseKey = entry.CaseKey, Data = entry.Data }));
        }

        foreach (var row in await rows.RowsAsync<JournalRow>(cancellationToken))
        {
            if (KindOf(row) is not { } kind || !rows.Instances.TryGetValue(row.InstanceId, out var instance))
            {
                continue;
            }

            var actor = ActorOf(rows, run, instance, row.Timestamp.UtcTicks);
            lines.Add((row.Timestamp, instance.CaseKey, 1, row.Sequence, new TimelineLine(
                0, row.Timestamp, rows.Names.GetValueOrDefault(instance.CaseKey), row.InstanceId, row.ActivityId, PortOf(row), actor?.Id ?? "clock", actor?.Department, kind) { CaseKey = instance.CaseKey }));
        }

        lines.Sort(static (a, b) =>
            a.At.CompareTo(b.At) is var time and not 0 ? time
            : string.CompareOrdinal(a.Chain, b.Chain) is var chain and not 0 ? chain
            : a.Source.CompareTo(b.Source) is var source and not 0 ? source
            : a.Sequence.CompareTo(b.Sequence) is var sequence and not 0 ? sequence
            : string.CompareOrdinal(a.Line.Instance, b.Line.Instance));
        return [.. lines.Select((entry, i) => entry.Line with { Seq = i + 1 })];
    }

    // Who acts on a plan also acts on the cases that it dispatches at that moment.
    private static Actor? ActorOf(SimulationRows rows, SimulationRun run, WorkflowInstanceRow instance, long at)
    {
        for (var one = instance; one is not null; one = one.ParentInstanceId is { } parent ? rows.Instances.GetValueOrDefault(parent) : null)
        {
            if (run.Acts.GetValueOrDefault((one.Id, at)) is { } actor)
            {
                return actor;
            }
        }

        return null;
    }

    private static string? KindOf(JournalRow row) => row.ActivityType is "Elsa.Workflow" or "Elsa.Flowchart" ? null : row.EventName switch
    {
        JournalEvents.Suspended => "waiting",
        JournalEvents.Completed => "completed",
        JournalEvents.Canceled => "cancelled",
        JournalEvents.Faulted => "faulted",
        _ => null,
    };

    /// <summary>The ports by which an execution was left, joined by 、; null where it names none.</summary>
    public static string? PortOf(JournalRow row) => PortsOf(row) is { Count: > 0 } ports ? string.Join('、', ports) : null;

    /// <summary>The ports by which an execution was left.</summary>
    public static IReadOnlyList<string> PortsOf(JournalRow row)
    {
        if (row.Payload is null)
        {
            return [];
        }

        using var payload = JsonDocument.Parse(row.Payload);
        foreach (var name in new[] { "Outcomes", "outcomes" })
        {
            if (payload.RootElement.TryGetProperty(name, out var outcomes) && outcomes.ValueKind == JsonValueKind.Array)
            {
                return [.. outcomes.EnumerateArray().Select(o => o.ToString())];
            }
        }

        return [];
    }
}
