using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Faults;

public class RetryTests
{
    private static readonly (string, JsonNode?) Continues = ("options", new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" });

    [Fact]
    public void A_retried_activity_runs_again_and_the_flow_goes_on_from_it()
    {
        var (instance, failing) = Failing(Sequence("s", Write("before"), Act("X", "Test.FailsUntilTold"), Write("after")));
        Assert.Equal(("before", "Faulted", "X"), (instance.Lines, instance.Status, instance.Incidents));
        var sequence = instance.State.ExecutionLogSequence;
        failing.Fails = false;
        instance.Retry();
        Assert.Equal(("after", "Finished", ""), (instance.Lines, instance.Status, instance.Incidents));
        Assert.Equal(instance.Now, instance.State.FinishedAt);
        Assert.Equal(sequence, instance.Last.Journal[0].Sequence);
        Assert.Equal([JournalEvents.Retried, JournalEvents.Started, JournalEvents.Completed], instance.Last.Journal.Where(j => j.ActivityId == "X").Select(j => j.EventName));
        Assert.All(instance.Last.Executions, e => Assert.Equal(0, e.AggregateFaultCount));
    }

    [Fact]
    public void An_activity_that_fails_again_leaves_one_incident_of_the_last_try()
    {
        var (instance, _) = Failing(Sequence("s", Act("X", "Test.FailsUntilTold"), Write("after")));
        instance.Now = Instance.Begin.AddDays(2);
        instance.Retry();
        Assert.Equal(("Faulted", ""), (instance.Status, instance.Lines));
        Assert.Equal(Instance.Begin.AddDays(2), Assert.Single(instance.State.Incidents).Timestamp);
    }

    [Fact]
    public void An_instance_that_ended_by_the_fault_has_its_waits_back()
    {
        var (instance, failing) = Failing(Chart("f", [Tick("F"), Block("B"), Act("X", "Test.FailsUntilTold"), Write("after")], "F->B", "F->X", "B->after"));
        Assert.Equal("Faulted", instance.Status);
        failing.Fails = false;
        instance.Retry();
        Assert.Equal(("Suspended", "B"), (instance.Status, instance.Waiting));
        Assert.Equal("B", Assert.Single(instance.Last.AddedBookmarks).ActivityId);
        instance.Resume("B");
        Assert.Equal(("after", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_variable_mended_on_the_faulted_instance_is_what_the_retry_reads()
    {
        var instance = Instance.Started(
            Sequence("s", Block("A"), WriteJs("w", "if (variables.n == 3) throw new Error('three'); return 'n=' + variables.n"), Write("after")), ("variables", new JsonArray(Var("n", "Int32", "3"))));
        instance.Now = Instance.Begin.AddDays(1);
        instance.Resume("A");
        Assert.Equal(("Faulted", "w"), (instance.Status, instance.Incidents));
        instance.Now = Instance.Begin.AddDays(2);
        instance.Set("v_n", 2);
        // It is mended, not tried: it stays as it ended until somebody retries.
        Assert.Equal(("Faulted", "w", "", Instance.Begin.AddDays(1)), (instance.Status, instance.Incidents, instance.Lines, instance.State.FinishedAt));
        Assert.True(instance.Last.Changed);
        instance.Retry();
        Assert.Equal(("n=2 after", "Finished", ""), (instance.Lines, instance.Status, instance.Incidents));
        Assert.False(instance.Set("v_n", 1).Last.Changed);
    }

    [Fact]
    public void Only_the_named_execution_is_retried()
    {
        var (instance, failing) = Failing(
            Chart("f", [Tick("F"), Act("X", "Test.FailsUntilTold"), Act("Y", "Test.FailsUntilTold"), Write("x"), Write("y")], "F->X", "F->Y", "X->x", "Y->y"), Continues);
        Assert.Equal("X Y", instance.Incidents);
        failing.Fails = false;
        instance.Retry(instance.State.Incidents[1].ActivityInstanceId);
        Assert.Equal(("y", "X", "Suspended"), (instance.Lines, instance.Incidents, instance.Status));
        instance.Retry();
        Assert.Equal(("x", "", "Finished"), (instance.Lines, instance.Incidents, instance.Status));
    }

    [Fact]
    public void What_a_failed_try_has_left_is_withdrawn_and_its_inputs_are_evaluated_anew()
    {
        var (instance, failing) = Failing(Sequence("s", Act("X", "Test.FailsUntilTold", ("text", Js("getVariable('v')", "String")))), ("variables", new JsonArray(Var("v", "String", "first"))));
        failing.Fails = false;
        instance.Retry();
        Assert.Equal([("withdrawn", null), ("executed", "first")], failing.Log);
        Assert.Empty(instance.State.Bookmarks);
    }

    [Fact]
    public void Nothing_changes_where_nothing_has_faulted()
    {
        var instance = Instance.Started(Sequence("s", Block("B")));
        Assert.False(instance.Retry().Last.Changed);
        Assert.False(instance.Resume("B").Retry().Last.Changed);
        Assert.Equal("Finished", instance.Status);
        Assert.False(Instance.Started(Sequence("s", Block("B"))).Cancel().Retry().Last.Changed);
        var (faulted, _) = Failing(Sequence("s", Act("X", "Test.FailsUntilTold")));
        Assert.False(faulted.Retry("another").Last.Changed);
        Assert.Equal("X", faulted.Incidents);
    }

    private static (Instance Instance, Switch Failing) Failing(JsonObject root, params (string Name, JsonNode? Value)[] properties)
    {
        var failing = new Switch();
        var instance = new Instance(Definition(root, properties), registry: Engine.Conformance.ElsaConformance.Registry().Register<FailsUntilTold>())
        {
            Context = c => c with { Services = failing },
        };
        return (instance.Start(), failing);
    }

    private sealed class Switch : IServiceProvider
    {
        public bool Fails { get; set; } = true;

        public List<(string What, string? Text)> Log { get; } = [];

        public object? GetService(Type serviceType) => serviceType == typeof(Switch) ? this : null;
    }

    /// <summary>Waits and then throws while told to fail.</summary>
    [Activity("Test")]
    private sealed class FailsUntilTold : CodeActivity
    {
        [Input]
        public Input<string>? Text { get; set; }

        protected override void Execute(ActivityExecutionContext context)
        {
            var told = context.GetRequiredService<Switch>();
            if (told.Fails)
            {
                context.CreateBookmark();
                throw new InvalidOperationException("boom");
            }

            told.Log.Add(("executed", context.Get(Text)));
        }

        protected internal override ValueTask OnCanceledAsync(ActivityExecutionContext context)
        {
            context.GetRequiredService<Switch>().Log.Add(("withdrawn", null));
            return default;
        }
    }
}
