using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Workflows.Host.Tests.Escalation;

/// <summary>Reads what a route exports.</summary>
internal static class Workbook
{
    /// <summary>Cells of one column below its heading; every cell of the sheet has to be text.</summary>
    public static async Task<IReadOnlyList<string>> ColumnAsync(HttpClient person, string path, int column)
    {
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        using var stream = new MemoryStream(await answer.Content.ReadAsByteArrayAsync());
        using var book = SpreadsheetDocument.Open(stream, false);
        var rows = book.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToArray()).ToList();
        Assert.All(rows.SelectMany(row => row), cell => Assert.Equal(CellValues.InlineString, cell.DataType?.Value));
        return [.. rows.Skip(1).Select(row => row[column].InnerText)];
    }
}
