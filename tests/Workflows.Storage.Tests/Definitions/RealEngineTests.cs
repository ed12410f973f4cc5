using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Storage.Benchmarks;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Definitions;

/// <summary>The spine with the real engine: definitions are published, triggered, pinned and replaced.</summary>
public sealed class RealEngineTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task A_delay_is_a_timer_row_and_its_end_finishes_the_instance()
    {
        await using TestStore store = await OpenAsync();
        await PublishAsync(store, "waits", """{"id":"d","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"3.00:00:00"}}}""");
        StimulusResult started = await store.Pump.SendAsync(new StartWorkflow { Key = "k", Workflow = new WorkflowReference("waits") });
        Assert.Equal("Suspended", started.SubStatus);
        Assert.Equal(TestStore.Start.AddDays(3), await store.Pump.NextDueAsync());
        store.Movable.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, await store.Pump.RunUntilIdleAsync());
        WorkflowInstanceRow row = await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync());
        Assert.Equal(("Finished", TestStore.Start.AddDays(3)), (row.SubStatus, row.FinishedAt));
    }

    [Fact]
    public async Task An_event_starts_what_it_triggers_and_resumes_what_waits()
    {
        await using TestStore store = await OpenAsync();
        const string Event = """{"id":"e","type":"Elsa.Event","version":1,"eventName":{"typeName":"String","expression":{"type":"Literal","value":"Go"}}CAN}""";
        await PublishAsync(store, "triggered", Event.Replace("CAN", ",\"customProperties\":{\"canStartWorkflow\":true}", StringComparison.Ordinal));
        await PublishAsync(store, "waiting", Event.Replace("CAN", "", StringComparison.Ordinal));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<TriggerRow>().CountAsync()));
        await store.Pump.SendAsync(new StartWorkflow { Key = "w", Workflow = new WorkflowReference("waiting") });
        StimulusResult sent = await store.Pump.SendAsync(new SignalWorkflows { Key = "s", Name = "Elsa.Event", Payload = """{"EventName":"Go"}""" });
        Assert.Equal(2, sent.InstanceIds.Count);
        Assert.Equal(2, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync(i => i.SubStatus == "Finished")));
    }

    [Fact]
    public async Task A_running_instance_stays_on_its_version()
    {
        await using TestStore store = await OpenAsync();
        await PublishAsync(store, "d", """{"id":"d","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"01:00:00"}}}""");
        await store.Pump.SendAsync(new StartWorkflow { Key = "k", Workflow = new WorkflowReference("d") });
        WorkflowDefinitionRow second = await PublishAsync(store, "d", """{"id":"w","type":"Elsa.WriteLine","version":1,"text":{"typeName":"String","expression":{"type":"Literal","value":"second"}}}""");
        Assert.Equal(2, second.Version);
        Assert.Equal(["second"], (await store.Pump.SendAsync(new StartWorkflow { Key = "k2", Workflow = new WorkflowReference("d") })).Lines);
        store.Movable.Advance(TimeSpan.FromHours(1));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal([1, 2], await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().Where(i => i.SubStatus == "Finished").OrderBy(i => i.DefinitionVersion).Select(i => i.DefinitionVersion).ToListAsync()));
        Assert.Equal([false, true], await store.QueryAsync(c => c.Set<WorkflowDefinitionRow>().OrderBy(d => d.Version).Select(d => d.IsPublished).ToListAsync()));
    }

    [Fact]
    public async Task Saving_the_same_again_makes_no_new_version()
    {
        await using TestStore store = await OpenAsync();
        const string Root = """{"id":"w","type":"Elsa.WriteLine","version":1}""";
        WorkflowDefinitionRow first = await PublishAsync(store, "d", Root, "one");
        WorkflowDefinitionRow again = await PublishAsync(store, "d", Root, "two");
        Assert.Equal(first.VersionId, again.VersionId);
        Assert.Equal(1, await store.QueryAsync(c => c.Set<WorkflowDefinitionRow>().CountAsync()));
    }

    [Fact]
    public async Task The_benchmark_finishes_what_it_starts()
    {
        await using var provider = fixture.Open(await fixture.CreateAsync());
        LifecycleFigures figures = await LifecycleBenchmark.RunAsync(provider, 4, TimeSpan.FromMilliseconds(500));
        Assert.True(figures.LifecyclesPerSecond > 0);
        // SQLite keeps no count of its own.
        if (figures.CommitsPerAction is { } commits)
            Assert.InRange(commits, 0.01, 1);
    }

    private static async Task<WorkflowDefinitionRow> PublishAsync(TestStore store, string id, string activity, string key = "p")
    {
        var json = new JsonObject
        {
            ["definitionId"] = id,
            ["name"] = id,
            ["root"] = new JsonObject { ["id"] = "seq", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(JsonNode.Parse(activity)) },
        };
        return await store.Services.GetRequiredService<DefinitionStore>().SaveAsync(json.ToJsonString(), publish: true, "files", $"{key}|{id}|{activity.Length}", Actor.Clock);
    }

    private async Task<TestStore> OpenAsync() => new(fixture.Open(await fixture.CreateAsync()), new MovableClock(TestStore.Start), new PumpOptions { Deterministic = true }, realEngine: true);
}
