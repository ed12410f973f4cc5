using Workflows.Host.Access;
using Workflows.Host.Api.Changes;
using Workflows.Host.Api.Reading;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;
using Workflows.Supervision.Measures;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Measures;

/// <summary>A part of the rows behind a figure.</summary>
/// <param name="Total">Rows in all.</param>
/// <param name="Skip">Rows before these.</param>
/// <param name="Items">The rows.</param>
internal sealed record MeasureRows(int Total, int Skip, IReadOnlyList<MeasureRow> Items);

/// <summary>统计指标: each figure with its definition and the rows behind it, within the sight of whoever asks.</summary>
internal static class MeasureRoutes
{
    private const int LongestPage = 1000;

    /// <summary>Maps the routes under <c>/api/measures</c>.</summary>
    public static void MapMeasures(this IEndpointRouteBuilder api)
    {
        var measures = api.MapGroup("/measures").WithTags("统计指标");
        measures.MapGet("", () => MeasureCatalogue.All).For(RouteAccess.CaseReaders).WithSummary("全部指标及其定义（分子、分母、计入期间的规则）");
        measures.MapGet("/{code}", async (string code, Question question, CancellationToken token, DateOnly? from = null, DateOnly? to = null, string? area = null, string? department = null) =>
            (await question.AskAsync(code, from, to, area, department, token)).Value)
            .For(RouteAccess.CaseReaders).WithSummary("指标数值及定义；按期间、区域（市—区—镇街，只见本级及以下）、部门筛选");
        measures.MapGet("/{code}/rows", RowsAsync).For(RouteAccess.CaseReaders).Produces<MeasureRows>().Produces<string>(contentType: "text/csv")
            .WithSummary("指标所依据的逐条记录：分页，或 format=csv 全部导出；Excel 见 rows.xlsx");
    }

    private static async Task<IResult> RowsAsync(
        string code, Question question, HttpContext context, CancellationToken cancellationToken,
        DateOnly? from = null, DateOnly? to = null, string? area = null, string? department = null, int skip = 0, int take = 200, string format = "json")
    {
        if (skip < 0 || take is < 1 or > LongestPage)
            throw new RefusedException(new Refusal(400, "bad-take", "take", $"skip 不小于0，take 在1至{LongestPage}之间。"));
        if (format is not ("json" or "csv"))
            throw new RefusedException(new Refusal(400, "bad-format", "format", "format 只能为 json 或 csv；Excel 请用 rows.xlsx。"));
        var (_, rows) = await question.AskAsync(code, from, to, area, department, cancellationToken);
        if (format == "json")
            return Results.Json(new MeasureRows(rows.Count, skip, [.. rows.Skip(skip).Take(take)]), Json.HostJson.Options);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{code}.csv\"";
        return Results.Bytes(MeasureTable.Csv(rows), "text/csv; charset=utf-8");
    }
}

/// <summary>A question for a figure, bounded by the sight of whoever asks.</summary>
internal sealed class Question(Measuring measuring, Viewer viewer, CalendarReader calendars, ChangeGate changes, TimeProvider clock)
{
    private const int LongestPeriodDays = 3 * 366;

    /// <summary>The figure and its rows.</summary>
    public async Task<(MeasureValue Value, IReadOnlyList<MeasureRow> Rows)> AskAsync(
        string code, DateOnly? from, DateOnly? to, string? area, string? department, CancellationToken cancellationToken)
    {
        var definition = MeasureCatalogue.Find(code) ?? throw new RefusedException(new Refusal(404, "not-found", "code", $"没有指标“{code}”：请从指标列表中选择。"));
        var today = ShanghaiTime.DateOf(clock.GetUtcNow());
        var (first, last) = (from ?? new DateOnly(today.Year, 1, 1), to ?? today);
        if (last < first || last.DayNumber - first.DayNumber > LongestPeriodDays)
            throw new RefusedException(new Refusal(422, "bad-period", "to", "期间的末日不能早于首日，且不超过三年。"));
        var sight = viewer.Sight;
        if (area is not null && !sight.SeesArea(area))
            throw new RefusedException(new Refusal(403, "other-area", "area", "只能查看本区域及下级区域的指标。"));
        if (!sight.AllDepartments && department is not null && department != sight.Department)
            throw new RefusedException(new Refusal(403, "other-department", "department", "只能查看本部门的指标。"));
        var scope = new MeasureScope(first, last, area ?? sight.Area, sight.AllDepartments ? department : sight.Department ?? "-");
        var calendar = await calendars.ReadAsync(cancellationToken);
        return await changes.RefusingAsync(() => measuring.CountAsync(definition, scope, calendar, today, cancellationToken).AsTask());
    }
}
