using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Tests.Endpoints;

[Collection(SharedService.Name)]
public sealed class WorkflowEndpointTests(ServiceUnderTest service)
{
    [Fact]
    public async Task A_published_workflow_takes_the_request_and_writes_the_answer()
    {
        await service.SequenceAsync("endpoint-open", publish: true, Endpoint("leads-open/{id}", "POST"), Answer);
        using var anybody = service.Anonymous();
        using var answer = await anybody.PostAsJsonAsync("/workflows/leads-open/A7?color=red", new { name = "样例" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("样例 A7 red", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Other_methods_paths_and_drafts_do_not_exist()
    {
        await service.SequenceAsync("endpoint-method", publish: true, Endpoint("leads-method", "POST"), Answer);
        await service.SequenceAsync("endpoint-draft", publish: false, Endpoint("leads-draft", "GET"), Answer);
        using var anybody = service.Anonymous();
        foreach (var path in new[] { "leads-method", "leads-draft", "", "leads-method/more" })
            await (await anybody.GetAsync(new Uri("/workflows/" + path, UriKind.Relative))).RefusedAsync(404, "not-found", "");
    }

    [Fact]
    public async Task A_workflow_that_asks_for_sign_in_or_a_role_is_closed_to_others()
    {
        await service.SequenceAsync("endpoint-closed", publish: true, Endpoint("leads-closed", "GET", Input("authorize", "Boolean", "Literal", "true"), Input("policy", "String", "Literal", "auditor")), Answer);
        await service.SequenceAsync("endpoint-unsure", publish: true, Endpoint("leads-unsure", "GET", Input("authorize", "Boolean", "JavaScript", "false")), Answer);
        using var anybody = service.Anonymous();
        await (await anybody.GetAsync(new Uri("/workflows/leads-closed", UriKind.Relative))).RefusedAsync(401, "not-signed-in", "Authorization");
        await (await anybody.GetAsync(new Uri("/workflows/leads-unsure", UriKind.Relative))).RefusedAsync(401, "not-signed-in", "Authorization");
        using var inspector = await service.PersonAsync("inspector", "CUL", "330203");
        await (await inspector.GetAsync(new Uri("/workflows/leads-closed", UriKind.Relative))).RefusedAsync(403, "forbidden", "");
        using var auditor = await service.PersonAsync("auditor", "JUS", "330203");
        using var let = await auditor.GetAsync(new Uri("/workflows/leads-closed", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Created, let.StatusCode);
    }

    [Fact]
    public async Task A_worker_reports_a_task_once()
    {
        await service.SequenceAsync("worker", publish: true, Endpoint("work", "POST"),
            """{"id":"task","type":"Elsa.RunTask",""" + Input("taskName", "String", "Literal", "称重") + "}");
        using var anybody = service.Anonymous();
        using var started = await anybody.PostAsJsonAsync("/workflows/work", new { });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var instance = (await started.JsonAsync())["workflowInstanceIds"]![0]!.GetValue<string>();
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        var taskId = JsonNode.Parse(database.Set<BookmarkRow>().Single(row => row.InstanceId == instance).Payload!)!["TaskId"]!.GetValue<string>();
        using var administrator = await service.AdministratorAsync();
        var path = $"/api/workflow-tasks/{taskId}/complete";
        using var first = await administrator.PostAsync(path, "worker-report", new { result = new { weight = 3 } });
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var again = await administrator.PostAsync(path, "worker-report", new { result = new { weight = 3 } });
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotency-Replayed")));
        await (await administrator.PostAsync(path, "worker-report-2", new { result = new { weight = 4 } })).RefusedAsync(404, "not-found", "taskId");
        Assert.Equal("Finished", database.Set<WorkflowInstanceRow>().Single(row => row.Id == instance).Status);
    }

    private static string Answer { get; } = """{"id":"answer","type":"Elsa.WriteHttpResponse",""" + Input("statusCode", "Int32", "Literal", "201") + ","
        + Input("content", "Object", "JavaScript", "((getOutputFrom('http','ParsedContent') || {}).name) + ' ' + getOutputFrom('http','RouteData').id + ' ' + getOutputFrom('http','QueryStringData').color") + "}";

    private static string Endpoint(string path, string method, params string[] more) =>
        """{"id":"http","type":"Elsa.HttpEndpoint","customProperties":{"canStartWorkflow":true},""" + string.Join(',', [
            Input("path", "String", "Literal", path), Input("supportedMethods", "String[]", "Object", $"[\\\"{method}\\\"]"), .. more]) + "}";

    private static string Input(string name, string type, string syntax, string value) =>
        $"\"{name}\":{{\"typeName\":\"{type}\",\"expression\":{{\"type\":\"{syntax}\",\"value\":\"{value}\"}}}}";
}
