using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.Timers;

/// <summary>A timer of the diagram that waits on in a new version.</summary>
internal static class RenewedTimer
{
    /// <summary>Sets the due time anew where the policy asks for it and the setting of the timer is another one.</summary>
    /// <param name="context">The execution that waits.</param>
    /// <param name="migration">The migration.</param>
    /// <param name="input">Input that sets the time.</param>
    /// <param name="dueFrom">Due time when counted from an instant.</param>
    /// <param name="stimulus">Stimulus of the timer.</param>
    public static ValueTask RenewAsync(ActivityExecutionContext context, MigrationContext migration, string input, Func<DateTimeOffset, DateTimeOffset> dueFrom, Func<DateTimeOffset, object> stimulus)
    {
        if (migration.Timers == TimerPolicy.Keep || !migration.IsChanged(input) || context.WorkflowExecutionContext.Bookmarks.Find(b => b.ActivityInstanceId == context.Id) is not { } bookmark)
            return default;
        var due = dueFrom(migration.Timers == TimerPolicy.RecomputeFromNow ? context.Now : context.StartedAt);
        context.RemoveBookmark(bookmark.Id);
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = stimulus(due), DueAt = due });
        return default;
    }
}
