using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;

namespace Workflows.Host.Tests.Elsa.Instances;

[Collection(SharedElsaDistrict.Name)]
public sealed class InstanceActingTests(ElsaDistrict district)
{
    [Fact]
    public async Task Instances_are_cancelled_one_by_one_by_ids_and_by_version()
    {
        await district.WaitingAsync("act-cancel", "never");
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await district.StartAsync("act-cancel"));
        Assert.Equal(HttpStatusCode.OK, (await district.SendAsync("analyst", HttpMethod.Post, $"/cancel/workflow-instances/{ids[0]}")).StatusCode);
        Assert.Equal("Cancelled", await SubStatusAsync(ids[0]));
        Assert.Equal(HttpStatusCode.OK, (await district.SendAsync("analyst", HttpMethod.Post, $"/cancel/workflow-instances/{ids[0]}")).StatusCode);
        Assert.Equal(1, await CancelledAsync(new { ids = new[] { ids[0], ids[1] } }));
        var version = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{ids[2]}"))["definitionVersionId"]!.GetValue<string>();
        Assert.Equal(3, await CancelledAsync(new { ids = (string[]?)null, definitionVersionId = version, definitionId = (string?)null, versionOptions = (string?)null }));
        Assert.Equal("Cancelled", await SubStatusAsync(ids[4]));
        await (await district.SendAsync("analyst", HttpMethod.Post, "/bulk-actions/cancel/workflow-instances", new { })).RefusedAsync(400, "empty-filter", "ids");
        await (await district.SendAsync("analyst", HttpMethod.Post, "/cancel/workflow-instances/nobody")).RefusedAsync(404, "not-found", "id");
        await (await district.SendAsync("supervisor", HttpMethod.Post, $"/cancel/workflow-instances/{district.CaseInstance}")).RefusedAsync(403, "forbidden", "");
        await using var scope = district.Services.CreateAsyncScope();
        var audit = await scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>().Set<AuditEntryRow>().Where(entry => entry.Kind == "workflow.cancelled" && ids.Contains(entry.CaseKey)).ToListAsync();
        Assert.Equal(5, audit.Count);
    }

    [Fact]
    public async Task Only_what_has_ended_and_belongs_to_no_case_is_deleted()
    {
        await district.WaitingAsync("act-delete", "never");
        var running = await district.StartAsync("act-delete");
        var ended = new[] { await district.StartAsync("act-delete"), await district.StartAsync("act-delete"), await district.StartAsync("act-delete") };
        Assert.Equal(3, await CancelledAsync(new { ids = ended }));
        await (await district.SendAsync("analyst", HttpMethod.Delete, $"/workflow-instances/{running}")).RefusedAsync(409, "instance-running", "id");
        Assert.Equal(HttpStatusCode.NoContent, (await district.SendAsync("analyst", HttpMethod.Delete, $"/workflow-instances/{ended[0]}")).StatusCode);
        await (await district.SendAsync("analyst", HttpMethod.Get, $"/workflow-instances/{ended[0]}")).RefusedAsync(404, "not-found", "id");
        await (await district.SendAsync("analyst", HttpMethod.Delete, $"/workflow-instances/{ended[0]}")).RefusedAsync(404, "not-found", "id");
        Assert.Equal(1, (await district.AskAsync(HttpMethod.Post, "/bulk-actions/delete/workflow-instances/by-id", new { ids = new[] { ended[1], running } }))["deleted"]!.GetValue<int>());
        Assert.Equal(1, (await district.AskAsync(HttpMethod.Post, "/bulk-actions/delete/workflow-instances", new { ids = new[] { ended[2] } }))["deleted"]!.GetValue<int>());
        await using var scope = district.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        Assert.Equal(0, await database.Set<JournalRow>().CountAsync(row => ended.Contains(row.InstanceId)));
        Assert.Equal(0, await database.Set<ActivityExecutionRow>().CountAsync(row => ended.Contains(row.InstanceId)));
        await (await district.SendAsync("analyst", HttpMethod.Delete, $"/workflow-instances/{district.CaseInstance}")).RefusedAsync(409, "instance-running", "id");
    }

    [Fact]
    public async Task What_belongs_to_a_plan_stays_even_when_it_was_cancelled()
    {
        var journey = new Journeys.DistrictJourney(district);
        await journey.PlanAsync();
        var id = (await district.AskAsync(HttpMethod.Post, "/workflow-instances", new { correlationId = journey.PlanId }))["items"]![0]!["id"]!.GetValue<string>();
        using (var head = await district.SamplePersonAsync("cul.head"))
        using (var withdrawn = await head.PostAsync($"/api/plans/{journey.PlanId}/cancel", "stays-" + id, new { reason = "年度计划调整" }))
            await withdrawn.SucceededAsync();
        await (await district.SendAsync("analyst", HttpMethod.Delete, $"/workflow-instances/{id}")).RefusedAsync(409, "instance-of-matter", "id");
        await (await district.SendAsync("analyst", HttpMethod.Post, "/bulk-actions/delete/workflow-instances", new { ids = new[] { id } })).RefusedAsync(409, "instance-of-matter", "id");
        Assert.Equal("Cancelled", await SubStatusAsync(id));
    }

    [Fact]
    public async Task The_workflow_of_an_open_plan_or_case_is_cancelled_by_no_way_but_its_withdrawal()
    {
        var journey = new Journeys.DistrictJourney(district);
        await journey.PlanAsync();
        await journey.DrawAsync();
        foreach (var subject in new[] { journey.PlanId, journey.CaseId })
        {
            var id = (await district.AskAsync(HttpMethod.Post, "/workflow-instances", new { correlationId = subject }))["items"]![0]!["id"]!.GetValue<string>();
            using var refused = await district.SendAsync("analyst", HttpMethod.Post, $"/cancel/workflow-instances/{id}");
            await refused.RefusedAsync(409, "instance-of-open-matter", "id");
            Assert.Contains($"/{subject}/cancel", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            await (await district.SendAsync("analyst", HttpMethod.Post, "/bulk-actions/cancel/workflow-instances", new { ids = new[] { id } })).RefusedAsync(409, "instance-of-open-matter", "id");
            var altered = await district.AskAsync(HttpMethod.Post, "/alterations/run", new { alterations = new[] { new { type = "Cancel" } }, workflowInstanceIds = new[] { id } });
            Assert.Contains("不能直接取消", altered.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal);
            Assert.Equal("Suspended", await SubStatusAsync(id));
        }
    }

    [Fact]
    public async Task Variables_of_an_instance_that_is_over_are_not_changed()
    {
        await district.WaitingAsync("act-over", "act-over-go");
        var id = await district.StartAsync("act-over");
        await district.SignalAsync("act-over-go", id);
        Assert.Equal("Finished", await SubStatusAsync(id));
        var before = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}")).ToJsonString();
        using var refused = await district.SendAsync("analyst", HttpMethod.Post, $"/workflow-instances/{id}/variables", new { variables = new[] { new { id = "note", value = "后来" } } });
        await refused.RefusedAsync(409, "instance-over", "id");
        Assert.Equal(before, (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}")).ToJsonString());
    }

    [Fact]
    public async Task An_exported_instance_comes_back_as_it_was_and_goes_on()
    {
        await district.WaitingAsync("act-export", "act-a", "act-b");
        var id = await district.StartAsync("act-export", "名称");
        await district.SignalAsync("act-a", id);
        var journal = (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/journal")).ToJsonString();
        using var exported = await district.SendAsync("analyst", HttpMethod.Post, $"/workflow-instances/{id}/export");
        Assert.Equal($"workflow-instance-{id}.json", exported.Content.Headers.ContentDisposition!.FileName);
        var file = await exported.Content.ReadAsByteArrayAsync();
        Assert.Equal(id, JsonNode.Parse(file)!["workflowState"]!["id"]!.GetValue<string>());
        await (await ImportAsync(file)).RefusedAsync(409, "instance-exists", "id");
        Assert.Equal(1, await CancelledAsync(new { ids = new[] { id } }));
        Assert.Equal(HttpStatusCode.NoContent, (await district.SendAsync("analyst", HttpMethod.Delete, $"/workflow-instances/{id}")).StatusCode);
        var imported = await (await ImportAsync(file)).JsonAsync();
        Assert.Equal((1, 1), (imported["count"]!.GetValue<int>(), imported["imported"]!.GetValue<int>()));
        Assert.Equal(journal, (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/journal")).ToJsonString());
        await district.SignalAsync("act-b", id);
        Assert.Equal("Finished", await SubStatusAsync(id));
    }

    [Fact]
    public async Task Several_are_exported_as_an_archive_and_taken_over_from_it()
    {
        await district.WaitingAsync("act-zip", "never");
        var ids = new[] { await district.StartAsync("act-zip"), await district.StartAsync("act-zip") };
        using var exported = await district.SendAsync("analyst", HttpMethod.Post, "/bulk-actions/export/workflow-instances", new { ids, includeWorkflowExecutionLog = false });
        var archive = await exported.Content.ReadAsByteArrayAsync();
        await using (var zip = new ZipArchive(new MemoryStream(archive)))
            Assert.Equal(ids.Select(id => $"workflow-instance-{id}.json"), zip.Entries.Select(entry => entry.Name));
        Assert.Equal(2, await CancelledAsync(new { ids }));
        Assert.Equal(2, (await district.AskAsync(HttpMethod.Post, "/bulk-actions/delete/workflow-instances", new { ids }))["deleted"]!.GetValue<int>());
        Assert.Equal(2, (await (await ImportAsync(archive)).JsonAsync())["imported"]!.GetValue<int>());
        Assert.Equal("Suspended", await SubStatusAsync(ids[1]));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("{}")]
    [InlineData("""{"workflowState":{"id":"x"}}""")]
    [InlineData("""{"engineState":{"v":99}}""")]
    [InlineData("""{"engineState":{"v":1,"id":7}}""")]
    public async Task A_file_that_is_no_export_is_refused(string file) =>
        await (await ImportAsync(System.Text.Encoding.UTF8.GetBytes(file))).RefusedAsync(400, "bad-instance-file", "files");

    private async Task<HttpResponseMessage> ImportAsync(byte[] file)
    {
        using var analyst = await district.SamplePersonAsync("analyst");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "files", "instances.json" } };
        return await analyst.PostAsync(new Uri("/elsa/api/bulk-actions/import/workflow-instances", UriKind.Relative), form);
    }

    private async Task<int> CancelledAsync(object body) =>
        (await district.AskAsync(HttpMethod.Post, "/bulk-actions/cancel/workflow-instances", body))["cancelled"]!.GetValue<int>();

    private async Task<string> SubStatusAsync(string id) =>
        (await district.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}/execution-state"))["subStatus"]!.GetValue<string>();
}
