using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Bookmarks;

public class LocalStimulusTests
{
    private static ActivityRegistry Registry => Engine.Conformance.ElsaConformance.Registry().Register<Watcher>().Register<Listener>().Register<Speaker>();

    [Theory]
    [InlineData("A", "W:A")]
    [InlineData("B", "W:B")]
    public void A_waiting_step_ends_when_a_step_that_it_watches_completes(string resumed, string line)
    {
        var instance = Watching();
        Assert.Equal("A B W", instance.Waiting);
        instance.Resume(resumed);
        Assert.Equal(line, instance.Lines);
        Assert.DoesNotContain("W", instance.Waiting, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_ends_once_and_does_not_hold_the_workflow_open()
    {
        var instance = Watching();
        instance.Resume("A").Resume("B");
        Assert.Equal(("", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_watch_also_sees_a_cancellation()
    {
        var root = Act("fk", "Fork", ("joinMode", "WaitAll"), ("branches", new System.Text.Json.Nodes.JsonArray(
            Chart("f", [Tick("F"), Block("A"), Block("E"), Act("end", "End")], "F->A", "F->E", "E->end"),
            Act("W", "Test.Watcher", ("watched", Obj("[\"A\"]"))))));
        var instance = new Instance(Definition(root), registry: Registry).Start();
        Assert.Equal("W:A", instance.Resume("E").Lines);
        Assert.Equal("Finished", instance.Status);
    }

    [Fact]
    public void A_local_stimulus_resumes_matching_bookmarks_of_this_instance_in_queue_order()
    {
        var root = Chart(
            "f", [Tick("F"), Act("l1", "Test.Listener", ("channel", Lit("x"))), Act("l2", "Test.Listener", ("channel", Lit("y"))), Act("l3", "Test.Listener", ("channel", Lit("x"))), Block("B"), Act("sp", "Test.Speaker", ("channel", Lit("x"))), Write("after")],
            "F->l1", "F->l2", "F->l3", "F->B", "B->sp", "sp->after");
        var instance = new Instance(Definition(root), registry: Registry).Start();
        Assert.Equal("l1=hello l3=hello after", instance.Resume("B").Lines);
        Assert.Equal("l2", instance.Waiting);
    }

    private static Instance Watching()
    {
        var root = Chart("f", [Tick("F"), Block("A"), Block("B"), Act("W", "Test.Watcher", ("watched", Obj("[\"A\",\"B\"]")))], "F->A", "F->B", "F->W");
        return new Instance(Definition(root), registry: Registry).Start();
    }

    [Activity("Test")]
    private sealed class Watcher : Activity
    {
        public Input<string[]>? Watched { get; set; }

        protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            context.CreateBookmark(new CreateBookmarkArgs { Callback = EndedAsync, CompletesWith = context.Get(Watched), WaitName = "等待", WaitOwner = "department:FIR" });
            return default;
        }

        private ValueTask EndedAsync(ActivityExecutionContext context)
        {
            context.WorkflowExecutionContext.WriteLine($"{context.ActivityId}:{context.WorkflowInput["Watched"]}");
            return context.CompleteActivityAsync();
        }
    }

    [Activity("Test")]
    private sealed class Listener : Activity
    {
        public Input<string>? Channel { get; set; }

        protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
        {
            context.CreateBookmark(new CreateBookmarkArgs { BookmarkName = "Channel", Stimulus = context.Get(Channel), Callback = HeardAsync, IncludeActivityInstanceId = false });
            return default;
        }

        private ValueTask HeardAsync(ActivityExecutionContext context)
        {
            context.WorkflowExecutionContext.WriteLine($"{context.ActivityId}={ValueConversion.FromJson(context.WorkflowInput["Word"])}");
            return context.CompleteActivityAsync();
        }
    }

    [Activity("Test")]
    private sealed class Speaker : CodeActivity
    {
        public Input<string>? Channel { get; set; }

        protected override void Execute(ActivityExecutionContext context) =>
            Assert.Equal(2, context.SendLocalStimulus("Channel", context.Get(Channel), new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["Word"] = "hello" }));
    }
}
