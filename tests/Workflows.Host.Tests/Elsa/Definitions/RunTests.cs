using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Sample;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>Run, dispatch and test from Studio, in a district of its own kind.</summary>
[Collection(SharedService.Name)]
public sealed class RunTests(ServiceUnderTest service)
{
    [Fact]
    public async Task A_published_workflow_runs_and_the_headers_name_its_instance()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("run-1", "一"), publish: true);
        using var answer = await ExecuteAsync(analyst, "run-1", new JsonObject { ["correlationId"] = null, ["triggerActivityId"] = null, ["versionOptions"] = "Latest", ["input"] = null });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("False", Assert.Single(answer.Headers.GetValues("x-elsa-workflow-cannot-start")));
        var state = (await answer.JsonAsync())["workflowState"]!;
        Assert.Equal(Assert.Single(answer.Headers.GetValues("x-elsa-workflow-instance-id")), state["id"]!.GetValue<string>());
        Assert.Equal(("run-1", "Finished", "Finished"), (state["definitionId"]!.GetValue<string>(), state["status"]!.GetValue<string>(), state["subStatus"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_draft_does_not_run_here_and_the_answer_says_where()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("run-2", "一"));
        using (var answer = await ExecuteAsync(analyst, "run-2", new JsonObject { ["versionOptions"] = "Latest" }))
            Assert.Contains("样例辖区", Assert.Single(await answer.SnackbarsAsync()), StringComparison.Ordinal);
        using (var published = await ExecuteAsync(analyst, "run-2", new JsonObject()))
            Assert.Equal(HttpStatusCode.NotFound, published.StatusCode);
        using var dispatched = await analyst.PostAsJsonAsync(StudioClient.Base + "/run-2/dispatch", new JsonObject { ["versionOptions"] = "Latest" });
        Assert.Single(await dispatched.SnackbarsAsync());
    }

    [Fact]
    public async Task A_run_that_faults_at_once_is_no_error_of_the_server()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = EditingTests.Flow("run-3", "一");
        model["root"]!["activities"] = new JsonArray(JsonNode.Parse("""{"id":"f","type":"Elsa.Fault","version":1,"message":{"typeName":"String","expression":{"type":"Literal","value":"不行"}}}"""));
        await analyst.SaveAsync(model, publish: true);
        using var answer = await ExecuteAsync(analyst, "run-3", new JsonObject());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var state = (await answer.JsonAsync())["workflowState"]!;
        Assert.Equal("Faulted", state["subStatus"]!.GetValue<string>());
        Assert.Equal("Workflow1:flow:f", state["incidents"]![0]!["activityNodeId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Dispatching_answers_ids_and_refuses_what_is_no_input()
    {
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("run-4", "一"), publish: true);
        using (var one = await analyst.PostAsJsonAsync(StudioClient.Base + "/run-4/dispatch", new JsonObject { ["instanceId"] = "run-4-chosen" }))
            Assert.Equal("run-4-chosen", (await one.JsonAsync())["workflowInstanceId"]!.GetValue<string>());
        using (var many = await analyst.PostAsJsonAsync(StudioClient.Base + "/run-4/bulk-dispatch", new JsonObject { ["count"] = 3 }))
            Assert.Equal(3, (await many.JsonAsync())["workflowInstanceIds"]!.AsArray().Select(id => id!.GetValue<string>()).Distinct().Count());
        using (var wrong = await analyst.PostAsJsonAsync(StudioClient.Base + "/run-4/dispatch", new JsonObject { ["input"] = new JsonArray(1) }))
            await wrong.RefusedAsync(400, "bad-run-order", "input");
        using var tooMany = await analyst.PostAsJsonAsync(StudioClient.Base + "/run-4/bulk-dispatch", new JsonObject { ["count"] = 100_000 });
        Assert.Single(await tooMany.SnackbarsAsync());
    }

    [Fact]
    public async Task While_instances_run_a_workflow_is_not_deleted_and_publishing_tells_of_them()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = EditingTests.Flow("run-5", "一");
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{"id":"e","type":"Elsa.Event","version":1,"eventName":{"typeName":"String","expression":{"type":"Literal","value":"never"}}}"""));
        model["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"a1","port":"Done"},"target":{"activity":"e","port":"In"}}"""));
        await analyst.SaveAsync(model, publish: true);
        using (var run = await ExecuteAsync(analyst, "run-5", new JsonObject()))
            Assert.Equal("Suspended", (await run.JsonAsync())["workflowState"]!["subStatus"]!.GetValue<string>());
        using (var deleted = await analyst.DeleteAsync(new Uri(StudioClient.Base + "/run-5", UriKind.Relative)))
            Assert.Contains("1 个实例", Assert.Single(await deleted.SnackbarsAsync()), StringComparison.Ordinal);
        model["description"] = "second";
        var answer = await analyst.SaveAsync(model, publish: true);
        Assert.Equal(1, answer["liveInstances"]!.GetValue<int>());
        var live = await analyst.ReadAsync("/workflow-definitions/run-5/live-instances");
        Assert.Equal((1, 1), (live["items"]![0]!["version"]!.GetValue<int>(), live["items"]![0]!["count"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_harmless_activity_is_tested_alone_and_others_are_refused()
    {
        using var analyst = await service.PersonAsync("analyst");
        var model = EditingTests.Flow("run-6", "一");
        model["variables"] = JsonNode.Parse("""[{"id":"v1","name":"Count","typeName":"Int32","value":"2"}]""");
        model["root"]!["activities"] = new JsonArray(
            JsonNode.Parse("""{"id":"js","type":"Elsa.RunJavaScript","version":1,"script":{"typeName":"String","expression":{"type":"Literal","value":"return variables.Count * 21"}}}"""),
            JsonNode.Parse("""{"id":"http","type":"Elsa.SendHttpRequest","version":1}"""));
        var version = (await analyst.SaveAsync(model))["workflowDefinition"]!["id"]!.GetValue<string>();
        using (var tested = await TestAsync(analyst, version, "js"))
        {
            var result = await tested.JsonAsync();
            Assert.Equal("Completed", result["status"]!.GetValue<string>());
            Assert.Equal("42", result["outputs"]!["Result"]!.ToJsonString());
            Assert.IsType<JsonObject>(result["activityState"]);
        }

        using var refused = await TestAsync(analyst, version, "http");
        Assert.Single(await refused.SnackbarsAsync());
    }

    private static Task<HttpResponseMessage> TestAsync(HttpClient analyst, string version, string activity) => analyst.PostAsJsonAsync("/elsa/api/tests/activities", new JsonObject
    {
        ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = version }, ["activityHandle"] = new JsonObject { ["activityId"] = activity },
    });

    internal static Task<HttpResponseMessage> ExecuteAsync(HttpClient analyst, string definitionId, JsonObject body) =>
        analyst.PostAsJsonAsync(StudioClient.Base + $"/{definitionId}/execute", body);
}

/// <summary>In the sample district a draft runs.</summary>
[Collection(SharedSample.Name)]
public sealed class SampleRunTests(SampleService service)
{
    [Fact]
    public async Task A_draft_runs_as_it_stands()
    {
        using var analyst = await service.SamplePersonAsync("analyst");
        await analyst.SaveAsync(EditingTests.Flow("sample-run-1", "一"));
        using var answer = await RunTests.ExecuteAsync(analyst, "sample-run-1", new JsonObject { ["versionOptions"] = "Latest" });
        Assert.Equal("Finished", (await answer.JsonAsync())["workflowState"]!["subStatus"]!.GetValue<string>());
    }
}
