using System.Text.Json.Nodes;
using Workflows.Engine.Alterations;
using Workflows.Engine.Journal;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Alterations;

public class MigrationTests
{
    [Fact]
    public void An_instance_that_waits_goes_on_under_the_new_version()
    {
        var instance = Instance.Started(Chart("f", [Block("A"), Write("old")], "A->old"));
        var sequence = instance.State.ExecutionLogSequence;
        var bookmark = Assert.Single(instance.State.Bookmarks);
        var report = instance.Migrate(Second(Chart("f", [Block("A"), Write("N"), Write("old")], "A->N", "N->old")));
        Assert.Equal(("Suspended", "A"), (instance.Status, instance.Waiting));
        Assert.Equal((1, 2, "test-v2"), (report.FromVersion, report.ToVersion, instance.State.DefinitionVersionId));
        Assert.Equal(["A"], report.Kept.Select(a => a.ActivityId));
        Assert.Empty(report.Moved.Concat(report.Dropped).Concat(report.Started));
        Assert.Equal(["f"], report.Scopes);
        Assert.Equal(bookmark.Id, Assert.Single(instance.State.Bookmarks).Id);
        Assert.Empty(instance.Last.AddedBookmarks);
        Assert.Empty(instance.Last.RemovedBookmarkIds);
        Assert.Equal((sequence, JournalEvents.Migrated), (instance.Last.Journal[0].Sequence, instance.Last.Journal[0].EventName));
        instance.Resume("A");
        Assert.Equal(("N old", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_step_that_is_gone_refuses_the_migration_unless_told_where_to_go()
    {
        var instance = Instance.Started(Chart("f", [Block("A"), Write("old")], "A->old"));
        var next = Second(Chart("f", [Block("B"), Write("new")], "B->new"));
        var problem = Assert.Single(Assert.Throws<MigrationRefusedException>(() => instance.Migrate(next)).Problems);
        Assert.Equal(("activity-gone", "A"), (problem.Code, problem.ActivityId));
        Assert.Equal(("Suspended", "A"), (instance.Status, instance.Waiting));

        var before = Assert.Single(instance.State.Bookmarks).Id;
        var report = instance.Migrate(next, To(("A", "B")));
        Assert.Equal(("A", "B"), (Assert.Single(report.Moved).ActivityId, report.Moved[0].To));
        Assert.Equal(["B"], report.Started.Select(a => a.ActivityId));
        Assert.Empty(report.Kept);
        Assert.Equal([before], instance.Last.RemovedBookmarkIds);
        Assert.Equal("B", Assert.Single(instance.Last.AddedBookmarks).ActivityId);
        Assert.Equal("Canceled", Assert.Single(instance.Last.Executions, e => e.ActivityId == "A").Status);
        instance.Resume("B");
        Assert.Equal(("new", "Finished"), (instance.Lines, instance.Status));
    }

    [Theory]
    [InlineData("nobody", "target-unknown")]
    [InlineData("inner", "target-elsewhere")]
    [InlineData("apart", "unreachable")]
    public void A_place_that_makes_no_sense_is_refused(string target, string code)
    {
        var instance = Instance.Started(Chart("f", [Block("A"), Write("old")], "A->old"));
        var next = Second(Chart("f", [Tick("S"), Chart("g", [Block("inner")]), Block("apart")], "S->g"));
        Assert.Equal(code, Assert.Single(Assert.Throws<MigrationRefusedException>(() => instance.Migrate(next, To(("A", target)))).Problems).Code);
    }

    [Fact]
    public void What_is_withdrawn_without_a_successor_must_leave_something_to_wait_for()
    {
        var instance = Instance.Started(Chart("f", [Tick("S"), Block("A"), Block("B"), Write("a"), Write("b")], "S->A", "S->B", "A->a", "B->b"));
        var next = Second(Chart("f", [Tick("S"), Block("B"), Write("b")], "S->B", "B->b"));
        var report = instance.Migrate(next, To(("A", null)));
        Assert.Equal(["A"], report.Dropped.Select(a => a.ActivityId));
        Assert.Equal(["B"], report.Kept.Select(a => a.ActivityId));
        Assert.Equal("B", instance.Waiting);
        instance.Resume("B");
        Assert.Equal(("b", "Finished"), (instance.Lines, instance.Status));

        var lone = Instance.Started(Chart("f", [Block("A")]));
        Assert.Equal("nothing-left", Assert.Single(Assert.Throws<MigrationRefusedException>(() => lone.Migrate(Second(Chart("f", [Block("C")])), To(("A", null)))).Problems).Code);
    }

    [Fact]
    public void A_join_waits_for_no_branch_that_the_instance_has_passed()
    {
        var instance = Instance.Started(Joined(["A", "B"]));
        instance.Resume("A");
        Assert.Equal("B", instance.Waiting);
        // A third branch begins at a step that was done long ago: it is skipped, and the join does not wait for it.
        instance.Migrate(Second(Joined(["A", "B"], Write("C"))));
        Assert.Equal("", instance.Lines);
        instance.Resume("B");
        Assert.Equal(("J", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_step_put_before_the_one_that_waits_is_not_made_up_for()
    {
        var instance = Instance.Started(Joined(["A", "B"]));
        instance.Resume("A");
        instance.Migrate(Second(Chart("f", [Tick("S"), Block("A"), Write("N"), Block("B"), Write("J")], "S->A", "S->N", "N->B", "A->J", "B->J")));
        instance.Resume("B");
        Assert.Equal(("J", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_join_whose_last_branch_is_withdrawn_runs_at_once()
    {
        var instance = Instance.Started(Joined(["A", "B"]));
        instance.Resume("A");
        var report = instance.Migrate(Second(Chart("f", [Tick("S"), Block("A"), Write("J"), Block("E")], "S->A", "A->J", "J->E")), To(("B", null)));
        Assert.Equal(("J", "E"), (instance.Lines, instance.Waiting));
        Assert.Equal(["J", "E"], report.Started.Select(a => a.ActivityId));
    }

    [Fact]
    public void An_arrival_that_a_join_remembers_must_keep_its_line()
    {
        var instance = Instance.Started(Joined(["A", "B"]));
        instance.Resume("A");
        var refused = Assert.Throws<MigrationRefusedException>(() =>
            instance.Migrate(Second(Chart("f", [Tick("S"), Block("A"), Block("B"), Write("X"), Write("J")], "S->A", "S->B", "A->X", "X->J", "B->J"))));
        Assert.Equal(("pending-arrival", "J"), (Assert.Single(refused.Problems).Code, refused.Problems[0].ActivityId));
    }

    [Fact]
    public void Turns_of_a_loop_count_on()
    {
        static JsonObject Loop(params JsonNode[] more) => Chart("f", [Tick("S"), Block("A"), Act("D", "FlowDecision", ("condition", Js("getn() > 2", "Boolean"))), Act("I", "SetVariable", ("variable", Var("n")), ("value", Js("getn() + 1"))), Write("E"), .. more],
            ["S->A", "A->I", "I->D", "D:False->A", .. (more.Length == 0 ? ["D:True->E"] : new[] { "D:True->M", "M->E" })]);
        var variables = ("variables", (JsonNode?)new JsonArray(Var("n", "Int32", "0")));
        var instance = Instance.Started(Loop(), variables);
        instance.Resume("A");
        instance.Resume("A");
        instance.Migrate(Second(Loop(Write("M")), ("variables", new JsonArray(Var("n", "Int32", "0")))));
        Assert.Equal("A", instance.Waiting);
        instance.Resume("A");
        Assert.Equal(("M E", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void Each_turn_of_a_parallel_loop_keeps_its_item_and_its_place()
    {
        static JsonObject Loop(params JsonNode[] body) => Chart("f", [Act("P", "ParallelForEach", ("items", Js("['x','y','z']")), ("body", Sequence("s", body))), Write("end")], "P->end");
        var instance = Instance.Started(Loop(Block("A"), WriteJs("w", "variables.CurrentValue")));
        instance.ResumeBookmark(instance.State.Bookmarks[0].Id);
        Assert.Equal("x", instance.Lines);
        // A step before the wait is passed, one behind it is not.
        var report = instance.Migrate(Second(Loop(Write("before"), Block("A"), WriteJs("n", "'n-' + variables.CurrentValue"), WriteJs("w", "variables.CurrentValue"))));
        Assert.Equal(["A", "A"], report.Kept.Select(a => a.ActivityId));
        instance.ResumeBookmark(instance.State.Bookmarks[0].Id);
        Assert.Equal("n-y y", instance.Lines);
        instance.ResumeBookmark(instance.State.Bookmarks[0].Id);
        Assert.Equal(("n-z z end", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_container_with_a_new_id_is_followed_where_the_map_says_so()
    {
        var instance = Instance.Started(Chart("f", [Chart("g", [Block("A"), Write("w")], "A->w"), Write("end")], "g->end"));
        var next = Second(Chart("f", [Chart("h", [Block("A"), Write("n")], "A->n"), Write("end")], "h->end"));
        Assert.Equal(["g"], Assert.Throws<MigrationRefusedException>(() => instance.Migrate(next)).Problems.Select(p => p.ActivityId));
        var report = instance.Migrate(next, To(("g", "h")));
        Assert.Equal(("g", "h"), (Assert.Single(report.Moved).ActivityId, report.Moved[0].To));
        Assert.Equal("Workflow1:f:h:A", Assert.Single(instance.State.Bookmarks).ActivityNodeId);
        instance.Resume("A");
        Assert.Equal(("n end", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void What_cannot_be_carried_over_is_refused_by_name()
    {
        var type = Instance.Started(Chart("f", [Block("A")]));
        Assert.Equal(["type-changed"], Codes(() => type.Migrate(Second(Chart("f", [Act("A", "Event", ("eventName", Lit("x")))])))));
        var place = Instance.Started(Chart("f", [Block("A"), Write("w")], "A->w"));
        Assert.Equal(["other-container"], Codes(() => place.Migrate(Second(Chart("f", [Chart("g", [Block("A")]), Write("w")], "g->w")))));
        var branches = Instance.Started(Act("p", "Parallel", ("activities", new JsonArray(Block("A"), Block("B")))));
        Assert.Equal(["branches-changed"], Codes(() => branches.Migrate(Second(Act("p", "Parallel", ("activities", new JsonArray(Block("A"), Block("B"), Block("C"))))))));
        var same = Instance.Started(Chart("f", [Block("A")]));
        Assert.Equal(["same-version"], Codes(() => same.Migrate(Definition(Chart("f", [Block("A")])))));
        var done = Instance.Started(Chart("f", [Write("A")]));
        Assert.Equal(["finished"], Codes(() => done.Migrate(Second(Chart("f", [Block("A")])))));
    }

    [Fact]
    public void A_chart_of_tokens_goes_over_only_with_its_lines_unchanged()
    {
        var instance = Instance.StartedWithTokens(Joined(["A", "B"]));
        instance.Resume("A");
        Assert.Equal(["token-flowchart"], Codes(() => instance.Migrate(Second(Joined(["A", "B"], Write("C"))))));
        instance.Migrate(Second(Joined(["A", "B"])));
        instance.Resume("B");
        Assert.Equal("J", instance.Lines);
    }

    [Theory]
    [InlineData(TimerPolicy.Keep, 3)]
    [InlineData(TimerPolicy.RecomputeFromStart, 5)]
    [InlineData(TimerPolicy.RecomputeFromNow, 6)]
    public void A_timer_with_another_length_follows_the_policy(TimerPolicy policy, int dueDay)
    {
        static JsonObject Waits(string length) => Chart("f", [Tick("S"), Act("D", "Delay", ("timeSpan", Lit(length, "TimeSpan"))), Act("U", "Delay", ("timeSpan", Lit("7.00:00:00", "TimeSpan")))], "S->D", "S->U");
        var instance = Instance.Started(Waits("3.00:00:00"));
        instance.Now = Instance.Begin.AddDays(1);
        var report = instance.Migrate(Second(Waits("5.00:00:00")), new Migration { Timers = policy });
        Assert.Equal(Instance.Begin.AddDays(dueDay), instance.State.Bookmarks.Single(b => b.ActivityId == "D").DueAt);
        // A timer that the new version leaves alone keeps its time under every policy.
        Assert.Equal(Instance.Begin.AddDays(7), instance.State.Bookmarks.Single(b => b.ActivityId == "U").DueAt);
        Assert.Equal(
            [("D", Instance.Begin.AddDays(3), Instance.Begin.AddDays(dueDay)), ("U", Instance.Begin.AddDays(7), Instance.Begin.AddDays(7))],
            report.Timers.Select(t => (t.ActivityId, t.OldDueAt!.Value, t.NewDueAt!.Value)).Order());
        Assert.Equal(policy == TimerPolicy.Keep ? 0 : 1, instance.Last.RemovedBookmarkIds.Count);
    }

    [Fact]
    public void Variables_are_matched_by_id()
    {
        var instance = Instance.Started(Chart("f", [SetVar("S", "kept", Lit("1")), Block("A"), WriteJs("w", "variables.kept + variables.born")], "S->A", "A->w"),
            ("variables", new JsonArray(Var("kept", "String"), Var("lost", "String", "gone"))));
        var report = instance.Migrate(Second(Chart("f", [SetVar("S", "kept", Lit("1")), Block("A"), WriteJs("w", "variables.kept + variables.born")], "S->A", "A->w"),
            ("variables", new JsonArray(Var("kept", "String"), Var("born", "String", "2")))));
        Assert.Equal(("v_kept", "v_lost", "v_born"), (Assert.Single(report.KeptVariables), Assert.Single(report.DroppedVariables), Assert.Single(report.AddedVariables)));
        instance.Resume("A");
        Assert.Equal("12", instance.Lines);
    }

    [Fact]
    public void A_new_step_that_faults_leaves_the_instance_as_it_was()
    {
        var instance = Instance.Started(Chart("f", [Block("A")]));
        var before = instance.State.Serialize();
        Assert.ThrowsAny<Exception>(() => instance.Migrate(Second(Chart("f", [Act("X", "Fault", ("message", Lit("no")))])), To(("A", "X"))));
        Assert.Equal(before, instance.State.Serialize());
    }

    [Fact]
    public void A_variable_set_from_outside_is_of_its_type()
    {
        var instance = Instance.Started(Chart("f", [Block("A"), WriteJs("w", "variables.n + 1")], "A->w"), ("variables", new JsonArray(Var("n", "Int32", "1"))));
        Assert.Equal("v_n", Assert.Throws<VariableException>(() => instance.Set("v_n", "many")).VariableId);
        Assert.Equal("nobody", Assert.Throws<VariableException>(() => instance.Set("nobody", 1)).VariableId);
        instance.Set("v_n", 41);
        Assert.Equal(("Suspended", "A"), (instance.Status, instance.Waiting));
        Assert.Equal([JournalEvents.VariableSet], instance.Last.Journal.Select(j => j.EventName));
        instance.Resume("A");
        Assert.Equal("42", instance.Lines);
    }

    private static string[] Codes(Action migrate) => [.. Assert.Throws<MigrationRefusedException>(migrate).Problems.Select(p => p.Code)];

    private static Migration To(params (string From, string? To)[] map) => new() { ActivityMap = map.ToDictionary(m => m.From, m => m.To) };

    /// <summary>S leads to waits and to further steps side by side, all of which meet in J.</summary>
    private static JsonObject Joined(string[] waits, params JsonObject[] more)
    {
        string[] branches = [.. waits, .. more.Select(m => m["id"]!.GetValue<string>())];
        return Chart("f", [Tick("S"), .. waits.Select(Block), .. more, Write("J")], [.. branches.Select(b => "S->" + b), .. branches.Select(b => b + "->J")]);
    }

    private static JsonObject Second(JsonObject root, params (string Name, JsonNode? Value)[] properties)
    {
        var definition = Definition(root, properties);
        definition["id"] = "test-v2";
        definition["version"] = 2;
        return definition;
    }
}
