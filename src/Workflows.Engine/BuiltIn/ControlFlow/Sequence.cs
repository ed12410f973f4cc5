using Workflows.Engine.Activities;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.ControlFlow;

/// <summary>Runs activities one after the other (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "按顺序逐个执行。", DisplayName = "顺序块")]
public sealed class Sequence : Container
{
    private readonly ActivityCompletionCallback _childCompleted;

    /// <summary>Creates an empty sequence.</summary>
    public Sequence()
    {
        _childCompleted = ChildCompletedAsync;
    }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) => NextAsync(context);

    /// <inheritdoc />
    protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        if (signal is BreakSignal)
            context.ReceiverActivityExecutionContext.IsBreaking = true;
        return default;
    }

    private ValueTask ChildCompletedAsync(ActivityCompletedContext completed) =>
        completed.ChildContext.Node.IsTerminal || completed.TargetContext.IsBreaking
            ? completed.TargetContext.CompleteActivityAsync()
            : NextAsync(completed.TargetContext);

    private ValueTask NextAsync(ActivityExecutionContext context)
    {
        var children = context.Node.Children;
        if (context.Counter >= children.Length)
            return context.CompleteActivityAsync();
        context.Schedule(new WorkItem(children[context.Counter++], context, _childCompleted, null));
        return default;
    }
}
