using System.Globalization;
using Workflows.Host.Api.Reading;
using Workflows.Supervision.Rosters;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Escalation;

/// <summary>The rows of the wall as an Excel sheet, with names instead of codes.</summary>
internal sealed class LateSheet(AggregateReader rows)
{
    private const int MostDepartments = 2000;
    private static readonly string[] Headings = ["事项", "案号", "检查对象", "承办", "部门", "区划", "最后一日", "状态", "超期工作日", "类别", "编号"];

    /// <summary>The file as an answer.</summary>
    public async Task<IResult> WriteAsync(IReadOnlyList<LateRow> late, CancellationToken cancellationToken)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in await rows.ListAsync<DepartmentRecord>(list => list, MostDepartments, cancellationToken))
            names[record.Unit.Code] = record.Unit.Name;
        return Sheets.Xlsx("督办明细", Headings, late.Select(IReadOnlyList<string> (row) =>
        [
            row.Title, row.CaseNumber ?? "", row.Target ?? "", Owner(row, names), Name(row.Department, names), row.Area ?? "",
            ShanghaiTime.DateOf(row.DueAt.AddTicks(-1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            row.Late ? row.Side == LateSide.Party ? "逾期" : "超期" : row.Colour == LateColour.Amber ? "两个工作日内到期" : "期限内",
            row.WorkingDays.ToString(CultureInfo.InvariantCulture), row.Kind switch { "task" => "待办", "clock" => "期限", _ => "线索" }, row.Id,
        ]));
    }

    private static string Owner(LateRow row, Dictionary<string, string> names) =>
        row.Side == LateSide.Party ? "当事人" : row.Owner is { } owner && owner.StartsWith("department:", StringComparison.Ordinal) ? Name(owner["department:".Length..], names) : "指定人员";

    private static string Name(string? code, Dictionary<string, string> names) => code is null ? "" : names.GetValueOrDefault(code, code);
}
