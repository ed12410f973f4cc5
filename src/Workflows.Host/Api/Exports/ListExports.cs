using System.Globalization;
using Workflows.Host.Access;
using Workflows.Host.Api.Cases;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Api.Measures;
using Workflows.Host.Api.Reading;
using Workflows.Host.Api.Tasks;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Api.Exports;

/// <summary>The lists of the desk as workbooks: the same rows under the same filter, all pages in one sheet, every cell text.</summary>
internal static class ListExports
{
    /// <summary>Most rows of a workbook.</summary>
    public const int MostRows = 20_000;

    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Maps them.</summary>
    public static void MapListExports(this IEndpointRouteBuilder api)
    {
        Sheet(api.MapGet("/tasks.xlsx", TasksAsync), "待办", "导出Excel：与 /api/tasks 相同的条件，全部页");
        Sheet(api.MapGet("/cases.xlsx", CasesAsync), "案件", "导出Excel：与 /api/cases 相同的条件，全部页");
        Sheet(api.MapGet("/measures/{code}/rows.xlsx", MeasureAsync), "统计指标", "导出Excel：指标所依据的全部记录");
    }

    private static void Sheet(RouteHandlerBuilder route, string tag, string summary) =>
        route.For(RouteAccess.CaseReaders).Produces<byte[]>(contentType: ContentType).WithTags(tag).WithSummary(summary);

    private static async Task<IResult> TasksAsync(
        HttpContext context, AggregateReader rows, Viewer viewer, CancellationToken cancellationToken, TaskState state = TaskState.Open, string? caseId = null, string? kind = null)
    {
        var list = await AllAsync(page => TaskRoutes.ListAsync(context, rows, viewer, page, cancellationToken, state, caseId, kind));
        return Book("待办", ["编号", "类型", "事项", "部门", "承办人", "到期时间", "状态", "结果", "案件", "计划", "对象", "产生时间", "办结时间"], list.Select(row => (string?[])
        [
            row.Id, row.Kind, row.Title, row.Department, string.Join('、', row.Assignees), Time(row.DueAt), row.State switch { TaskState.Open => "待办", TaskState.Done => "已办结", _ => "已撤回" },
            row.Outcome, row.CaseId, row.PlanId, row.TargetId, Time(row.CreatedAt), Time(row.EndedAt),
        ]));
    }

    private static async Task<IResult> CasesAsync(
        AggregateReader rows, Viewer viewer, CancellationToken cancellationToken, CaseState? state = null, string? planId = null, string? targetId = null, string? scenario = null)
    {
        var list = await AllAsync(page => CaseRoutes.ListAsync(rows, viewer, page, cancellationToken, state, planId, targetId, scenario));
        return Book("案件", ["案号", "编号", "场景", "对象编号", "对象", "区划", "牵头部门", "参与部门", "阶段", "结果", "立案时间", "办结时间"], list.Select(row => (string?[])
        [
            row.Number, row.Id, row.ScenarioCode, row.TargetId, row.TargetName, row.Area, row.LeadDepartment, string.Join('、', row.Departments), row.Stage, row.Outcome, Time(row.CreatedAt), Time(row.ClosedAt),
        ]));
    }

    private static async Task<IResult> MeasureAsync(
        string code, Question question, CancellationToken cancellationToken, DateOnly? from = null, DateOnly? to = null, string? area = null, string? department = null)
    {
        var (_, rows) = await question.AskAsync(code, from, to, area, department, cancellationToken);
        return Book("指标记录", ["编号", "案件", "区划", "部门", "日期", "计入", "数量", "说明"], rows.Select(row => (string?[])
        [
            row.Id, row.CaseId, row.Area, string.Join('、', row.Departments), row.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Counts ? "是" : "否",
            row.Amount.ToString(CultureInfo.InvariantCulture), row.Detail,
        ]));
    }

    private static async Task<List<T>> AllAsync<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        var all = new List<T>();
        for (var page = PageRequest.Longest; ; )
        {
            var found = await read(page);
            all.AddRange(found.Items);
            if (found.Next is null || all.Count > MostRows)
                return all;
            page = PageRequest.Longest.Behind(found.Next);
        }
    }

    private static IResult Book(string title, string[] headings, IEnumerable<string?[]> lines)
    {
        var cells = lines.Take(MostRows + 1).Select(line => line.Select(cell => cell ?? "").ToArray()).ToList();
        if (cells.Count > MostRows)
            throw new RefusedException(new Refusal(409, "too-many-rows", "", $"符合条件的记录超过{MostRows}条：请缩小条件后再导出。"));
        return Results.File(WorkbookWriter.Write(title, headings, cells), ContentType, $"{title}.xlsx");
    }

    private static string? Time(DateTimeOffset? at) => at?.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
