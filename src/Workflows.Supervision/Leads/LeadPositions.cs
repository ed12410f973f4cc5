using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Leads;

/// <summary>Where somebody who works on a dispatched lead was last. Only the last is kept, and nothing of it once the lead moves on.</summary>
/// <param name="By">Account.</param>
/// <param name="Name">Name as people read it.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="Accuracy">Radius in metres, or null where the device does not say.</param>
/// <param name="DeviceAt">When, by the device's clock.</param>
/// <param name="At">When the service received it, UTC.</param>
public sealed record LeadPosition(string By, string Name, double Latitude, double Longitude, double? Accuracy, DateTimeOffset DeviceAt, DateTimeOffset At);

/// <summary>
/// 出动位置: who is on the way to a dispatched lead shows where he is, of his own accord. There is no trail: a new position replaces the last one, none is a fact of the audit trail, and all go as
/// soon as the lead is settled, becomes a case or goes to somebody else.
/// </summary>
/// <param name="session">The session.</param>
public sealed class LeadPositions(ISupervisionSession session)
{
    /// <summary>People of a lead whose positions are kept.</summary>
    public const int Most = 20;

    /// <summary>A position after which so long none came is told no more.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    // What comes faster says nothing new.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    /// <summary>Keeps where the actor is.</summary>
    /// <exception cref="RuleViolationException"><c>position-not-wanted</c> (409): the lead is not dispatched to the actor, or settled; <c>coordinates-invalid</c>, <c>accuracy-invalid</c>, <c>device-time-invalid</c>.</exception>
    public async ValueTask<Lead> ShareAsync(string id, DeviceReading given, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        if (!IsOnTheWay(lead))
        {
            throw Refusal.Conflict("position-not-wanted", "id", "只有已派发给您、尚未处理完毕的线索才接收位置；请停止共享位置。");
        }

        if (given.Problem("position") is { } problem)
        {
            throw problem;
        }

        if (given is not { Latitude: { } north, Longitude: { } east })
        {
            throw Refusal.Invalid("field-missing", "latitude", "缺少经纬度：没有定位时不必发送。");
        }

        var known = lead.Positions.FirstOrDefault(p => p.By == session.Actor.Id);
        if (known is not null && session.Now - known.At < s_pause)
        {
            return lead;
        }

        var position = new LeadPosition(session.Actor.Id, session.Actor.Name, north, east, given.Accuracy, given.At, session.Now);
        var shared = lead with { Positions = [.. lead.Positions.Where(p => p.By != session.Actor.Id && session.Now - p.At < Fresh).TakeLast(Most - 1), position] };
        if (known is null)
        {
            return session.Update(shared, "lead.position-shared");
        }

        session.Save(shared);
        return shared;
    }

    /// <summary>Forgets where the actor was.</summary>
    public async ValueTask<Lead> ForgetAsync(string id, CancellationToken cancellationToken = default)
    {
        var lead = await session.GetAsync<Lead>(id, "id", "线索", cancellationToken);
        return lead.Positions.Any(p => p.By == session.Actor.Id)
            ? session.Update(lead with { Positions = [.. lead.Positions.Where(p => p.By != session.Actor.Id)] }, "lead.position-forgotten")
            : lead;
    }

    // Who was named or sent with a crew goes himself; else whoever of the team's department takes the step.
    private bool IsOnTheWay(Lead lead) => lead is { State: LeadState.Dispatched, Settlement: null, CaseId: null, Milestones.Count: 0 }
        && (lead.Dispatch is { Officers.Count: > 0 } named && session.Actor.OfficerId is { } officer && named.Officers.Contains(officer, StringComparer.Ordinal)
            || session.Actor.OfficerId is { } sent && lead.Crew?.Members.Any(member => member.OfficerId == sent) == true
            || (lead.Team is not null || lead.Dispatch is { Officers.Count: 0 }) && session.Actor.Department is { } own && own == (lead.Team?.Department ?? lead.Department));
}
