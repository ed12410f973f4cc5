using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Alterations;
using Workflows.Engine.Bursts;
using Workflows.Engine.Journal;
using Workflows.Storage.Alterations;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Instances_and_their_history_are_read_in_pages_with_a_count()
    {
        await using TestStore store = await RealAsync();
        await SaveAsync(store, "d", Waits("01:00:00"));
        var ids = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            ids.Add((await store.Pump.SendAsync(new StartWorkflow { Key = $"k{i}", Workflow = new WorkflowReference("d"), Name = $"n{i % 2}", CorrelationId = $"100%_{i}" })).InstanceIds[0]);
            store.Movable.Advance(TimeSpan.FromMinutes(1));
        }
        var reader = store.Services.GetRequiredService<InstanceReader>();
        async Task<CountedPage<InstanceHead>> PageAsync(InstanceSelection selection, InstanceOrder order = InstanceOrder.Created, bool descending = false, long skip = 0, int take = 10) =>
            await reader.PageAsync(selection, FamilySight.Everything, order, descending, new Stretch(skip, take));
        CountedPage<InstanceHead> second = await PageAsync(new InstanceSelection(), skip: 2, take: 2);
        Assert.Equal((5, ids[2], ids[3]), (second.TotalCount, second.Items[0].Id, second.Items[1].Id));
        Assert.Equal(ids[4], (await PageAsync(new InstanceSelection(), InstanceOrder.Updated, descending: true)).Items[0].Id);
        Assert.Equal(3, (await PageAsync(new InstanceSelection { Names = ["n0"], Statuses = ["Running"], SubStatuses = ["Suspended", "Faulted"], HasIncidents = false, Version = 1 })).TotalCount);
        Assert.Equal([ids[3]], (await PageAsync(new InstanceSelection { SearchTerm = "100%_3" })).Items.Select(i => i.Id));
        Assert.Empty((await PageAsync(new InstanceSelection { SearchTerm = "100%3" })).Items);
        Assert.Equal([ids[1], ids[2]], (await PageAsync(new InstanceSelection
        {
            Times = [new(InstanceTime.Created, TimeComparison.GreaterThan, TestStore.Start), new(InstanceTime.Created, TimeComparison.LessThanOrEqual, TestStore.Start.AddMinutes(2))],
        })).Items.Select(i => i.Id));
        Assert.Empty((await reader.PageAsync(new InstanceSelection(), FamilySight.Of(Officer with { Roles = [Role.Supervisor] }), InstanceOrder.Created, false, new Stretch(0, 10))).Items);
        var history = store.Services.GetRequiredService<HistoryReader>();
        CountedPage<JournalRecord> journal = await history.JournalAsync(ids[0], new JournalSelection { ExcludedActivityTypes = ["Elsa.Workflow"] }, new Stretch(0, 1));
        Assert.Equal((2, "Started"), (journal.TotalCount, Assert.Single(journal.Items).EventName));
        NodeReport wait = Assert.Single(await history.ReportAsync(ids[0], ["Workflow1:d"]));
        Assert.Equal((1, 0, 1, true, false), (wait.Started, wait.Completed, wait.Uncompleted, wait.IsBlocked, wait.IsFaulted));
        ExecutionHead head = Assert.Single(await history.HeadsAsync(ids[0], new ExecutionSelection { ActivityId = "d", Completed = false }, 10));
        Assert.Equal((await history.ParentsAsync(ids[0]))[head.Id], (await history.HeadsAsync(ids[0], new ExecutionSelection { ActivityNodeIds = ["Workflow1"] }, 10))[0].Id);
        Assert.Equal(2, await history.CountAsync(ids[0], new ExecutionSelection()));
    }

    [Fact]
    public async Task A_migration_moves_the_timer_with_the_state_and_a_dry_run_moves_nothing()
    {
        await using TestStore store = await RealAsync();
        await SaveAsync(store, "d", Waits("3.00:00:00"));
        string id = (await store.Pump.SendAsync(new StartWorkflow { Key = "k", Workflow = new WorkflowReference("d") })).InstanceIds[0];
        WorkflowDefinitionRow second = await SaveAsync(store, "d", Waits("5.00:00:00"));
        var migrate = new AlterInstance
        {
            Key = "m",
            InstanceId = id,
            Actor = Officer,
            DryRun = true,
            Alterations = [new MigrateAlteration { VersionId = second.VersionId, Migration = new Migration { Timers = TimerPolicy.RecomputeFromStart } }],
        };
        long commits = store.Model.Provider.Meter.Commits;
        var dry = (AlterationOutcome)(await store.Pump.SendAsync(migrate)).Value!;
        Assert.Equal(commits, store.Model.Provider.Meter.Commits);
        Assert.Equal(TestStore.Start.AddDays(3), await store.Pump.NextDueAsync());
        var done = (AlterationOutcome)(await store.Pump.SendAsync(migrate with { Key = "n", DryRun = false })).Value!;
        Assert.Equal(dry.Migration!.Timers, done.Migration!.Timers);
        Assert.Equal(TestStore.Start.AddDays(5), await store.Pump.NextDueAsync());
        WorkflowInstanceRow row = await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync());
        Assert.Equal((second.VersionId, 2, 2L), (row.DefinitionVersionId, row.DefinitionVersion, row.Revision));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<BookmarkRow>().CountAsync()));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<AuditEntryRow>().CountAsync(a => a.Kind == "workflow.migrated")));
        store.Movable.Advance(TimeSpan.FromDays(5));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal("Finished", (await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync())).SubStatus);
    }

    [Fact]
    public async Task A_finished_instance_is_deleted_with_its_history_and_imported_again()
    {
        await using TestStore store = await RealAsync();
        await SaveAsync(store, "d", Waits("01:00:00"));
        string id = (await store.Pump.SendAsync(new StartWorkflow { Key = "k", Workflow = new WorkflowReference("d") })).InstanceIds[0];
        string state = await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().Select(r => r.State).SingleAsync());
        await Assert.ThrowsAsync<RuleViolationException>(async () => await store.Pump.SendAsync(new DeleteInstance { Key = "x", InstanceId = id }));
        await store.Pump.SendAsync(new AlterInstance { Key = "c", InstanceId = id, Alterations = [new CancelAlteration()] });
        await store.Pump.SendAsync(new DeleteInstance { Key = "y", InstanceId = id });
        Assert.Equal((0, 0, 0), (
            await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync()), await store.QueryAsync(c => c.Set<JournalRow>().CountAsync()), await store.QueryAsync(c => c.Set<ActivityExecutionRow>().CountAsync())));
        await Assert.ThrowsAsync<UnknownWorkflowException>(async () => await store.Pump.SendAsync(new DeleteInstance { Key = "z", InstanceId = id }));
        await store.Pump.SendAsync(new ImportInstance { Key = "i", InstanceId = id, State = state });
        await Assert.ThrowsAsync<RuleViolationException>(async () => await store.Pump.SendAsync(new ImportInstance { Key = "j", InstanceId = id, State = state }));
        Assert.Equal(TestStore.Start.AddHours(1), await store.Pump.NextDueAsync());
        store.Movable.Advance(TimeSpan.FromHours(1));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal("Finished", (await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync())).SubStatus);
    }

    private protected async Task<TestStore> RealAsync() =>
        new(fixture.Open(await fixture.CreateAsync()), new MovableClock(TestStore.Start), ByHand, realEngine: true);

    private static async Task<WorkflowDefinitionRow> SaveAsync(TestStore store, string id, string root) => await store.Services.GetRequiredService<DefinitionStore>().SaveAsync(
        $$$"""{"definitionId":"{{{id}}}","root":{{{root}}}}""", publish: true, "studio", Guid.NewGuid().ToString(), Actor.Clock);

    private static string Waits(string length) => $$$$"""{"id":"d","type":"Elsa.Delay","version":1,"timeSpan":{"typeName":"TimeSpan","expression":{"type":"Literal","value":"{{{{length}}}}"}}}""";
}
