using Workflows.Host.Api.Reading;
using Workflows.Supervision.Catalogues;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Leads;

/// <summary>
/// Who sees which leads: dispatchers, supervisors and auditors all of their area, a town all of its own, a department those that it has, had or has to act
/// on, an officer those to which he was sent, everybody those that they reported. What is out of sight does not exist (404).
/// </summary>
internal sealed class LeadDoor(AggregateReader rows, Viewer viewer)
{
    /// <summary>The lead as this person may see it.</summary>
    public async ValueTask<Lead> FindAsync(string id, CancellationToken cancellationToken) =>
        await rows.FindAsync<Lead>(id, cancellationToken) is { } lead && Sees(lead, viewer) ? Masked(lead, viewer.Actor) : throw Viewer.NotFound("线索");

    /// <summary>Whether the town's own people ask.</summary>
    public static bool IsTown(Actor actor) => actor is { Department: Delegation.TownDepartment, Area.Length: > 6 };

    /// <summary>Whether a lead is in sight.</summary>
    public static bool Sees(Lead lead, Viewer viewer)
    {
        var (actor, sight) = (viewer.Actor, viewer.Sight);
        return sight.SeesArea(lead.Area) && (sight.AllDepartments || IsTown(actor) || lead.Created.ActorId == actor.Id
            || (actor.Department is { } department && (lead.Department == department || lead.Involved.Contains(department, StringComparer.Ordinal)))
            || (actor.OfficerId is { } officer && (lead.Dispatch?.Officers.Contains(officer, StringComparer.Ordinal) == true || lead.Crew?.Members.Any(member => member.OfficerId == officer) == true))
            || (lead.Wait is { } wait && viewer.Owners.Contains(wait.Owner, StringComparer.Ordinal)));
    }

    /// <summary>
    /// A lead without what only those who work on it need of its reporter, and without a confidential one for all but the dispatcher. Where people are on the way to it is told on the map alone.
    /// </summary>
    public static Lead Masked(Lead lead, Actor actor)
    {
        var shown = lead.Positions.Count == 0 ? lead : lead with { Positions = [] };
        return lead.ReportedBy is not { } reporter || actor.Is(Role.Dispatcher) || lead.Created.ActorId == actor.Id || (!reporter.Confidential && actor.Department is { } department && department == lead.Department)
            ? shown
            : shown with { ReportedBy = new LeadReporter(Capacity: reporter.Capacity, Confidential: reporter.Confidential) };
    }
}
