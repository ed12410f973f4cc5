using System.Text.Json;
using Workflows.EndToEnd.CommandLine;

namespace Workflows.EndToEnd.Simulations;

/// <summary>Coverage counts what anybody can count in <c>timeline.jsonl</c>.</summary>
public sealed class CoverageTests
{
    [Fact]
    public async Task Every_count_can_be_made_again_from_the_timelines()
    {
        var printed = await Terminal.RunAsync("coverage", "esports-hotel", "--seeds", "3-4", "--days", "60", "--targets", "6");
        var counted = printed.Lines.SkipLast(1).Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(l => (l.GetProperty("activityId").GetString()!, l.GetProperty("port").GetString()!), l => (l.GetProperty("count").GetInt32(), l.GetProperty("seed").ToString(), l.GetProperty("case").ToString()));
        Assert.Contains(counted, c => c.Value.Item1 == 0);
        Assert.Equal(1, printed.Exit);

        var expected = new Dictionary<(string, string), (int, string, string)>();
        using var scratch = new ScratchFolder();
        foreach (var seed in new[] { 3, 4 })
        {
            var folder = Path.Combine(scratch.Path, $"{seed}");
            await SimulatedQuarter.RunAsync(folder, "esports-hotel", seed, targets: 6, days: 60);
            foreach (var line in SimulatedQuarter.Lines(folder, "timeline.jsonl").Where(t => t.GetProperty("kind").GetString() is "completed" or "ladder.rung" or "lead.step-late"))
            {
                foreach (var port in line.GetProperty("port").GetString()?.Split('、') ?? ["Done"])
                {
                    var key = (line.GetProperty("activityId").GetString()!, port);
                    expected[key] = expected.TryGetValue(key, out var use) ? (use.Item1 + 1, use.Item2, use.Item3) : (1, $"{seed}", line.GetProperty("case").GetString()!);
                }
            }
        }

        Assert.Equal(expected.OrderBy(e => e.Key), counted.Where(c => c.Value.Item1 > 0).ToDictionary().OrderBy(c => c.Key));
        Assert.Equal($"{counted.Count} 个出口，{counted.Count(c => c.Value.Item1 == 0)} 个从未走到", printed.Lines[^1]);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("9-3")]
    [InlineData("1-5000")]
    [InlineData("a-b")]
    public async Task A_range_of_seeds_that_makes_no_sense_is_refused(string seeds) => (await Terminal.RunAsync("coverage", "esports-hotel", "--seeds", seeds)).Refusal();
}
