using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Instances;

[Collection(SharedElsaDistrict.Name)]
public sealed class InstanceReadingTests(ElsaDistrict district)
{
    [Fact]
    public async Task The_list_is_filtered_ordered_and_cut_into_pages()
    {
        await district.SequenceAsync("list-waits", publish: true, Waiting);
        await district.SequenceAsync("list-ends", publish: true, """{"id":"line","type":"Elsa.WriteLine"}""");
        var waiting = new List<string>();
        foreach (var name in new[] { "丙", "甲", "乙" })
        {
            waiting.Add(await district.StartAsync("list-waits", "list-" + name, "list-corr-" + name));
            district.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var ended = await district.StartAsync("list-ends");
        Assert.Equal([ended], await IdsAsync(new { definitionIds = new[] { "list-ends", "list-waits" }, statuses = new[] { "Finished" } }));
        Assert.Equal(waiting.AsEnumerable().Reverse(), await IdsAsync(new { definitionId = "list-waits", subStatuses = new[] { "Suspended" } }));
        Assert.Equal([waiting[1]], await IdsAsync(new { definitionId = "list-waits", page = 1, pageSize = 1 }));
        Assert.Equal(waiting, await IdsAsync(new { definitionId = "list-waits", orderBy = "LastExecuted", orderDirection = "Ascending" }));
        Assert.Equal(waiting, await IdsAsync(new { definitionId = "list-waits", orderBy = "UpdatedAt", orderDirection = "Ascending" }));
        Assert.Equal(
            waiting.Zip(["丙", "甲", "乙"]).OrderByDescending(pair => pair.Second, StringComparer.Ordinal).Select(pair => pair.First), await IdsAsync(new { definitionId = "list-waits", orderBy = "Name" }));
        Assert.Equal([waiting[2]], await IdsAsync(new { searchTerm = "CORR-乙" }));
        Assert.Empty(await IdsAsync(new { searchTerm = "list%corr" }));
        Assert.Equal([waiting[0]], await IdsAsync(new { correlationId = "list-corr-丙", definitionIds = Array.Empty<string>(), hasIncidents = false, isSystem = false, version = 1 }));
        Assert.Empty(await IdsAsync(new { definitionId = "list-waits", version = 2 }));
        Assert.Empty(await IdsAsync(new { definitionId = "list-waits", isSystem = true }));
        var second = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{waiting[1]}"))["createdAt"]!.GetValue<string>();
        Assert.Equal([waiting[2]], await IdsAsync(new { definitionId = "list-waits", timestampFilters = new[] { new { column = "CreatedAt", @operator = "GreaterThan", timestamp = second } } }));
        Assert.Equal([waiting[1]], await IdsAsync(new { definitionId = "list-waits", timestampFilters = new[] { new { column = "CreatedAt", @operator = "Is", timestamp = second } } }));
        var page = await district.AskAsync(HttpMethod.Get, "/workflow-instances?definitionIds=list-waits&definitionIds=list-ends&PageSize=2&Page=0&IsSystem=False");
        Assert.Equal((2, 4), (page["items"]!.AsArray().Count, page["totalCount"]!.GetValue<int>()));
        Assert.DoesNotContain("workflowState", page.ToJsonString(), StringComparison.Ordinal);
        // However many rows there are: one statement counts them and one reads the page.
        Assert.Equal(2, await district.StatementsAsync(() => IdsAsync(new { definitionIds = new[] { "list-waits", "list-ends" } })));
        Assert.Equal(2, await district.StatementsAsync(() => IdsAsync(new { })));
    }

    [Fact]
    public async Task An_instance_shows_its_state_without_nulls_and_moves_its_time_with_each_step()
    {
        var instance = await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{district.CaseInstance}");
        Assert.DoesNotContain(":null", instance.ToJsonString(), StringComparison.Ordinal);
        var state = instance["workflowState"]!;
        Assert.Equal(("Running", "Suspended"), (state["status"]!.GetValue<string>(), state["subStatus"]!.GetValue<string>()));
        Assert.NotEmpty(state["bookmarks"]!.AsArray());
        Assert.Empty(state["incidents"]!.AsArray());
        Assert.IsType<JsonObject>(state["output"]);
        Assert.Equal(district.Journey.CaseId, instance["correlationId"]!.GetValue<string>());
        Assert.DoesNotContain("$id", instance.ToJsonString(), StringComparison.Ordinal);

        var id = await district.StartAsync(await district.WaitingAsync("state-steps", "A", "B"));
        var seen = new List<DateTimeOffset> { await UpdatedAsync(id) };
        Assert.Equal(seen[0], await UpdatedAsync(id));
        foreach (var signal in new[] { "A", "B" })
        {
            // The clock of this test stands still: two bursts at one instant differ all the same.
            await ResumeAsync(signal, id);
            seen.Add(await UpdatedAsync(id));
        }

        Assert.True(seen[0] < seen[1] && seen[1] < seen[2], string.Join(' ', seen));
        Assert.Equal("Finished", (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/execution-state"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_journal_is_read_in_order_by_activity_type_and_event()
    {
        var path = $"/workflow-instances/{district.CaseInstance}/journal";
        var all = await district.AskAsync(HttpMethod.Get, path);
        var entries = all["items"]!.AsArray();
        Assert.Equal(all["totalCount"]!.GetValue<int>(), entries.Count);
        Assert.Equal(Enumerable.Range(0, entries.Count), entries.Select(entry => entry!["sequence"]!.GetValue<int>()));
        Assert.Equal("Workflow1", entries[0]!["nodeId"]!.GetValue<string>());
        Assert.Equal("Workflow1:CaseFlow", entries[1]!["nodeId"]!.GetValue<string>());
        Assert.Equal(entries.Count, entries.Select(entry => entry!["id"]!.GetValue<string>()).Distinct().Count());
        Assert.Contains(entries, entry => entry!["eventName"]!.GetValue<string>() == "Completed" && entry["payload"]?["outcomes"] is JsonArray { Count: > 0 });

        var filter = new { filter = new { excludedActivityTypes = new[] { "Elsa.Workflow", "Elsa.Flowchart" }, eventNames = new[] { "Completed" } } };
        var completed = await district.AskAsync(HttpMethod.Post, path + "?skip=0&take=110", filter);
        Assert.All(completed["items"]!.AsArray(), entry => Assert.Equal("Completed", entry!["eventName"]!.GetValue<string>()));
        Assert.DoesNotContain("Elsa.Flowchart", completed.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            entries.Count(entry => entry!["eventName"]!.GetValue<string>() == "Completed" && entry["activityType"]!.GetValue<string>() is not ("Elsa.Workflow" or "Elsa.Flowchart")),
            completed["totalCount"]!.GetValue<int>());

        var second = await district.AskAsync(HttpMethod.Post, path + "?skip=1&take=1", new { filter = (object?)null });
        Assert.Equal(1, Assert.Single(second["items"]!.AsArray())!["sequence"]!.GetValue<int>());
        var node = entries[^1]!["nodeId"]!.GetValue<string>();
        var ofNode = await district.AskAsync(HttpMethod.Post, path, new { filter = new { activityNodeIds = new[] { node } } });
        Assert.All(ofNode["items"]!.AsArray(), entry => Assert.Equal(node, entry!["nodeId"]!.GetValue<string>()));
        var last = await district.AskAsync(HttpMethod.Get, $"{path}/{entries[1]!["activityId"]}");
        Assert.Equal("Started", last["eventName"]!.GetValue<string>());
        await (await district.SendAsync("analyst", HttpMethod.Get, path + "/nobody")).RefusedAsync(404, "not-found", "activityId");
        Assert.Equal(3, await district.StatementsAsync(() => district.AskAsync(HttpMethod.Post, path + "?skip=0&take=110", filter)));
    }

    [Fact]
    public async Task Executions_are_told_for_the_whole_flow_for_a_step_and_up_the_diagram()
    {
        var id = district.CaseInstance;
        var nodes = new[] { "Workflow1", "Workflow1:CaseFlow" };
        foreach (var node in nodes)
        {
            var one = (await district.AskAsync(HttpMethod.Get, $"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId={Uri.EscapeDataString(node)}"))["items"]!.AsArray();
            Assert.Equal("Running", Assert.Single(one)!["status"]!.GetValue<string>());
        }

        var report = (await district.AskAsync(HttpMethod.Post, "/activity-executions/report", new { workflowInstanceId = id }))["stats"]!.AsArray();
        var waits = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}"))["workflowState"]!["bookmarks"]!.AsArray();
        foreach (var wait in waits)
        {
            var stats = Assert.Single(report, entry => entry!["activityNodeId"]!.GetValue<string>() == wait!["activityNodeId"]!.GetValue<string>())!;
            Assert.True(stats["isBlocked"]!.GetValue<bool>());
        }

        var done = report.First(entry => entry!["completedCount"]!.GetValue<int>() == 1 && entry["startedCount"]!.GetValue<int>() == 1)!;
        Assert.Equal((0, false, false), (done["uncompletedCount"]!.GetValue<int>(), done["isBlocked"]!.GetValue<bool>(), done["isFaulted"]!.GetValue<bool>()));
        Assert.Equal(2, await district.StatementsAsync(() => district.AskAsync(HttpMethod.Post, "/activity-executions/report", new { workflowInstanceId = id })));

        var deep = waits.MaxBy(wait => wait!["activityNodeId"]!.GetValue<string>().Count(c => c == ':'))!;
        var execution = await district.AskAsync(HttpMethod.Get, $"/activity-executions/by-id?id={deep["activityInstanceId"]}");
        Assert.True(execution["hasBookmarks"]!.GetValue<bool>());
        Assert.Equal(execution.ToJsonString(), (await district.AskAsync(HttpMethod.Get, $"/activity-executions/{deep["activityInstanceId"]}")).ToJsonString());
        var stack = (await district.AskAsync(HttpMethod.Get, $"/activity-executions/{deep["activityInstanceId"]}/call-stack?includeCrossWorkflowChain=true"))["items"]!.AsArray();
        Assert.Equal(deep["activityNodeId"]!.GetValue<string>().Split(':'), stack.Select(level => level!["activityId"]!.GetValue<string>()));
        var summaries = (await district.AskAsync(HttpMethod.Get, $"/activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId={Uri.EscapeDataString(deep["activityNodeId"]!.GetValue<string>())}"))["items"]!.AsArray();
        Assert.All(summaries, summary => Assert.Null(summary!["activityState"]));
        Assert.Equal(report.Sum(entry => entry!["startedCount"]!.GetValue<int>()), (await district.AskAsync(HttpMethod.Get, $"/activity-executions/count?workflowInstanceId={id}"))["count"]!.GetValue<int>());
        Assert.Equal(report.Sum(entry => entry!["uncompletedCount"]!.GetValue<int>()), (await district.AskAsync(HttpMethod.Get, $"/activity-executions/count?workflowInstanceId={id}&completed=False"))["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task Variables_are_matched_by_id()
    {
        var variables = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{district.CaseInstance}/variables"))["items"]!.AsArray();
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ServiceUnderTest.HomeFolder(), "workflow-definitions", "esports-hotel", "case.json")))!;
        Assert.Equal(definition["variables"]!.AsArray().Select(variable => variable!["id"]!.GetValue<string>()), variables.Select(variable => variable!["id"]!.GetValue<string>()));
        Assert.Equal(["HEA"], variables.Single(variable => variable!["id"]!.GetValue<string>() == "orderDepartments")!["value"]!.Deserialize<string[]>()!);
    }

    [Fact]
    public async Task Analysts_see_all_instances_supervisors_those_of_their_area_and_others_none()
    {
        var technical = await district.StartAsync(await district.WaitingAsync("sight", "never"));
        using var mine = await district.SamplePersonAsync("supervisor");
        using var foreign = await district.PersonAsync("supervisor", "CMD", "330299");
        using var administrator = await district.AdministratorAsync();
        Assert.Equal(district.CaseInstance, (await (await ElsaDistrict.SendAsync(mine, HttpMethod.Get, $"/workflow-instances/{district.CaseInstance}")).JsonAsync())["id"]!.GetValue<string>());
        Assert.Equal(
            new[] { district.CaseInstance, district.PlanInstance }.Order(StringComparer.Ordinal),
            (await (await ElsaDistrict.SendAsync(mine, HttpMethod.Get, "/workflow-instances")).JsonAsync())["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await (await ElsaDistrict.SendAsync(foreign, HttpMethod.Get, "/workflow-instances")).JsonAsync())["totalCount"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.OK, (await ElsaDistrict.SendAsync(administrator, HttpMethod.Get, $"/workflow-instances/{technical}")).StatusCode);
        var execution = (await district.AskAsync(HttpMethod.Get, $"/activity-executions/list?workflowInstanceId={district.CaseInstance}"))["items"]![0]!["id"]!.GetValue<string>();
        foreach (var path in new[] { "", "/execution-state", "/journal", "/journal/CaseFlow", "/variables" })
            await (await ElsaDistrict.SendAsync(foreign, HttpMethod.Get, $"/workflow-instances/{district.CaseInstance}{path}")).RefusedAsync(404, "not-found", "id");
        foreach (var path in new[] { $"/activity-executions/{execution}", $"/activity-executions/by-id?id={execution}", $"/activity-executions/{execution}/call-stack", $"/activity-executions/list?workflowInstanceId={district.CaseInstance}" })
            await (await ElsaDistrict.SendAsync(foreign, HttpMethod.Get, path)).RefusedAsync(404, "not-found", "id");
        await (await ElsaDistrict.SendAsync(mine, HttpMethod.Get, $"/workflow-instances/{technical}")).RefusedAsync(404, "not-found", "id");
        await (await district.SendAsync("cul.head", HttpMethod.Get, $"/workflow-instances/{district.CaseInstance}")).RefusedAsync(403, "forbidden", "");
    }

    [Theory]
    [InlineData("/workflow-instances", "{", 400)]
    [InlineData("/workflow-instances", "[]", 400)]
    [InlineData("/workflow-instances", """{"statuses":["Sleeping"]}""", 400)]
    [InlineData("/workflow-instances", """{"status":7}""", 400)]
    [InlineData("/workflow-instances", """{"orderBy":"Colour"}""", 400)]
    [InlineData("/workflow-instances", """{"timestampFilters":[{"column":"Birthday","operator":"Is","timestamp":"2026-01-01T00:00:00Z"}]}""", 400)]
    [InlineData("/workflow-instances", """{"timestampFilters":[{"column":"CreatedAt"}]}""", 400)]
    [InlineData("/workflow-instances", """{"pageSize":100000000}""", 400)]
    [InlineData("/workflow-instances", """{"page":-1}""", 400)]
    [InlineData("/workflow-instances", """{"colour":"red"}""", 400)]
    [InlineData("/workflow-instances", """{"page":0,"page":1}""", 400)]
    [InlineData("/workflow-instances/nobody/journal", "{}", 404)]
    [InlineData("/workflow-instances/nobody/journal?take=100000000", "{}", 400)]
    [InlineData("/workflow-instances/nobody/journal?skip=-1", "{}", 400)]
    [InlineData("/workflow-instances/nobody/journal?take=ten", "{}", 400)]
    [InlineData("/activity-executions/report", "{}", 400)]
    [InlineData("/activity-executions/report", """{"workflowInstanceId":"nobody","activityNodeIds":[]}""", 404)]
    public async Task What_makes_no_sense_is_refused_with_a_reason(string path, string body, int status)
    {
        using var answer = await district.SendAsync("analyst", HttpMethod.Post, path, body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains((await answer.JsonAsync())["detail"]!.GetValue<string>(), c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused()
    {
        using var answer = await district.SendAsync("analyst", HttpMethod.Post, "/workflow-instances", $$"""{"searchTerm":"{{new string('a', 10 << 20)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private const string Waiting = """{"id":"wait","type":"Elsa.Event","eventName":{"typeName":"String","expression":{"type":"Literal","value":"never"}}}""";

    private Task ResumeAsync(string eventName, string instanceId) => district.SignalAsync(eventName, instanceId);

    private async Task<DateTimeOffset> UpdatedAsync(string id)
    {
        var updated = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/execution-state"))["updatedAt"]!.GetValue<DateTimeOffset>();
        Assert.Equal(updated, (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}"))["updatedAt"]!.GetValue<DateTimeOffset>());
        return updated;
    }

    private async Task<string[]> IdsAsync(object request) =>
        [.. (await district.AskAsync(HttpMethod.Post, "/workflow-instances", request))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>())];
}
