using System.Text.Json.Nodes;
using Workflows.Engine.Bursts;
using Workflows.Engine.Journal;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Faults;

public class FaultTests
{
    private static readonly (string, JsonNode?) Continues = ("options", new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" });

    [Fact]
    public void A_fault_ends_the_instance_but_the_queue_drains_52()
    {
        var root = Chart("f", [Tick("F"), Act("X", "Test.Fail"), Write("L"), Write("L2"), Write("after")], "F->X", "F->L", "L->L2", "X->after");
        var instance = Instance.Started(root);
        Assert.Equal(("L L2", "Faulted", "X"), (instance.Lines, instance.Status, instance.Incidents));
    }

    [Fact]
    public void A_faulted_instance_keeps_its_bookmarks_but_does_not_go_on_56()
    {
        var instance = Instance.Started(Chart("f", [Tick("F"), Block("B"), Act("X", "Test.Fail"), Write("after")], "F->B", "F->X", "B->after"));
        Assert.Equal(("Faulted", "B"), (instance.Status, instance.Waiting));
        instance.Resume("B");
        Assert.False(instance.Last.Changed);
        Assert.Equal("", instance.Lines);
    }

    [Fact]
    public void With_the_alias_of_the_strategy_other_branches_go_on_and_the_instance_is_stuck_51c_57()
    {
        var instance = Instance.Started(Chart("f", [Tick("F"), Block("B"), Act("X", "Test.Fail"), Write("after")], "F->B", "F->X", "B->after"), Continues);
        Assert.Equal(("Suspended", "B"), (instance.Status, instance.Waiting));
        Assert.False(instance.Last.IsStuck);
        instance.Resume("B");
        Assert.Equal(("after", "Suspended"), (instance.Lines, instance.Status));
        Assert.True(instance.Last.IsStuck);
        Assert.Contains("X=Faulted", instance.Unfinished);
    }

    [Fact]
    public void The_incident_of_an_input_names_the_input_and_its_cause_53()
    {
        var instance = Instance.Started(Sequence("s", WriteJs("a", "nope.x")));
        var incident = Assert.Single(instance.State.Incidents);
        Assert.Equal(("a", "Failed to evaluate activity input 'Text'"), (incident.ActivityId, incident.Message));
        Assert.Contains("nope", incident.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_counts_on_all_ancestors_and_is_logged()
    {
        var instance = Instance.Started(Sequence("s", Act("X", "Test.Fail")));
        Assert.All(instance.Last.Executions, e => Assert.Equal(1, e.AggregateFaultCount));
        Assert.Contains(instance.Last.Journal, j => j is { ActivityId: "X", EventName: JournalEvents.Faulted, Message: "boom" });
        Assert.Equal("boom", instance.Last.Executions.Single(e => e.ActivityId == "X").Exception);
    }

    [Fact]
    public void Elsas_fault_activity_gives_its_message()
    {
        var instance = Instance.Started(Sequence("s", Act("X", "Fault", ("message", Lit("材料不全")))));
        Assert.Equal("材料不全", Assert.Single(instance.State.Incidents).Message);
    }

    [Fact]
    public void An_unknown_type_faults_when_it_is_reached_and_says_which_66()
    {
        var instance = Instance.Started(Sequence("s", Write("a"), Act("u", "Nope.Missing")));
        Assert.Equal("Activity type 'Nope.Missing' version '1' could not be found.", Assert.Single(instance.State.Incidents).Message);
    }

    [Fact]
    public void A_refusal_throws_and_nothing_of_the_burst_counts()
    {
        var instance = new Instance(Definition(Sequence("s", Block("B"), Act("X", "Test.Fail")))).Start();
        var before = instance.State.Serialize();
        instance.Context = c => c with { Refuses = e => e is InvalidOperationException };
        Assert.Throws<InvalidOperationException>(() => instance.Resume("B"));
        Assert.Equal(before, instance.State.Serialize());
        instance.Context = c => c;
        Assert.Equal("Faulted", instance.Resume("B").Status);
    }

    [Fact]
    public void The_effects_of_a_faulted_execution_are_dropped_and_earlier_ones_stay()
    {
        var registry = Engine.Conformance.ElsaConformance.Registry().Register<EmitThenFail>();
        var root = Sequence("s", Act("p", "PublishEvent", ("eventName", Lit("first"))), Act("x", "Test.EmitThenFail"));
        var instance = new Instance(Definition(root), registry: registry).Start();
        Assert.Equal("first", Assert.IsType<PublishEventEffect>(Assert.Single(instance.Last.Effects)).EventName);
        Assert.Empty(instance.State.Bookmarks);
    }

    [Fact]
    public void The_observer_is_told_around_each_execution()
    {
        var observer = new Recorder();
        var instance = new Instance(Definition(Sequence("s", Tick("a"), Act("X", "Test.Fail")))) { Context = c => c with { Observer = observer } };
        instance.Start();
        Assert.Equal(["+Workflow1", "-Workflow1", "+s", "-s", "+a", "-a", "+X", "!X"], observer.Events);
    }

    [Fact]
    public void A_burst_is_bounded_in_executions_and_time()
    {
        var loop = Definition(Chart("f", [Tick("A"), Tick("B")], "A->B", "B->A"));
        var counted = new Instance(loop) { Context = c => c with { Limits = c.Limits with { MaxActivityExecutions = 1000 } } };
        Assert.Contains("1000", Assert.Throws<BurstLimitException>(() => counted.Start()).Message, StringComparison.Ordinal);
        var timed = new Instance(loop) { Context = c => c with { Limits = new BurstLimits(int.MaxValue, TimeSpan.FromSeconds(1), new Ticking()) } };
        Assert.Throws<BurstLimitException>(() => timed.Start());
    }

    [Fact]
    public void A_cancelled_burst_throws_rather_than_making_an_incident()
    {
        var engine = new WorkflowEngine(Engine.Conformance.ElsaConformance.Registry());
        var workflow = engine.Compile(Engine.Definitions.WorkflowDefinition.Parse(Definition(Chart("f", [Tick("A"), Tick("B")], "A->B", "B->A"))));
        using var source = new CancellationTokenSource();
        source.Cancel();
        var context = new BurstContext { Now = Instance.Begin, Ids = new IdSource("x") };
        Assert.Throws<OperationCanceledException>(() => engine.StartAsync(workflow, new StartWorkflow { InstanceId = "i" }, context, source.Token).AsTask().GetAwaiter().GetResult());
    }

    private sealed class Recorder : IBurstObserver
    {
        public List<string> Events { get; } = [];

        public void Executing(string activityId, string activityInstanceId) => Events.Add("+" + activityId);

        public void Executed(string activityId, string activityInstanceId, bool faulted) => Events.Add((faulted ? "!" : "-") + activityId);
    }

    /// <summary>Each reading is a tenth of a second later.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long _readings;

        public override long TimestampFrequency => 10;

        public override long GetTimestamp() => _readings++;
    }

    [Activities.Activity("Test")]
    private sealed class EmitThenFail : Activities.Activity
    {
        protected internal override ValueTask ExecuteAsync(Execution.ActivityExecutionContext context)
        {
            context.CreateBookmark();
            context.Emit(new PublishEventEffect { ActivityId = context.ActivityId, ActivityInstanceId = context.Id, EventName = "second" });
            throw new InvalidOperationException("after the effect");
        }
    }
}
