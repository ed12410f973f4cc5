using Workflows.Engine.Activities;
using Workflows.Engine.Alterations;
using Workflows.Engine.Execution;
using Workflows.Engine.Timetables;

namespace Workflows.Engine.BuiltIn.Timers;

/// <summary>Payload of the stimulus of a <see cref="Delay"/>.</summary>
/// <param name="ResumeAt">When it ends.</param>
public sealed record DelayStimulus(DateTimeOffset ResumeAt);

/// <summary>Waits for a span of time (Elsa concept).</summary>
[Activity("Elsa", "定时", "等待一段时间后继续。", DisplayName = "延时")]
public sealed class Delay : Activity
{
    /// <summary>How long.</summary>
    [Input(DisplayName = "时长", Description = "例如 01:30:00（1小时30分）、3.00:00:00（3天）或 P3D。", IsRequired = true)]
    public Input<TimeSpan>? TimeSpan { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var due = context.Now + context.Get(TimeSpan);
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new DelayStimulus(due), DueAt = due });
        return default;
    }

    /// <inheritdoc />
    protected internal override ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration) =>
        RenewedTimer.RenewAsync(context, migration, nameof(TimeSpan), from => from + context.Get(TimeSpan), static due => new DelayStimulus(due));
}

/// <summary>Payload of the stimulus of a <see cref="StartAt"/>.</summary>
/// <param name="ExecuteAt">When.</param>
public sealed record StartAtStimulus(DateTimeOffset ExecuteAt);

/// <summary>Waits for a point in time, or starts the workflow then (Elsa concept).</summary>
[Activity("Elsa", "定时", "到指定时间继续；也可以在该时间启动流程。", DisplayName = "定点", Kind = ActivityKind.Trigger)]
public sealed class StartAt : Trigger
{
    /// <summary>When.</summary>
    [Input(DisplayName = "时间", Description = "日期和时间。", IsRequired = true)]
    public Input<DateTimeOffset>? DateTime { get; set; }

    /// <inheritdoc />
    protected internal override TriggerKind TriggerKind => TriggerKind.StartAt;

    /// <inheritdoc />
    protected internal override IEnumerable<object?> GetTriggerPayloads(TriggerIndexingContext context) => [new StartAtStimulus(context.Get(DateTime))];

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var at = context.Get(DateTime);
        if (context.IsTriggerOfWorkflow() || at <= context.Now)
            return context.CompleteActivityAsync();
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new StartAtStimulus(at), DueAt = at });
        return default;
    }

    /// <inheritdoc />
    protected internal override ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration) =>
        RenewedTimer.RenewAsync(context, migration, nameof(DateTime), _ => context.Get(DateTime), static due => new StartAtStimulus(due));
}

/// <summary>Payload of the stimulus of a <see cref="Timer"/> trigger.</summary>
/// <param name="Interval">Distance between starts.</param>
public sealed record TimerStimulus(TimeSpan Interval);

/// <summary>Starts the workflow at intervals; inside a workflow waits for one interval (Elsa concept).</summary>
[Activity("Elsa", "定时", "按间隔反复启动流程；在流程中则等待一个间隔。", DisplayName = "定时器", Kind = ActivityKind.Trigger)]
public sealed class Timer : Trigger
{
    /// <summary>The interval.</summary>
    [Input(DisplayName = "间隔", Description = "例如 01:00:00（每小时）。", IsRequired = true)]
    public Input<TimeSpan>? Interval { get; set; }

    /// <inheritdoc />
    protected internal override TriggerKind TriggerKind => TriggerKind.Timer;

    /// <inheritdoc />
    protected internal override IEnumerable<object?> GetTriggerPayloads(TriggerIndexingContext context) => [new TimerStimulus(context.Get(Interval))];

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return context.CompleteActivityAsync();
        var due = context.Now + context.Get(Interval);
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new DelayStimulus(due), DueAt = due });
        return default;
    }

    /// <inheritdoc />
    protected internal override ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration) =>
        RenewedTimer.RenewAsync(context, migration, nameof(Interval), from => from + context.Get(Interval), static due => new DelayStimulus(due));
}

/// <summary>Payload of the stimulus of a <see cref="Cron"/> trigger.</summary>
/// <param name="CronExpression">The expression.</param>
public sealed record CronStimulus(string CronExpression);

/// <summary>Starts the workflow by a cron expression; inside a workflow waits for its next time (Elsa concept).</summary>
[Activity("Elsa", "定时", "按 Cron 表达式启动流程；在流程中则等到下一个时间。", DisplayName = "周期", Kind = ActivityKind.Trigger)]
public sealed class Cron : Trigger
{
    /// <summary>The expression: 5 fields, or 6 or 7 with seconds first (Quartz).</summary>
    [Input(DisplayName = "Cron 表达式", Description = "例如 0 0 9 * * MON-FRI（工作日9点，北京时间）。", IsRequired = true)]
    public Input<string>? CronExpression { get; set; }

    /// <inheritdoc />
    protected internal override TriggerKind TriggerKind => TriggerKind.Cron;

    /// <inheritdoc />
    protected internal override IEnumerable<object?> GetTriggerPayloads(TriggerIndexingContext context) =>
        context.Get(CronExpression) is { Length: > 0 } expression ? [new CronStimulus(expression)] : [];

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.IsTriggerOfWorkflow())
            return context.CompleteActivityAsync();
        var due = Next(context, context.Now);
        context.CreateBookmark(new CreateBookmarkArgs { Stimulus = new DelayStimulus(due), DueAt = due });
        return default;
    }

    /// <inheritdoc />
    protected internal override ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration) =>
        RenewedTimer.RenewAsync(context, migration, nameof(CronExpression), from => Next(context, from), static due => new DelayStimulus(due));

    private DateTimeOffset Next(ActivityExecutionContext context, DateTimeOffset from) =>
        Timetables.CronExpression.Parse(context.Get(CronExpression) ?? "").Next(from, context.WorkflowExecutionContext.Engine.Options.TimeZone)
            ?? throw new InvalidOperationException($"Cron 表达式 {context.Get(CronExpression)} 不再有下一个时间。");
}
