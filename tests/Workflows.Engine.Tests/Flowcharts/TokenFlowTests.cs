using System.Text.Json.Nodes;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Flowcharts;

public class TokenFlowTests
{
    [Fact]
    public void Without_a_mode_a_late_branch_runs_the_target_again_10()
    {
        var instance = Instance.StartedWithTokens(CounterFlowTests.Diamond(Write("J"), true));
        Assert.Equal(2, instance.Last.Lines.Count(l => l == "J"));
        Assert.Equal(2, instance.Last.Lines.Count(l => l == "End1"));
        Assert.Equal("Finished", instance.Status);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void A_merge_with_a_dead_path_is_stuck_15_17(string mode)
    {
        var instance = Instance.StartedWithTokens(CounterFlowTests.Diamond(Join("J", mode), false));
        Assert.Equal(("L", "Suspended", ""), (instance.Lines, instance.Status, instance.Waiting));
        Assert.True(instance.Last.IsStuck);
    }

    [Fact]
    public void Merge_as_custom_property_waits_for_all_22()
    {
        var joined = Instance.StartedWithTokens(CounterFlowTests.Diamond(Merge("Merge"), true));
        Assert.Equal(("L R J End1", "Finished"), (joined.Lines, joined.Status));
        Assert.True(Instance.StartedWithTokens(CounterFlowTests.Diamond(Merge("merge"), false)).State.IsStuck);
    }

    [Theory]
    [InlineData("Race")]
    [InlineData("Cascade")]
    public void The_first_arrival_runs_and_the_later_one_does_not(string mode)
    {
        var instance = Instance.StartedWithTokens(CounterFlowTests.Diamond(Merge(mode), true));
        Assert.Equal(("L R J End1", "Finished"), (string.Join(' ', instance.Last.Lines.Distinct().Order(StringComparer.Ordinal).OrderBy(l => l switch { "L" => 0, "R" => 1, "J" => 2, _ => 3 })), instance.Status));
        Assert.Single(instance.Last.Lines, "J");
    }

    [Fact]
    public void A_race_cancels_the_branch_that_waits_and_tokens_survive_a_burst()
    {
        var root = Chart("f", [Tick("F"), Block("A"), Block("B"), Join("J", "WaitAny"), Write("End1")], "F->A", "F->B", "A->J", "B->J", "J->End1");
        var instance = Instance.StartedWithTokens(root);
        Assert.Equal("A B", instance.Waiting);
        instance.Resume("B");
        Assert.Equal(("End1", "Finished"), (instance.Lines, instance.Status));
        Assert.Contains("A=Canceled", instance.Unfinished);
    }

    [Fact]
    public void The_engine_can_make_tokens_the_default_and_numbers_name_the_mode()
    {
        var definition = Definition(CounterFlowTests.Diamond(Write("J"), true));
        var byOption = new Instance(definition, new WorkflowEngineOptions { DefaultFlowchartMode = BuiltIn.Flowcharts.FlowchartExecutionMode.TokenBased }).Start();
        Assert.Equal(2, byOption.Last.Lines.Count(l => l == "J"));
        var byNumber = new Instance(definition).Start(properties: new() { ["Flowchart:ExecutionMode"] = 1 });
        Assert.Equal(2, byNumber.Last.Lines.Count(l => l == "J"));
    }

    private static JsonObject Merge(string mode)
    {
        var join = Write("J");
        join["customProperties"] = new JsonObject { ["mergeMode"] = mode };
        return join;
    }
}
