using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Execution;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Definitions;

/// <summary>A faulted step is tried again through the gate: its rows follow.</summary>
public sealed class RetryTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task A_retried_step_goes_on_and_the_waits_of_the_instance_are_rows_again()
    {
        var told = new Told();
        await using TestStore store = await OpenAsync(told);
        string id = (await store.Pump.SendAsync(new StartWorkflow { Key = "k", Workflow = new WorkflowReference("d") })).InstanceIds[0];
        WorkflowInstanceRow faulted = await InstanceAsync(store);
        Assert.Equal(("Faulted", 1), (faulted.SubStatus, faulted.IncidentCount));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<BookmarkRow>().CountAsync()));

        StimulusResult again = await store.Pump.SendAsync(new RetryIncident { Key = "r1", InstanceId = id });
        Assert.Equal((StimulusOutcome.Done, "Faulted"), (again.Outcome, again.SubStatus));
        Assert.Equal(1, (await InstanceAsync(store)).IncidentCount);

        told.Fails = false;
        Assert.Equal("Suspended", (await store.Pump.SendAsync(new RetryIncident { Key = "r2", InstanceId = id })).SubStatus);
        WorkflowInstanceRow running = await InstanceAsync(store);
        Assert.Equal(("Running", 0, null), (running.Status, running.IncidentCount, running.FinishedAt));
        Assert.Equal(TestStore.Start.AddDays(3), await store.Pump.NextDueAsync());
        Assert.Equal(2, await store.QueryAsync(c => c.Set<JournalRow>().CountAsync(j => j.ActivityId == "x" && j.EventName == "Retried")));

        Assert.Equal(StimulusOutcome.NothingToDo, (await store.Pump.SendAsync(new RetryIncident { Key = "r3", InstanceId = id })).Outcome);
        store.Movable.Advance(TimeSpan.FromDays(3));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal("Finished", (await InstanceAsync(store)).SubStatus);
    }

    [Fact]
    public async Task An_instance_that_does_not_exist_is_said_to_be_unknown()
    {
        await using TestStore store = await OpenAsync(new Told());
        await Assert.ThrowsAsync<UnknownWorkflowException>(async () => await store.Pump.SendAsync(new RetryIncident { Key = "r", InstanceId = "none" }));
    }

    private static Task<WorkflowInstanceRow> InstanceAsync(TestStore store) => store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync());

    private async Task<TestStore> OpenAsync(Told told)
    {
        var store = new TestStore(
            fixture.Open(await fixture.CreateAsync()), new MovableClock(TestStore.Start), new PumpOptions { Deterministic = true }, realEngine: true,
            services => services.AddSingleton(told).AddSingleton(new ActivityRegistry().Register<FailsUntilTold>()));
        await store.Services.GetRequiredService<DefinitionStore>().SaveAsync(
            """
            {"definitionId":"d","name":"d","root":{"id":"p","type":"Elsa.Parallel","version":1,"activities":[
              {"id":"wait","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"3.00:00:00"}}},
              {"id":"x","type":"Test.FailsUntilTold","version":1}]}}
            """, publish: true, "files", "save", Actor.Clock);
        return store;
    }

    public sealed class Told
    {
        public bool Fails { get; set; } = true;
    }

    [Activity("Test")]
    public sealed class FailsUntilTold : CodeActivity
    {
        protected override void Execute(ActivityExecutionContext context)
        {
            if (context.GetRequiredService<Told>().Fails)
                throw new InvalidOperationException("boom");
        }
    }
}
