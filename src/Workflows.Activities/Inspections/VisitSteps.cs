using Workflows.Activities.Planning;
using Workflows.Activities.Work;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Work;

namespace Workflows.Activities.Inspections;

/// <summary>What happened at the door.</summary>
public sealed record ArrivalReport
{
    /// <summary>Who came, where somebody of the party was met.</summary>
    public VisitArrival? Arrival { get; init; }

    /// <summary>Certificates and code shown, rights told.</summary>
    public CertificatesShown? Certificates { get; init; }

    /// <summary>Who the party is, where that was not known before; or null, to be completed with the record at the latest.</summary>
    public IdentifyParty? Identification { get; init; }

    /// <summary>Nobody was found.</summary>
    public ReportNotFound? NotFound { get; init; }

    /// <summary>Entry or check was refused.</summary>
    public ReportRefusal? Refusal { get; init; }

    /// <summary>Why the target exists no more: 注销, 吊销 or 迁出, with the date.</summary>
    public string? GoneReason { get; init; }
}

/// <summary>到场亮证: the team arrives, shows certificates and code, and tells the party its rights.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "登记到场部门和人员、出示执法证件和亮码、告知权利；找不到对象、被拒绝或者对象已灭失的走各自出口。", DisplayName = "到场亮证")]
[FlowNode("已到场", "找不到对象", "拒绝检查", "登记已注销或迁出")]
public sealed class ArriveOnSite : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "visit.arrive";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["已到场", "找不到对象", "拒绝检查", "登记已注销或迁出"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var outcome = context.ChosenOutcome()!;
        var report = context.Submission<ArrivalReport>();
        var visit = await CaseRecords.RequireAsync<Visit>(context, _ => true, "上门安排");
        await VisitReports.TakeAsync(context, visit.Id, outcome, report);
        return outcome;
    }
}

/// <summary>二次核查: another try at another time, with the confirmation of the grid.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "换一个时段再次上门并由网格核实；仍未找到的认定为无法联系。", DisplayName = "二次核查")]
[FlowNode("仍未找到", "已到场", "拒绝检查")]
public sealed class SecondVisit : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "visit.second";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["仍未找到", "已到场", "拒绝检查"];

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var outcome = context.ChosenOutcome()!;
        var visit = await CaseRecords.RequireAsync<Visit>(context, _ => true, "上门安排");
        await VisitReports.TakeAsync(context, visit.Id, outcome == "仍未找到" ? "找不到对象" : outcome, context.Submission<ArrivalReport>());
        return outcome;
    }
}

/// <summary>Hands what happened at the door to the domain.</summary>
internal static class VisitReports
{
    public static async ValueTask TakeAsync(ActivityExecutionContext context, string visitId, string outcome, ArrivalReport report)
    {
        var visits = context.GetRequiredService<VisitService>();
        var cases = context.GetRequiredService<CaseService>();
        switch (outcome)
        {
            case "找不到对象":
                await visits.NotFoundAsync(visitId, report.NotFound ?? throw Missing("notFound", "无法联系的情况"), context.CancellationToken);
                return;
            case "登记已注销或迁出":
                await cases.MarkGoneAsync(context.SubjectId(), report.GoneReason ?? "", context.CancellationToken);
                return;
            default:
                await visits.ArriveAsync(visitId, report.Arrival ?? throw Missing("arrival", "到场部门和人员"), context.CancellationToken);
                await visits.ShowCertificatesAsync(visitId, report.Certificates ?? throw Missing("certificates", "出示证件和亮码"), context.CancellationToken);
                await IdentifyAsync(context, report.Identification);
                if (outcome == "拒绝检查")
                {
                    await visits.RefusedAsync(visitId, report.Refusal ?? throw Missing("refusal", "拒绝检查的情况"), context.CancellationToken);
                }

                return;
        }
    }

    /// <summary>Completes who the party is, where it was handed in.</summary>
    public static async ValueTask IdentifyAsync(ActivityExecutionContext context, IdentifyParty? identification)
    {
        if (identification is not null)
        {
            await context.GetRequiredService<PartyIdentifying>().IdentifyAsync(context.SubjectId(), identification, context.CancellationToken);
        }
    }

    private static RuleViolationException Missing(string field, string name) =>
        new(RefusalKind.Invalid, "field-missing", $"data.{field}", $"缺少“{name}”（data.{field}），请填写。");
}

