using System.Text.Json.Nodes;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.ControlFlow;

public class ContainerTests
{
    [Fact]
    public void Complete_cancels_what_runs_in_between_42_45()
    {
        var inner = Chart("f", [Tick("F"), Block("B"), Act("T", "Complete"), Write("After")], "F->B", "F->T", "T->After");
        var instance = Instance.Started(Sequence("s", inner, Write("Outer")));
        Assert.Equal(("", "Finished", ""), (instance.Lines, instance.Status, instance.Waiting));
        Assert.Contains("B=Canceled", instance.Unfinished);
        Assert.Contains("f=Canceled", instance.Unfinished);
        Assert.Contains("s=Canceled", instance.Unfinished);
    }

    [Fact]
    public void End_ends_its_sequence_46() =>
        Assert.Equal("a outer", Instance.Started(Sequence("s", Sequence("inner", Write("a"), Act("e", "End"), Write("b")), Write("outer"))).Lines);

    [Fact]
    public void Finish_leaves_contexts_running_and_no_bookmark_41()
    {
        var instance = Instance.Started(Chart("f", [Tick("F"), Block("B"), Act("T", "Finish")], "F->B", "F->T"));
        Assert.Equal(["B=Running", "Workflow1=Running", "f=Running"], instance.Unfinished);
        Assert.Equal(("Finished", ""), (instance.Status, instance.Waiting));
    }

    [Fact]
    public void A_fork_that_waits_for_any_cancels_the_rest_74()
    {
        var fork = Act("fk", "Fork", ("joinMode", "WaitAny"), ("branches", new JsonArray(Sequence("sa", Write("a1"), Write("a2")), Sequence("sb", Write("b1"), Write("b2"), Write("b3")))));
        var instance = Instance.Started(Sequence("s", fork, Write("done")));
        Assert.Equal("a1 b1 a2 done", instance.Lines);
        Assert.Equal(["sb=Canceled"], instance.Unfinished);
    }

    [Fact]
    public void Parallel_for_each_interleaves_and_waits_for_all_72b()
    {
        var body = Sequence("body", WriteJs("w1", "'1'+getCurrentValue()+getCurrentIndex()"), WriteJs("w2", "'2'+getCurrentValue()"));
        var instance = Instance.Started(Sequence("s", Act("p", "ParallelForEach", ("items", Js("['a','b','c']")), ("body", body)), Write("done")));
        Assert.Equal("1a0 1b1 1c2 2a 2b 2c done", instance.Lines);
    }

    [Fact]
    public void Parallel_for_each_waits_over_bursts_with_each_items_own_variables()
    {
        var body = Sequence("body", Block("B"), WriteJs("w", "getCurrentValue()"));
        var instance = Instance.Started(Sequence("s", Act("p", "ParallelForEach", ("items", Js("['a','b']")), ("body", body)), Write("done")));
        var bookmarks = instance.State.Bookmarks.Select(b => b.Id).ToArray();
        Assert.Equal("b", instance.ResumeBookmark(bookmarks[1]).Lines);
        Assert.Equal("a done", instance.ResumeBookmark(bookmarks[0]).Lines);
    }

    [Fact]
    public void For_each_goes_on_after_a_burst_where_it_stopped()
    {
        var body = Sequence("body", WriteJs("w", "'v'+getCurrentValue()"), Block("B"));
        var instance = Instance.Started(Sequence("s", Act("e", "ForEach", ("items", Js("[1,2,3]")), ("body", body)), Write("done")));
        Assert.Equal("v1", instance.Lines);
        Assert.Equal("v2", instance.Resume("B").Lines);
        Assert.Equal("v3", instance.Resume("B").Lines);
        Assert.Equal("done", instance.Resume("B").Lines);
    }

    [Fact]
    public void Break_ends_the_nearest_loop_only_70b()
    {
        var inner = Act("in", "ForEach", ("items", Js("[1,2]")), ("body", Sequence("ib", WriteJs("w", "'i'+getCurrentValue()"), Act("br", "Break"), Write("never"))));
        var outer = Act("out", "ForEach", ("items", Js("['a','b']")), ("body", Sequence("ob", WriteJs("o", "getCurrentValue()"), inner)));
        Assert.Equal("a i1 b i1 done", Instance.Started(Sequence("s", outer, Write("done"))).Lines);
    }

    [Fact]
    public void Break_inside_a_flowchart_ends_the_flowchart_and_the_loop_71()
    {
        var chart = Chart("f", [WriteJs("w", "'w'+getCurrentValue()"), Act("D", "FlowDecision", ("condition", Js("getCurrentValue()==2", "Boolean"))), Act("br", "Break"), Write("go")], "w->D", "D:True->br", "D:False->go");
        Assert.Equal("w1 go w2 done", Instance.Started(Sequence("s", Act("e", "ForEach", ("items", Js("[1,2,3]")), ("body", chart)), Write("done"))).Lines);
    }

    [Theory]
    [InlineData(1, 3, 1, true, "1 2 3")]
    [InlineData(1, 3, 1, false, "1 2")]
    [InlineData(3, 1, -1, true, "3 2 1")]
    [InlineData(0, 10, 5, true, "0 5 10")]
    [InlineData(5, 1, 1, true, "")]
    public void For_counts_78(int start, int end, int step, bool inclusive, string lines)
    {
        var loop = Act("l", "For", ("start", Lit(start, "Int32")), ("end", Lit(end, "Int32")), ("step", Lit(step, "Int32")), ("outerBoundInclusive", Lit(inclusive, "Boolean")), ("body", WriteJs("w", "getCurrentValue()")));
        Assert.Equal(lines, Instance.Started(loop).Lines);
    }

    [Fact]
    public void A_loop_without_a_body_and_without_an_end_reaches_the_bound_and_does_not_overflow()
    {
        var loop = new Instance(Definition(Act("w", "While", ("condition", Lit(true, "Boolean")))));
        Assert.Throws<Bursts.BurstLimitException>(() => loop.Start());
    }

    [Fact]
    public void Switch_runs_matches_or_the_default()
    {
        JsonObject Case(string label, string condition) => new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition }, ["activity"] = Write(label) };
        JsonObject Make(string mode, params JsonNode[] cases) => Sequence("s", Act("sw", "Switch", ("mode", Lit(mode, "SwitchMode")), ("cases", new JsonArray(cases)), ("default", Write("def"))), Write("end"));
        Assert.Equal("b end", Instance.Started(Make("MatchFirst", Case("a", "false"), Case("b", "true"), Case("c", "true"))).Lines);
        Assert.Equal("b c end", Instance.Started(Make("MatchAny", Case("a", "null"), Case("b", "true"), Case("c", "true"))).Lines);
        Assert.Equal("def end", Instance.Started(Make("MatchAny", Case("a", "false"))).Lines);
    }

    [Fact]
    public void If_gives_its_condition_as_result_and_goes_on_without_a_branch() =>
        Assert.Equal("false n", Instance.Started(Sequence("s", Act("i", "If", ("condition", Js("1>2", "Boolean"))), WriteJs("r", "String(getLastResult())"), Write("n"))).Lines);
}
