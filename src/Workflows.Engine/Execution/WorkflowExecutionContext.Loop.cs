using System.Globalization;
using Workflows.Engine.Bursts;
using Workflows.Engine.Journal;
using Workflows.Engine.State;

namespace Workflows.Engine.Execution;

public sealed partial class WorkflowExecutionContext
{
    /// <summary>How often the wall clock is looked at.</summary>
    private const int ExecutionsPerClockReading = 64;

    private int _executed;
    private long _startedAt;

    /// <summary>Works the queue off, then decides the status.</summary>
    internal async ValueTask RunAsync()
    {
        _startedAt = Burst.Limits.Clock.GetTimestamp();
        while (Queue.TryDequeue(out var item))
        {
            CountExecution();
            await ExecuteAsync(item);
        }

        if (Status == WorkflowStatus.Running)
            TransitionTo(LiveContexts == 0 ? WorkflowSubStatus.Finished : WorkflowSubStatus.Suspended);
    }

    internal void EnqueueRoot() => Queue.Enqueue(new WorkItem(Workflow.Root, null, null, null));

    /// <summary>Cancels everything; what activities wrote before stays.</summary>
    internal async ValueTask CancelAsync(string reason)
    {
        _startedAt = Burst.Limits.Clock.GetTimestamp();
        if (Root is { } root)
        {
            await root.CancelActivityAsync();
            Log(root, JournalEvents.WorkflowCancelled, reason);
        }

        Queue.Clear();
        foreach (var bookmark in Bookmarks.ToArray())
            Remove(bookmark.Id);
        TransitionTo(WorkflowSubStatus.Cancelled);
    }

    /// <summary>Counts a step against the bounds of the burst; loops that schedule nothing call it themselves.</summary>
    /// <exception cref="BurstLimitException">A bound is reached.</exception>
    internal void CountExecution()
    {
        if (++_executed > Burst.Limits.MaxActivityExecutions)
            throw new BurstLimitException(string.Create(CultureInfo.InvariantCulture, $"流程实例 {Id} 一次运行执行的步骤超过 {Burst.Limits.MaxActivityExecutions} 个，可能陷入了循环。"));
        if (_executed % ExecutionsPerClockReading != 0)
            return;
        CancellationToken.ThrowIfCancellationRequested();
        if (Burst.Limits.Clock.GetElapsedTime(_startedAt) > Burst.Limits.MaxTime)
            throw new BurstLimitException(string.Create(CultureInfo.InvariantCulture, $"流程实例 {Id} 一次运行超过 {Burst.Limits.MaxTime.TotalSeconds:0.###} 秒。"));
    }

    /// <summary>Whether an exception is a fault of the activity rather than a refusal, a bound or the end of the burst.</summary>
    internal bool BecomesIncident(Exception exception) =>
        exception is not (BurstLimitException or OutOfMemoryException)
        && !(exception is OperationCanceledException && CancellationToken.IsCancellationRequested)
        && !Burst.Refuses(exception);

    private async ValueTask ExecuteAsync(WorkItem item)
    {
        ActivityExecutionContext context;
        if (item.Details?.Existing is { } existing)
        {
            context = existing;
            if (context.IsFinal || (item.Details.Bookmark is { } bookmark && !Waiting.ContainsKey(bookmark.Id)))
                return;
            Touch(context);
        }
        else
        {
            context = Create(item);
        }

        var effects = Effects.Count;
        Burst.Observer?.Executing(context.ActivityId, context.Id);
        var faulted = false;
        try
        {
            await InvokeAsync(context, item.Details);
        }
        catch (Exception e) when (BecomesIncident(e))
        {
            faulted = true;
            Effects.RemoveRange(effects, Effects.Count - effects);
            await FaultAsync(context, e, item.Details);
        }
        finally
        {
            Burst.Observer?.Executed(context.ActivityId, context.Id, faulted);
        }
    }

    private ActivityExecutionContext Create(in WorkItem item)
    {
        var context = new ActivityExecutionContext(this, item.Node, item.Owner) { OnCompleted = item.Callback };
        if (item.Owner is { } owner)
        {
            owner.QueuedWork--;
            owner.AddChild(context);
        }

        if (item.Details is { } details)
        {
            context.Tag = details.Tag;
            context.IsBackward = details.Backward;
            if (details.Variables is { } variables)
                context.DeclareDynamic(variables);
        }

        Root ??= context;
        LiveContexts++;
        Touch(context);
        return context;
    }

    private async ValueTask InvokeAsync(ActivityExecutionContext context, WorkItemDetails? details)
    {
        var bookmark = details?.Bookmark;
        if (details is { StartsOver: true })
        {
            Log(context, JournalEvents.Retried);
            await context.StartOverAsync();
        }

        Log(context, context.BookmarkCount > 0 ? JournalEvents.Resumed : JournalEvents.Started);
        if (!context.InputsEvaluated)
            context.EvaluateInputs();
        var activity = context.Activity;
        if (bookmark is null)
        {
            var allowed = activity.CanExecuteAsync(context);
            if (!(allowed.IsCompletedSuccessfully ? allowed.Result : await allowed))
            {
                Log(context, JournalEvents.PreconditionFailed);
                return;
            }

            context.Status = ActivityStatus.Running;
            await activity.ExecuteAsync(context);
            if (context.Node.CompletesItself && context.Status == ActivityStatus.Running && context.BookmarkCount == 0)
                await context.CompleteAsync(null);
        }
        else
        {
            context.Status = ActivityStatus.Running;
            context.ResumeInput = details!.Input;
            if (bookmark.CallbackMethodName is { } name)
                await CallbackNames.Resolve<ExecuteActivityDelegate>(activity, name)(context);
            else if (bookmark.AutoComplete)
                await context.CompleteAsync(null);
            if (bookmark.AutoBurn)
                Remove(bookmark.Id);
            if (context.Node.CompletesItself && context.Status == ActivityStatus.Running && context.BookmarkCount == 0 && bookmark.CallbackMethodName is not null)
                await context.CompleteAsync(null);
            context.ResumeInput = null;
        }

        if (context.BookmarkCount > 0 && context.Status == ActivityStatus.Running)
            Log(context, JournalEvents.Suspended);
    }

    private async ValueTask FaultAsync(ActivityExecutionContext context, Exception exception, WorkItemDetails? details)
    {
        // The bookmark that led here is spent, and a faulted execution waits for nothing.
        if (details?.Bookmark is { AutoBurn: true } bookmark)
            Remove(bookmark.Id);
        RemoveBookmarksOf(context);
        context.ResumeInput = null;
        context.Fault(exception);
        var cause = exception is InputEvaluationException ? exception.InnerException : null;
        var incident = new Incident(
            context.ActivityId, context.NodeId, context.Id, context.Node.TypeName, exception.Message, exception.GetType().FullName, Burst.Now) { Cause = cause?.Message };
        Incidents.Add(incident);
        Log(context, JournalEvents.Faulted, cause is null ? exception.Message : $"{exception.Message}: {cause.Message}");
        var signal = new FaultSignal(exception);
        await ActivityExecutionContext.SendSignalAsync(signal, context.ParentActivityExecutionContext, context);
        if (signal.IsHandled)
        {
            Incidents.Remove(incident);
            context.UndoFault();
        }
        else if (!Workflow.ContinuesWithIncidents(Engine.Options))
        {
            TransitionTo(WorkflowSubStatus.Faulted);
        }
    }
}
