using Workflows.Activities.Rectification;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Filing;

/// <summary>立案结果: whether overdue items are left that nobody filed.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "逾期事项的立案审批结束后，看有没有未立案、仍须处置的整改事项。", DisplayName = "立案结果")]
[FlowNode("已立案", "未立案")]
public sealed class RouteAfterFiling : Activity
{
    /// <summary>Departments whose orders have such items.</summary>
    [Output(DisplayName = "未立案部门", Description = "整改要求仍未了结、须决定如何处置的部门。")]
    public Output<object>? UnfiledDepartments { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var left = await context.GetRequiredService<UnfiledItemService>().ListAsync(context.SubjectId(), context.CancellationToken);
        context.Set(UnfiledDepartments, left.Select(l => l.Order.Department!).Distinct().ToArray());
        await context.CompleteActivityWithOutcomesAsync(left.Count > 0 ? "未立案" : "已立案");
    }
}

/// <summary>未立案处置: the head of the organ that ordered decides what becomes of overdue items that are not filed.</summary>
[Activity("Supervision", SupervisionCategory.Filing, "逾期未改正又未立案的事项，由责令机关负责人书面决定：给予一次不超过原期限一半的期限继续整改，说明理由终止整改，或者重新提请立案。", DisplayName = "未立案处置")]
[FlowNode(Continue, End, Refile)]
public sealed class ResolveUnfiled : HumanStep
{
    /// <summary>Outcome and port: a further term.</summary>
    public const string Continue = "继续整改";

    /// <summary>Outcome and port: the demand ends with a reason.</summary>
    public const string End = "终止整改";

    /// <summary>Outcome and port: the filing is proposed again.</summary>
    public const string Refile = "重新提请立案";

    /// <inheritdoc/>
    protected override string Kind => "order.unfiled";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [Continue, End, Refile];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var service = context.GetRequiredService<UnfiledItemService>();
        var decision = context.Submission<SecondTermDecision>();
        var note = decision.Note ?? "";
        foreach (var unfiled in (await service.ListAsync(context.SubjectId(), context.CancellationToken)).Where(u => u.Order.Department == task.Department))
        {
            _ = context.ChosenOutcome() switch
            {
                Continue => await service.ContinueAsync(unfiled, decision.Length, note, context.CancellationToken),
                End => await service.EndAsync(unfiled, note, context.CancellationToken),
                _ => await service.RefileAsync(unfiled, note, context.CancellationToken),
            };
        }

        await RectificationBranches.TellRoundAsync(context);
        return context.ChosenOutcome()!;
    }
}
