using System.Globalization;
using Workflows.Host.Api.Exports;
using Workflows.Host.Api.Reading;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Escalation;

/// <summary>The rows of the wall as an Excel sheet, with names instead of codes.</summary>
internal sealed class LateSheet(SheetNames names)
{
    private static readonly string[] Headings = ["事项", "案号", "检查对象", "场景", "承办", "部门", "区划", "最后一日", "状态", "超期工作日", "类别", "编号"];

    /// <summary>The file as an answer.</summary>
    public async Task<IResult> WriteAsync(IReadOnlyList<LateRow> late, CancellationToken cancellationToken)
    {
        await names.ReadAsync(cancellationToken);
        return Sheets.Xlsx("督办明细", Headings, late.Select(IReadOnlyList<string> (row) =>
        [
            row.Title, row.CaseNumber ?? "", row.Target ?? "", names.Scenario(row.Scenario), row.Side == LateSide.Party ? "当事人" : names.Owner(row.Owner), names.Department(row.Department), names.Area(row.Area),
            ShanghaiTime.DateOf(row.DueAt.AddTicks(-1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            row.Late ? row.Side == LateSide.Party ? "逾期" : "超期" : row.Colour == LateColour.Amber ? "两个工作日内到期" : "期限内",
            row.WorkingDays.ToString(CultureInfo.InvariantCulture), row.Kind switch { "task" => "待办", "clock" => "期限", _ => "线索" }, row.Id,
        ]));
    }
}
