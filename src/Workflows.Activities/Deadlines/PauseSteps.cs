using Workflows.Activities.Options;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Supervision.Deadlines;
using Workflows.Supervision.Time;

namespace Workflows.Activities.Deadlines;

/// <summary>A step that stops or restarts the count of a limit that runs elsewhere in the diagram.</summary>
public abstract class PauseStep : CodeActivity, IDefinitionCheck
{
    /// <summary>The limit.</summary>
    [Input(DisplayName = "时限步骤", Description = "哪个时限暂停或者恢复计时。", UIHint = "dropdown", IsRequired = true, Order = 1, OptionsProvider = typeof(TimeLimitOptions))]
    public Input<string>? TimeLimitId { get; set; }

    /// <summary>Department whose limit it is; by default whichever the step runs for.</summary>
    [Input(DisplayName = "承办部门", Description = "同一时限为几个部门分别计时的，指明是哪个部门；不填为全部。", UIHint = "dropdown", Order = 2, OptionsProvider = typeof(DepartmentOptions))]
    public Input<string>? Department { get; set; }

    /// <inheritdoc/>
    public virtual void Check(DefinitionCheckContext context) => StepReferences.Limit(context, TimeLimitId);

    /// <summary>Does it to one running limit.</summary>
    private protected abstract ValueTask ChangeAsync(ActivityExecutionContext context, StepLimit limit);

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var (stepId, department) = (context.Get(TimeLimitId), context.Get(Department) is { Length: > 0 } given ? given : null);
        // A limit that does not run, because what it was for is done or has not begun, has nothing to stop.
        foreach (var limit in (await context.Session().ListAsync<StepLimit>((await WorkSubject.OfAsync(context)).Records, context.CancellationToken)).Where(l =>
            l.State == StepLimitState.Running && l.Created.ActivityId == stepId && (department is null || l.Department == department)))
        {
            await ChangeAsync(context, limit);
        }

        DeadlineChanged.Tell(context);
    }
}

/// <summary>暂停计时: a legal reason stops the count; nothing is late while it stands still.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "因检验、检测、鉴定等法定事由暂停一个时限；暂停期间不提醒、不发牌、不算超期。", DisplayName = "暂停计时")]
public sealed class PauseLimit : PauseStep
{
    /// <summary>The legal reason.</summary>
    [Input(DisplayName = "暂停事由", Description = "法定的暂停事由。", UIHint = "dropdown", IsRequired = true, Order = 3,
        Options = ["Inspection=检验", "Testing=检测", "Quarantine=检疫", "Appraisal=技术鉴定", "Hearing=听证", "PublicNotice=公告", "ForceMajeure=不可抗力", "ExecutionStayed=停止执行"])]
    public Input<string>? Reason { get; set; }

    /// <summary>Provision or decision on which it rests.</summary>
    [Input(DisplayName = "依据", Description = "准许暂停的规定或者决定，记入时限的经过。", IsRequired = true, Order = 4)]
    public Input<string>? Basis { get; set; }

    /// <inheritdoc/>
    public override void Check(DefinitionCheckContext context)
    {
        base.Check(context);
        if (context.TryGetFixed(Reason, out var reason) && reason.Length > 0 && !Enum.TryParse<PauseReason>(reason, out _))
        {
            context.Report("reason", ValidationCodes.InvalidValue, $"没有暂停事由“{(reason.Length > 40 ? reason[..40] + "…" : reason)}”，可用的有：{string.Join("、", Enum.GetNames<PauseReason>())}。");
        }
    }

    /// <inheritdoc/>
    private protected override async ValueTask ChangeAsync(ActivityExecutionContext context, StepLimit limit) =>
        await StepLimits.PauseAsync(context.Session(), limit, Enum.Parse<PauseReason>(context.Get(Reason) ?? ""), context.Get(Basis), context.CancellationToken);
}

/// <summary>恢复计时: the count goes on from today.</summary>
[Activity("Supervision", SupervisionCategory.Clock, "暂停事由消失后恢复计时；到期日按暂停的天数顺延。", DisplayName = "恢复计时")]
public sealed class ResumeLimit : PauseStep
{
    /// <inheritdoc/>
    private protected override async ValueTask ChangeAsync(ActivityExecutionContext context, StepLimit limit) =>
        await StepLimits.ResumeAsync(context.Session(), limit, context.CancellationToken);
}
