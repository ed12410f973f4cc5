using Workflows.Host.Api.Exchange;
using Workflows.Supervision.Exchange;

namespace Workflows.Host.Api.Reading;

/// <summary>Lists as Excel files: each row of the list is a row of the sheet, every cell is text.</summary>
internal static class Sheets
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The file as an answer.</summary>
    /// <param name="title">Name of the sheet and of the file.</param>
    /// <param name="headings">First row.</param>
    /// <param name="rows">Rows below it, each with as many cells.</param>
    public static IResult Xlsx(string title, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var mapping = new ExchangeMapping
        {
            Kind = default, From = DateOnly.MinValue, Title = title, Columns = [.. headings.Select(heading => new ExchangeColumn { Field = heading, Heading = heading })],
        };
        var sheet = new ExchangeSheet("xlsx", headings, [.. rows.Select((cells, index) => new ExchangeLine(index + 2, cells, []))]);
        return Results.File(WorkbookWriter.Write(mapping, sheet), Workbook, title + ".xlsx");
    }
}
