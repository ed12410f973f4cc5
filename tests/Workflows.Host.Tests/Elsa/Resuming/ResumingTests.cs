using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Elsa.Resuming;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Tests.Elsa.Resuming;

[Collection(SharedService.Name)]
public sealed class ResumingTests(ServiceUnderTest service)
{
    private const string RunTask = """{"id":"task","type":"Elsa.RunTask","taskName":{"typeName":"String","expression":{"type":"Literal","value":"称重"}}}""";

    [Fact]
    public async Task An_event_resumes_those_who_wait_for_it_and_starts_those_it_triggers()
    {
        await service.SequenceAsync("event-waits", publish: true, Event("wait", "货到", starts: false));
        await service.SequenceAsync("event-starts", publish: true, Event("start", "货到", starts: true));
        var waiting = await StartAsync("event-waits", "订单七");
        using var analyst = await service.PersonAsync("analyst");
        using var other = await analyst.PostAsJsonAsync("/elsa/api/events/货到/trigger", new { correlationId = "订单八", workflowInstanceId = waiting });
        Assert.Empty((await other.JsonAsync())["workflowInstanceIds"]!.AsArray());
        using var answer = await analyst.PostAsJsonAsync("/elsa/api/events/货到/trigger", new { input = new { weight = 3 }, workflowExecutionMode = "Synchronous" });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var touched = (await answer.JsonAsync())["workflowInstanceIds"]!.AsArray().Select(i => i!.GetValue<string>()).ToList();
        Assert.Equal(2, touched.Count);
        Assert.Contains(waiting, touched);
        Assert.Equal("Finished", await StatusAsync(waiting));
    }

    [Fact]
    public async Task A_signed_address_raises_its_event_without_sign_in_until_it_expires()
    {
        await service.SequenceAsync("event-signed", publish: true, Event("wait", "签收", starts: false));
        var waiting = await StartAsync("event-signed", null);
        using var analyst = await service.PersonAsync("analyst");
        var address = await (await analyst.PostAsJsonAsync("/elsa/api/events/签收/token", new { workflowInstanceId = waiting })).JsonAsync();
        using var anybody = service.Anonymous();
        using var answer = await anybody.GetAsync(new Uri(address["path"]!.GetValue<string>(), UriKind.Relative));
        Assert.Equal([waiting], (await answer.JsonAsync())["workflowInstanceIds"]!.AsArray().Select(i => i!.GetValue<string>()));
        // A token for an event opens nothing else.
        await (await anybody.GetAsync(new Uri("/elsa/api/bookmarks/resume?t=" + address["token"]!.GetValue<string>(), UriKind.Relative))).RefusedAsync(400, "token-invalid", "t");
        service.Clock.Advance(TimeSpan.FromDays(31));
        await (await anybody.GetAsync(new Uri(address["path"]!.GetValue<string>(), UriKind.Relative))).RefusedAsync(400, "token-invalid", "t");
    }

