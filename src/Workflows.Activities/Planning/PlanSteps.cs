using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Scenarios;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Planning;

/// <summary>建立抽查计划: draws up the plan that the start was given, and freezes its rosters.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "按启动时填写的内容建立抽查计划，并冻结检查对象和执法人员名录。", DisplayName = "建立抽查计划")]
public sealed class CreatePlan : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var command = Read(context) with { RootInstanceId = context.WorkflowInstanceId };
        var scenario = (await context.GetRequiredService<IScenarioCatalogue>().RequireAsync(command.PackageVersionId, context.CancellationToken)).Scenario;
        var plan = context.GetRequiredService<PlanService>().Open(await PlanSize.SettleAsync(context.Session(), scenario, command, context.CancellationToken));
        context.CorrelationId = plan.Id;
        await context.GetRequiredService<PlanDraw>().FreezeAsync(plan.Id, context.CancellationToken);
    }

    private static OpenPlan Read(ActivityExecutionContext context)
    {
        try
        {
            return context.WorkflowInput.TryGetValue("plan", out var node) && node is JsonObject
                ? node.Deserialize<OpenPlan>(SupervisionJson.Options)!
                : throw new RuleViolationException(RefusalKind.Invalid, "plan-missing", "plan", "缺少计划内容，请填写计划名称、年度事项、参与部门、抽取数和检查起止日期。");
        }
        catch (JsonException wrong)
        {
            throw new RuleViolationException(RefusalKind.Invalid, "plan-malformed", "plan" + wrong.Path?.TrimStart('$'), "计划内容的格式不对，请检查该字段的类型和必填项。");
        }
    }
}

/// <summary>A note with a decision.</summary>
/// <param name="Note">Remark; required where the decision turns something down.</param>
public sealed record DecisionNote(string? Note = null);

/// <summary>计划审批: the head of the leading department approves rosters and rates, or sends the plan back.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "牵头部门负责人审批计划、名录和比例；退回即作废本计划。", DisplayName = "计划审批")]
[FlowNode("批准", "退回")]
public sealed class ApprovePlan : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "plan.approve";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["批准", "退回"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var plans = context.GetRequiredService<PlanService>();
        var note = context.Submission<DecisionNote>().Note;
        if (context.ChosenOutcome() == "批准")
        {
            await plans.ApproveAsync(context.SubjectId(), note, context.CancellationToken);
            return "批准";
        }

        await plans.CancelAsync(context.SubjectId(), note ?? "", context.CancellationToken);
        return "退回";
    }
}

/// <summary>审批结果: where a plan goes after its approval.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "按审批结果分流。", DisplayName = "审批结果")]
[FlowNode("已批准", "未批准")]
public sealed class RoutePlan : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.CompleteActivityWithOutcomesAsync((await context.PlanAsync()).State == PlanState.Approved ? "已批准" : "未批准");
}

/// <summary>抽取结果: where a plan goes after the draw.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "按抽取是否确认分流。", DisplayName = "抽取结果")]
[FlowNode("已确认", "未确认")]
public sealed class RouteDraw : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.CompleteActivityWithOutcomesAsync((await context.PlanAsync()).State == PlanState.Confirmed ? "已确认" : "未确认");
}

/// <summary>抽取承诺: seals the secret and publishes the commitment before any public value is known.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "封存密值并公布承诺、名录和排除名单的哈希；此后名录不得变更。", DisplayName = "抽取承诺")]
public sealed class CommitDraw : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        await context.GetRequiredService<PlanDraw>().CommitAsync(context.SubjectId(), context.CancellationToken);
}

/// <summary>登记公共值: the value that the drawer cannot choose, typed in before a witness.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "在见证人面前登记承诺之后产生的公共值，例如彩票号码或见证人现场输入的数字。", DisplayName = "登记公共值")]
[FlowNode("已登记")]
public sealed class RecordPublicValue : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "plan.public-value";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Dispatcher;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new("CMD");

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        await context.GetRequiredService<PlanService>().EnterPublicValueAsync(context.SubjectId(), context.Submission<EnterPublicValue>(), context.CancellationToken);
        return "已登记";
    }
}

/// <summary>
/// 抽取对象与人员: draws by the seed of secret and public value. A very large draw is a job: the step waits under its name while it is made beside the
/// pump, and takes over what comes back; the record is the same either way.
/// </summary>
[Activity("Supervision", SupervisionCategory.Planning, "用密值和公共值合成的种子抽取检查对象和各部门执法人员，全程可离线复核。", DisplayName = "抽取对象与人员")]
[FlowNode("已抽取", "人员不足")]
public sealed class DrawTargetsAndOfficers : Activity
{
    /// <summary>Under which name a job hands in the <see cref="MadeDraw"/>.</summary>
    public const string MadeInput = "draw";

