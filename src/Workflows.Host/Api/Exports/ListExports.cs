using System.Globalization;
using Workflows.Host.Api.Cases;
using Workflows.Host.Api.Deputies;
using Workflows.Host.Api.Leads;
using Workflows.Host.Api.Measures;
using Workflows.Host.Api.Plans;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Planning;
using Workflows.Supervision.Work;
using static Workflows.Host.Api.Exports.Workbooks;

namespace Workflows.Host.Api.Exports;

/// <summary>The lists of the desk as workbooks: the same rows under the same filter.</summary>
internal static class ListExports
{
    /// <summary>Maps them.</summary>
    public static void MapListExports(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks.xlsx", TasksAsync).Sheet("待办", "导出Excel：与 /api/tasks 相同的条件，全部页");
        api.MapGet("/cases.xlsx", CasesAsync).Sheet("案件", "导出Excel：与 /api/cases 相同的条件，全部页");
        api.MapGet("/leads.xlsx", LeadsAsync).Sheet("线索", "导出Excel：与 /api/leads 相同的条件，全部页");
        api.MapGet("/plans.xlsx", PlansAsync).Sheet("计划与抽取", "导出Excel：与 /api/plans 相同的条件，全部页");
        api.MapGet("/measures/{code}/rows.xlsx", MeasureAsync).Sheet("统计指标", "导出Excel：指标所依据的全部记录");
        api.MapCardExports();
        api.MapRosterExports();
    }

    private static async Task<IResult> TasksAsync(
        HttpContext context, AggregateReader rows, Viewer viewer, DeputyDesk deputies, CancellationToken cancellationToken, TaskState state = TaskState.Open, string? caseId = null, string? kind = null, string? planId = null)
    {
        var list = await AllAsync(page => TaskRoutes.ListAsync(context, rows, viewer, deputies, page, cancellationToken, state, caseId, kind, planId));
        return Book("待办", ["编号", "类型", "事项", "部门", "承办人", "到期时间", "状态", "结果", "案件", "计划", "对象", "产生时间", "办结时间"], list.Select(row => (string?[])
        [
            row.Id, row.Kind, row.Title, row.Department, string.Join('、', row.Assignees), Time(row.DueAt), row.State switch { TaskState.Open => "待办", TaskState.Done => "已办结", _ => "已撤回" },
            row.Outcome, row.CaseId, row.PlanId, row.TargetId, Time(row.CreatedAt), Time(row.EndedAt),
        ]));
    }

    private static async Task<IResult> CasesAsync(
        AggregateReader rows, Viewer viewer, SheetNames names, CancellationToken cancellationToken,
        CaseState? state = null, string? planId = null, string? targetId = null, string? scenario = null, string? stage = null, string? q = null)
    {
        var list = await AllAsync(page => CaseRoutes.ListAsync(rows, viewer, page, cancellationToken, state, planId, targetId, scenario, stage, q));
        await names.ReadAsync(cancellationToken);
        return Book("案件", ["案号", "编号", "场景", "对象编号", "对象", "区划", "牵头部门", "参与部门", "阶段", "状态", "结果", "立项时间", "办结时间"], list.Select(row => (string?[])
        [
            row.Number, row.Id, names.Scenario(row.ScenarioCode), row.TargetId, row.TargetName, names.Area(row.Area), names.Department(row.LeadDepartment), names.Departments(row.Departments), row.Stage,
            row.State switch { CaseState.Open => "办理中", CaseState.Closed => "已办结", _ => "已撤销" }, row.Outcome, Time(row.CreatedAt), Time(row.ClosedAt),
        ]));
    }

    private static async Task<IResult> LeadsAsync(
        AggregateReader rows, Viewer viewer, SheetNames names, TimeProvider clock, CancellationToken cancellationToken,
        LeadState? state = null, TriggerKind? trigger = null, string? department = null, string? area = null, string? matter = null, string? targetId = null, bool mine = false, bool late = false, bool replyLate = false,
        LeadView? view = null)
    {
        var list = await AllAsync(page => LeadRoutes.ListAsync(rows, viewer, page, clock, cancellationToken, state, trigger, department, area, matter, targetId, mine, late, replyLate, view));
        await names.ReadAsync(cancellationToken);
        return Book("线索", ["编号", "来源", "来源编号", "内容", "区划", "地址", "承办部门", "状态", "等待", "承办", "到期时间", "疑似重复", "收到时间", "结果"], list.Select(row => (string?[])
        [
            row.Id, ListWords.Of(row.Trigger), row.ExternalNumber, row.Text, names.Area(row.Place.Area), row.Place.Address, names.Department(row.Department), ListWords.Of(row.State), row.Wait?.Name,
            names.Owner(row.Wait?.Owner), Time(row.Wait?.DueAt), row.Links.Count.ToString(CultureInfo.InvariantCulture), Time(row.ReceivedAt), row.Closing?.Outcome,
        ]));
    }

    private static async Task<IResult> PlansAsync(
        AggregateReader rows, Viewer viewer, SheetNames names, CancellationToken cancellationToken, PlanState? state = null, string? scenario = null)
    {
        var list = await AllAsync(page => PlanRoutes.ListAsync(rows, viewer, page, cancellationToken, state, scenario));
        await names.ReadAsync(cancellationToken);
        return Book("抽查计划", ["编号", "计划", "场景", "区划", "牵头部门", "参加部门", "抽取家数", "上门自", "上门至", "每次上门人数", "进度", "案件数", "建立时间"], list.Select(row => (string?[])
        [
            row.Id, row.Title, names.Scenario(row.ScenarioCode), names.Area(row.Area), names.Department(row.LeadDepartment), names.Departments(row.Departments), Number(row.DrawCount), Day(row.VisitFrom), Day(row.VisitTo),
            Number(row.HeadCount), ListWords.Of(row.State), Number(row.CaseIds.Count), Time(row.CreatedAt),
        ]));
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static async Task<IResult> MeasureAsync(
        string code, Question question, CancellationToken cancellationToken, DateOnly? from = null, DateOnly? to = null, string? area = null, string? department = null)
    {
        var (_, rows) = await question.AskAsync(code, from, to, area, department, cancellationToken);
        return Book("指标记录", [.. MeasureTable.Headings], rows.Select(row => MeasureTable.Cells(row).ToArray<string?>()));
    }
}
