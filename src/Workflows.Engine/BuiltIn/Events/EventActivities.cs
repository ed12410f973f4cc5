using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.Events;

/// <summary>Payload of the stimulus of an <see cref="Event"/>.</summary>
/// <param name="EventName">Name of the event.</param>
public sealed record EventStimulus(string EventName);

/// <summary>Waits for an event, or starts the workflow with it (Elsa concept).</summary>
[Activity("Elsa", "事件", "等待一个事件发生；也可以由事件启动流程。", DisplayName = "事件", Kind = ActivityKind.Trigger)]
public sealed class Event : Trigger<object>
{
    /// <summary>Name of the workflow input that carries the event's payload.</summary>
    public const string PayloadInput = "__EventPayloadWorkflowInput";

    /// <summary>Name of the event.</summary>
    [Input(DisplayName = "事件名称", Description = "要等待的事件。", IsRequired = true)]
    public Input<string>? EventName { get; set; }

    /// <inheritdoc />
    protected internal override IEnumerable<object?> GetTriggerPayloads(TriggerIndexingContext context) =>
        context.Get(EventName) is { Length: > 0 } name ? [new EventStimulus(name)] : [];

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return ResumedAsync(context);
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new EventStimulus(context.Get(EventName) ?? ""), Callback = ResumedAsync, IncludeActivityInstanceId = false });
        return default;
    }

    private ValueTask ResumedAsync(ActivityExecutionContext context)
    {
        context.Set(Result, ValueConversion.FromJson(context.WorkflowInput.GetValueOrDefault(PayloadInput)?.DeepClone()));
        return context.CompleteActivityAsync();
    }
}

/// <summary>Publishes an event (Elsa concept).</summary>
[Activity("Elsa", "事件", "发布一个事件，唤醒等待它的流程或启动新流程。", DisplayName = "发布事件")]
public sealed class PublishEvent : CodeActivity
{
    /// <summary>Name of the event.</summary>
    [Input(DisplayName = "事件名称", Description = "要发布的事件。", Order = 0, IsRequired = true)]
    public Input<string>? EventName { get; set; }

    /// <summary>Only instances with this correlation id.</summary>
    [Input(DisplayName = "关联号", Description = "只通知有此关联号的流程，留空通知全部。", Order = 1)]
    public Input<string>? CorrelationId { get; set; }

    /// <summary>Only this instance.</summary>
    [Input(DisplayName = "仅本流程", Description = "只通知本流程实例。", Order = 2)]
    public Input<bool>? IsLocalEvent { get; set; }

    /// <summary>Payload.</summary>
    [Input(DisplayName = "内容", Description = "随事件传递的内容。", Order = 3)]
    public Input<object>? Payload { get; set; }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.Emit(new PublishEventEffect
    {
        ActivityId = context.ActivityId,
        ActivityInstanceId = context.Id,
        EventName = context.Get(EventName) ?? "",
        CorrelationId = context.Get(CorrelationId),
        Local = context.Get(IsLocalEvent),
        Payload = ValueConversion.ToJson(context.Get(Payload)),
    });
}

/// <summary>Payload of the stimulus of a <see cref="RunTask"/>; only the id is hashed.</summary>
/// <param name="TaskId">Id of the task.</param>
/// <param name="TaskName">Its name.</param>
public sealed record RunTaskStimulus(string TaskId, [property: ExcludeFromHash] string? TaskName);

/// <summary>Asks an outside worker and waits for the answer (Elsa concept).</summary>
[Activity("Elsa", "事件", "请外部系统完成一项任务，等待其结果。", DisplayName = "外部任务")]
public sealed class RunTask : Activity
{
    /// <summary>Name of the input that carries the answer.</summary>
    public const string ResultInput = "RunTaskInput";

    /// <summary>Name of the task.</summary>
    [Input(DisplayName = "任务名称", Description = "外部系统按名称识别任务。", Order = 0, IsRequired = true)]
    public Input<string>? TaskName { get; set; }

    /// <summary>Its payload.</summary>
    [Input(DisplayName = "内容", Description = "交给外部系统的内容。", Order = 1)]
    public Input<IDictionary<string, object>>? Payload { get; set; }

    /// <summary>Id of the task.</summary>
    [Output(DisplayName = "任务编号", Description = "回报结果时使用。")]
    public Output<string>? TaskId { get; set; }

    /// <summary>The answer.</summary>
    [Output(DisplayName = "结果", Description = "外部系统的答复。")]
    public Output<object>? Result { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var id = context.NewId();
        var name = context.Get(TaskName) ?? "";
        context.Set(TaskId, id);
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new RunTaskStimulus(id, name), Callback = ReportedAsync, IncludeActivityInstanceId = false });
        context.Emit(new RunTaskEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            TaskId = id,
            TaskName = name,
            Payload = ValueConversion.ToJson(context.Get(Payload)),
        });
        return default;
    }

    private ValueTask ReportedAsync(ActivityExecutionContext context)
    {
        context.Set(Result, ValueConversion.FromJson(context.WorkflowInput.GetValueOrDefault(ResultInput)?.DeepClone()));
        return context.CompleteActivityAsync();
    }
}