    /// <summary>Under which name a job hands in code and message of the rule that forbids the draw.</summary>
    public const string RefusedInput = "refused";

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var plan = await context.PlanAsync();
        if (context.GetRequiredService<LargeDraw>().Concerns(plan))
        {
            Order(context, plan);
            return;
        }

        await GoOnAsync(context, await context.GetRequiredService<PlanDraw>().DrawAsync(plan.Id, context.CancellationToken));
    }

    private void Order(ActivityExecutionContext context, InspectionPlan plan)
    {
        var order = DrawJobOrder.For(plan);
        var bookmark = context.CreateBookmark(new CreateBookmarkArgs
        {
            Stimulus = new { drawId = order.DrawId },
            IncludeActivityInstanceId = true,
            Callback = OnMadeAsync,
            DueAt = context.Session().Now + context.GetRequiredService<LargeDraw>().Patience,
            WaitName = "后台抽取",
            WaitOwner = $"department:{plan.LeadDepartment}",
        });
        context.Emit(new JobEffect
        {
            ActivityId = context.ActivityId,
            ActivityInstanceId = context.Id,
            BookmarkId = bookmark.Id,
            Channel = LargeDraw.Job,
            Subject = plan.Id,
            Order = (JsonObject)JsonSerializer.SerializeToNode(order, SupervisionJson.Options)!,
        });
    }

    private async ValueTask OnMadeAsync(ActivityExecutionContext context)
    {
        // Only the job hands in a draw: nobody can put winners of their own in its place.
        if (context.Session().Actor.IsPerson)
        {
            throw new RuleViolationException(RefusalKind.Forbidden, "draw-by-job", "draw", "后台抽取的结果只由系统交回，不能由人员提交。");
        }

        if (context.WorkflowInput.TryGetValue(RefusedInput, out var refused) && refused is JsonObject why)
        {
            throw new RuleViolationException(RefusalKind.Conflict, why["code"]!.GetValue<string>(), "draw", why["message"]!.GetValue<string>());
        }

        if (!context.WorkflowInput.TryGetValue(MadeInput, out var made) || made is null)
        {
            // Its time is up and nothing has come: the job is lost, or very slow. Whichever result comes first is taken.
            Order(context, await context.PlanAsync());
            return;
        }

        await GoOnAsync(context, await context.GetRequiredService<PlanDraw>().AcceptAsync(
            context.SubjectId(), made.Deserialize<MadeDraw>(SupervisionJson.Options)!, context.CancellationToken));
    }

    private static async ValueTask GoOnAsync(ActivityExecutionContext context, bool complete) => await context.CompleteActivityWithOutcomesAsync(complete ? "已抽取" : "人员不足");
}

/// <summary>人员不足处理: the head supplements the roster of officers; the draw is then committed to anew.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "某部门可抽人员不足两名时，由牵头部门负责人决定补充名录后重新承诺抽取，或者作废计划。", DisplayName = "人员不足处理")]
[FlowNode("已补充名录", "作废计划")]
public sealed class ResolveShortage : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "plan.shortage";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["已补充名录", "作废计划"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var note = context.Submission<DecisionNote>().Note ?? "";
        if (context.ChosenOutcome() == "已补充名录")
        {
            await context.GetRequiredService<PlanDraw>().ReopenAsync(context.SubjectId(), note, context.CancellationToken);
            return "已补充名录";
        }

        await context.GetRequiredService<PlanService>().CancelAsync(context.SubjectId(), note, context.CancellationToken);
        return "作废计划";
    }
}

/// <summary>确认抽取结果: the head confirms, or asks for another draw with a reason; the old one stays on record.</summary>
[Activity("Supervision", SupervisionCategory.Planning, "牵头部门负责人确认抽取结果；申请重抽须说明理由，原抽取记录保留。", DisplayName = "确认抽取结果")]
[FlowNode("确认", "申请重抽")]
public sealed class ConfirmDraw : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "plan.confirm-draw";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["确认", "申请重抽"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var note = context.Submission<DecisionNote>().Note;
        if (context.ChosenOutcome() == "确认")
        {
            await context.GetRequiredService<PlanService>().ConfirmAsync(context.SubjectId(), note, context.CancellationToken);
            return "确认";
        }

        await context.GetRequiredService<PlanDraw>().ReopenAsync(context.SubjectId(), note ?? "", context.CancellationToken);
        return "申请重抽";
    }
}
