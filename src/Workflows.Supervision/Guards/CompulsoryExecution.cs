using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Guards;

/// <summary>强制法 43: no compulsory execution at night or on statutory holidays, except in an emergency that the head approves with a reason.</summary>
/// <param name="session">The session.</param>
public sealed class CompulsoryExecution(ISupervisionSession session)
{
    /// <summary>Checks an appointed time.</summary>
    /// <param name="caseKey">Audit chain of the case.</param>
    /// <param name="department">Department that executes.</param>
    /// <param name="at">Appointed time.</param>
    /// <param name="emergencyReason">Reason of the emergency, or null.</param>
    /// <exception cref="DomainRuleException"><c>enforcement-at-night</c> or <c>enforcement-on-holiday</c>.</exception>
    /// <exception cref="RuleViolationException"><c>head-required</c>: an emergency is claimed by somebody else than the head.</exception>
    public void Appoint(string caseKey, string department, DateTimeOffset at, string? emergencyReason)
    {
        Deciders.RequireOfficer(session.Actor, "安排强制执行");
        if (!string.IsNullOrWhiteSpace(emergencyReason))
        {
            Deciders.RequireHead(session.Actor, department, "在夜间或者法定节假日紧急强制执行");
        }

        CompulsionGuard.Require(at, session.Calendar, NightHours.Usual, emergencyReason);
        session.Audit(new AuditFact(caseKey, "execution.appointed", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["activityId"] = session.ActivityId,
            ["actor"] = session.Actor.Id,
            ["department"] = department,
            ["at"] = at.ToUniversalTime().ToString("O"),
            ["emergencyReason"] = emergencyReason,
        }));
    }
}
