namespace Workflows.Supervision.Sessions;

/// <summary>Names the cause of what a session records.</summary>
public static class SessionCauses
{
    /// <summary>The activity, the actor and the time of the stimulus that is running.</summary>
    public static Cause CauseNow(this ISupervisionSession session) =>
        new(session.ActivityId, session.Actor.Id, session.Actor.Name, session.Now);
}
