using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Inspections;

/// <summary>组成检查组: takes the drawn officers into the team and appoints the visit.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "用抽取的执法人员组成检查组，并安排一次联合上门。", DisplayName = "组成检查组")]
[FlowNode("成立", "人员不足")]
public sealed class FormTeams : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var matter = await context.CaseAsync();
        try
        {
            await AppointAsync(context, matter, null);
            await context.CompleteActivityWithOutcomesAsync("成立");
        }
        catch (RuleViolationException short_) when (short_.Code is "two-officers" or "certificate-invalid" or "officer-recused" or "officer-unknown")
        {
            // The roster changed between draw and visit; people fill the gap, nobody goes with one officer.
            context.JournalData["reason"] = short_.Code;
            await context.CompleteActivityWithOutcomesAsync("人员不足");
        }
    }

    internal static async ValueTask AppointAsync(ActivityExecutionContext context, Case matter, IReadOnlyList<TeamChoice>? officers)
    {
        var session = context.Session();
        var today = ShanghaiTime.DateOf(session.Now);
        var plan = matter.PlanId is { } planId ? await session.FindAsync<InspectionPlan>(planId, context.CancellationToken) : null;
        var day = plan is not null && plan.VisitFrom > today ? plan.VisitFrom : today;
        var team = await context.GetRequiredService<TeamService>().FormAsync(new FormTeam(matter.Id, day, officers, null), context.CancellationToken);
        await context.GetRequiredService<VisitService>().PlanAsync(matter.Id, day, team.Id, null, context.CancellationToken);
    }
}

/// <summary>What fills a team.</summary>
/// <param name="Officers">Officers with the department for which they act.</param>
public sealed record TeamSupplement(IReadOnlyList<TeamChoice> Officers);

/// <summary>补充人员: the dispatcher names the officers of a team that the draw could not fill.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "抽取人员不足时，由调度员从名录中补足各部门两名以上执法人员。", DisplayName = "补充人员")]
[FlowNode("已补足")]
public sealed class SupplementOfficers : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "team.supplement";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Dispatcher;

    /// <inheritdoc/>
    protected override ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) => new("CMD");

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var command = context.Submission<TeamSupplement>();
        var matter = await context.CaseAsync();
        var team = await CaseRecords.TeamAsync(context);
        if (team is null)
        {
            await FormTeams.AppointAsync(context, matter, command.Officers);
            return "已补足";
        }

        var formed = await context.GetRequiredService<TeamService>().FormAsync(new FormTeam(matter.Id, team.VisitDate, command.Officers, null), context.CancellationToken);
        if (await CaseRecords.VisitAsync(context) is { } visit)
        {
            context.Session().Save(visit with { TeamId = formed.Id, Changed = context.Session().CauseNow() });
        }

        return "已补足";
    }
}

/// <summary>An officer's declaration.</summary>
/// <param name="OfficerId">Officer who declares; null for nothing to declare.</param>
/// <param name="Department">Department of the officer.</param>
/// <param name="Reason">Ground of recusal.</param>
public sealed record RecusalDeclaration(string? OfficerId = null, string? Department = null, string? Reason = null);

/// <summary>回避声明: the team declares relations before it goes.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "检查组成员声明与检查对象有无利害关系；申请回避的由部门负责人决定。", DisplayName = "回避声明")]
[FlowNode("无需回避", "申请回避")]
public sealed class DeclareRecusal : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "team.recusal-declaration";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["无需回避", "申请回避"];

    /// <inheritdoc/>
    protected override async ValueTask<IReadOnlyList<string>> AssigneesAsync(ActivityExecutionContext context, string department) =>
        await CaseRecords.TeamAsync(context) is { } team ? [.. team.Members.Where(m => !m.IsAssistant).Select(m => m.OfficerId)] : [];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        if (context.ChosenOutcome() == "无需回避")
        {
            return "无需回避";
        }

        var declaration = context.Submission<RecusalDeclaration>();
        var matter = await context.CaseAsync();
        var scenario = (await context.ScenarioAsync(matter)).Scenario;
        await context.GetRequiredService<RecusalService>().RequestAsync(
            matter.Id, declaration.OfficerId ?? context.Session().Actor.OfficerId ?? "", declaration.Department ?? context.Session().Actor.Department ?? "",
            declaration.Reason ?? "", scenario, context.CancellationToken);
        return "申请回避";
    }
}

/// <summary>审查回避: the head of the officer's department decides.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "由申请人所在部门负责人决定是否回避。", DisplayName = "审查回避")]
[FlowNode(RecusalService.Granted, RecusalService.Refused)]
public sealed class DecideRecusal : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "team.recusal-decision";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => [RecusalService.Granted, RecusalService.Refused];

    /// <inheritdoc/>
    protected override async ValueTask<string> DefaultDepartmentAsync(ActivityExecutionContext context, string lead) =>
        (await CaseRecords.LatestAsync<Recusal>(context, r => r.State == RecusalState.Requested))?.Department ?? lead;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var recusal = await CaseRecords.RequireAsync<Recusal>(context, r => r.State == RecusalState.Requested, "回避申请");
        return await context.GetRequiredService<RecusalService>().DecideAsync(
            recusal.Id, context.ChosenOutcome() == RecusalService.Granted, context.Submission<DecisionNote>().Note ?? "", context.CancellationToken);
    }
}

/// <summary>递补人员: the next certified officer of the same department takes the place, in the order of the draw.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "按抽取次序由同部门下一名持证人员递补回避人员。", DisplayName = "递补人员")]
[FlowNode("已递补", "人员不足")]
public sealed class SubstituteOfficer : Activity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var recusal = await CaseRecords.RequireAsync<Recusal>(context, r => r.State == RecusalState.Granted, "准予的回避");
        var team = await CaseRecords.TeamAsync(context) ?? throw new InvalidOperationException("案件没有检查组。");
        try
        {
            await context.GetRequiredService<TeamService>().SubstituteAsync(team.Id, recusal.OfficerId, recusal.Reason, context.CancellationToken);
            await context.CompleteActivityWithOutcomesAsync("已递补");
        }
        catch (RuleViolationException none) when (none.Code == "no-standby")
        {
            await context.CompleteActivityWithOutcomesAsync("人员不足");
        }
    }
}

/// <summary>检查审批: the head of the leading department approves the visit before anybody goes.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "牵头部门负责人审批本次上门检查；未经批准不得上门。", DisplayName = "检查审批")]
[FlowNode("批准", "退回")]
public sealed class ApproveInspection : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "visit.approve";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["批准", "退回"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var approved = context.ChosenOutcome() == "批准";
        if (approved)
        {
            var session = context.Session();
            var visit = await CaseRecords.VisitAsync(context) ?? throw new InvalidOperationException("案件没有安排上门。");
            var approval = new Decision(session.Actor.Id, session.Actor.Name, session.Now, context.Submission<DecisionNote>().Note ?? "同意");
            session.Save(visit with { Approval = approval, Changed = session.CauseNow() });
        }

        return approved ? "批准" : "退回";
    }
}
