using Workflows.Host.Access;
using Workflows.Host.Problems;
using Workflows.Supervision.Escalation;

namespace Workflows.Host.Api.Escalation;

/// <summary>超期 and 逾期: what is late and what will be.</summary>
internal static class LateRoutes
{
    private static readonly TimeSpan LongestOutlook = TimeSpan.FromDays(92);

    /// <summary>Maps <c>/api/overdue</c> and <c>/api/cards/falling</c>.</summary>
    public static void MapLate(this IEndpointRouteBuilder api)
    {
        api.MapGet("/overdue", async (
            LateReader late, LateSheet sheet, CancellationToken token, string? within = null, LateColour? colour = null, LateSide? side = null, LateAge? age = null,
            string? department = null, string? scenario = null, string? area = null, string? kind = null, DateOnly? due = null, string format = "json") =>
        {
            var query = new LateQuery
            {
                Outlook = Outlook(within), Colour = colour, Side = side, Age = age, Department = department, Scenario = scenario, Area = area, Kind = kind, Due = due,
            };
            return format switch
            {
                "json" => Results.Json(await late.ReadAsync(query, token), Json.HostJson.Options),
                "xlsx" => await sheet.WriteAsync(await late.ReadAsync(query, token), token),
                _ => throw new RefusedException(new Refusal(400, "bad-format", "format", "format 只能为 json 或 xlsx。")),
            };
        })
            .For(RouteAccess.CaseReaders).Produces<IReadOnlyList<LateRow>>().WithTags("督办")
            .WithSummary("已超期、已逾期的事项；within=P3D 一并列出将到期的，可按颜色、超期天数、部门、场景、区域筛选，按到期时间排序；format=xlsx 为同一明细的 Excel");
        api.MapGet("/cards/falling", (
            FallingCards falling, CancellationToken token, int days = 1, CardColour? colour = null, string? department = null, string? scenario = null, string? area = null, string? caseId = null) =>
            falling.ReadAsync(Days(days), new CardFilter(Colour: colour, Department: department, Scenario: scenario, Area: area, CaseId: caseId), token))
            .For(RouteAccess.CaseReaders).WithTags("督办").WithSummary("将要发出的黄牌、红牌：今后 days 个工作日内（默认下一个工作日），以及暂缓中的");
    }

    /// <summary>Working days ahead as asked for.</summary>
    /// <exception cref="RefusedException">They are out of range (400).</exception>
    internal static int Days(int days) =>
        days is >= 0 and <= 10 ? days : throw new RefusedException(new Refusal(400, "bad-days", "days", "days 为今后的工作日数，在 0 至 10 之间。"));

    /// <summary>How far ahead is looked.</summary>
    /// <param name="within">ISO 8601 duration, or null for not at all.</param>
    /// <exception cref="RefusedException">It is no duration, or too long (400).</exception>
    internal static TimeSpan Outlook(string? within)
    {
        if (within is null)
            return TimeSpan.Zero;
        return IsoDuration.TryParse(within, out var outlook) && outlook <= LongestOutlook
            ? outlook
            : throw new RefusedException(new Refusal(400, "bad-duration", "within", "时长应为ISO 8601格式且不超过92天，如 P3D 或 PT12H。"));
    }
}
