using System.Text.Json;

namespace Workflows.EndToEnd.CommandLine;

public class BenchVerbTests
{
    [Fact]
    public async Task Each_benchmark_prints_one_line_of_json()
    {
        var draw = await LineAsync("bench", "draw", "--targets", "2000", "--drawn", "50");
        Assert.Equal(("draw", 2000, 50), (draw.GetProperty("bench").GetString(), draw.GetProperty("targets").GetInt32(), draw.GetProperty("drawn").GetInt32()));
        Assert.True(draw.GetProperty("seconds").GetDouble() >= 0);

        var render = await LineAsync("bench", "render", "--seconds", "0.05");
        Assert.Equal("render", render.GetProperty("bench").GetString());
        Assert.True(render.GetProperty("documentsPerSecond").GetDouble() > 0);

        var engine = await LineAsync("bench", "engine", "--seconds", "0.1");
        Assert.True(engine.GetProperty("activitiesPerSecond").GetDouble() > 0);

    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_action_costs_at_most_one_commit_and_few_statements_as_the_database_counts_them(string store)
    {
        var alone = await LineAsync("bench", "lifecycle", "--store", store, "--clients", "1", "--seconds", "0.3");
        Assert.Equal(("lifecycle", store, 1), (alone.GetProperty("bench").GetString(), alone.GetProperty("store").GetString(), alone.GetProperty("clients").GetInt32()));
        // One caller shares with nobody: each action is a commit of its own.
        Assert.InRange(alone.GetProperty("commitsPerAction").GetDouble(), 0.99, 1.01);
        Assert.InRange(alone.GetProperty("statementsPerAction").GetDouble(), 1, 20);

        var crowd = await LineAsync("bench", "lifecycle", "--store", store, "--clients", "8", "--seconds", "0.3");
        // How much a crowd shares depends on the machine; never does it cost more.
        Assert.InRange(crowd.GetProperty("commitsPerAction").GetDouble(), 0.01, 1.01);
        Assert.InRange(crowd.GetProperty("statementsPerAction").GetDouble(), 0.1, alone.GetProperty("statementsPerAction").GetDouble() * 1.01);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_crowd_of_reports_is_stored_without_its_exact_duplicates_every_near_pair_is_linked_and_every_lead_waits_by_name(string store)
    {
        var crowd = await LineAsync("bench", "leads", "--store", store, "--count", "200", "--clients", "12");
        int Number(string name) => crowd.GetProperty(name).GetInt32();
        Assert.Equal((200, 0, 180), (Number("sent"), Number("refused"), Number("stored")));
        Assert.Equal((10, 10, 20), (Number("nearPairs"), Number("linkedPairs"), Number("withLinks")));
        Assert.Equal(0, Number("withoutNamedWait"));
    }

    [Theory]
    [InlineData("draw", "--targets", "5", "--drawn", "6")]
    [InlineData("draw", "--targets", "0")]
    [InlineData("render", "--seconds", "0")]
    [InlineData("lifecycle", "--store", "oracle")]
    [InlineData("lifecycle", "--store", "sqlite", "--clients", "0")]
    [InlineData("leads", "--store", "oracle")]
    [InlineData("leads", "--store", "sqlite", "--count", "21")]
    [InlineData("engine", "--definition", "nowhere.json")]
    public async Task Sizes_that_make_no_sense_are_refused(params string[] options) => (await Terminal.RunAsync(["bench", .. options])).Refusal();

    private static async Task<JsonElement> LineAsync(params string[] args)
    {
        var printed = await Terminal.RunAsync(args);
        Assert.Equal((0, ""), (printed.Exit, printed.Error));
        using var json = JsonDocument.Parse(Assert.Single(printed.Lines));
        return json.RootElement.Clone();
    }
}
