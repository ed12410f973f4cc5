using System.Text;
using System.Text.Json.Nodes;
using Workflows.Engine.Journal;
using Workflows.Engine.State;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.States;

public class StateTests
{
    [Fact]
    public void A_plain_flow_logs_in_the_genuine_order()
    {
        var instance = Instance.Started(Chart("Flowchart1", [Tick("A")]));
        Assert.Equal(
            ["Started Workflow1", "Started Flowchart1", "Started A", "Completed A", "Completed Flowchart1", "Completed Workflow1"],
            instance.Last.Journal.Select(j => $"{j.EventName} {j.ActivityId}"));
        Assert.Equal([0, 1, 2, 3, 4, 5], instance.Last.Journal.Select(j => j.Sequence));
        Assert.Equal("Workflow1:Flowchart1:A", instance.Last.Journal[2].ActivityNodeId);
        Assert.Equal(instance.Last.Journal[1].ActivityInstanceId, instance.Last.Journal[2].ParentActivityInstanceId);
    }

    [Fact]
    public void A_wait_is_logged_as_suspended_and_resumed_and_the_sequence_goes_on()
    {
        var instance = Instance.Started(Sequence("s", Block("B")));
        Assert.Equal("Suspended B", instance.Last.Journal.Select(j => $"{j.EventName} {j.ActivityId}").Last());
        var next = instance.State.ExecutionLogSequence;
        instance.Resume("B");
        Assert.Equal(["Resumed B", "Completed B", "Completed s", "Completed Workflow1"], instance.Last.Journal.Select(j => $"{j.EventName} {j.ActivityId}"));
        Assert.Equal(next, instance.Last.Journal[0].Sequence);
        Assert.Equal(["B", "s", "Workflow1"], instance.Last.Executions.Select(e => e.ActivityId));
        Assert.All(instance.Last.Executions, e => Assert.Equal("Completed", e.Status));
    }

    [Fact]
    public void Only_explicit_outcomes_are_logged()
    {
        var instance = Instance.Started(Chart("f", [Decide("D", true), Tick("A")], "D:True->A"));
        Assert.Equal("""{"Outcomes":["True"]}""", instance.Last.Journal.Single(j => j is { ActivityId: "D", EventName: JournalEvents.Completed }).Payload!.ToJsonString());
        Assert.Null(instance.Last.Journal.Single(j => j is { ActivityId: "A", EventName: JournalEvents.Completed }).Payload);
    }

