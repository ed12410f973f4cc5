using Workflows.Host.Simulation.Output;
using Workflows.Host.Trials.Results;

namespace Workflows.Host.Simulation.Coverage;

/// <summary>
/// Counts in timelines how often each port of the diagrams was taken. It reads nothing that <c>timeline.jsonl</c> does not hold, so that
/// anybody can count again: lines of the kind <c>completed</c> by their ports, and those of ladders and steps that flow on while they wait.
/// </summary>
internal sealed class PortTally
{
    /// <summary>Port of a step that has one way only.</summary>
    public const string OnlyPort = "Done";

    /// <summary>Kind of the line that tells of a rung.</summary>
    public const string Rung = "ladder.rung";

    /// <summary>Kind of the line that tells of a step whose time is over and which goes on waiting.</summary>
    public const string Late = "lead.step-late";

    /// <summary>Kind of the line that tells of a step that let a port flow and is asked for again.</summary>
    public const string GoesOn = "lead.step-goes-on";

    private const char Joint = '、';

    private readonly List<(string Activity, string Port)> _drawn = [];
    private readonly Dictionary<(string Activity, string Port), (int Count, long Seed, int Line, string? Case)> _taken = [];

    /// <param name="diagrams">The diagrams whose ports have to be taken.</param>
    public PortTally(IEnumerable<Diagram> diagrams)
    {
        foreach (var diagram in diagrams)
        {
            foreach (var activity in diagram.Activities.Where(a => !IsSilent(a.Type)))
            {
                string[] ports = [.. diagram.ConnectedPorts(activity.Id).Order(StringComparer.Ordinal)];
                _drawn.AddRange((ports.Length > 0 ? ports : EndsOf(activity)).Select(port => (activity.Id, port)));
            }
        }
    }

    /// <summary>Adds the timeline of a seed.</summary>
    public void Add(long seed, IReadOnlyList<TimelineLine> timeline)
    {
        foreach (var line in timeline.Where(l => l is { ActivityId: not null, Kind: "completed" or Rung or Late or GoesOn }))
        {
            foreach (var port in line.Port?.Split(Joint) ?? [OnlyPort])
            {
                Count((line.ActivityId!, port), seed, line);
            }
        }
    }

    /// <summary>Every port of the diagrams, and those that were taken without a connection; in the order of the diagrams.</summary>
    public IReadOnlyList<PortUse> Ports() =>
        [.. _drawn.Distinct().Where(key => !IsAnotherWay(key)).Concat(_taken.Keys.Except(_drawn).Order()).Select(key => _taken.TryGetValue(key, out var use)
            ? new PortUse(key.Activity, key.Port, use.Count, use.Seed, use.Case)
            : new PortUse(key.Activity, key.Port, 0, null, null))];

    // Seeds come in the order in which they are done; the first is the lowest all the same.
    private void Count((string, string) key, long seed, TimelineLine line)
    {
        var before = _taken.TryGetValue(key, out var use) ? use : (Count: 0, Seed: long.MaxValue, Line: int.MaxValue, Case: null);
        var first = (seed, line.Seq).CompareTo((before.Seed, before.Line)) < 0;
        _taken[key] = first ? (before.Count + 1, seed, line.Seq, line.Case) : (before.Count + 1, before.Seed, before.Line, before.Case);
    }

    // A step behind which nothing is drawn may be left by any of its ports.
    private bool IsAnotherWay((string Activity, string Port) key) =>
        key.Port == OnlyPort && !_taken.ContainsKey(key) && _taken.Keys.Any(taken => taken.Activity == key.Activity);

    // Containers tell nothing in the timeline; what stands in them does.
    private static bool IsSilent(string type) => type is "Elsa.Workflow" or "Elsa.Flowchart";

    // A diagram may draw nothing behind a ladder, whose steps watch one another; then it has nothing to cover.
    private static string[] EndsOf(DiagramActivity activity) => activity.Watches.Count > 0 ? [] : [OnlyPort];
}
