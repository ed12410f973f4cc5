using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Rectification;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Rectification;

/// <summary>拟定整改要求: officers choose periods and demands within the scenario's bounds; each organ gets its own order.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "执法人员逐项拟定改正内容和期限，按部门生成责令改正通知书草稿。", DisplayName = "拟定整改要求")]
[FlowNode("已拟定")]
public sealed class PrepareOrdersStep : HumanStep
{
    /// <summary>Departments that have an order.</summary>
    [Output(DisplayName = "责令改正部门", Description = "各自出具责令改正通知书的部门。")]
    public Output<object>? OrderDepartments { get; set; }

    /// <inheritdoc/>
    protected override string Kind => "order.prepare";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var command = context.Submission<OrderChoices>();
        await context.GetRequiredService<OrderService>().PrepareAsync(new PrepareOrders(context.SubjectId(), command.Items), context.CancellationToken);
        var orders = await CaseRecords.AllAsync<RectificationOrder>(context);
        context.Set(OrderDepartments, orders.Where(o => o.State == OrderState.Draft).Select(o => o.Department).Distinct().ToArray());
        return "已拟定";
    }
}

/// <summary>What officers choose for the findings; those not named take the defaults.</summary>
/// <param name="Items">Choices.</param>
public sealed record OrderChoices(IReadOnlyList<OrderItemChoice>? Items = null);

/// <summary>审批责令改正: the head of the organ's own department.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "各部门负责人审批本部门的责令改正通知书。", DisplayName = "审批责令改正")]
[FlowNode("批准", "退回")]
public sealed class ApproveOrder : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "order.approve";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["批准", "退回"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var order = await CaseRecords.RequireAsync<RectificationOrder>(context, o => o.State == OrderState.Draft && o.Department == task.Department, "待审批的责令改正通知书");
        if (context.ChosenOutcome() == "退回")
        {
            return "退回";
        }

        await context.GetRequiredService<OrderService>().ApproveAsync(order.Id, context.Submission<DecisionNote>().Note, context.CancellationToken);
        return "批准";
    }
}

/// <summary>修改责令改正内容: officers change a draft that the head sent back.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "按退回意见修改本部门责令改正通知书的内容和期限。", DisplayName = "修改责令改正内容")]
[FlowNode("已修改")]
public sealed class ReviseOrder : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "order.revise";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var order = await CaseRecords.RequireAsync<RectificationOrder>(context, o => o.State == OrderState.Draft && o.Department == task.Department, "待修改的责令改正通知书");
        await context.GetRequiredService<OrderService>().ReviseAsync(order.Id, context.Submission<OrderChoices>().Items ?? [], context.CancellationToken);
        return "已修改";
    }
}

/// <summary>登记逾期: the limit of open items has passed.</summary>
[Activity("Supervision", SupervisionCategory.Rectification, "把到期仍未改正的事项登记为逾期未改正。", DisplayName = "登记逾期")]
public sealed class MarkOverdue : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        foreach (var order in (await CaseRecords.AllAsync<RectificationOrder>(context)).Where(o => o.State == OrderState.Served))
        {
            await context.GetRequiredService<OrderService>().MarkOverdueAsync(order.Id, context.CancellationToken);
        }
    }
}
