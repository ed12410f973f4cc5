using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Tests.Journeys;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Exports;

/// <summary>The lists of the desk as workbooks.</summary>
[Collection(SharedSample.Name)]
public sealed class ListExportTests(SampleService service)
{
    [Theory]
    [InlineData("/api/tasks", "", "id", 0)]
    [InlineData("/api/tasks", "kind=plan.approve", "id", 0)]
    [InlineData("/api/cases", "", "number", 0)]
    [InlineData("/api/cases", "q=样例&scenario=esports-hotel", "number", 0)]
    [InlineData("/api/leads", "view=Open", "id", 0)]
    [InlineData("/api/cards", "open=true", "id", 0)]
    [InlineData("/api/supervision-orders", "open=true", "id", 0)]
    [InlineData("/api/rosters/officers", "", "id", 0)]
    [InlineData("/api/rosters/towns", "", "code", 0)]
    public async Task A_workbook_has_the_rows_of_all_pages_under_the_same_filter(string list, string filter, string field, int column)
    {
        await new DistrictJourney(service).PlanAsync();
        var listed = new List<string>();
        string? after = null;
        do
        {
            var page = await JsonAsync($"{list}?take=50&{filter}{(after is null ? "" : "&after=" + after)}");
            listed.AddRange(page["items"]!.AsArray().Select(item => item![field]!.GetValue<string>()));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);
        Assert.Equal(listed, (await RowsAsync($"{list}.xlsx?{filter}")).Skip(1).Select(row => row[column]));
    }

    [Fact]
    public void Text_that_a_spreadsheet_would_execute_stays_text()
    {
        var rows = Read(WorkbookWriter.Write("名单", ["名称"], [["=HYPERLINK(\"http://evil.example\")"], ["@SUM(1)"], ["<script>\u0001"]]), out var types);
        Assert.Equal(["名称", "=HYPERLINK(\"http://evil.example\")", "@SUM(1)", "<script>"], rows.Select(row => row[0]));
        Assert.All(types, type => Assert.Equal(CellValues.InlineString, type));
    }

    private async Task<List<string[]>> RowsAsync(string path)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var answer = await dispatcher.GetAsync(new Uri(path, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return Read(await answer.Content.ReadAsByteArrayAsync(), out _);
    }

    private async Task<JsonObject> JsonAsync(string path)
    {
        using var dispatcher = await service.SamplePersonAsync("dispatcher");
        using var answer = await dispatcher.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private static List<string[]> Read(byte[] file, out List<CellValues?> types)
    {
        using var stream = new MemoryStream(file);
        using var workbook = SpreadsheetDocument.Open(stream, false);
        var cells = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Select(row => row.Elements<Cell>().ToArray()).ToList();
        Assert.DoesNotContain(cells.SelectMany(row => row), cell => cell.CellFormula is not null);
        types = [.. cells.SelectMany(row => row).Select(cell => cell.DataType?.Value)];
        return cells.ConvertAll(row => row.Select(cell => cell.InnerText).ToArray());
    }
}
