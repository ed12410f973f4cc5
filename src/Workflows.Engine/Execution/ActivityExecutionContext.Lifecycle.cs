using Workflows.Engine.Activities;
using Workflows.Engine.Journal;

namespace Workflows.Engine.Execution;

public sealed partial class ActivityExecutionContext
{
    /// <summary>Schedules a nested activity at the end of the queue.</summary>
    /// <param name="activity">The activity; null calls <paramref name="callback"/> at once, or without one completes this activity.</param>
    /// <param name="callback">Called when the child has completed.</param>
    /// <param name="tag">Given back to the callback; text or a number.</param>
    /// <param name="variables">Variables that only this child sees.</param>
    public ValueTask ScheduleActivityAsync(
        Activity? activity, ActivityCompletionCallback? callback = null, object? tag = null, IEnumerable<DynamicVariable>? variables = null)
    {
        if (activity is null)
            return callback is null ? CompleteActivityAsync() : callback(new ActivityCompletedContext(this, this, null, tag));
        var node = activity.Node ?? throw new InvalidOperationException("只能安排属于本流程定义的活动。");
        var details = tag is null && variables is null ? null : new WorkItemDetails { Tag = tag, Variables = variables?.ToArray() };
        Schedule(new WorkItem(node, this, callback, details));
        return default;
    }

    /// <summary>Completes this activity: cancels what still runs below it, removes its bookmarks and tells the activity that scheduled it.</summary>
    public ValueTask CompleteActivityAsync() => CompleteAsync(null);

    /// <summary>Completes this activity with explicit outcomes; only connections from these ports are followed.</summary>
    public ValueTask CompleteActivityWithOutcomesAsync(params string[] outcomes) => CompleteAsync(outcomes);

    /// <summary>Lets outcomes flow without completing this activity (Elsa's ScheduleActivityOutcomes): what they lead to runs, the activity waits on.</summary>
    public ValueTask ScheduleOutcomesAsync(params string[] outcomes) =>
        SendSignalAsync(new ScheduleActivityOutcomesSignal(outcomes), ParentActivityExecutionContext, this);

    /// <summary>Cancels this activity and everything below it.</summary>
    public async ValueTask CancelActivityAsync()
    {
        if (IsFinal || IsClosing)
            return;
        IsClosing = true;
        await CloseChildrenAsync();
        await Activity.OnCanceledAsync(this);
        var run = WorkflowExecutionContext;
        run.RemoveBookmarksOf(this);
        End(ActivityStatus.Canceled);
        run.Log(this, JournalEvents.Canceled);
        run.NotifyWatchers(this);
        await SendSignalAsync(new CancelSignal(), ParentActivityExecutionContext, this);
    }

    /// <summary>Sends a signal to this activity and then to each ancestor until one stops it.</summary>
    public ValueTask SendSignalAsync(object signal) => SendSignalAsync(signal, this, this);

    /// <summary>
    /// Ends this execution and everything below it because its place in the diagram is gone. Nobody above is told: the diagram in which it
    /// would go on is no longer that of the instance.
    /// </summary>
    internal async ValueTask WithdrawAsync()
    {
        foreach (var child in Children.ToArray())
            await child.WithdrawAsync();
        await Activity.OnCanceledAsync(this);
        WorkflowExecutionContext.RemoveBookmarksOf(this);
        End(ActivityStatus.Canceled);
        WorkflowExecutionContext.Log(this, JournalEvents.Canceled, JournalEvents.Migrated);
    }

    internal void Schedule(in WorkItem item)
    {
        QueuedWork++;
        WorkflowExecutionContext.Queue.Enqueue(item);
    }

    internal async ValueTask CompleteAsync(IReadOnlyList<string>? outcomes)
    {
        if (Status != ActivityStatus.Running || IsClosing)
            return;
        IsClosing = true;
        if (Children.Count > 0 || QueuedWork > 0)
            await CloseChildrenAsync();
        var run = WorkflowExecutionContext;
        Outcomes = outcomes;
        if (BookmarkCount > 0)
            run.RemoveBookmarksOf(this);
        End(ActivityStatus.Completed);
        run.Log(this, JournalEvents.Completed);
        run.NotifyWatchers(this);
        if (ParentActivityExecutionContext is { Status: ActivityStatus.Running, IsClosing: false } parent && OnCompleted is { } callback && !run.CallbacksCleared)
            await callback(new ActivityCompletedContext(parent, this, outcomes, Tag));
        if (ParentActivityExecutionContext is not null)
            Variables = null;
    }

    /// <summary>Ends this execution as faulted, even if it was completed: what follows a completion belongs to it.</summary>
    internal void Fault(Exception exception)
    {
        if (IsFinal)
        {
            ParentActivityExecutionContext?.AddChild(this);
            WorkflowExecutionContext.LiveContexts++;
        }

        Status = ActivityStatus.Faulted;
        Exception = exception;
        IsClosing = false;
        for (var context = this; context is not null; context = context.ParentActivityExecutionContext)
        {
            context.FaultCount++;
            WorkflowExecutionContext.Touch(context);
        }
    }

    /// <summary>Takes a fault back that an ancestor has handled.</summary>
    internal void UndoFault()
    {
        Exception = null;
        // Whoever handled it may have cancelled it already.
        if (Status == ActivityStatus.Faulted)
            Status = ActivityStatus.Running;
        for (var context = this; context is not null; context = context.ParentActivityExecutionContext)
            context.FaultCount--;
    }

    /// <summary>This execution and those below it that faulted.</summary>
    internal IEnumerable<ActivityExecutionContext> WithFaultedBelow()
    {
        if (Status == ActivityStatus.Faulted)
            yield return this;
        foreach (var below in Children.ToArray().SelectMany(child => child.WithFaultedBelow()))
            yield return below;
    }

    /// <summary>Withdraws what a failed try has left and forgets what it knew, but for what the scheduling activity gave it.</summary>
    internal async ValueTask StartOverAsync()
    {
        IsClosing = true;
        await CloseChildrenAsync();
        IsClosing = false;
        await Activity.OnCanceledAsync(this);
        WorkflowExecutionContext.RemoveBookmarksOf(this);
        Properties = null;
        Scope = null;
        InnerWorkflow = null;
        Counter = 0;
        IsBreaking = false;
        InputsEvaluated = false;
        InputValues = null;
        OutputValues = null;
        Variables = Variables?.FindAll(block => block.IsDynamic);
        if (Node.Variables.Count > 0)
            DeclareVariables(Node.Variables);
        Status = ActivityStatus.Pending;
        StartedAt = Now;
    }

    internal static async ValueTask SendSignalAsync(object signal, ActivityExecutionContext? from, ActivityExecutionContext sender)
    {
        if (from is null)
            return;
        var context = new SignalContext(from, sender);
        for (var receiver = from; receiver is not null && !context.IsStopped; receiver = receiver.ParentActivityExecutionContext)
        {
            if (receiver.IsFinal || receiver.IsClosing)
                continue;
            context.ReceiverActivityExecutionContext = receiver;
            await receiver.Activity.OnSignalReceivedAsync(signal, context);
        }
    }

    private async ValueTask CloseChildrenAsync()
    {
        if (QueuedWork > 0)
            WorkflowExecutionContext.Queue.Withdraw(this);
        foreach (var child in Children.ToArray())
            await child.CancelActivityAsync();
    }

    private void End(ActivityStatus status)
    {
        WorkflowExecutionContext.Touch(this);
        Status = status;
        CompletedAt = Now;
        ParentActivityExecutionContext?.RemoveChild(this);
        WorkflowExecutionContext.LiveContexts--;
    }
}
