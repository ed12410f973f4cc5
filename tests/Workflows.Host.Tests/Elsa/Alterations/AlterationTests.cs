using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Alterations;

[Collection(SharedElsaDistrict.Name)]
public sealed class AlterationTests(ElsaDistrict district)
{
    [Fact]
    public async Task A_dry_run_says_which_instances_a_filter_means()
    {
        await district.WaitingAsync("alter-dry", "never");
        var ids = new[] { await district.StartAsync("alter-dry"), await district.StartAsync("alter-dry") };
        var answer = await district.AskAsync(HttpMethod.Post, "/alterations/dry-run", new { definitionIds = new[] { "alter-dry" } });
        Assert.Equal(ids.Order(), answer["workflowInstanceIds"]!.AsArray().Select(id => id!.GetValue<string>()).Order());
        Assert.Empty((await district.AskAsync(HttpMethod.Post, "/alterations/dry-run", new { }))["workflowInstanceIds"]!.AsArray());
        Assert.True((await district.AskAsync(HttpMethod.Post, "/alterations/dry-run", new { emptyFilterSelectsAll = true }))["workflowInstanceIds"]!.AsArray().Count >= 4);
    }

    [Fact]
    public async Task Variables_are_modified_and_instances_cancelled_at_once()
    {
        await district.Services.GetRequiredService<Storage.Definitions.DefinitionStore>().SaveAsync(
            """{"definitionId":"alter-run","variables":[{"id":"v1","name":"Total","typeName":"Int32","value":"1","storageDriverTypeName":"WorkflowInstanceStorageDriver"}],"root":{"id":"root","type":"Elsa.Sequence","activities":[{"id":"wait","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"never"}}}]}}""",
            publish: true, "studio", "alter-run", Supervision.Sessions.Actor.Clock);
        var id = await district.StartAsync("alter-run");
        var modified = await RunAsync(new { type = "ModifyVariable", variableId = "v1", value = 42 }, id);
        Assert.True(modified["isSuccessful"]!.GetValue<bool>(), modified.ToJsonString());
        Assert.Equal(42, Assert.Single((await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/variables"))["items"]!.AsArray())!["value"]!.GetValue<int>());
        Assert.Equal(7, Assert.Single((await district.AskAsync(HttpMethod.Post, $"/workflow-instances/{id}/variables", new { variables = new[] { new { id = "v1", value = "7" } } }))["items"]!.AsArray())!["value"]!.GetValue<int>());
        var wrong = await RunAsync(new { type = "ModifyVariable", variableId = "v1", value = "many" }, id);
        Assert.Equal("bad-variable", wrong["log"]!["logEntries"]![0]!["eventName"]!.GetValue<string>());
        await (await district.SendAsync("analyst", HttpMethod.Post, $"/workflow-instances/{id}/variables", new { variables = new[] { new { id = "nobody", value = 1 } } })).RefusedAsync(400, "bad-variable", "nobody");
        Assert.True((await RunAsync(new { type = "Cancel" }, id))["isSuccessful"]!.GetValue<bool>());
        Assert.Equal("Cancelled", (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/execution-state"))["subStatus"]!.GetValue<string>());
        Assert.Equal("not-found", (await RunAsync(new { type = "Cancel" }, "nobody"))["log"]!["logEntries"]![0]!["eventName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_plan_is_worked_off_for_every_instance_that_it_names()
    {
        await district.WaitingAsync("alter-plan", "never");
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
            ids.Add(await district.StartAsync("alter-plan"));
        var filter = new { definitionIds = new[] { "alter-plan" }, statuses = new[] { "Running" } };
        var plan = (await district.AskAsync(HttpMethod.Post, "/alterations/submit", new { alterations = new[] { new { type = "Cancel" } }, filter }))["planId"]!.GetValue<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        JsonObject answer;
        while ((answer = await district.AskAsync(HttpMethod.Get, "/alterations/" + plan))["plan"]!["status"]!.GetValue<string>() != "Completed")
            patience.Token.ThrowIfCancellationRequested();
        Assert.Equal((40, 40, 0), (answer["plan"]!["jobCount"]!.GetValue<int>(), answer["plan"]!["completedCount"]!.GetValue<int>(), answer["plan"]!["failedCount"]!.GetValue<int>()));
        Assert.Equal(ids.Order(), answer["jobs"]!.AsArray().Select(job => job!["workflowInstanceId"]!.GetValue<string>()).Order());
        Assert.Equal(0, (await district.AskAsync(HttpMethod.Post, "/workflow-instances", new { definitionId = "alter-plan", status = "Running" }))["totalCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_faulted_step_is_tried_again()
    {
        await district.SequenceAsync("alter-retry", publish: true, """{"id":"bad","type":"Elsa.Fault","message":{"typeName":"String","expression":{"type":"Literal","value":"no"}}}""");
        var id = await district.StartAsync("alter-retry");
        var before = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/execution-state"))["updatedAt"]!.GetValue<string>();
        var again = (await district.AskAsync(HttpMethod.Post, "/alterations/workflows/retry", new { workflowInstanceIds = new[] { id }, activityIds = new[] { "bad" } }))["results"]![0]!;
        Assert.True(again["isSuccessful"]!.GetValue<bool>(), again.ToJsonString());
        Assert.NotEqual(before, (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/execution-state"))["updatedAt"]!.GetValue<string>());
        var report = (await district.AskAsync(HttpMethod.Post, "/activity-executions/report", new { workflowInstanceId = id, activityNodeIds = new[] { "Workflow1:root:bad" } }))["stats"]![0]!;
        Assert.True(report["isFaulted"]!.GetValue<bool>());
        var nothing = (await district.AskAsync(HttpMethod.Post, "/alterations/workflows/retry", new { workflowInstanceIds = new[] { district.CaseInstance } }))["results"]![0]!;
        Assert.False(nothing["isSuccessful"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("/alterations/submit", """{"alterations":[{"type":"Cancel"}]}""", 400)]
    [InlineData("/alterations/submit", """{"alterations":[],"filter":{}}""", 400)]
    [InlineData("/alterations/submit", """{"alterations":[{"type":"Explode"}],"filter":{}}""", 400)]
    [InlineData("/alterations/submit", """{"alterations":[{"type":"Cancel","colour":"red"}],"filter":{}}""", 400)]
    [InlineData("/alterations/submit", """{"alterations":[{"type":"Cancel"}],"filter":{"colour":"red"}}""", 400)]
    [InlineData("/alterations/submit", """{"alterations":[null],"filter":{}}""", 400)]
    [InlineData("/alterations/run", """{"alterations":[{"type":"Migrate"}],"workflowInstanceIds":["x"]}""", 400)]
    [InlineData("/alterations/run", """{"alterations":[{"type":"Migrate","targetVersion":"two"}],"workflowInstanceIds":["x"]}""", 400)]
    [InlineData("/alterations/run", """{"alterations":[{"type":"Migrate","targetVersion":2,"timers":"sometimes"}],"workflowInstanceIds":["x"]}""", 400)]
    [InlineData("/alterations/run", """{"alterations":[{"type":"Migrate","targetVersion":2,"activityMap":{"a":7}}],"workflowInstanceIds":["x"]}""", 400)]
    [InlineData("/alterations/run", """{"alterations":[{"type":"Cancel"}]}""", 400)]
    [InlineData("/alterations/run", """{"alterations":7}""", 400)]
    [InlineData("/alterations/workflows/retry", "{}", 400)]
    [InlineData("/alterations/dry-run", "{", 400)]
    public async Task What_makes_no_sense_is_refused_with_a_reason(string path, string body, int status)
    {
        using var answer = await district.SendAsync("analyst", HttpMethod.Post, path, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains((await answer.JsonAsync())["detail"]!.GetValue<string>(), c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Fact]
    public async Task An_unknown_plan_and_a_version_that_is_none_are_told()
    {
        await (await district.SendAsync("analyst", HttpMethod.Get, "/alterations/nobody")).RefusedAsync(404, "not-found", "id");
        var result = await RunAsync(new { type = "Migrate", targetVersion = 77 }, district.CaseInstance);
        Assert.Equal("target-unknown", Assert.Single(result["problems"]!.AsArray())!["code"]!.GetValue<string>());
    }

    private async Task<JsonNode> RunAsync(object alteration, string id) =>
        Assert.Single((await district.AskAsync(HttpMethod.Post, "/alterations/run", new { alterations = new[] { alteration }, workflowInstanceIds = new[] { id } }))["results"]!.AsArray())!;
}
