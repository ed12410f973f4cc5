using System.Text.Json.Nodes;
using Workflows.Engine.Bursts;
using Workflows.Engine.Conformance;
using Workflows.Engine.Definitions;
using static Workflows.Engine.Tests.Kit.Json;
using Instance = Workflows.Engine.Tests.Kit.Instance;

namespace Workflows.Engine.Tests.Dispatching;

public class DispatchTests
{
    [Fact]
    public void Dispatching_without_waiting_goes_on_at_once()
    {
        var instance = Instance.Started(Sequence("s", Act("d", "DispatchWorkflow", ("workflowDefinitionId", Lit("child")), ("correlationId", Lit("C")), ("input", Obj("""{"A":1}""", "ObjectDictionary"))), Write("z")));
        var effect = Assert.IsType<DispatchEffect>(Assert.Single(instance.Last.Effects));
        Assert.Equal(("child", "C", "1", null), (effect.Workflow.DefinitionId, effect.CorrelationId, effect.Input["A"]!.ToJsonString(), effect.ReportToBookmarkId));
        Assert.Equal(("z", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_child_that_is_waited_for_reports_its_outputs()
    {
        var result = new JsonObject { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = "v_R" } };
        var root = Sequence("s", Act("x", "ExecuteWorkflow", ("workflowDefinitionId", Lit("child")), ("waitForCompletion", Lit("True", "Boolean")), ("result", result)), WriteJs("z", "getR().SubStatus + getR().Output.Total"));
        var instance = Instance.Started(root, ("variables", new JsonArray(Var("R"))));
        var effect = Assert.IsType<DispatchEffect>(Assert.Single(instance.Last.Effects));
        Assert.Equal(effect.ReportToBookmarkId, Assert.Single(instance.State.Bookmarks).Id);
        instance.Resume("x", Report(effect.InstanceId, "Finished", new JsonObject { ["Total"] = 9 }));
        Assert.Equal("Finished9", instance.Lines);
    }

    [Fact]
    public void A_bulk_dispatch_counts_its_children_and_runs_the_slot_of_each()
    {
        var root = Chart(
            "f",
            [
                Act("b", "BulkDispatchWorkflows", ("workflowDefinitionId", Lit("case")), ("items", Js("['a','b','c']")), ("waitForCompletion", Lit(true, "Boolean")), ("correlationIdFunction", Js("'C-'+getItem()", "String")),
                    ("childCompleted", WriteJs("ok", "'ok '+getChildInstanceId()+getChildOutput().T")), ("childFaulted", WriteJs("bad", "'bad'"))),
                Write("all"),
            ],
            "b:Completed->all");
        var instance = Instance.Started(root);
        var effects = instance.Last.Effects.Cast<DispatchEffect>().ToList();
        Assert.Equal(["C-a", "C-b", "C-c"], effects.Select(e => e.CorrelationId));
        Assert.Equal(["\"a\"", "\"b\"", "\"c\""], effects.Select(e => e.Input["Item"]!.ToJsonString()));
        Assert.Equal(3, effects.Select(e => e.InstanceId).Distinct().Count());
        instance.ResumeBookmark(effects[1].ReportToBookmarkId!, Report("i-b", "Finished", new JsonObject { ["T"] = 1 }));
        Assert.Equal(("ok i-b1", "Suspended"), (instance.Lines, instance.Status));
        instance.ResumeBookmark(effects[0].ReportToBookmarkId!, Report("i-a", "Faulted", null));
        Assert.Equal("bad", instance.Lines);
        instance.ResumeBookmark(effects[2].ReportToBookmarkId!, Report("i-c", "Finished", new JsonObject { ["T"] = 2 }));
        Assert.Equal(("ok i-c2 all", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_bulk_dispatch_of_nothing_is_complete() =>
        Assert.Equal("all", Instance.Started(Chart("f", [Act("b", "BulkDispatchWorkflows", ("workflowDefinitionId", Lit("case")), ("items", Js("[]")), ("waitForCompletion", Lit(true, "Boolean"))), Write("all")], "b:Completed->all")).Lines);

    [Fact]
    public void A_task_is_asked_for_and_its_answer_is_the_result()
    {
        var instance = Instance.Started(Sequence("s", Act("t", "RunTask", ("taskName", Lit("称重")), ("payload", Obj("""{"kg":5}"""))), WriteJs("z", "getLastResult()")));
        var effect = Assert.IsType<RunTaskEffect>(Assert.Single(instance.Last.Effects));
        var bookmark = Assert.Single(instance.State.Bookmarks);
        Assert.Equal(("称重", """{"kg":5}"""), (effect.TaskName, effect.Payload!.ToJsonString()));
        Assert.Equal(Engine.Bookmarks.StimulusHasher.Hash("Elsa.RunTask", new JsonObject { ["TaskId"] = effect.TaskId }), bookmark.Hash);
        Assert.Equal("6", instance.Resume("t", new() { ["RunTaskInput"] = 6 }).Lines);
    }

    [Fact]
    public void A_published_event_is_an_effect()
    {
        var instance = Instance.Started(Act("p", "PublishEvent", ("eventName", Lit("Go")), ("isLocalEvent", Lit(true, "Boolean")), ("payload", Js("({a:1})"))));
        var effect = Assert.IsType<PublishEventEffect>(Assert.Single(instance.Last.Effects));
        Assert.Equal(("Go", true, """{"a":1}"""), (effect.EventName, effect.Local, effect.Payload!.ToJsonString()));
    }

    [Theory]
    [InlineData("{\"statusCode\":200,\"content\":\"{\\\"n\\\":4}\",\"contentType\":\"application/json\"}", "ok4")]
    [InlineData("{\"statusCode\":404}", "other")]
    [InlineData("{\"error\":\"timeout\"}", "late")]
    [InlineData("{\"error\":\"connect\"}", "down")]
    public void An_http_request_takes_the_way_of_its_answer(string answer, string line)
    {
        var flow = Chart(
            "f", [Act("h", "FlowSendHttpRequest", ("url", Lit("https://example.org/x")), ("method", Lit("POST")), ("content", Js("({a:1})")), ("expectedStatusCodes", Obj("[200]"))), WriteJs("ok", "'ok'+getOutputFrom('h','ParsedContent').n"), Write("other"), Write("late"), Write("down")],
            "h:200->ok", "h:Unmatched status code->other", "h:Timeout->late", "h:Failed to connect->down");
        Check(Instance.Started(flow));
        var nested = Act("h", "SendHttpRequest", ("url", Lit("https://example.org/x")), ("method", Lit("POST")), ("content", Js("({a:1})")),
            ("expectedStatusCodes", new JsonArray(new JsonObject { ["statusCode"] = 200, ["activity"] = WriteJs("ok", "'ok'+getOutputFrom('h','ParsedContent').n") })),
            ("unmatchedStatusCode", Write("other")), ("timeout", Write("late")), ("failedToConnect", Write("down")));
        Check(Instance.Started(nested));

        void Check(Instance instance)
        {
            var effect = Assert.IsType<HttpRequestEffect>(Assert.Single(instance.Last.Effects));
            Assert.Equal(("POST", "https://example.org/x", """{"a":1}""", "application/json"), (effect.Method, effect.Url, effect.Content, effect.ContentType));
            instance.ResumeBookmark(effect.BookmarkId, JsonNode.Parse(answer)!.AsObject().ToDictionary(p => p.Key, p => p.Value?.DeepClone()));
            Assert.Equal((line, "Finished"), (instance.Lines, instance.Status));
        }
    }

    [Fact]
    public void An_endpoint_receives_and_answers()
    {
        var root = Sequence("s", Act("e", "HttpEndpoint", ("path", Lit("leads")), ("supportedMethods", Obj("[\"POST\",\"PUT\"]"))), Act("w", "WriteHttpResponse", ("statusCode", Lit("201", "Int32")), ("content", Js("getOutputFrom('e','ParsedContent')"))));
        var instance = Instance.Started(root);
        Assert.Equal(2, instance.State.Bookmarks.Count);
        instance.ResumeBookmark(instance.State.Bookmarks[1].Id, new() { ["__HttpRequest"] = new JsonObject { ["parsedContent"] = new JsonObject { ["id"] = 7 } } });
        var response = Assert.IsType<HttpResponseEffect>(Assert.Single(instance.Last.Effects));
        Assert.Equal((201, """{"id":7}""", "application/json"), (response.StatusCode, response.Content, response.ContentType));
        Assert.Equal("Finished", instance.Status);
    }

    [Fact]
    public void A_workflow_used_as_activity_runs_inside_with_inputs_outputs_and_outcomes()
    {
        var child = new JsonObject
        {
            ["id"] = "child-v2", ["definitionId"] = "child", ["version"] = 2,
            ["inputs"] = new JsonArray(new JsonObject { ["name"] = "Who", ["type"] = "String" }),
            ["outputs"] = new JsonArray(new JsonObject { ["name"] = "Greeting", ["type"] = "String" }),
            ["outcomes"] = new JsonArray("Good", "Bad"),
            ["root"] = Sequence("s", WriteJs("in", "'in '+getInput('Who')"), Block("B"), Act("o", "SetOutput", ("outputName", Lit("Greeting")), ("outputValue", Js("'hi '+getWho()"))), Act("c", "Complete", ("outcomes", Lit("Good")))),
        };
        var step = Act("sub", "Company.Child", ("workflowDefinitionId", "child"), ("who", Js("'Li'", "String")), ("greeting", new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = "v_G" } }));
        var root = Chart("f", [step, WriteJs("good", "'good '+getG()"), Write("bad")], "sub:Good->good", "sub:Bad->bad");
        var instance = new Instance(Definition(root, ("variables", new JsonArray(Var("G", "String")))));
        var inner = new WorkflowEngine(ElsaConformance.Registry()).Compile(WorkflowDefinition.Parse(child));
        instance.Context = c => c with { ResolveWorkflow = r => r.DefinitionId == "child" ? inner : null };
        instance.Start();
        Assert.Equal(("in Li", "B"), (instance.Lines, instance.Waiting));
        Assert.Equal("Workflow1:f:sub:Workflow1:s:B", instance.State.Bookmarks[0].ActivityNodeId);
        instance.Resume("B");
        Assert.Equal(("good hi Li", "Finished"), (instance.Lines, instance.Status));
    }

    [Fact]
    public void A_workflow_that_uses_itself_faults_at_a_bounded_depth()
    {
        var instance = new Instance(Definition(Sequence("s", Act("sub", "Company.Self", ("workflowDefinitionId", "test")))));
        instance.Context = c => c with { ResolveWorkflow = _ => instance.Workflow };
        Assert.Equal("Faulted", instance.Start().Status);
        Assert.Contains("16", Assert.Single(instance.State.Incidents).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonNode?> Report(string id, string subStatus, JsonNode? output) =>
        new() { ["instanceId"] = id, ["status"] = "Finished", ["subStatus"] = subStatus, ["output"] = output };
}
