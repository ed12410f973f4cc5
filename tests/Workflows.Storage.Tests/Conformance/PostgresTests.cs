using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;

namespace Workflows.Storage.Tests.Conformance;

public sealed class PostgresTests(PostgresFixture fixture) : StoreConformance(fixture), IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Two_nodes_fire_each_timer_once()
    {
        string name = await fixture.CreateAsync();
        var clock = new MovableClock(TestStore.Start);
        await using TestStore one = Node(name, new PumpOptions { MaxClaims = 8 }, clock);
        await using TestStore two = Node(name, new PumpOptions { MaxClaims = 8 }, clock);
        await one.Pump.StartAsync(default);
        await one.DefineAsync("d", "delay:PT1H", "number", "dispatch:child", "number");
        await one.DefineAsync("child", "number");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => one.Pump.SendAsync(Start($"k{i}", "d")).AsTask()));
        await two.Pump.StartAsync(default);
        clock.Advance(TimeSpan.FromHours(1));
        int finished;
        do
        {
            one.Pump.Wake();
            two.Pump.Wake();
            finished = await one.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync(i => i.Status == "Finished"));
        }
        while (finished < 400);
        Assert.Equal(600, await LastNumberAsync(one));
        Assert.Equal(600, await one.QueryAsync(c => c.Set<WorkflowInstanceRow>().SumAsync(i => (int)i.Revision)) - 200);
        Assert.Equal(0, await one.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
    }

    [Fact]
    public async Task Two_nodes_serialise_a_family_and_share_a_series()
    {
        string name = await fixture.CreateAsync();
        await using TestStore one = Node(name, new PumpOptions { MaxBatch = 7 });
        await using TestStore two = Node(name, new PumpOptions { MaxBatch = 5 });
        await one.Pump.StartAsync(default);
        await two.Pump.StartAsync(default);
        Task counting = Task.WhenAll(Enumerable.Range(0, 100).Select(i => CountUpAsync(i % 2 == 0 ? one : two, $"c{i}")));
        int[] taken = await TakeNumbersAsync(200, i => i % 2 == 0 ? one.Pump : two.Pump);
        await counting;
        Assert.Equal("100", (await FindAsync(one, "counter"))!.Text);
        Assert.Equal(Enumerable.Range(1, 160), taken.Order());
    }

    [Fact]
    public async Task What_another_node_commits_is_heard_by_those_who_watch_instances()
    {
        string name = await fixture.CreateAsync();
        var watcher = new Watcher();
        await using TestStore one = Node(name, new PumpOptions());
        await using var two = new TestStore(fixture.Open(name), new MovableClock(TestStore.Start), new PumpOptions(), configure: s => s.AddSingleton<IInstanceWatcher>(watcher));
        await one.Pump.StartAsync(default);
        await two.Pump.StartAsync(default);
        await one.DefineAsync("d", "wait:Go");
        // A wait without a due time is nothing to do for other nodes; those who look at instances hear of it all the same.
        for (int i = 0; !watcher.Elsewhere.Task.IsCompleted; i++)
            await one.Pump.SendAsync(Start($"k{i}", "d"));
        string mine = (await two.Pump.SendAsync(Start("mine", "d"))).InstanceIds[0];
        Assert.Contains(mine, watcher.Mine);
    }

    private sealed class Watcher : IInstanceWatcher
    {
        public TaskCompletionSource Elsewhere { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public System.Collections.Concurrent.ConcurrentBag<string> Mine { get; } = [];

        public void Changed(IReadOnlyCollection<string> instanceIds)
        {
            foreach (string id in instanceIds)
                Mine.Add(id);
        }

        public void ChangedElsewhere() => Elsewhere.TrySetResult();
    }

    [Theory]
    [InlineData("dispatch:child")]
    [InlineData("dispatch:child:self")]
    public async Task A_start_waits_for_the_node_that_holds_its_parent_and_finds_it_cancelled(string dispatch)
    {
        string name = await fixture.CreateAsync();
        await using TestStore one = Node(name, new PumpOptions { Deterministic = true });
        await using TestStore two = Node(name, new PumpOptions { Deterministic = true });
        await two.DefineAsync("parent", dispatch);
        await two.DefineAsync("child", "save:child-began", "wait:Never");
        string parent = await ParentAsync(two);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task holding = Task.Run(async () => await one.Pump.CommandAsync("hold", parent, Officer, async (_, _) =>
        {
            held.SetResult();
            await release.Task;
            return true;
        }));
        await held.Task;
        // The other node claims the letter and cannot have the parent: it leaves the letter where it is, without going round and round.
        Assert.Equal(0, await two.Pump.RunUntilIdleAsync());
        Assert.Equal(1, await two.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
        release.SetResult();
        await holding;
        await two.Pump.SendAsync(new CancelInstance { Key = "c", InstanceId = parent });
        await two.Pump.RunUntilIdleAsync();
        Assert.Null(await FindAsync(two, "child-began"));
    }

    [Fact]
    public async Task Children_that_start_on_one_node_while_their_parents_are_cancelled_on_another_leave_no_orphan()
    {
        const int Families = 60;
        string name = await fixture.CreateAsync();
        await using TestStore one = Node(name, new PumpOptions { MaxBatch = 3, MaxClaims = 3 });
        await using TestStore two = Node(name, new PumpOptions { MaxBatch = 5, MaxClaims = 5 });
        await one.Pump.StartAsync(default);
        await one.DefineAsync("parent", "wait:Go", "dispatch:child:self");
        await one.DefineAsync("child", "dispatch:grandchild:self");
        await one.DefineAsync("grandchild", "wait:Never");
        await two.Pump.StartAsync(default);
        string[] parents = await Task.WhenAll(Enumerable.Range(0, Families).Select(i => ParentAsync(one, $"p{i}")));
        await Task.WhenAll(
            Task.WhenAll(parents.Select((p, i) => two.Pump.SendAsync(new SignalWorkflows { Key = $"go{i}", Name = "Go", CaseKey = p }).AsTask())),
            Task.WhenAll(parents.Select((p, i) => one.Pump.SendAsync(new CancelInstance { Key = $"c{i}", InstanceId = p }).AsTask())));
        while (await one.QueryAsync(c => c.Set<MailboxRow>().CountAsync()) > 0)
        {
            one.Pump.Wake();
            two.Pump.Wake();
        }
        Assert.Equal(0, await CountAsync(one, "Suspended"));
        Assert.Equal(0, await one.QueryAsync(c => c.Set<DeadLetterRow>().CountAsync()));
        Assert.True(await CountAsync(one, "Cancelled") >= Families);
    }

    [Fact]
    public async Task A_connection_that_dies_in_a_batch_leaves_one_effect()
    {
        string name = await fixture.CreateAsync();
        await using TestStore store = Node(name, new PumpOptions());
        await store.Pump.StartAsync(default);
        await CountUpAsync(store, "c1");
        bool killed = false;
        await store.Pump.CommandAsync("kill", "counter", Officer, async (s, t) =>
        {
            Thing counter = (await s.FindAsync<Thing>("counter", t))!;
            s.Save(counter with { Text = counter.Text + "+" });
            if (!killed)
            {
                killed = true;
                await ((PostgresFixture)Fixture).KillConnectionsAsync(name);
            }
            return true;
        });
        Assert.Equal("1+", (await FindAsync(store, "counter"))!.Text);
    }
}
