using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.ControlFlow;

/// <summary>Runs a body again and again; a break inside ends it.</summary>
public abstract class Loop : Activity
{
    private readonly ActivityCompletionCallback _bodyCompleted;

    private protected Loop()
    {
        _bodyCompleted = BodyCompletedAsync;
    }

    /// <summary>What is repeated.</summary>
    public Activity? Body { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) => NextAsync(context);

    /// <inheritdoc />
    protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        if (signal is BreakSignal)
        {
            context.ReceiverActivityExecutionContext.IsBreaking = true;
            context.StopPropagation();
        }

        return default;
    }

    /// <summary>Begins the next turn.</summary>
    /// <returns>False when there is none.</returns>
    private protected abstract bool TryBegin(ActivityExecutionContext context, out DynamicVariable[]? variables);

    private ValueTask BodyCompletedAsync(ActivityCompletedContext completed) =>
        completed.TargetContext.IsBreaking ? completed.TargetContext.CompleteActivityAsync() : NextAsync(completed.TargetContext);

    private ValueTask NextAsync(ActivityExecutionContext context)
    {
        while (TryBegin(context, out var variables))
        {
            if (Body is not null)
                return context.ScheduleActivityAsync(Body, _bodyCompleted, null, variables);
            // A loop without a body turns here, not through the queue, and counts against the bounds of the burst.
            context.WorkflowExecutionContext.CountExecution();
        }

        return context.CompleteActivityAsync();
    }
}

/// <summary>Repeats while a condition holds (Elsa concept).</summary>
[Activity("Elsa", "循环", "条件成立时反复执行。", DisplayName = "当…时循环")]
public sealed class While : Loop
{
    /// <summary>Evaluated before each turn.</summary>
    [Input(DisplayName = "条件", Description = "每次循环前计算，为假时结束。", DefaultSyntax = "JavaScript", AutoEvaluate = false)]
    public Input<bool>? Condition { get; set; }

    /// <inheritdoc />
    private protected override bool TryBegin(ActivityExecutionContext context, out DynamicVariable[]? variables)
    {
        variables = null;
        return context.Evaluate(Condition);
    }
}

/// <summary>Counts (Elsa concept).</summary>
[Activity("Elsa", "循环", "从起始数到终止数逐次执行。", DisplayName = "计数循环")]
public sealed class For : Loop
{
    /// <summary>First number.</summary>
    [Input(DisplayName = "起始", Description = "第一个数。", Order = 0)]
    public Input<int> Start { get; set; } = new(0);

    /// <summary>Last number.</summary>
    [Input(DisplayName = "终止", Description = "最后一个数。", Order = 1)]
    public Input<int> End { get; set; } = new(0);

    /// <summary>Distance between numbers; may be negative.</summary>
    [Input(DisplayName = "步长", Description = "每次增加多少，可为负数。", Order = 2)]
    public Input<int> Step { get; set; } = new(1);

    /// <summary>Whether the last number takes part.</summary>
    [Input(DisplayName = "包含终止数", Description = "是否执行到终止数本身。", Order = 3)]
    public Input<bool> OuterBoundInclusive { get; set; } = new(true);

    /// <summary>The current number.</summary>
    [Output(DisplayName = "当前值", Description = "当前的数。")]
    public Output<object>? CurrentValue { get; set; }

    /// <inheritdoc />
    private protected override bool TryBegin(ActivityExecutionContext context, out DynamicVariable[]? variables)
    {
        variables = null;
        var (start, end, step) = (context.Get(Start), context.Get(End), context.Get(Step));
        var value = start + ((long)context.Counter * step);
        var inclusive = OuterBoundInclusive is null || context.Get(OuterBoundInclusive);
        var goesOn = step >= 0 ? (inclusive ? value <= end : value < end) : (inclusive ? value >= end : value > end);
        if (!goesOn)
            return false;
        context.Counter++;
        context.SetOwnVariable("CurrentValue", (int)value);
        context.Set(CurrentValue, (int)value);
        return true;
    }
}

/// <summary>Repeats for each item, one after the other (Elsa concept).</summary>
[Activity("Elsa", "循环", "对集合中的每一项依次执行。", DisplayName = "逐项循环")]
public sealed class ForEach : Loop
{
    /// <summary>The items.</summary>
    [Input(DisplayName = "集合", Description = "要逐项处理的集合。", DefaultSyntax = "JavaScript")]
    public Input<ICollection<object>>? Items { get; set; }

    /// <summary>The current item.</summary>
    [Output(DisplayName = "当前项", Description = "当前处理的一项。")]
    public Output<object>? CurrentValue { get; set; }

    /// <inheritdoc />
    private protected override bool TryBegin(ActivityExecutionContext context, out DynamicVariable[]? variables)
    {
        variables = null;
        var index = context.Counter;
        if (context.Get(Items) is not { } items || index >= items.Count)
            return false;
        var item = items is IReadOnlyList<object> list ? list[index] : items.ElementAt(index);
        context.Counter++;
        context.Set(CurrentValue, item);
        variables = [new DynamicVariable("CurrentIndex", index), new DynamicVariable("CurrentValue", item)];
        return true;
    }
}

/// <summary>Repeats for each item at once and waits for all (Elsa concept).</summary>
[Activity("Elsa", "循环", "对集合中的每一项同时执行，全部完成后继续。", DisplayName = "并行逐项")]
public sealed class ParallelForEach : Activity
{
    private readonly ActivityCompletionCallback _bodyCompleted = BodyCompletedAsync;

    /// <summary>The items; text is no collection, as in Elsa.</summary>
    [Input(DisplayName = "集合", Description = "要同时处理的集合。", DefaultSyntax = "JavaScript")]
    public Input<object>? Items { get; set; }

    /// <summary>What runs for each item.</summary>
    public Activity? Body { get; set; }

    /// <inheritdoc />
    protected internal override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var items = context.Get(Items) switch
        {
            null or string => [],
            JsonArray array => array.Select(ValueConversion.FromJson).ToList(),
            System.Collections.IEnumerable sequence and not JsonNode => sequence.Cast<object?>().ToList(),
            _ => [],
        };
        context.Counter = items.Count;
        if (items.Count == 0 || Body is null)
        {
            await context.CompleteActivityAsync();
            return;
        }

        for (var index = 0; index < items.Count; index++)
            await context.ScheduleActivityAsync(Body, _bodyCompleted, null, [new DynamicVariable("CurrentValue", items[index]), new DynamicVariable("CurrentIndex", index)]);
    }

    /// <inheritdoc />
    protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        if (signal is BreakSignal)
        {
            context.ReceiverActivityExecutionContext.IsBreaking = true;
            context.StopPropagation();
        }

        return default;
    }

    private static ValueTask BodyCompletedAsync(ActivityCompletedContext completed) =>
        --completed.TargetContext.Counter == 0 || completed.TargetContext.IsBreaking ? completed.TargetContext.CompleteActivityAsync() : default;
}

/// <summary>Ends the nearest loop (Elsa concept).</summary>
[Activity("Elsa", "循环", "跳出最近的循环。", DisplayName = "跳出循环")]
public sealed class Break : CodeActivity, ITerminalNode
{
    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        ActivityExecutionContext.SendSignalAsync(new BreakSignal(), context.ParentActivityExecutionContext, context);
}