    [Fact]
    public async Task An_outside_worker_answers_its_task_once_by_the_signed_address()
    {
        await service.SequenceAsync("task-signed", publish: true, RunTask);
        var instance = await StartAsync("task-signed", null);
        var path = ResumingRoutes.ResumePath + "?t=" + service.Services.GetRequiredService<ResumeTickets>().Issue(new ResumeTicket { TaskId = await TaskIdAsync(instance) });
        using var worker = service.Anonymous();
        using var answer = await worker.PostAsJsonAsync(path, new { input = new { weight = 3 } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("Finished", await StatusAsync(instance));
        await (await worker.PostAsJsonAsync(path, new { input = 4 })).RefusedAsync(404, "nothing-waits", "t");
    }

    [Fact]
    public async Task A_wait_is_resumed_by_a_link_with_its_input()
    {
        await service.SequenceAsync("link-waits", publish: true, RunTask);
        var instance = await StartAsync("link-waits", null);
        string bookmark;
        await using (var scope = service.Services.CreateAsyncScope())
            bookmark = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<BookmarkRow>().Single(row => row.InstanceId == instance).Id;
        var token = service.Services.GetRequiredService<ResumeTickets>().Issue(new ResumeTicket { BookmarkId = bookmark });
        using var anybody = service.Anonymous();
        Assert.Equal(HttpStatusCode.BadRequest, (await anybody.GetAsync(new Uri($"{ResumingRoutes.ResumePath}?t={token}&in=%7Bbroken", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await anybody.GetAsync(new Uri($"{ResumingRoutes.ResumePath}?t={token}&in=%7B%22RunTaskInput%22%3A3%7D&async=true", UriKind.Relative))).StatusCode);
        Assert.Equal("Finished", await StatusAsync(instance));
    }

    [Fact]
    public async Task Tokens_that_were_not_made_here_open_nothing()
    {
        using var analyst = await service.PersonAsync("analyst");
        var good = service.Services.GetRequiredService<ResumeTickets>().Issue(new ResumeTicket { TaskId = "x" });
        var session = analyst.DefaultRequestHeaders.Authorization!.Parameter!;
        using var anybody = service.Anonymous();
        foreach (var token in new[] { "", "nonsense", session, good[..^2] + "AA", new string('A', 5000) })
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            await (await anybody.GetAsync(new Uri($"{ResumingRoutes.ResumePath}?t={token}", UriKind.Relative))).RefusedAsync(400, "token-invalid", "t");
            await (await anybody.PostAsJsonAsync($"{ResumingRoutes.ResumePath}?t={token}", new { })).RefusedAsync(400, "token-invalid", "t");
            await (await anybody.GetAsync(new Uri($"/elsa/api/events/trigger?t={token}", UriKind.Relative))).RefusedAsync(400, "token-invalid", "t");
        }

        using var huge = new StringContent("{\"input\":\"" + new string('a', 1 << 20) + "\"}", System.Text.Encoding.UTF8, "application/json");
        await (await anybody.PostAsync(new Uri($"{ResumingRoutes.ResumePath}?t={good}", UriKind.Relative), huge)).RefusedAsync(413, "too-large", "");
    }

    [Fact]
    public async Task A_worker_with_an_account_reports_its_task_and_unknown_tasks_are_not_found()
    {
        await service.SequenceAsync("task-account", publish: true, RunTask);
        var instance = await StartAsync("task-account", null);
        using var administrator = await service.AdministratorAsync();
        await (await administrator.PostAsJsonAsync("/elsa/api/tasks/none/complete", new { result = 1 })).RefusedAsync(404, "nothing-waits", "taskId");
        using var broken = new StringContent("{\"result\":", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.PostAsync(new Uri("/elsa/api/tasks/none/complete", UriKind.Relative), broken)).StatusCode);
        using var answer = await administrator.PostAsJsonAsync($"/elsa/api/tasks/{await TaskIdAsync(instance)}/complete", new { result = new { weight = 3 } });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Finished", await StatusAsync(instance));
        await (await administrator.PostAsJsonAsync("/elsa/api/events/x/trigger", new { activityInstanceId = "y" })).RefusedAsync(400, "not-supported", "activityInstanceId");
        await (await administrator.PostAsJsonAsync("/elsa/api/events/" + new string('x', 300) + "/trigger", new { })).RefusedAsync(400, "name-too-long", "eventName");
    }

    private async Task<string> StartAsync(string definition, string? correlation) =>
        (await service.Services.GetRequiredService<IStimulusGate>().SendAsync(new StartWorkflow { Key = Guid.NewGuid().ToString(), Workflow = new(definition), CorrelationId = correlation })).InstanceIds[0];

    private async Task<string> TaskIdAsync(string instance)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var body = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<OutboxRow>().Where(row => row.Channel == "task").Select(row => row.Body).ToList()
            .Select(text => JsonNode.Parse(text)!.AsObject()).Single(row => row["instanceId"]!.GetValue<string>() == instance);
        return body["taskId"]!.GetValue<string>();
    }

    private async Task<string> StatusAsync(string instance)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowInstanceRow>().Single(row => row.Id == instance).Status;
    }

    private static string Event(string id, string name, bool starts) =>
        $$"""{"id":"{{id}}","type":"Elsa.Event","customProperties":{"canStartWorkflow":{{(starts ? "true" : "false")}} },"eventName":{"typeName":"String","expression":{"type":"Literal","value":"{{name}}"} } }""";
}
