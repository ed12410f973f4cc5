using Workflows.Engine.Activities;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn;

/// <summary>The workflow itself: runs its root activity (Elsa concept).</summary>
[Activity("Elsa", "流程", "运行整个流程。", DisplayName = "流程", IsBrowsable = false)]
public sealed class Workflow : Activity
{
    private readonly ActivityCompletionCallback _rootCompleted;

    /// <summary>Creates a workflow.</summary>
    public Workflow()
    {
        _rootCompleted = RootCompletedAsync;
    }

    /// <summary>The root activity.</summary>
    public Activity? Root { get; set; }

    /// <summary>Workflow variables.</summary>
    public IReadOnlyList<Variable> Variables { get; set; } = [];

    /// <inheritdoc />
    internal override IReadOnlyList<Variable> DeclaredVariables => Variables;

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.ScheduleActivityAsync(Root, _rootCompleted);

    /// <inheritdoc />
    protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        if (signal is not CompleteCompositeSignal complete)
            return default;
        context.StopPropagation();
        return context.ReceiverActivityExecutionContext.CompleteAsync(complete.Outcomes);
    }

    private static ValueTask RootCompletedAsync(ActivityCompletedContext context) => context.TargetContext.CompleteActivityAsync();
}
