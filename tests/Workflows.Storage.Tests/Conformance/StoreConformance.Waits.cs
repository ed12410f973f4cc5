using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Storage.Upkeep;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>Timers, letters, signals and the outbox.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_timer_fires_once_and_never_early()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("d", "delay:PT1H", "number");
        await store.Pump.SendAsync(Start("k", "d"));
        Assert.Equal(TestStore.Start.AddHours(1), await store.Pump.NextDueAsync());
        store.Movable.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(0, await store.Pump.RunUntilIdleAsync());
        store.Movable.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await store.Pump.RunUntilIdleAsync());
        Assert.Equal(0, await store.Pump.RunUntilIdleAsync());
        Assert.Equal(1, await LastNumberAsync(store));
        Assert.Null(await store.Pump.NextDueAsync());
        Assert.Equal(TimeSpan.Zero, store.Model.Provider.Meter.GreatestLateness);
    }

    [Fact]
    public async Task The_running_pump_fires_timers_when_the_clock_was_moved()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "delay:P3D", "save:fired");
        for (int i = 0; i < 50; i++)
            await store.Pump.SendAsync(Start($"k{i}", "d"));
        var done = new TaskCompletionSource();
        int fired = 0;
        store.Pump.BatchDone = n =>
        {
            if (Interlocked.Add(ref fired, n) >= 50)
                done.TrySetResult();
        };
        store.Movable.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(5));
        store.Pump.Wake();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(50, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync(i => i.SubStatus == "Finished" && i.Revision == 2)));
        Assert.Equal(TimeSpan.FromMinutes(5), store.Model.Provider.Meter.GreatestLateness);
    }

    [Fact]
    public async Task A_child_is_started_and_reports_to_its_parent()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", "dispatch:child", "save:parent-done");
        await store.DefineAsync("child", "save:child-done");
        string parent = (await store.Pump.SendAsync(Start("k", "parent"))).InstanceIds[0];
        await store.Pump.RunUntilIdleAsync();
        Assert.NotNull(await FindAsync(store, "child-done"));
        Assert.NotNull(await FindAsync(store, "parent-done"));
        WorkflowInstanceRow child = await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync(i => i.ParentInstanceId == parent));
        Assert.Equal(parent, child.CaseKey);
        Assert.Equal(0, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
    }

    [Fact]
    public async Task Who_waits_for_the_letters_of_a_stimulus_finds_what_they_brought_about()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("parent", "dispatch:child", "dispatch:child", "save:parent-done");
        await store.DefineAsync("child", "number");
        StimulusResult started = await store.Pump.SendAsync(Start("k", "parent"));
        Assert.True(started.WroteLetters);
        await store.Pump.SettleAsync();
        Assert.NotNull(await FindAsync(store, "parent-done"));
        Assert.Equal(2, await LastNumberAsync(store));
        Assert.False((await store.Pump.SendAsync(Start("k2", "child"))).WroteLetters);
    }

    [Fact]
    public async Task A_child_may_found_its_own_family()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", "dispatch:child:self", "save:parent-done");
        await store.DefineAsync("child", "wait:Go");
        string parent = (await store.Pump.SendAsync(Start("k", "parent"))).InstanceIds[0];
        await store.Pump.RunUntilIdleAsync();
        WorkflowInstanceRow child = await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync(i => i.ParentInstanceId == parent));
        Assert.Equal(child.Id, child.CaseKey);
        await store.Pump.SendAsync(new SignalWorkflows { Key = "go", Name = "Go", CaseKey = child.Id });
        await store.Pump.RunUntilIdleAsync();
        Assert.NotNull(await FindAsync(store, "parent-done"));
    }

    [Fact]
    public async Task A_published_event_resumes_who_waits_for_it()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("waits", "event:Ready", "number");
        await store.DefineAsync("says", "publish:Ready");
        for (int i = 0; i < 3; i++)
            await store.Pump.SendAsync(Start($"w{i}", "waits"));
        await store.Pump.SendAsync(Start("s", "says"));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal(3, await LastNumberAsync(store));
    }

    [Fact]
    public async Task A_signal_that_comes_before_its_wait_is_kept()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("d", "wait:Proof", "save:resumed");
        await SignalAsync(store, "family", "Proof");
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal(1, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync(m => m.State == 1)));
        await store.Pump.SendAsync(Start("k", "d") with { CaseKey = "family" });
        await store.Pump.RunUntilIdleAsync();
        Assert.NotNull(await FindAsync(store, "resumed"));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
    }

    [Fact]
    public async Task A_signal_reaches_its_family_only()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("d", "wait:Proof", "save:$id");
        string mine = (await store.Pump.SendAsync(Start("a", "d"))).InstanceIds[0];
        string other = (await store.Pump.SendAsync(Start("b", "d"))).InstanceIds[0];
        await SignalAsync(store, mine, "Proof");
        await store.Pump.RunUntilIdleAsync();
        Assert.NotNull(await FindAsync(store, mine));
        Assert.Null(await FindAsync(store, other));
    }

    [Fact]
    public async Task Cancelling_ends_the_waits()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("d", "delay:PT1H", "number");
        string id = (await store.Pump.SendAsync(Start("k", "d"))).InstanceIds[0];
        Assert.Equal("Cancelled", (await store.Pump.SendAsync(new CancelInstance { Key = "c", InstanceId = id })).SubStatus);
        store.Movable.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await store.Pump.RunUntilIdleAsync());
        Assert.Equal(0, await LastNumberAsync(store));
    }

    [Fact]
    public async Task A_letter_that_always_fails_becomes_a_dead_letter_and_blocks_nobody()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", "dispatch:bad");
        await store.DefineAsync("bad", "crash");
        await store.DefineAsync("good", "dispatch:child", "save:good");
        await store.DefineAsync("child", "save:child");
        await store.Pump.SendAsync(Start("p", "parent"));
        await store.Pump.SendAsync(Start("g", "good"));
        await store.Pump.RunUntilIdleAsync();
        Assert.NotNull(await FindAsync(store, "good"));
        for (int i = 0; i < 10; i++)
        {
            store.Movable.Advance(TimeSpan.FromHours(1));
            await store.Pump.RunUntilIdleAsync();
        }
        DeadLetterRow letter = await store.QueryAsync(c => c.Set<DeadLetterRow>().SingleAsync());
        Assert.Contains("The engine itself failed.", letter.Error, StringComparison.Ordinal);
        Assert.Equal(0, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
    }

    [Fact]
    public async Task A_timer_that_fails_shows_and_is_tried_again()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("d", "delay:PT1H", "crash");
        await store.Pump.SendAsync(Start("k", "d"));
        store.Movable.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await store.Pump.RunUntilIdleAsync());
        Assert.Equal("Timer", (await store.QueryAsync(c => c.Set<DeadLetterRow>().SingleAsync())).Kind);
        Assert.Equal(TestStore.Start.AddHours(1).AddMinutes(1), await store.Pump.NextDueAsync());
        // The fault is mended by a corrected definition of the same version; the timer then has its effect.
        await store.DefineAsync("d", "delay:PT1H", "number");
        store.Movable.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await store.Pump.RunUntilIdleAsync());
        Assert.Equal(1, await LastNumberAsync(store));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<DeadLetterRow>().CountAsync()));
    }

    [Fact]
    public async Task The_outbox_delivers_again_after_a_failure_and_answers_resume()
    {
        var channel = new FlakyChannel("http");
        await using var store = new TestStore(fixture.Open(await fixture.CreateAsync()), new MovableClock(TestStore.Start), ByHand, configure: s => s.AddSingleton<IOutboxChannel>(channel));
        await store.DefineAsync("d", "http:https://example.invalid/", "number");
        await store.Pump.SendAsync(Start("k", "d"));
        OutboxDelivery delivery = store.Services.GetRequiredService<OutboxDelivery>();
        Assert.Equal(1, await delivery.RunOnceAsync());
        Assert.Equal(0, await delivery.RunOnceAsync());
        Assert.Equal(0, await LastNumberAsync(store));
        store.Movable.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await delivery.RunOnceAsync());
        Assert.Equal(1, await LastNumberAsync(store));
        Assert.Equal(2, channel.Seen.Count);
        Assert.Single(channel.Seen.Distinct());
        OutboxRow row = await store.QueryAsync(c => c.Set<OutboxRow>().SingleAsync());
        Assert.Equal(("Delivered", 2), (row.State, row.Attempts));
        store.Movable.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await delivery.RunOnceAsync());
    }

    [Fact]
    public async Task A_delivery_whose_node_died_is_made_again()
    {
        var channel = new FlakyChannel("notice") { Dies = true };
        await using var store = new TestStore(fixture.Open(await fixture.CreateAsync()), new MovableClock(TestStore.Start), ByHand, configure: s => s.AddSingleton<IOutboxChannel>(channel));
        await store.DefineAsync("d", "message:hello");
        await store.Pump.SendAsync(Start("k", "d"));
        OutboxDelivery delivery = store.Services.GetRequiredService<OutboxDelivery>();
        using var death = new CancellationTokenSource();
        channel.OnDelivery = death.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delivery.RunOnceAsync(death.Token));
        channel.Dies = false;
        channel.OnDelivery = null;
        Assert.Equal(0, await delivery.RunOnceAsync());
        store.Movable.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await delivery.RunOnceAsync());
        Assert.Single(channel.Seen.Distinct());
    }

    [Fact]
    public async Task Answers_are_kept_for_seven_days()
    {
        await using TestStore store = await ByHandAsync();
        await AskAsync(store, "k1", "body");
        store.Movable.Advance(TimeSpan.FromDays(6.9));
        await store.Services.GetRequiredService<StoreUpkeep>().RunAsync("night 1");
        await AskAsync(store, "k2", "body");
        Assert.Equal(1, await LastNumberAsync(store));
        store.Movable.Advance(TimeSpan.FromDays(0.2));
        await store.Services.GetRequiredService<StoreUpkeep>().RunAsync("night 2");
        await AskAsync(store, "k3", "body");
        Assert.Equal(2, await LastNumberAsync(store));
    }

    [Fact]
    public async Task The_same_stimuli_give_the_same_rows()
    {
        var runs = new List<string[]>();
        for (int run = 0; run < 2; run++)
        {
            await using TestStore store = await ByHandAsync();
            await store.DefineAsync("parent", "dispatch:child", "audit", "number");
            await store.DefineAsync("child", "delay:PT1H", "number", "message:x", "audit");
            for (int i = 0; i < 20; i++)
                await store.Pump.SendAsync(Start($"seed7|{i}", "parent"));
            await store.Pump.RunUntilIdleAsync();
            store.Movable.Advance(TimeSpan.FromHours(1));
            await store.Pump.RunUntilIdleAsync();
            runs.Add(
            [
                .. await store.QueryAsync(c => c.Set<AuditEntryRow>().OrderBy(a => a.Hash).Select(a => a.Hash).ToListAsync()),
                .. await store.QueryAsync(c => c.Set<OutboxRow>().OrderBy(o => o.Id).Select(o => o.Id).ToListAsync()),
                .. await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().OrderBy(i => i.Id).Select(i => i.State).ToListAsync()),
            ]);
        }
        Assert.Equal(100, runs[0].Length);
        Assert.Equal(runs[0], runs[1]);
    }

    private static async Task SignalAsync(TestStore store, string caseKey, string name) => await store.Pump.CommandAsync($"signal|{caseKey}", caseKey, Officer, (s, _) =>
    {
        s.Signal(new WorkflowSignal(caseKey, name, "", "{}"));
        return ValueTask.FromResult(true);
    });

    private sealed class FlakyChannel(string name) : IOutboxChannel
    {
        public string Name => name;

        public List<string> Seen { get; } = [];

        public bool Dies { get; set; }

        public Action? OnDelivery { get; set; }

        public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
        {
            Seen.Add(item.Id);
            OnDelivery?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            if (Dies || (Seen.Count == 1 && name == "http"))
                throw new HttpRequestException("no route");
            return ValueTask.FromResult(OutboxAnswer.Answered(new Dictionary<string, JsonNode?> { ["StatusCode"] = 200 }));
        }
    }
}
