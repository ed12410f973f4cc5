using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Host.Tests.Serving;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Tests.Operations;

/// <summary>Each number of the operator equals its rows and its workbook, also where there are more than a page shows.</summary>
public sealed class OperationListTests(ServiceUnderTest service) : IClassFixture<ServiceUnderTest>
{
    private const int Letters = 230;
    private const string Fault = """{"id":"x","type":"Elsa.Fault","version":1,"message":{"typeName":"String","expression":{"type":"Literal","value":"材料不全"}}}""";
    private const string Wait = """{"id":"d","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"1.00:00:00"}}}""";

    [Fact]
    public async Task What_is_counted_is_listed_and_what_is_not_listed_is_in_the_workbook()
    {
        await WriteAsync(Enumerable.Range(1, Letters).Select(n => new DeadLetterRow
        {
            Id = $"lost-{n:000}", Kind = "StartWorkflow", CaseKey = "lost", Error = "gone", CreatedAt = service.Now.AddSeconds(n), Body = "{}",
        }));
        var page = await JsonAsync("/api/operations/incidents");
        Assert.Equal((Letters, 200), (page["total"]!.GetValue<int>(), page["items"]!.AsArray().Count));
        Assert.Equal("lost-230", page["items"]![0]!["id"]!.GetValue<string>());
        Assert.Equal(Enumerable.Range(1, Letters).Select(n => $"lost-{n:000}"), (await IdsAsync("incidents")).Order(StringComparer.Ordinal));

        await service.SequenceAsync("list-fails", publish: true, Fault);
        var failed = new[] { await StartAsync("list-fails", 1), await StartAsync("list-fails", 2) };
        var faulted = await JsonAsync("/api/operations/faulted");
        Assert.Equal(2, faulted["total"]!.GetValue<int>());
        Assert.Equal(failed.Order(StringComparer.Ordinal), (await IdsAsync("faulted")).Order(StringComparer.Ordinal));
        Assert.Equal(0, (await JsonAsync("/api/operations/stuck"))["total"]!.GetValue<int>());
        Assert.Empty(await IdsAsync("stuck"));
        Assert.Equal((await JsonAsync("/api/operations/outbox"))["total"]!.GetValue<int>(), (await IdsAsync("outbox")).Count);
    }

    [Fact]
    public async Task A_timer_is_listed_with_the_time_at_which_it_fires()
    {
        await service.SequenceAsync("list-waits", publish: true, Wait);
        var id = await StartAsync("list-waits", 1);
        var waiting = await JsonAsync("/api/operations/timers/waiting");
        var row = Assert.Single(waiting["items"]!.AsArray(), one => one!["instanceId"]!.GetValue<string>() == id)!;
        Assert.Equal(service.Now.AddDays(1), row["fireAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal(waiting["total"]!.GetValue<int>(), (await IdsAsync("timers")).Count);
        Assert.Contains(row["id"]!.GetValue<string>(), await IdsAsync("timers"));
        Assert.Equal(0, (await JsonAsync("/api/operations/timers"))["due"]!.GetValue<int>());
    }

    private async Task<JsonObject> JsonAsync(string path)
    {
        using var administrator = await service.AdministratorAsync();
        using var answer = await administrator.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.SucceededAsync();
    }

    private async Task<List<string>> IdsAsync(string list)
    {
        using var administrator = await service.AdministratorAsync();
        using var stream = new MemoryStream(await administrator.GetByteArrayAsync(new Uri($"/api/operations/{list}.xlsx", UriKind.Relative)));
        using var workbook = SpreadsheetDocument.Open(stream, false);
        return [.. workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<Row>().Skip(1).Select(row => row.Elements<Cell>().First().InnerText)];
    }

    private async Task<string> StartAsync(string definition, int n) =>
        (await service.Services.GetRequiredService<IStimulusGate>().SendAsync(new StartWorkflow { Key = $"start-{definition}-{n}", Workflow = new WorkflowReference(definition) })).InstanceIds[0];

    private async Task WriteAsync(IEnumerable<object> rows)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<WorkflowsDbContext>();
        database.AddRange(rows);
        await database.SaveChangesAsync();
    }
}
