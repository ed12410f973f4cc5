using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.EndToEnd.Simulations;

/// <summary>Only <c>case.json</c> of a copy is changed, as an analyst would in Studio; the simulation follows without a build.</summary>
public sealed class EditedDiagramTests(EditedDiagramTests.Unedited unedited) : IClassFixture<EditedDiagramTests.Unedited>, IDisposable
{
    // With this seed a handling unit is late at a re-inspection early in the quarter.
    private const int Seed = 1;
    private const int Targets = 26;

    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task A_rung_moved_from_three_to_four_working_days_gives_the_red_card_a_day_later()
    {
        var edited = await RunAsync(flow =>
        {
            var expression = Activity(flow, "ReinspectionLadder")["rungs"]!["expression"]!;
            expression["value"] = expression["value"]!.GetValue<string>().Replace("+3 工作日 红牌", "+4 工作日 红牌", StringComparison.Ordinal);
        });
        // Where the re-inspection is so late that a consultation is called, the card comes before it in either case.
        var late = Rung(unedited.Folder, "会商").GetProperty("case").GetString()!;
        var (before, after) = (RedCard(unedited.Folder, late), RedCard(edited, late));
        // A card falls at the midnight that ends its working day: the day itself is the one before.
        Assert.Equal(WallCalendar.Add(before.AddDays(-1), "working-days", 1), after.AddDays(-1));
    }

    [Fact]
    public async Task A_removed_step_leaves_no_document()
    {
        Assert.NotEqual(0, Documents(unedited.Folder, "rectification-package"));
        var edited = await RunAsync(flow =>
        {
            var chart = ChartOf(flow, "IssuePackageCover");
            var next = chart["connections"]!.AsArray().Single(c => c!["source"]!["activity"]!.GetValue<string>() == "IssuePackageCover")!;
            var target = next["target"]!.DeepClone();
            chart["connections"]!.AsArray().Single(c => c!["target"]!["activity"]!.GetValue<string>() == "IssuePackageCover")!["target"] = target;
            chart["connections"]!.AsArray().Remove(next);
            chart["activities"]!.AsArray().Remove(chart["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == "IssuePackageCover"));
        });
        Assert.Equal(0, Documents(edited, "rectification-package"));
        Assert.NotEqual(0, Documents(edited, "rectification-order"));
    }

    [Fact]
    public async Task A_moved_connection_sends_the_case_another_way()
    {
        var edited = await RunAsync(flow => ChartOf(flow, "ClassifyFindings")["connections"]!.AsArray()
            .Single(c => c!["source"]!["activity"]!.GetValue<string>() == "ClassifyFindings" && c["source"]!["port"]!.GetValue<string>() == "未发现问题")!["target"]!["activity"] = "Gather");
        Assert.True(Completed(unedited.Folder, "IssueNoProblemResult") > 0);
        Assert.Equal(0, Completed(edited, "IssueNoProblemResult"));
    }

    [Fact]
    public async Task An_inserted_delay_holds_the_case_up()
    {
        var edited = await RunAsync(flow =>
        {
            var chart = ChartOf(flow, "IssueNoProblemResult");
            chart["activities"]!.AsArray().Add(JsonNode.Parse(
                """{"id":"ThinkItOver","type":"Elsa.Delay","version":1,"name":"缓一缓","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"2.00:00:00"}}}"""));
            chart["connections"]!.AsArray().Single(c => c!["target"]!["activity"]!.GetValue<string>() == "IssueNoProblemResult")!["target"]!["activity"] = "ThinkItOver";
            chart["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"ThinkItOver","port":"Done"},"target":{"activity":"IssueNoProblemResult","port":"In"}}"""));
        });
        var lines = SimulatedQuarter.Lines(edited, "timeline.jsonl").Where(t => t.GetProperty("kind").GetString() == "completed").ToList();
        var held = lines.Where(t => t.GetProperty("activityId").GetString() == "IssueNoProblemResult").ToList();
        Assert.NotEmpty(held);
        Assert.All(held, issued => Assert.Equal(
            TimeSpan.FromDays(2),
            issued.GetProperty("at").GetDateTimeOffset() - lines.Single(t => t.GetProperty("activityId").GetString() == "ClassifyFindings"
                && t.GetProperty("case").GetString() == issued.GetProperty("case").GetString()).GetProperty("at").GetDateTimeOffset()));
    }

    /// <summary>The same simulation of the diagram as it is.</summary>
    public sealed class Unedited : IAsyncLifetime
    {
        private readonly ScratchFolder _scratch = new();

        public string Folder => Path.Combine(_scratch.Path, "out");

        public Task InitializeAsync() => SimulatedQuarter.RunAsync(Folder, "esports-hotel", Seed, Targets);

        public Task DisposeAsync()
        {
            _scratch.Dispose();
            return Task.CompletedTask;
        }
    }

    public void Dispose() => _scratch.Dispose();

    private async Task<string> RunAsync(Action<JsonObject> edit)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_scratch.Path, "esports-hotel")).FullName;
        foreach (var file in Directory.GetFiles(Repository.Find("workflow-definitions", "esports-hotel")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var path = Path.Combine(copy, "case.json");
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        edit(definition["root"]!.AsObject());
        await File.WriteAllTextAsync(path, definition.ToJsonString());
        var output = Path.Combine(_scratch.Path, "out");
        await SimulatedQuarter.RunAsync(output, copy, Seed, Targets);
        return output;
    }

    private static JsonObject Activity(JsonObject flow, string id) => ChartOf(flow, id)["activities"]!.AsArray().Single(a => a!["id"]!.GetValue<string>() == id)!.AsObject();

    private static JsonObject ChartOf(JsonObject flow, string id) => Charts(flow).Single(c => c["activities"]!.AsArray().Any(a => a!["id"]!.GetValue<string>() == id));

    private static IEnumerable<JsonObject> Charts(JsonObject chart) =>
        [chart, .. chart["activities"]!.AsArray().SelectMany(a => new[] { a as JsonObject, a!["body"] as JsonObject }).Where(c => c?["activities"] is JsonArray).SelectMany(c => Charts(c!))];

    private static DateOnly RedCard(string folder, string number) =>
        DateOnly.FromDateTime(Rung(folder, "红牌", number).GetProperty("at").GetDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).DateTime);

    private static JsonElement Rung(string folder, string port, string? number = null) => SimulatedQuarter.Lines(folder, "timeline.jsonl").First(t =>
        t.GetProperty("kind").GetString() == "ladder.rung" && t.GetProperty("activityId").GetString() == "ReinspectionLadder"
        && t.GetProperty("port").GetString() == port && (number is null || t.GetProperty("case").GetString() == number));

    private static int Documents(string folder, string form) => SimulatedQuarter.Lines(folder, "documents.jsonl").Count(d => d.GetProperty("form").GetString() == form);

    private static int Completed(string folder, string activity) => SimulatedQuarter.Lines(folder, "timeline.jsonl")
        .Count(t => t.GetProperty("activityId").GetString() == activity && t.GetProperty("kind").GetString() == "completed");
}
