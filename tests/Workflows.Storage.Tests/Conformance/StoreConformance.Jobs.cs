using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Outbox;
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
}
