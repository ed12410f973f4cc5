using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Supervision.CaseFilings;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leniency;
using Workflows.Supervision.Scenarios;

namespace Workflows.Activities.Inspections;

/// <summary>检查任务结束: from now the days for publication count.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "登记检查任务完成；公示期限从此起算。", DisplayName = "检查任务结束")]
public sealed class EndCheckTask : CodeActivity
{
    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var visit = await CaseRecords.VisitAsync(context);
        var outcome = visit?.State switch
        {
            VisitState.NotFound or VisitState.Refused or VisitState.Recorded when (await context.CaseAsync()).Target.Identity == PartyIdentity.Unknown => VisitOutcome.Unknown,
            VisitState.NotFound => VisitOutcome.NotFound,
            VisitState.Refused => VisitOutcome.Refused,
            VisitState.Recorded => string.Join('、', VisitRecording.OutcomesOf(await CaseRecords.AllAsync<Finding>(context))),
            _ => "对象已灭失",
        };
        await context.GetRequiredService<CaseService>().EndTaskAsync(context.SubjectId(), outcome, context.CancellationToken);
    }
}

/// <summary>分类处置: sorts the findings by what the law makes of them; several ways may be taken side by side.</summary>
[Activity("Supervision", SupervisionCategory.Inspection, "按罚则、严重程度和是否当场改正对问题分类；可以同时走多个出口。", DisplayName = "分类处置")]
[FlowNode("未发现问题", "当场改正", "首违轻微", "责令改正", "立即措施", "立案", "紧急", "无法联系", "对象已灭失")]
public sealed class ClassifyFindings : Activity
{
    /// <summary>Departments that propose leniency.</summary>
    [Output(DisplayName = "不予处罚部门", Description = "有首违或者轻微问题的处罚部门。")]
    public Output<object>? LeniencyDepartments { get; set; }

    /// <summary>Departments that take a stop measure.</summary>
    [Output(DisplayName = "措施部门", Description = "需要采取停止措施的部门。")]
    public Output<object>? MeasureDepartments { get; set; }

    /// <summary>Departments that file.</summary>
    [Output(DisplayName = "立案部门", Description = "应当立案的处罚部门。")]
    public Output<object>? FilingDepartments { get; set; }

    /// <summary>Departments that are told by phone and get a 督办单 at once.</summary>
    [Output(DisplayName = "紧急督办部门", Description = "发现紧急事项（事项的 urgent）、应当立即电话告知并督办的部门。")]
    public Output<object>? UrgentDepartments { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var matter = await context.CaseAsync();
        var visit = await CaseRecords.VisitAsync(context);
        // Nobody is there against whom anything could be ordered or filed: what was seen stays in the record.
        if (visit is not null && matter.Target.Identity == PartyIdentity.Unknown)
        {
            await context.CompleteActivityWithOutcomesAsync("无法联系");
            return;
        }

        if (visit?.State is not VisitState.Recorded)
        {
            await LeaveWithoutFindingsAsync(context, matter, visit?.State);
            return;
        }

        var findings = await CaseRecords.AllAsync<Finding>(context);
        var scenario = (await context.ScenarioAsync(matter)).Scenario;
        var lenient = findings.Where(f => MayBeLenient(f, scenario)).ToList();
        var outcomes = new List<string>();
        void Leave(string port, bool when)
        {
            if (when)
            {
                outcomes.Add(port);
            }
        }

        var measures = findings.Where(f => f.Fix is null && f.Severity >= Severity.Serious && ItemOf(f, scenario)?.StopMeasure is not null).ToList();
        var filed = findings.Where(f => f.IsFiledAtOnce && f.PenaltyClause != PenaltyClause.NoClause).ToList();
        Leave("未发现问题", findings.Count == 0);
        Leave("当场改正", findings.Any(f => f.Fix is not null && !f.IsFiledAtOnce && !lenient.Contains(f)));
        Leave("首违轻微", lenient.Count > 0);
        Leave("责令改正", findings.Any(f => f.IsRectified));
        Leave("立即措施", measures.Count > 0);
        Leave("立案", filed.Count > 0);
        var urgent = findings.Where(f => ItemOf(f, scenario)?.Urgent == true).ToList();
        Leave("紧急", urgent.Count > 0);
        // A department that takes no part in the case is held through the one that leads it.
        context.Set(UrgentDepartments, urgent.Select(f => matter.Departments.Any(d => d.Code == f.PenaltyDepartment) ? f.PenaltyDepartment : matter.LeadDepartment).Distinct().ToArray());
        context.Set(LeniencyDepartments, Departments(lenient));
        context.Set(MeasureDepartments, Departments(measures));
        if (filed.Count > 0)
        {
            await context.GetRequiredService<CaseFilingService>().ProposeAsync(matter.Id, [.. filed.Select(f => f.Id)], "检查发现严重违法行为", cancellationToken: context.CancellationToken);
        }

        context.Set(FilingDepartments, Departments(filed));
        await context.CompleteActivityWithOutcomesAsync([.. outcomes]);
    }

    private async ValueTask LeaveWithoutFindingsAsync(ActivityExecutionContext context, Case matter, VisitState? state)
    {
        if (state == VisitState.Refused)
        {
            await context.GetRequiredService<CaseFilingService>().ProposeForRefusalAsync(matter.Id, context.CancellationToken);
            context.Set(FilingDepartments, new[] { matter.LeadDepartment });
        }

        await context.CompleteActivityWithOutcomesAsync(state switch
        {
            VisitState.Refused => "立案",
            VisitState.NotFound => "无法联系",
            _ => "对象已灭失",
        });
    }

    private static bool MayBeLenient(Finding finding, Scenario scenario) =>
        finding.Fix is not null && !finding.IsFiledAtOnce && ItemOf(finding, scenario) is { Leniency: not null } item
        && (LeniencyService.UnmetConditions(LeniencyKind.FirstOffence, finding, item, "轻微", firstOffence: true).Count == 0
            || LeniencyService.UnmetConditions(LeniencyKind.MinorOffence, finding, item, "无", firstOffence: true).Count == 0);

    private static ScenarioItem? ItemOf(Finding finding, Scenario scenario) => scenario.Item(finding.ItemCode)?.As(finding.VariantCode);

    private static string[] Departments(IEnumerable<Finding> findings) => [.. findings.Select(f => f.PenaltyDepartment).Distinct()];
}
