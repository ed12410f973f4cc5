using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.Dispatching;

/// <summary>Starts a workflow for each item and, on request, waits for all of them (Elsa concept).</summary>
[Activity("Elsa", "子流程", "对集合中的每一项启动一个流程，可等待全部完成。", DisplayName = "批量派发流程", Kind = ActivityKind.Task)]
[Port("Completed", DisplayName = "全部完成")]
[Port("Canceled", DisplayName = "已取消")]
[Port("Done", DisplayName = "完成")]
public sealed class BulkDispatchWorkflows : Activity
{
    private static readonly string[] AllEnded = ["Completed", "Done"];
    private readonly ActivityCompletionCallback _reportHandled;

    /// <summary>Creates the activity.</summary>
    public BulkDispatchWorkflows()
    {
        _reportHandled = ReportHandledAsync;
    }

    /// <summary>Logical id of the workflow.</summary>
    [Input(DisplayName = "流程", Description = "要启动的流程。", UIHint = "workflow-definition-picker", Order = 0, IsRequired = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    /// <summary>The items.</summary>
    [Input(DisplayName = "集合", Description = "每一项启动一个流程。", Order = 1, IsRequired = true)]
    public Input<object>? Items { get; set; }

    /// <summary>Name of the input that receives an item which is no dictionary.</summary>
    [Input(DisplayName = "每项的输入名", Description = "每一项以此名称交给新流程。", Order = 2)]
    public Input<string> DefaultItemInputKey { get; set; } = new("Item");

    /// <summary>Correlation id for each item; sees the item as variable <c>item</c>.</summary>
    [Input(DisplayName = "关联号", Description = "每一项的关联号，脚本中可用变量 Item。", Order = 3, AutoEvaluate = false)]
    public Input<string>? CorrelationIdFunction { get; set; }

    /// <summary>Inputs for all.</summary>
    [Input(DisplayName = "共同输入", Description = "交给每个新流程的输入。", Order = 4)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    /// <summary>Whether to wait for all.</summary>
    [Input(DisplayName = "等待完成", Description = "等全部流程结束后再继续。", Order = 5)]
    public Input<bool>? WaitForCompletion { get; set; }

    /// <summary>Kept for Elsa's definitions; has no effect.</summary>
    [Input(DisplayName = "新的跟踪", Description = "为兼容保留。", Order = 6, IsBrowsable = false)]
    public Input<bool>? StartNewTrace { get; set; }

    /// <summary>Kept for Elsa's definitions; has no effect.</summary>
    [Input(DisplayName = "通道", Description = "为兼容保留。", Order = 7, IsBrowsable = false)]
    public Input<string>? ChannelName { get; set; }

    /// <summary>Runs for each child that has completed; sees <c>ChildInstanceId</c> and <c>ChildOutput</c>.</summary>
    public Activity? ChildCompleted { get; set; }

    /// <summary>Runs for each child that has faulted or was cancelled.</summary>
    public Activity? ChildFaulted { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        List<object?> items = context.Get(Items) switch
        {
            null => [],
            string text => [.. ValueConversion.To<List<object>>(text) ?? []],
            JsonArray array => [.. array.Select(ValueConversion.FromJson)],
            System.Collections.IEnumerable sequence and not JsonNode => [.. sequence.Cast<object?>()],
            var single => [single],
        };
        var waits = context.Get(WaitForCompletion) && items.Count > 0;
        var key = context.Get(DefaultItemInputKey) ?? "Item";
        foreach (var item in items)
        {
            var input = ChildDispatch.InputOf(context.Get(Input));
            if (item is JsonObject o)
            {
                foreach (var (name, value) in o)
                    input[name] = value?.DeepClone();
            }
            else
            {
                input[key] = ValueConversion.ToJson(item);
            }

            context.SetOwnVariable("Item", item);
            ChildDispatch.Send(context, context.Get(WorkflowDefinitionId), context.Evaluate(CorrelationIdFunction), input, waits ? ChildEndedAsync : null);
        }

        context.Counter = items.Count;
        return waits ? default : context.CompleteActivityWithOutcomesAsync(AllEnded);
    }

    private ValueTask ChildEndedAsync(ActivityExecutionContext context)
    {
        var report = context.WorkflowInput;
        var ended = ValueConversion.To<string>(ValueConversion.FromJson(report.GetValueOrDefault(ChildReport.SubStatus)));
        var handler = ended is "Finished" or null ? ChildCompleted : ChildFaulted;
        return handler is null
            ? CountAsync(context)
            : context.ScheduleActivityAsync(
                handler,
                _reportHandled,
                null,
                [
                    new DynamicVariable("ChildInstanceId", ValueConversion.FromJson(report.GetValueOrDefault(ChildReport.InstanceId))),
                    new DynamicVariable("ChildOutput", report.GetValueOrDefault(ChildReport.Output)?.DeepClone()),
                ]);
    }

    private static ValueTask ReportHandledAsync(ActivityCompletedContext completed) => CountAsync(completed.TargetContext);

    private static ValueTask CountAsync(ActivityExecutionContext context) =>
        --context.Counter <= 0 ? context.CompleteActivityWithOutcomesAsync(AllEnded) : default;
}
