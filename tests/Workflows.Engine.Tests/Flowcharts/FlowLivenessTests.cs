using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Flowcharts;

/// <summary>Properties of counter-based flowcharts without loops, whatever their shape.</summary>
public class FlowLivenessTests
{
    private const int Nodes = 9;

    [Fact]
    public void A_flowchart_without_loops_always_finishes_once_all_waits_are_answered() =>
        Prop.ForAll(Charts().ToArbitrary(), chart =>
        {
            var instance = new Instance(Definition(chart.Root())).Start().ResumeAll();
            return instance.Status == "Finished" && !instance.Last.IsStuck;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_activity_runs_twice_in_a_flowchart_without_loops() =>
        Prop.ForAll(Charts().ToArbitrary(), chart =>
        {
            var instance = new Instance(Definition(chart.Root())).Start();
            var lines = new List<string>(instance.Last.Lines);
            while (instance.State.Bookmarks.Count > 0)
                lines.AddRange(instance.ResumeBookmark(instance.State.Bookmarks[0].Id).Last.Lines);
            return lines.Distinct().Count() == lines.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_journal_has_no_gap_and_every_start_has_its_end() =>
        Prop.ForAll(Charts().ToArbitrary(), chart =>
        {
            var instance = new Instance(Definition(chart.Root())).Start();
            var journal = instance.Last.Journal.ToList();
            while (instance.State.Bookmarks.Count > 0)
                journal.AddRange(instance.ResumeBookmark(instance.State.Bookmarks[0].Id).Last.Journal);
            var started = journal.Count(j => j.EventName == "Started");
            var ended = journal.Count(j => j.EventName is "Completed" or "Canceled");
            return started == ended && journal.Select((j, i) => j.Sequence == i).All(same => same);
        }).QuickCheckThrowOnFailure();

    private static Gen<RandomChart> Charts() =>
        from kinds in Gen.Choose(0, 6).ListOf(Nodes)
        from edges in Gen.Choose(0, 3).ListOf(Nodes * Nodes)
        select new RandomChart([.. kinds], [.. edges]);

    /// <summary>Lines lead from lower to higher numbers only; 0 in <paramref name="Edges"/> is a line.</summary>
    private sealed record RandomChart(int[] Kinds, int[] Edges)
    {
        public JsonObject Root()
        {
            var activities = new List<JsonNode>();
            var lines = new List<string>();
            for (var i = 0; i < Nodes; i++)
            {
                activities.Add(Kinds[i] switch
                {
                    0 => Block($"n{i}"),
                    1 => Decide($"n{i}", true),
                    2 => Decide($"n{i}", false),
                    3 when i > 0 => Join($"n{i}", "WaitAll"),
                    4 when i > 0 => Join($"n{i}", "WaitAny"),
                    _ => Write($"n{i}"),
                });
                for (var j = i + 1; j < Nodes; j++)
                {
                    if (Edges[(i * Nodes) + j] == 0)
                        lines.Add(Kinds[i] is 1 or 2 ? $"n{i}:{(j % 2 == 0 ? "True" : "False")}->n{j}" : $"n{i}->n{j}");
                }
            }

            return Chart("f", [.. activities], [.. lines]);
        }

        public override string ToString() => Root()["connections"]!.ToJsonString() + " " + string.Join(',', Kinds);
    }
}
