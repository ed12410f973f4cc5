using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Tests.Elsa.Runtime;

public sealed class RuntimeTests : IAsyncLifetime
{
    private const string Base = "/elsa/api/admin/workflow-runtime/";
    private const string Letters = "/elsa/api/bookmark-queue/dead-letters";
    private readonly ServiceUnderTest _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_paused_node_starts_nothing_and_fires_no_timer_but_does_what_people_do_and_goes_on_when_resumed()
    {
        await _service.SequenceAsync("pause-delay", publish: true, """{"id":"wait","type":"Elsa.Delay","timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"00:10:00"}}}""");
        var waiting = await StartAsync("pause-delay");
        using var administrator = await _service.AdministratorAsync();
        var paused = await PostAsync(administrator, "pause", new { reason = "换硬盘" });
        Assert.Equal(("Paused", true, "换硬盘"), (paused["status"]!.GetValue<string>(), paused["isPaused"]!.GetValue<bool>(), paused["reason"]!.GetValue<string>()));

        _service.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(0, await Pump.RunUntilIdleAsync());
        Assert.Equal(1, (await StatusAsync(administrator))["dueTimers"]!.GetValue<int>());
        Assert.Equal("Running", Status(waiting));
        await Assert.ThrowsAsync<StoreBusyException>(() => StartAsync("pause-delay"));
        using var refused = await administrator.PostAsJsonAsync("/elsa/api/events/x/trigger", new { });
        await refused.RefusedAsync(503, "busy", "");
        Assert.NotNull(refused.Headers.RetryAfter);
        // What people do goes on.
        Assert.Equal(HttpStatusCode.OK, (await administrator.PostAsync("/api/users", "while-paused", new { userName = "late", name = "甲", password = "a-long-password-1", roles = new[] { "analyst" } })).IsSuccessStatusCode ? HttpStatusCode.OK : HttpStatusCode.Conflict);
        await _service.SequenceAsync("pause-saved", publish: true, """{"id":"line","type":"Elsa.WriteLine"}""");

        using var anybody = _service.Anonymous();
        foreach (var path in new[] { "/health/live", "/health/ready" })
            Assert.Equal("paused", (await (await anybody.GetAsync(new Uri(path, UriKind.Relative))).JsonAsync())["workflows"]!.GetValue<string>());
        Assert.Contains("workflows_pump_paused 1", await anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);

        var running = await PostAsync(administrator, "resume", new { });
        Assert.Equal("Running", running["status"]!.GetValue<string>());
        await Pump.RunUntilIdleAsync();
        Assert.Equal("Finished", Status(waiting));
        Assert.False((await (await anybody.GetAsync(new Uri("/health/live", UriKind.Relative))).JsonAsync()).ContainsKey("workflows"));
        Assert.Contains("workflows_pump_paused 0", await anybody.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draining_pauses_and_leaves_nobody_waiting()
    {
        using var administrator = await _service.AdministratorAsync();
        var drained = await PostAsync(administrator, "force-drain", new { });
        Assert.True(drained["isPaused"]!.GetValue<bool>());
        Assert.Equal(0, drained["queueDepth"]!.GetValue<int>());
        await PostAsync(administrator, "resume", new { });
        using var supervisor = await _service.PersonAsync("supervisor", "CMD");
        Assert.False((await StatusAsync(supervisor))["isPaused"]!.GetValue<bool>());
        await (await administrator.PostAsJsonAsync(Base + "pause", new { reason = new string('长', 201) })).RefusedAsync(400, "reason-too-long", "reason");
        using var broken = new StringContent("{\"reason\":", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await administrator.PostAsync(new Uri(Base + "pause", UriKind.Relative), broken)).StatusCode);
        Assert.False((await StatusAsync(administrator))["isPaused"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_letter_that_failed_is_seen_replayed_in_one_commit_or_struck_off()
    {
        await _service.SequenceAsync("letter-late", publish: true, """{"id":"line","type":"Elsa.WriteLine"}""");
        var start = """{"$type":"start","key":"mail|L1","workflow":{"definitionId":"letter-late"},"instanceId":"from-letter","caseKey":"from-letter","actor":{"id":"clock","name":"时钟","roles":[]},"input":{}}""";
        await PlantAsync(
            new DeadLetterRow { Id = "L1", Kind = nameof(StartWorkflow), CaseKey = "from-letter", Body = start.Replace("\"$type\":\"start\",", "", StringComparison.Ordinal), Error = "Exception: 数据库不可用", CreatedAt = _service.Clock.GetUtcNow() },
            new DeadLetterRow { Id = "L2", Kind = nameof(StartWorkflow), CaseKey = "other", Body = "{}", Error = "Exception: 坏", CreatedAt = _service.Clock.GetUtcNow().AddMinutes(-1) });
        using var administrator = await _service.AdministratorAsync();
        var page = await (await administrator.GetAsync(new Uri(Letters, UriKind.Relative))).JsonAsync();
        Assert.Equal(["L1", "L2"], page["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>()));
        Assert.Equal(2, page["totalCount"]!.GetValue<int>());
        Assert.DoesNotContain("letter-late", page.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await administrator.PostAsJsonAsync(Letters + "/L1/replay", new { })).StatusCode);
        await Pump.RunUntilIdleAsync();
        Assert.Equal("Finished", Status("from-letter"));
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(new Uri(Letters + "/L2", UriKind.Relative))).StatusCode);
        Assert.Empty((await (await administrator.GetAsync(new Uri(Letters, UriKind.Relative))).JsonAsync())["items"]!.AsArray());
        await (await administrator.GetAsync(new Uri(Letters + "/L1", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        await (await administrator.PostAsJsonAsync(Letters + "/L1/replay", new { })).RefusedAsync(404, "not-found", "id");
        await (await administrator.DeleteAsync(new Uri(Letters + "/L2", UriKind.Relative))).RefusedAsync(404, "not-found", "id");
        await (await administrator.GetAsync(new Uri(Letters + "?pageSize=100000", UriKind.Relative))).RefusedAsync(400, "bad-page", "pageSize");
        Assert.Equal(["dead-letter.deleted", "dead-letter.replayed"], Facts());
    }

    private StimulusPump Pump => _service.Services.GetRequiredService<StimulusPump>();

    private async Task<string> StartAsync(string definition) =>
        (await Pump.SendAsync(new StartWorkflow { Key = Guid.NewGuid().ToString(), Workflow = new(definition) })).InstanceIds[0];

    private async Task PlantAsync(params DeadLetterRow[] letters)
    {
        await using var scope = _service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        database.AddRange(letters.Cast<object>());
        await database.SaveChangesAsync();
    }

    private string Status(string instance)
    {
        using var scope = _service.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<WorkflowInstanceRow>().Single(row => row.Id == instance).Status;
    }

    private List<string> Facts()
    {
        using var scope = _service.Services.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AuditEntryRow>().Where(row => row.Kind.StartsWith("dead-letter")).Select(row => row.Kind).OrderBy(kind => kind)];
    }

    private static async Task<JsonObject> PostAsync(HttpClient client, string act, object body)
    {
        using var answer = await client.PostAsJsonAsync(Base + act, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static async Task<JsonObject> StatusAsync(HttpClient client) => await (await client.GetAsync(new Uri(Base + "status", UriKind.Relative))).JsonAsync();
}
