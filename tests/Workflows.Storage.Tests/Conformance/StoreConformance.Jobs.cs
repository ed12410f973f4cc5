using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>Computations too long for a burst are outbox rows: done beside everything else, at least once, with one effect.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_job_holds_no_message_up_and_its_result_resumes_the_step_once()
    {
        var job = new LongJob();
        var notices = new FlakyChannel("notice") { Dies = false };
        await using TestStore store = Working(await Fixture.CreateAsync(), new MovableClock(TestStore.Start), job, notices);
        await store.DefineAsync("d", "message:hello", "job:long", "number");
        await store.Pump.SendAsync(Start("k", "d"));
        OutboxDelivery delivery = store.Services.GetRequiredService<OutboxDelivery>();
        Assert.Equal(2, await delivery.RunOnceAsync());
        await job.Begun.Task;
        store.Movable.Advance(TimeSpan.FromMinutes(1));
        await delivery.RunOnceAsync();
        Assert.Equal("Delivered", await store.QueryAsync(c => c.Set<OutboxRow>().Where(o => o.Channel == "notice").Select(o => o.State).SingleAsync()));
        Assert.Equal(0, await LastNumberAsync(store));
        // Its lease runs out while it is at work here: that is no reason to begin it again.
        store.Movable.Advance(TimeSpan.FromMinutes(3));
        await delivery.RunOnceAsync();
        job.Release.SetResult();
        await delivery.LongWorkAsync();
        Assert.Equal((1, 1), (job.Times, await LastNumberAsync(store)));
        Assert.Equal("Delivered", await store.QueryAsync(c => c.Set<OutboxRow>().Where(o => o.Channel == "long").Select(o => o.State).SingleAsync()));
    }

    [Fact]
    public async Task A_job_that_two_nodes_do_has_one_effect()
    {
        string name = await Fixture.CreateAsync();
        var clock = new MovableClock(TestStore.Start);
        var slow = new LongJob();
        var quick = new LongJob();
        quick.Release.SetResult();
        await using TestStore one = Working(name, clock, slow);
        await using TestStore two = Working(name, clock, quick);
        await one.DefineAsync("d", "job:long", "number");
        await one.Pump.SendAsync(Start("k", "d"));
        OutboxDelivery first = one.Services.GetRequiredService<OutboxDelivery>();
        OutboxDelivery second = two.Services.GetRequiredService<OutboxDelivery>();
        Assert.Equal(1, await first.RunOnceAsync());
        await slow.Begun.Task;
        Assert.Equal(0, await second.RunOnceAsync());
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await second.RunOnceAsync());
        await second.LongWorkAsync();
        Assert.Equal(1, await LastNumberAsync(one));
        slow.Release.SetResult();
        await first.LongWorkAsync();
        Assert.Equal((1, 1, 1), (slow.Times, quick.Times, await LastNumberAsync(one)));
        Assert.Equal(0, await one.QueryAsync(c => c.Set<DeadLetterRow>().CountAsync()));
    }

    [Fact]
    public async Task A_job_whose_process_died_is_taken_up_by_the_next()
    {
        string name = await Fixture.CreateAsync();
        var clock = new MovableClock(TestStore.Start);
        var died = new LongJob();
        await using (TestStore one = Working(name, clock, died))
        {
            await one.DefineAsync("d", "job:long", "number");
            await one.Pump.SendAsync(Start("k", "d"));
            await one.Services.GetRequiredService<OutboxDelivery>().RunOnceAsync();
            await died.Begun.Task;
        }

        var job = new LongJob();
        job.Release.SetResult();
        await using TestStore two = Working(name, clock, job);
        OutboxDelivery delivery = two.Services.GetRequiredService<OutboxDelivery>();
        await delivery.TakeUpAsync();
        // Where other nodes may be alive the lease has to run out.
        if (!two.Model.Provider.SingleWriter)
            clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(1, await delivery.RunOnceAsync());
        await delivery.LongWorkAsync();
        Assert.Equal((1, 1), (job.Times, await LastNumberAsync(two)));
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_no_other_up_and_is_given_no_more_until_it_is_through()
    {
        var gateway = new Hanging("gateway");
        var notices = new Hanging("notice");
        notices.Release.SetResult();
        await using TestStore store = Working(await Fixture.CreateAsync(), new MovableClock(TestStore.Start), gateway, notices);
        await store.DefineAsync("d", "number");
        await SendAsync(store, "gateway", 3);
        OutboxDelivery delivery = store.Services.GetRequiredService<OutboxDelivery>();
        await delivery.StartAsync(CancellationToken.None);
        await gateway.TakenAsync(3);
        await SendAsync(store, "gateway", 1);
        // Each of these comes in a look of its own, while the gateway has not said a word.
        for (int i = 1; i <= 3; i++)
        {
            await SendAsync(store, "notice", 1);
            delivery.Wake();
            await notices.TakenAsync(i);
        }
        Assert.Equal(3, gateway.Taken);
        gateway.Release.SetResult();
        await gateway.TakenAsync(4);
        await delivery.StopAsync(CancellationToken.None);
        Assert.Equal(7, await store.QueryAsync(c => c.Set<OutboxRow>().CountAsync(o => o.State == "Delivered" && o.Attempts == 1)));
    }

    [Fact]
    public async Task A_message_waits_for_its_hour_at_each_try_and_waiting_is_no_try()
    {
        var clock = new MovableClock(TestStore.Start);
        // Until two hours after the beginning nothing goes, nor between three and five hours.
        var channel = new Quiet(TestStore.Start);
        await using TestStore store = Working(await Fixture.CreateAsync(), clock, channel);
        await store.DefineAsync("d", "number");
        await SendAsync(store, "quiet", 1);
        OutboxDelivery delivery = store.Services.GetRequiredService<OutboxDelivery>();
        await delivery.RunOnceAsync();
        OutboxRow row = await store.QueryAsync(c => c.Set<OutboxRow>().SingleAsync());
        Assert.Equal((0, 0, TestStore.Start.AddHours(2), ""), (channel.Tries, row.Attempts, row.NextAttemptAt, row.LastError ?? ""));
        clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        await delivery.RunOnceAsync();
        // The try failed a second before the hours begin: the next is made at their end and not five seconds later.
        row = await store.QueryAsync(c => c.Set<OutboxRow>().SingleAsync());
        Assert.Equal((1, 1, TestStore.Start.AddHours(5)), (channel.Tries, row.Attempts, row.NextAttemptAt));
        clock.Advance(TimeSpan.FromHours(2));
        await delivery.RunOnceAsync();
        row = await store.QueryAsync(c => c.Set<OutboxRow>().SingleAsync());
        Assert.Equal((1, 1, TestStore.Start.AddHours(5)), (channel.Tries, row.Attempts, row.NextAttemptAt));
        clock.Advance(TimeSpan.FromSeconds(1));
        await delivery.RunOnceAsync();
        row = await store.QueryAsync(c => c.Set<OutboxRow>().SingleAsync());
        Assert.Equal((2, 2, "Delivered"), (channel.Tries, row.Attempts, row.State));
    }

    private static async Task SendAsync(TestStore store, string channel, int count) => await store.Pump.CommandAsync("send|" + Guid.NewGuid(), "sending", Officer, (s, _) =>
    {
        for (int i = 0; i < count; i++)
            s.Send(new Supervision.Sessions.OutboxMessage(channel, "somebody", "提醒", "text", null, null));
        return ValueTask.FromResult(true);
    });

    private TestStore Working(string name, MovableClock clock, params IOutboxChannel[] channels) => new(Fixture.Open(name), clock, ByHand, configure: s =>
    {
        foreach (IOutboxChannel channel in channels)
            s.AddSingleton(channel);
    });

    private sealed class LongJob : IOutboxChannel
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Times { get; private set; }

        public string Name => "long";

        public bool TakesLong => true;

        public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
        {
            Times++;
            Begun.TrySetResult();
            await Release.Task;
            return OutboxAnswer.Answered(new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["result"] = 1 });
        }
    }

    private sealed class Hanging(string name) : IOutboxChannel
    {
        private readonly SemaphoreSlim _each = new(0);
        private int _awaited;
        private int _taken;

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Taken => Volatile.Read(ref _taken);

        public string Name => name;

        public async Task TakenAsync(int count)
        {
            for (; _awaited < count; _awaited++)
                Assert.True(await _each.WaitAsync(TimeSpan.FromMinutes(1)), $"{name} was given {Taken} of {count}");
        }

        public async ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _taken);
            _each.Release();
            await Release.Task;
            return OutboxAnswer.Delivered;
        }
    }

    private sealed class Quiet(DateTimeOffset start) : IOutboxChannel
    {
        public int Tries { get; private set; }

        public string Name => "quiet";

        public DateTimeOffset Release(OutboxItem item, DateTimeOffset at) =>
            at < start.AddHours(2) ? start.AddHours(2) : at >= start.AddHours(3) && at < start.AddHours(5) ? start.AddHours(5) : at;

        public ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken) =>
            ValueTask.FromResult(++Tries == 1 ? OutboxAnswer.Failed("no answer") : OutboxAnswer.Delivered);
    }
}
