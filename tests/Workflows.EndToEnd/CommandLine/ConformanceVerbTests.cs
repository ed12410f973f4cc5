using System.Text.Json.Nodes;

namespace Workflows.EndToEnd.CommandLine;

public sealed class ConformanceVerbTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Theory]
    [InlineData("elsa", "elsa.json")]
    [InlineData("scriban", "scriban.json")]
    [InlineData("javascript", "javascript.json")]
    [InlineData("calendar", "calendar.csv")]
    [InlineData("draw", "draw.json")]
    public async Task The_shared_file_passes_whole(string suite, string file)
    {
        var printed = await Terminal.RunAsync("conformance", suite, Repository.Find("tests", "conformance", file));
        Assert.Equal((0, ""), (printed.Exit, printed.Error));
        var line = Assert.Single(printed.Lines);
        Assert.Matches("^[1-9][0-9]+ passed, 0 failed$", line);
    }

    [Fact]
    public async Task A_falsified_case_of_the_engine_is_reported_alone() =>
        await FalsifiedAsync("elsa", "elsa.json", json => json.AsArray().First(c => c!["name"]!.GetValue<string>() == "40-terminal-End")!["steps"]![0]!["unfinished"] = new JsonObject { ["B"] = "Running" }, "40-terminal-End");

    [Fact]
    public async Task A_falsified_case_of_the_template_language_is_reported_alone() =>
        await FalsifiedAsync("scriban", "scriban.json", json => json.AsArray().First(c => c!["name"]!.GetValue<string>() == "simple")!["expected"] = "falsified", "simple");

    [Fact]
    public async Task A_falsified_case_of_the_expressions_is_reported_alone() =>
        await FalsifiedAsync("javascript", "javascript.json", json =>
        {
            var falsified = json["cases"]!.AsArray().First(c => c!["value"] is JsonValue)!.AsObject();
            falsified["value"] = "falsified";
            falsified["name"] = "the-falsified-one";
        }, "the-falsified-one");

    [Fact]
    public async Task A_falsified_vector_of_the_draw_is_reported_alone() =>
        await FalsifiedAsync("draw", "draw.json", json => First(json)["commitment"] = new string('0', 64), "commitment");

    [Fact]
    public async Task A_falsified_row_of_the_calendar_is_reported_alone()
    {
        var rows = (await File.ReadAllLinesAsync(Repository.Find("tests", "conformance", "calendar.csv"))).ToList();
        var column = rows[0].Split(',').ToList().IndexOf("last_day");
        var cells = rows[7].Split(',');
        cells[column] = "2031-01-01";
        rows[7] = string.Join(',', cells);
        var printed = await Terminal.RunAsync("conformance", "calendar", _scratch.Write("calendar.csv", string.Join('\n', rows)));
        Assert.Equal(1, printed.Exit);
        Assert.Equal(2, printed.Lines.Length);
        Assert.Contains("第 8 行", printed.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" passed, 1 failed", printed.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("elsa", "{}")]
    [InlineData("elsa", "[")]
    [InlineData("scriban", "{}")]
    [InlineData("scriban", "nonsense")]
    [InlineData("javascript", "[]")]
    [InlineData("javascript", "{}")]
    [InlineData("draw", "{}")]
    [InlineData("draw", "7")]
    [InlineData("calendar", "")]
    [InlineData("calendar", "a,b\n1,2\n")]
    public async Task A_file_of_another_kind_is_refused_in_one_line(string suite, string text) =>
        Assert.Contains("cases.txt", (await Terminal.RunAsync("conformance", suite, _scratch.Write("cases.txt", text))).Refusal(), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_not_there_is_refused_in_one_line() =>
        Assert.Contains("nowhere.json", (await Terminal.RunAsync("conformance", "draw", "nowhere.json")).Refusal(), StringComparison.Ordinal);

    public void Dispose() => _scratch.Dispose();

    private static JsonObject First(JsonNode json) => json is JsonArray list ? list[0]!.AsObject() : json.AsObject();

    private async Task FalsifiedAsync(string suite, string file, Action<JsonNode> falsify, string named)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Find("tests", "conformance", file)))!;
        falsify(json);
        var printed = await Terminal.RunAsync("conformance", suite, _scratch.Write(file, json.ToJsonString()));
        Assert.Equal(1, printed.Exit);
        Assert.EndsWith(" passed, 1 failed", printed.Lines[^1], StringComparison.Ordinal);
        // A difference may take several lines; all of them speak of the one case.
        Assert.Contains(named, printed.Output[..printed.Output.LastIndexOf('\n', printed.Output.Length - 2)], StringComparison.Ordinal);
    }
}
