using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Deadlines;

/// <summary>The stimulus that a due date of the case has moved: limits and ladders that wait in it look at their clocks again.</summary>
public static class DeadlineChanged
{
    /// <summary>Name of the stimulus.</summary>
    public const string Name = "Supervision.DeadlineChanged";

    /// <summary>The signal that a domain command raises for a case or plan whose clocks it moved.</summary>
    public static WorkflowSignal SignalFor(string caseKey, string subjectId) =>
        new(caseKey, Name, $$"""{"subjectId":"{{subjectId}}"}""", "{}");

    internal static void Listen(ActivityExecutionContext context, ExecuteActivityDelegate callback) =>
        context.CreateBookmark(new CreateBookmarkArgs
        {
            BookmarkName = Name,
            Stimulus = new { subjectId = context.SubjectId() },
            IncludeActivityInstanceId = false,
            Callback = callback,
        });

    internal static void Tell(ActivityExecutionContext context) =>
        context.SendLocalStimulus(Name, new { subjectId = context.SubjectId() });
}
