using System.Text.Json.Nodes;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Flowcharts;

/// <summary>Counter-based flowcharts; the numbers are those of the runs of the genuine engine in the semantics page.</summary>
public class CounterFlowTests
{
    [Fact]
    public void Explicit_outcomes_replace_Done_and_lines_without_port_06()
    {
        var root = Chart("f", [Act("A", "Test.Emit", ("outcomes", Obj("[\"X\"]"))), Write("done"), Write("none"), Write("x")], "A->done", "A:X->x");
        root["connections"]!.AsArray().Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = "A" }, ["target"] = new JsonObject { ["activity"] = "none" } });
        Assert.Equal("x", Instance.Started(root).Lines);
    }

    [Theory]
    [InlineData("WaitAll", false, "L", "Finished")]
    [InlineData("WaitAll", true, "L R End1", "Finished")]
    [InlineData("WaitAllActive", false, "L End1", "Finished")]
    [InlineData("WaitAny", false, "L End1", "Finished")]
    [InlineData("WaitAny", true, "L R End1", "Finished")]
    public void Joins_of_a_diamond_12_to_17(string mode, bool taken, string lines, string status)
    {
        var instance = Instance.Started(Diamond(Join("J", mode), taken));
        Assert.Equal((lines, status), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_join_that_waits_for_any_runs_once_though_the_other_way_is_blocked_30()
    {
        var root = Chart("f", [Tick("F"), Write("L"), Block("B"), Join("J", "WaitAny"), Write("End1")], "F->L", "F->B", "L->J", "B->J", "J->End1");
        var instance = Instance.Started(root);
        Assert.Equal(("L End1", "Finished", ""), (instance.Lines, instance.Status, instance.Waiting));
        Assert.Contains("B=Canceled", instance.Unfinished);
    }

    [Fact]
    public void A_loop_with_an_inner_join_joins_in_every_round_83()
    {
        var root = Chart(
            "f",
            [SetVar("i", "N", Js("getN()+1")), Tick("F"), WriteJs("L", "'L'+getN()"), WriteJs("R", "'R'+getN()"), WriteJs("J", "'J'+getN()"), Act("D", "FlowDecision", ("condition", Js("getN()>=3", "Boolean"))), Write("out")],
            "i->F", "F->L", "F->R", "L->J", "R->J", "J->D", "D:False->i", "D:True->out");
        var instance = Instance.Started(root, ("variables", new JsonArray(Var("N", "Int32", "0"))));
        Assert.Equal("L1 R1 J1 L2 R2 J2 L3 R3 J3 out", instance.Lines);
        Assert.Equal("Finished", instance.Status);
    }

    [Fact]
    public void A_loop_keeps_its_counters_over_bursts()
    {
        var root = Chart(
            "f",
            [SetVar("i", "N", Js("getN()+1")), Tick("F"), Write("L"), Block("B"), WriteJs("J", "'J'+getN()"), Act("D", "FlowDecision", ("condition", Js("getN()>=2", "Boolean"))), Write("out")],
            "i->F", "F->L", "F->B", "L->J", "B->J", "J->D", "D:False->i", "D:True->out");
        var instance = Instance.Started(root, ("variables", new JsonArray(Var("N", "Int32", "0"))));
        Assert.Equal("L", instance.Lines);
        Assert.Equal("J1 L", instance.Resume("B").Lines);
        Assert.Equal("J2 out", instance.Resume("B").Lines);
        Assert.Equal("Finished", instance.Status);
    }

    [Fact]
    public void A_line_that_leads_back_past_a_way_around_its_target_faults_its_source_85()
    {
        var root = Chart("f", [Tick("S"), Tick("A"), Tick("B"), Act("C", "Test.Emit", ("outcomes", Obj("[\"Back\"]")))], "S->A", "S->B", "A->B", "B->C", "C:Back->A");
        var instance = Instance.Started(root);
        Assert.Equal(("Faulted", "C"), (instance.Status, instance.Incidents));
        Assert.StartsWith("Invalid backward connection", instance.State.Incidents[0].Message, StringComparison.Ordinal);
        Assert.Contains("C=Faulted", instance.Unfinished);
    }

    [Fact]
    public void An_activity_that_can_start_beats_a_root_without_inbound_lines_87()
    {
        var starter = Write("B");
        starter["customProperties"] = new JsonObject { ["canStartWorkflow"] = true };
        Assert.Equal("B", Instance.Started(Chart("f", [Write("A"), starter], "A->B")).Lines);
    }

    [Fact]
    public void The_triggered_activity_begins()
    {
        var instance = new Instance(Definition(Chart("f", [Write("A"), Write("B"), Write("C")], "A->B", "B->C"))).Start(trigger: "C");
        Assert.Equal("C", instance.Lines);
    }

    [Fact]
    public void Equal_lines_count_once()
    {
        Assert.Equal("B", Instance.Started(Chart("f", [Tick("A"), Write("B")], "A->B", "A->B")).Lines);
    }

    [Fact]
    public void A_dead_path_of_any_length_still_reaches_the_join()
    {
        var activities = new List<JsonNode> { Decide("D", false), Write("L"), Write("J") };
        var lines = new List<string> { "D:False->L", "L->J", "D:True->r0" };
        for (var i = 0; i < 3000; i++)
        {
            activities.Add(Tick($"r{i}"));
            lines.Add($"r{i}->{(i == 2999 ? "J" : $"r{i + 1}")}");
        }

        Assert.Equal("L J", Instance.Started(Chart("f", [.. activities], [.. lines])).Lines);
    }

    [Fact]
    public void A_cancelled_branch_is_a_dead_path()
    {
        var root = Chart("f", [Tick("F"), Block("A"), Block("B"), Write("J")], "F->A", "F->B", "A->J", "B->J");
        var instance = Instance.Started(root);
        instance.Resume("A");
        Assert.Equal("J", instance.Resume("B").Lines);
    }

    [Theory]
    [InlineData("""[{"Source":{"Activity":"A","Port":"Done"},"Target":{"Activity":"B"}}]""")]
    [InlineData("""[{"source":"A","sourcePort":"Done","target":"B","targetPort":"In"}]""")]
    [InlineData("""{"$values":[{"source":{"activity":"A","port":"Done"},"target":{"activity":"B","port":"In"}}]}""")]
    [InlineData("""{"source":{"activity":"A","port":"Done"},"target":{"activity":"B","port":"In"}}""")]
    [InlineData("""[{"Source":"A","SourcePort":"Done","Target":"B"}]""")]
    public void Every_form_of_connections_is_read(string connections)
    {
        var root = Chart("f", [Write("A"), Write("B")]);
        root["connections"] = JsonNode.Parse(connections);
        Assert.Equal("A B", Instance.Started(root).Lines);
    }

    internal static JsonObject Diamond(JsonObject join, bool taken) => Chart(
        "f", [Tick("F"), Write("L"), Decide("D", taken), Write("R"), join, Write("End1")], "F->L", "F->D", "D:True->R", "L->J", "R->J", "J->End1");
}
