using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Tests.Operations;

[Collection(SharedService.Name)]
public sealed class RetryRouteTests(ServiceUnderTest service)
{
    private const string Fault = """{"id":"x","type":"Elsa.Fault","version":1,"message":{"typeName":"String","expression":{"type":"Literal","value":"材料不全"}}}""";

    [Fact]
    public async Task A_failed_step_is_tried_again_once_for_each_key_and_the_trail_says_who_asked()
    {
        await service.SequenceAsync("retry-fails", publish: true, Fault);
        var id = await StartAsync("retry-fails");
        using var administrator = await service.AdministratorAsync();
        Assert.Contains(id, await administrator.GetStringAsync(new Uri("/api/operations/faulted", UriKind.Relative)), StringComparison.Ordinal);
        using var first = await administrator.PostAsync($"/api/operations/incidents/{id}/retry", "retry-of-" + id, new { });
        Assert.Equal("Faulted", (await first.SucceededAsync())["subStatus"]!.GetValue<string>());
        using var again = await administrator.PostAsync($"/api/operations/incidents/{id}/retry", "retry-of-" + id, new { });
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(1, await CountAsync<JournalRow>(row => row.InstanceId == id && row.EventName == "Retried"));
        Assert.Equal(1, await CountAsync<AuditEntryRow>(row => row.CaseKey == id && row.Kind == "incident.retried"));
    }

    [Fact]
    public async Task Where_nothing_has_failed_the_retry_is_refused()
    {
        await service.SequenceAsync("retry-sound", publish: true, """{"id":"w","type":"Elsa.WriteLine","version":1}""");
        var id = await StartAsync("retry-sound");
        using var administrator = await service.AdministratorAsync();
        await (await administrator.PostAsync($"/api/operations/incidents/{id}/retry", "retry-of-" + id, new { })).RefusedAsync(409, "nothing-faulted", "instanceId");
        await (await administrator.PostAsync("/api/operations/incidents/nobody/retry", "retry-of-nobody", new { })).RefusedAsync(404, "not-found", "id");
        await (await administrator.PostAsync("/api/operations/dead-letters/nobody/retry", "letter-of-nobody", new { })).RefusedAsync(404, "not-found", "id");
    }

    [Fact]
    public async Task A_dead_letter_that_is_put_back_is_carried_out_before_the_answer()
    {
        await service.SequenceAsync("retry-letter", publish: true, """{"id":"w","type":"Elsa.WriteLine","version":1}""");
        await WriteAsync(new DeadLetterRow
        {
            Id = "letter-1", Kind = "StartWorkflow", CaseKey = "of-the-letter", Error = "gone", CreatedAt = service.Now,
            Body = """{"key":"mail|letter-1","workflow":{"definitionId":"retry-letter"},"instanceId":"of-the-letter","caseKey":"of-the-letter"}""",
        });
        using var administrator = await service.AdministratorAsync();
        using var answer = await administrator.PostAsync("/api/operations/dead-letters/letter-1/retry", "letter-of-start", new { });
        Assert.Equal("""{"id":"letter-1"}""", (await answer.SucceededAsync()).ToJsonString());
        Assert.Equal(1, await CountAsync<WorkflowInstanceRow>(row => row.Id == "of-the-letter" && row.SubStatus == "Finished"));
        Assert.Equal(0, await CountAsync<DeadLetterRow>(row => row.Id == "letter-1"));
        using var again = await administrator.PostAsync("/api/operations/dead-letters/letter-1/retry", "letter-of-start", new { });
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("""{"id":"letter-1"}""", await again.Content.ReadAsStringAsync());
    }

    private async Task<string> StartAsync(string definition) =>
        (await service.Services.GetRequiredService<IStimulusGate>().SendAsync(new StartWorkflow { Key = "start-" + definition, Workflow = new WorkflowReference(definition) })).InstanceIds[0];

    private async Task<int> CountAsync<T>(System.Linq.Expressions.Expression<Func<T, bool>> which)
        where T : class
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<T>().CountAsync(which);
    }

    private async Task WriteAsync(object row)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        database.Add(row);
        await database.SaveChangesAsync();
    }
}
