using Workflows.Engine.Activities;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.ControlFlow;

/// <summary>Runs activities side by side and waits for all (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "各步骤同时进行，全部完成后继续。", DisplayName = "并行块")]
public sealed class Parallel : Container
{
    private readonly ActivityCompletionCallback _childCompleted;

    /// <summary>Creates an empty block.</summary>
    public Parallel()
    {
        _childCompleted = ChildCompletedAsync;
    }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var children = context.Node.Children;
        if (children.Length == 0)
            return context.CompleteActivityAsync();
        context.Counter = children.Length;
        foreach (var child in children)
            context.Schedule(new WorkItem(child, context, _childCompleted, null));
        return default;
    }

    private static ValueTask ChildCompletedAsync(ActivityCompletedContext completed) =>
        --completed.TargetContext.Counter == 0 ? completed.TargetContext.CompleteActivityAsync() : default;
}

/// <summary>When a <see cref="Fork"/> goes on.</summary>
public enum ForkJoinMode
{
    /// <summary>When all branches have completed.</summary>
    WaitAll,

    /// <summary>When the first has; the others are cancelled.</summary>
    WaitAny,
}

/// <summary>Runs branches side by side (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "多条分支同时进行，等全部或任意一条完成。", DisplayName = "分叉")]
public sealed class Fork : Activity
{
    private readonly ActivityCompletionCallback _branchCompleted;

    /// <summary>Creates a fork without branches.</summary>
    public Fork()
    {
        _branchCompleted = BranchCompletedAsync;
    }

    /// <summary>When it goes on.</summary>
    [Input(DisplayName = "汇合方式", Description = "等全部分支，或等任意一条。", Options = ["WaitAll=等全部", "WaitAny=等任意一条"])]
    public ForkJoinMode JoinMode { get; set; }

    /// <summary>The branches.</summary>
    public ICollection<Activity> Branches { get; set; } = new List<Activity>();

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var branches = context.Node.Children;
        if (branches.Length == 0)
            return context.CompleteActivityAsync();
        context.Counter = branches.Length;
        foreach (var branch in branches)
            context.Schedule(new WorkItem(branch, context, _branchCompleted, null));
        return default;
    }

    /// <inheritdoc />
    protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        if (signal is BreakSignal)
            context.ReceiverActivityExecutionContext.IsBreaking = true;
        return default;
    }

    private ValueTask BranchCompletedAsync(ActivityCompletedContext completed)
    {
        var context = completed.TargetContext;
        return --context.Counter == 0 || JoinMode == ForkJoinMode.WaitAny || context.IsBreaking ? context.CompleteActivityAsync() : default;
    }
}
