using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;

namespace Workflows.Storage.Tests.Conformance;

public sealed class SqliteTests(SqliteFixture fixture) : StoreConformance(fixture), IClassFixture<SqliteFixture>
{
    [Fact]
    public async Task A_crash_in_the_middle_of_a_batch_leaves_what_was_committed_before()
    {
        string name = await fixture.CreateAsync();
        await using TestStore store = Node(name, new PumpOptions());
        await store.Pump.StartAsync(default);
        await store.DefineAsync("d", "dispatch:child", "save:parent");
        await store.DefineAsync("child", "wait:Go");
        await CountUpAsync(store, "c1");
        var inside = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        Task<bool> hanging = store.Pump.CommandAsync("hang", "counter", Officer, async (s, _) =>
        {
            s.Save(new Thing("counter", "counter", "never", s.Now));
            inside.TrySetResult();
            await release.Task;
            return true;
        }).AsTask();
        await inside.Task;
        // What a killed process leaves on disk is what the files hold now.
        ((SqliteFixture)Fixture).Copy(name, name + "-after-crash");
        release.SetResult();
        await hanging;
        await using TestStore next = Node(name + "-after-crash", new PumpOptions());
        await next.Pump.StartAsync(default);
        Assert.Equal("1", (await FindAsync(next, "counter"))!.Text);
    }

    [Fact]
    public async Task Letters_of_a_dead_node_are_carried_out_by_the_next()
    {
        string name = await fixture.CreateAsync();
        await using (TestStore dead = Node(name, new PumpOptions { Deterministic = true }))
        {
            await dead.DefineAsync("d", "dispatch:child", "save:parent");
            await dead.DefineAsync("child", "save:child");
            await dead.Pump.SendAsync(Start("k", "d"));
        }
        await using TestStore next = Node(name, new PumpOptions { Deterministic = true });
        Assert.Equal(2, await next.Pump.RunUntilIdleAsync());
        Assert.NotNull(await FindAsync(next, "parent"));
    }
}
