using System.Globalization;
using System.Text;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Measures;

namespace Workflows.Host.Api.Measures;

/// <summary>The rows behind a figure as a CSV table: UTF-8 with a mark, so that Excel reads it.</summary>
internal static class MeasureTable
{
    /// <summary>Names of the columns.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["编号", "案件", "区划", "部门", "日期", "计入", "数量", "说明"];

    /// <summary>The cells of a row.</summary>
    public static IReadOnlyList<string> Cells(MeasureRow row) =>
    [
        row.Id, row.CaseId ?? "", row.Area ?? "", string.Join(';', row.Departments), row.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", row.Counts ? "是" : "否",
        row.Amount.ToString(CultureInfo.InvariantCulture), row.Detail ?? "",
    ];

    /// <summary>Writes the table.</summary>
    public static byte[] Csv(IReadOnlyList<MeasureRow> rows)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(',', Headings).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', Cells(row).Select(Field)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Field(string text) =>
        FormulaText.Outward(text) is var safe && safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
}
