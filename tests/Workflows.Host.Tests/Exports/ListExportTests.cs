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
    [InlineData("/api/plans", "", "id", 0)]
    [InlineData("/api/plans", "state=Confirmed", "id", 0)]
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

    [Theory]
    [InlineData("/api/rosters/targets", "330203-eh", "id", 0, "id", "name", "address")]
    [InlineData("/api/rosters/officers", "样例文旅", "id", 0, "id", "name", "certificateNumber")]
    [InlineData("/api/rosters/departments", "消防", "code", 0, "code", "name", "organShortName")]
    [InlineData("/api/rosters/towns", "330203", "code", 0, "code", "name", "districtName")]
    public async Task What_is_looked_for_in_a_roster_is_a_name_a_number_or_a_place(string list, string text, string field, int column, params string[] found)
    {
        var all = (await JsonAsync($"{list}?take=200"))["items"]!.AsArray().Select(item => item!).ToList();
        var expected = all.Where(item => found.Any(name => item[name]?.GetValue<string>().Contains(text, StringComparison.OrdinalIgnoreCase) == true)).Select(item => item[field]!.GetValue<string>()).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await RowsAsync($"{list}.xlsx?q={Uri.EscapeDataString(text)}")).Skip(1).Select(row => row[column]));
        // The heading alone: words of a state or a class find nothing, since the page shows them in two languages.
        Assert.Single(await RowsAsync($"{list}.xlsx?q={Uri.EscapeDataString("正常")}"));
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