/// <summary>到场结果: where the case goes after the door.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "按到场情况分流；有部门缺席时同时走“部门缺席”，检查对到场部门仍然有效。", DisplayName = "到场结果")]
[FlowNode("已到场", "部门缺席", "无法联系", "拒绝检查", "对象已灭失")]
public sealed class RouteArrival : Activity
{
    /// <summary>Departments that did not come.</summary>
    [Output(DisplayName = "缺席部门", Description = "没有到场的部门代码。")]
    public Output<object>? AbsentDepartments { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var visit = await CaseRecords.RequireAsync<Visit>(context, _ => true, "上门安排");
        var absent = visit.Absent.Select(a => a.Department).ToArray();
        context.Set(AbsentDepartments, absent);
        await context.CompleteActivityWithOutcomesAsync(visit.State switch
        {
            VisitState.Arrived when absent.Length > 0 => ["已到场", "部门缺席"],
            VisitState.Arrived => ["已到场"],
            VisitState.NotFound => ["无法联系"],
            VisitState.Refused => ["拒绝检查"],
            _ => ["对象已灭失"],
        });
    }
}

/// <summary>The record as it was signed, with what was told about a minor.</summary>
public sealed record SignedRecord
{
    /// <summary>Guardian and police told of a minor, or null.</summary>
    public MinorProtectionNotice? Minor { get; init; }

    /// <summary>Who the party is, where that was not known before and was not said on arrival; or null.</summary>
    public IdentifyParty? Identification { get; init; }

    /// <summary>The record.</summary>
    public required VisitRecord Record { get; init; }
}

/// <summary>现场检查: the departments' sections, the party's statement and all signatures in one record.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "各部门逐项记录检查情况并在本部门栏签名，当事人核对签名或者注明拒签。", DisplayName = "现场检查")]
[FlowNode("已记录")]
public sealed class RecordVisit : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "visit.record";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.Inspector;

    /// <inheritdoc/>
    protected override async ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        var signed = context.Submission<SignedRecord>();
        var visit = await CaseRecords.RequireAsync<Visit>(context, _ => true, "上门安排");
        if (signed.Minor is { } minor)
        {
            await context.GetRequiredService<VisitService>().NoteMinorAsync(visit.Id, minor, context.CancellationToken);
        }

        await VisitReports.IdentifyAsync(context, signed.Identification);
        await context.GetRequiredService<VisitRecording>().RecordAsync(visit.Id, signed.Record, context.CancellationToken);
        return "已记录";
    }
}

/// <summary>审批递补对象: only where the target was struck off or had moved before the draw.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "对象在抽取日之前已注销、吊销或者迁出的，由牵头部门负责人决定是否递补。", DisplayName = "审批递补对象")]
[FlowNode("同意递补", "不同意")]
public sealed class ApproveTargetSubstitution : HumanStep
{
    /// <inheritdoc/>
    protected override string Kind => "visit.substitute-target";

    /// <inheritdoc/>
    protected override string DefaultRole => Supervision.Sessions.Role.DepartmentHead;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Choices => ["同意递补", "不同意"];

    /// <inheritdoc/>
    protected override ValueTask<string> PerformAsync(ActivityExecutionContext context, WorkTask task)
    {
        _ = context.Submission<DecisionNote>().Note is { Length: > 0 }
            ? true
            : throw new RuleViolationException(RefusalKind.Invalid, "field-missing", "data.note", "请写明理由和核实的登记状态（data.note）。");
        return new(context.ChosenOutcome()!);
    }
}

/// <summary>递补检查对象: asks the plan for the next alternate in the order of the draw.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "请计划按抽取次序递补下一个检查对象，另立案件。", DisplayName = "递补检查对象")]
public sealed class SubstituteTarget : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var session = context.Session();
        var matter = await context.CaseAsync();
        if (matter.PlanId is not { } planId || await session.FindAsync<InspectionPlan>(planId, context.CancellationToken) is not { } plan)
        {
            return;
        }

        var input = new System.Text.Json.Nodes.JsonObject
        {
            ["targetId"] = matter.TargetId,
            ["reason"] = $"对象已灭失：{matter.GoneReason}",
            ["requestedBy"] = matter.GoneReportedBy ?? matter.Created.ActorId,
            ["approvedBy"] = session.Actor.Id,
        };
        session.Signal(new WorkflowSignal(plan.CaseKey, DispatchCases.SubstituteStimulus, $$"""{"planId":"{{plan.Id}}"}""", input.ToJsonString()));
    }
}
