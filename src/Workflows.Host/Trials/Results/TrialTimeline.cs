using Workflows.Host.Simulation;
using Workflows.Host.Simulation.Output;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Trials.Results;

/// <summary>The timeline of a simulation with what is needed to step through it in the diagram: definition, instance and role of the actor.</summary>
internal static class TrialTimeline
{
    /// <summary>The steps in order.</summary>
    public static IEnumerable<TimelineStep> Of(IReadOnlyList<TimelineLine> lines, SimulationRows rows, SimulatedPeople people)
    {
        var actors = people.ById;
        foreach (var line in lines)
        {
            // An entry of the audit trail belongs to the family's first instance.
            var instance = rows.Instances.GetValueOrDefault(line.Instance ?? line.CaseKey);
            var actor = actors.GetValueOrDefault(line.Actor);
            var role = actor is { Roles: [var first, ..] } ? first : (line.Actor.StartsWith("party:", StringComparison.Ordinal) ? Role.Party : null);
            yield return new TimelineStep(
                line.Seq, line.At, line.Case, instance?.Id, instance?.DefinitionId, line.ActivityId, line.Port, line.Actor, role, line.Department ?? actor?.Department, line.Kind);
        }
    }
}
