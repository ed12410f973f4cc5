using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.Dispatching;

/// <summary>Names of what a finished child reports to its parent's bookmark.</summary>
public static class ChildReport
{
    /// <summary>Main status of the child.</summary>
    public const string Status = "status";

    /// <summary>Finer status of the child: Finished, Faulted or Cancelled.</summary>
    public const string SubStatus = "subStatus";

    /// <summary>Outputs of the child.</summary>
    public const string Output = "output";

    /// <summary>Id of the child.</summary>
    public const string InstanceId = "instanceId";
}

/// <summary>Payload of the stimulus of an activity that waits for a child.</summary>
/// <param name="InstanceId">Id of the child.</param>
public sealed record ChildStimulus(string InstanceId);

/// <summary>Starts another workflow, and waits for it on request (Elsa concept).</summary>
[Activity("Elsa", "子流程", "启动另一个流程，可等待其完成。", DisplayName = "派发流程")]
public sealed class DispatchWorkflow : Activity
{
    /// <summary>Logical id of the workflow.</summary>
    [Input(DisplayName = "流程", Description = "要启动的流程。", UIHint = "workflow-definition-picker", Order = 0, IsRequired = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    /// <summary>Correlation id of the new instance.</summary>
    [Input(DisplayName = "关联号", Description = "新流程的关联号。", Order = 1)]
    public Input<string>? CorrelationId { get; set; }

    /// <summary>Its inputs.</summary>
    [Input(DisplayName = "输入", Description = "交给新流程的输入。", Order = 2)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    /// <summary>Whether to wait for its end.</summary>
    [Input(DisplayName = "等待完成", Description = "等新流程结束后再继续。", Order = 3)]
    public Input<bool>? WaitForCompletion { get; set; }

    /// <summary>Kept for Elsa's definitions; has no effect.</summary>
    [Input(DisplayName = "新的跟踪", Description = "为兼容保留。", Order = 4, IsBrowsable = false)]
    public Input<bool>? StartNewTrace { get; set; }

    /// <summary>Kept for Elsa's definitions; has no effect.</summary>
    [Input(DisplayName = "通道", Description = "为兼容保留。", Order = 5, IsBrowsable = false)]
    public Input<string>? ChannelName { get; set; }

    /// <summary>Outputs of the workflow where it was waited for.</summary>
    [Output(DisplayName = "结果", Description = "新流程的输出。")]
    public Output<object>? Result { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var waits = context.Get(WaitForCompletion);
        ChildDispatch.Send(context, context.Get(WorkflowDefinitionId), context.Get(CorrelationId), ChildDispatch.InputOf(context.Get(Input)), waits ? ChildEndedAsync : null);
        return waits ? default : context.CompleteActivityAsync();
    }

    private ValueTask ChildEndedAsync(ActivityExecutionContext context)
    {
        context.Set(Result, ValueConversion.FromJson(context.WorkflowInput.GetValueOrDefault(ChildReport.Output)?.DeepClone()));
        return context.CompleteActivityAsync();
    }
}

/// <summary>Runs another workflow and waits for it (Elsa concept).</summary>
[Activity("Elsa", "子流程", "执行另一个流程并等待其结果。", DisplayName = "执行流程", Kind = ActivityKind.Task)]
public sealed class ExecuteWorkflow : Activity
{
    /// <summary>Logical id of the workflow.</summary>
    [Input(DisplayName = "流程", Description = "要执行的流程。", UIHint = "workflow-definition-picker", Order = 0, IsRequired = true)]
    public Input<string>? WorkflowDefinitionId { get; set; }

    /// <summary>Correlation id of the new instance.</summary>
    [Input(DisplayName = "关联号", Description = "新流程的关联号。", Order = 1)]
    public Input<string>? CorrelationId { get; set; }

    /// <summary>Its inputs.</summary>
    [Input(DisplayName = "输入", Description = "交给新流程的输入。", Order = 2)]
    public Input<IDictionary<string, object>>? Input { get; set; }

    /// <summary>Whether to wait until it has ended rather than until it was started.</summary>
    [Input(DisplayName = "等待完成", Description = "等流程结束后再继续。", Order = 3)]
    public Input<bool>? WaitForCompletion { get; set; }

    /// <summary>Status and outputs of the workflow: <c>{WorkflowInstanceId, Status, SubStatus, Output}</c>.</summary>
    [Output(DisplayName = "结果", Description = "流程的状态和输出。")]
    public Output<object>? Result { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var waits = context.Get(WaitForCompletion);
        var id = ChildDispatch.Send(context, context.Get(WorkflowDefinitionId), context.Get(CorrelationId), ChildDispatch.InputOf(context.Get(Input)), waits ? ChildEndedAsync : null);
        if (waits)
            return default;
        context.Set(Result, new JsonObject { ["WorkflowInstanceId"] = id, ["Status"] = "Running", ["SubStatus"] = "Pending", ["Output"] = new JsonObject() });
        return context.CompleteActivityAsync();
    }

    private ValueTask ChildEndedAsync(ActivityExecutionContext context)
    {
        var report = context.WorkflowInput;
        context.Set(Result, new JsonObject
        {
            ["WorkflowInstanceId"] = report.GetValueOrDefault(ChildReport.InstanceId)?.DeepClone(),
            ["Status"] = report.GetValueOrDefault(ChildReport.Status)?.DeepClone(),
            ["SubStatus"] = report.GetValueOrDefault(ChildReport.SubStatus)?.DeepClone(),
            ["Output"] = report.GetValueOrDefault(ChildReport.Output)?.DeepClone() ?? new JsonObject(),
        });
        return context.CompleteActivityAsync();
    }
}

/// <summary>What the dispatching activities share.</summary>
internal static class ChildDispatch
{
    public static Dictionary<string, JsonNode?> InputOf(IDictionary<string, object>? input) =>
        input?.ToDictionary(p => p.Key, p => ValueConversion.ToJson(p.Value)) ?? [];

    /// <summary>Asks for a child; with a callback a bookmark waits for its report.</summary>
    /// <returns>Id of the child.</returns>
    public static string Send(
        ActivityExecutionContext context, string? definitionId, string? correlationId, Dictionary<string, JsonNode?> input, ExecuteActivityDelegate? callback)
    {
        if (string.IsNullOrEmpty(definitionId))
            throw new InvalidOperationException($"活动 {context.ActivityId} 没有指定要启动的流程。");
        var id = context.NewId();
        var bookmark = callback is null ? null : context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new ChildStimulus(id), Callback = callback });
        context.Emit(new DispatchEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            Workflow = new WorkflowReference(definitionId),
            InstanceId = id,
            CorrelationId = correlationId,
            Input = input,
            ReportToBookmarkId = bookmark?.Id,
        });
        return id;
    }
}