    [Fact]
    public void Serialising_twice_gives_the_same_bytes_and_reading_loses_nothing()
    {
        var root = Chart("f", [Tick("F"), Block("A"), Act("De", "Delay", ("timeSpan", Lit("1.00:00:00", "TimeSpan"))), Act("e", "ForEach", ("items", Js("[{x:1},{x:2}]")), ("body", Block("in"))), Act("X", "Test.Fail")], "F->A", "F->De", "F->e", "F->X");
        var instance = Instance.Started(root, ("variables", new JsonArray(Var("P", "Object"))), ("options", new JsonObject { ["incidentStrategyType"] = "ContinueWithIncidentsStrategy" }));
        var bytes = instance.State.Serialize();
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(WorkflowState.Deserialize(bytes).Serialize()));
        var read = WorkflowState.Deserialize(bytes);
        Assert.Equal(instance.State.Bookmarks.Select(b => b with { Payload = null }), read.Bookmarks.Select(b => b with { Payload = null }));
        Assert.Equal(Instance.Begin.AddDays(1), read.Bookmarks.Single(b => b.ActivityId == "De").DueAt);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"v\":1}")]
    [InlineData("{\"v\":99}")]
    [InlineData("{\"v\":1,\"id\":5")]
    public void Broken_bytes_are_refused(string text) => Assert.Throws<FormatException>(() => WorkflowState.Deserialize(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_unknown_bookmark_changes_nothing()
    {
        var instance = Instance.Started(Sequence("s", Block("B")));
        var before = instance.State.Serialize();
        instance.ResumeBookmark("nope");
        Assert.False(instance.Last.Changed);
        Assert.Equal(before, instance.State.Serialize());
    }

    [Fact]
    public void A_burst_repeats_with_the_same_identifiers()
    {
        var definition = Definition(Sequence("s", Block("B"), Act("r", "RunTask", ("taskName", Lit("t")))));
        byte[] Run() => new Instance(definition).Start().Resume("B").State.Serialize();
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Bookmarks_come_and_go_in_the_burst()
    {
        var instance = Instance.Started(Sequence("s", Block("B"), Block("C")));
        var first = Assert.Single(instance.Last.AddedBookmarks);
        instance.Resume("B");
        Assert.Equal([first.Id], instance.Last.RemovedBookmarkIds);
        Assert.Equal("C", Assert.Single(instance.Last.AddedBookmarks).ActivityId);
    }

    [Fact]
    public void Cancelling_leaves_nothing_waiting()
    {
        var instance = Instance.Started(Chart("f", [Tick("F"), Block("A"), Act("De", "Delay", ("timeSpan", Lit("01:00:00")))], "F->A", "F->De")).Cancel("重复立案");
        Assert.Equal(("Cancelled", ""), (instance.Status, instance.Waiting));
        Assert.Equal(2, instance.Last.RemovedBookmarkIds.Count);
        Assert.Equal("重复立案", instance.Last.Journal.Single(j => j.EventName == JournalEvents.WorkflowCancelled).Message);
        Assert.Equal(["A=Canceled", "De=Canceled", "Workflow1=Canceled", "f=Canceled"], instance.Unfinished);
        Assert.False(instance.Cancel().Last.Changed);
    }

    [Fact]
    public async Task A_step_that_a_new_version_lacks_is_dropped_with_its_bookmark()
    {
        var instance = Instance.Started(Chart("f", [Tick("F"), Block("A"), Block("B")], "F->A", "F->B"));
        var newer = new WorkflowEngine(Engine.Conformance.ElsaConformance.Registry());
        var workflow = newer.Compile(Engine.Definitions.WorkflowDefinition.Parse(Definition(Chart("f", [Tick("F"), Block("B"), Write("after")], "F->B", "B->after"))));
        var context = new Bursts.BurstContext { Now = Instance.Begin, Ids = new Bursts.IdSource("n") };
        var burst = await newer.ResumeAsync(workflow, instance.State, new ResumeBookmark(instance.State.Bookmarks.Single(b => b.ActivityId == "B").Id, new Dictionary<string, JsonNode?>()), context);
        Assert.Equal(["after"], burst.Lines);
        Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
    }

    [Fact]
    public void Elsa_json_has_the_members_that_studio_reads()
    {
        var instance = Instance.Started(Chart("Flowchart1", [Act("U", "Test.Upper", ("text", Lit("x")), ("result", new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = "v_R" } })), Block("B")], "U->B"), ("variables", new JsonArray(Var("R", "String"))));
        var json = instance.State.ToElsaJson();
        Assert.Equal(("Running", "Suspended"), (json["status"]!.GetValue<string>(), json["subStatus"]!.GetValue<string>()));
        var contexts = json["activityExecutionContexts"]!["$values"]!.AsArray();
        Assert.Equal(["Workflow1:Flowchart1:B", "Workflow1:Flowchart1", "Workflow1"], contexts.Select(c => c!["scheduledActivityNodeId"]!.GetValue<string>()));
        Assert.Equal("X", contexts[2]!["properties"]!["Variables"]!["v_R"]!.GetValue<string>());
        Assert.Equal(1, contexts[1]!["properties"]!["FlowScope"]!["activitiesVisitCount"]!["U"]!.GetValue<int>());
        Assert.Equal("B", json["bookmarks"]!["$values"]![0]!["activityId"]!.GetValue<string>());
        Assert.False(json.ContainsKey("correlationId"));
    }

    [Fact]
    public void Finished_instances_keep_their_workflow_variables()
    {
        var instance = Instance.Started(Sequence("s", SetVar("a", "N", Js("3"))), ("variables", new JsonArray(Var("N", "Int32", "0"))));
        Assert.Equal("3", WorkflowState.Deserialize(instance.State.Serialize()).WorkflowVariables["v_N"]!.ToJsonString());
        Assert.NotNull(instance.State.FinishedAt);
    }
}
