using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Bursts;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>What every database must do. Each provider runs all of it.</summary>
public abstract partial class StoreConformance(StoreFixture fixture)
{
    private protected static readonly Actor Officer = new() { Id = "u1", Name = "甲", Department = "FIR", Roles = [Role.Inspector] };
    private static readonly PumpOptions ByHand = new() { Deterministic = true };

    private protected StoreFixture Fixture => fixture;

    [Fact]
    public async Task An_instance_starts_waits_resumes_and_finishes()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "save:t1", "number", "audit", "wait:Go", "message:hello");
        StimulusResult started = await store.Pump.SendAsync(Start("k1", "d"));
        Assert.Equal("Suspended", started.SubStatus);
        StimulusResult resumed = await store.Pump.SendAsync(new SignalWorkflows { Key = "k2", Name = "Go" });
        Assert.Equal(started.InstanceIds, resumed.InstanceIds);
        Assert.Equal("Finished", resumed.SubStatus);
        Assert.Equal(1, await store.QueryAsync(c => c.Set<OutboxRow>().CountAsync()));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<BookmarkRow>().CountAsync()));
        Assert.Equal([0L, 1, 2, 3, 4], await store.QueryAsync(c => c.Set<JournalRow>().OrderBy(j => j.Sequence).Select(j => j.Sequence).ToListAsync()));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_reopening()
    {
        string name = await fixture.CreateAsync();
        string instance;
        await using (TestStore first = Node(name, new PumpOptions()))
        {
            await first.Pump.StartAsync(default);
            await first.DefineAsync("d", "wait:Go", "save:after");
            instance = (await first.Pump.SendAsync(Start("k1", "d"))).InstanceIds[0];
        }
        await using TestStore second = Node(name, new PumpOptions());
        await second.Pump.StartAsync(default);
        StimulusResult resumed = await second.Pump.SendAsync(new SignalWorkflows { Key = "k2", Name = "Go" });
        Assert.Equal([instance], resumed.InstanceIds);
        Assert.NotNull(await FindAsync(second, "after"));
    }

    [Fact]
    public async Task A_start_with_the_same_instance_acts_once()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "number", "wait:Go");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Pump.SendAsync(Start("schedule|08:00", "d")).AsTask()));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync()));
        Assert.Equal(1, await LastNumberAsync(store));
    }

    [Fact]
    public async Task Everything_of_one_family_runs_serially()
    {
        await using TestStore store = await RunningAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => CountUpAsync(store, $"c{i}")));
        Assert.Equal("100", (await FindAsync(store, "counter"))!.Text);
    }

    [Fact]
    public async Task A_fault_drops_the_changes_of_its_activity_only()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "save:before", "number", "fault", "number", "save:after", "audit");
        StimulusResult result = await store.Pump.SendAsync(Start("k", "d"));
        Assert.NotNull(await FindAsync(store, "before"));
        Assert.NotNull(await FindAsync(store, "after"));
        Assert.Null(await FindAsync(store, "of-the-faulted-" + result.InstanceIds[0]));
        Assert.Equal(2, await LastNumberAsync(store));
        Assert.Equal(["step"], await store.QueryAsync(c => c.Set<AuditEntryRow>().Select(a => a.Kind).ToListAsync()));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().Select(i => i.IncidentCount).SingleAsync()));
    }

    [Fact]
    public async Task Numbers_have_no_gaps_although_some_takers_fail()
    {
        await using TestStore store = await RunningAsync();
        int[] taken = await TakeNumbersAsync(200, _ => store.Pump);
        Assert.Equal(Enumerable.Range(1, 160), taken.Order());
        Assert.Equal(160, await LastNumberAsync(store));
    }

    [Fact]
    public async Task A_replayed_key_gets_the_same_answer_and_acts_once()
    {
        await using TestStore store = await RunningAsync();
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => AskAsync(store, $"k{i}", "body")));
        Assert.Single(answers.Distinct());
        Assert.Equal(answers[0], await AskAsync(store, "later", "body"));
        Assert.Equal(1, await LastNumberAsync(store));
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => AskAsync(store, "other", "another body"));
        Assert.Equal(1, await LastNumberAsync(store));
    }

    [Fact]
    public async Task One_that_the_database_refuses_does_not_take_the_batch_with_it()
    {
        await using TestStore store = await RunningAsync();
        await store.Pump.CommandAsync("seed", "x", Officer, (s, _) => SaveNumberedAsync(s, "first", "N-1"));
        Task<bool>[] sent = [.. Enumerable.Range(0, 10).Select(i => store.Pump.CommandAsync($"c{i}", $"x{i}", Officer, (s, _) => SaveNumberedAsync(s, $"thing{i}", i == 5 ? "N-1" : $"M-{i}")).AsTask())];
        await Task.WhenAll(sent.Where((_, i) => i != 5));
        RuleViolationException refused = await Assert.ThrowsAsync<RuleViolationException>(() => sent[5]);
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.Null(await FindAsync(store, "thing5"));
        Assert.NotNull(await FindAsync(store, "thing9"));
    }

    [Fact]
    public async Task A_persons_refusal_leaves_nothing()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "save:t", "number", "audit", "message:m", "refuse");
        RuleViolationException refused = await Assert.ThrowsAsync<RuleViolationException>(async () => await store.Pump.SendAsync(Start("k", "d") with { Actor = Officer }));
        Assert.Equal("refused", refused.Code);
        Assert.Null(await FindAsync(store, "t"));
        Assert.Equal(0, await LastNumberAsync(store));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync()));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<OutboxRow>().CountAsync()));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<AuditEntryRow>().CountAsync()));
    }

    [Fact]
    public async Task The_clocks_refusal_becomes_an_incident()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "save:t", "refuse");
        await store.Pump.SendAsync(Start("k", "d"));
        Assert.NotNull(await FindAsync(store, "t"));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().Select(i => i.IncidentCount).SingleAsync()));
    }

    [Fact]
    public async Task A_batch_sees_what_its_earlier_stimuli_changed()
    {
        await using TestStore store = await RunningAsync();
        Task<int>[] seen = [.. Enumerable.Range(0, 30).Select(i => store.Pump.CommandAsync($"c{i}", "same", Officer, async (s, t) =>
        {
            int before = (await s.ListAsync<Thing>(new AggregateFilter { States = ["listed"] }, t)).Count;
            s.Save(new Thing($"l{i}", "same", "listed", s.Now.AddTicks(i)));
            return before;
        }).AsTask())];
        Assert.Equal(Enumerable.Range(0, 30), (await Task.WhenAll(seen)).Order());
    }

    [Fact]
    public async Task Too_long_a_burst_runs_in_the_slow_lane()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "slow", "save:done");
        StimulusResult result = await store.Pump.SendAsync(Start("k", "d") with { Actor = Officer });
        Assert.Equal("Finished", result.SubStatus);
        Assert.NotNull(await FindAsync(store, "done"));
    }

    [Fact]
    public async Task An_unknown_definition_is_named()
    {
        await using TestStore store = await RunningAsync();
        UnknownWorkflowException refused = await Assert.ThrowsAsync<UnknownWorkflowException>(async () => await store.Pump.SendAsync(Start("k", "nowhere")));
        Assert.Contains("nowhere", refused.Message, StringComparison.Ordinal);
    }

    private protected async Task<TestStore> RunningAsync(PumpOptions? options = null)
    {
        TestStore store = Node(await fixture.CreateAsync(), options ?? new PumpOptions());
        await store.Pump.StartAsync(default);
        return store;
    }

    private protected async Task<TestStore> ByHandAsync() => Node(await fixture.CreateAsync(), ByHand);

    private protected TestStore Node(string name, PumpOptions options, MovableClock? clock = null) =>
        new(fixture.Open(name), clock ?? new MovableClock(TestStore.Start), options);

    private protected static Workflows.Storage.Stimuli.StartWorkflow Start(string key, string definition) => new() { Key = key, Workflow = new WorkflowReference(definition) };

    private protected static Task<Thing?> FindAsync(TestStore store, string id) => store.Pump.CommandAsync("find|" + id, "find", Officer, (s, t) => s.FindAsync<Thing>(id, t)).AsTask();

    private protected static async Task<int> LastNumberAsync(TestStore store) =>
        await store.QueryAsync(c => c.Set<NumberSeriesRow>().Where(n => n.Organ == "organ").Select(n => n.Value).SingleOrDefaultAsync());

    private protected static async Task CountUpAsync(TestStore store, string key) => await store.Pump.CommandAsync(key, "counter", Officer, async (s, t) =>
    {
        Thing? counter = await s.FindAsync<Thing>("counter", t);
        int next = int.Parse(counter?.Text ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 1;
        s.Save(new Thing("counter", "counter", next.ToString(System.Globalization.CultureInfo.InvariantCulture), s.Now));
        return next;
    });

    /// <summary>Every fifth taker is refused after it took a number.</summary>
    private protected static async Task<int[]> TakeNumbersAsync(int count, Func<int, StimulusPump> pump)
    {
        Task<int>[] sent = [.. Enumerable.Range(0, count).Select(i => pump(i).CommandAsync($"n{i}", $"taker{i}", Officer, async (s, t) =>
        {
            int number = await s.TakeNumberAsync(new NumberSeries("organ", "form", 2026), t);
            if (i % 5 == 4)
                throw new RuleViolationException(RefusalKind.Invalid, "fifth", "", "第五个不行");
            return number;
        }).AsTask())];
        var taken = new List<int>();
        for (int i = 0; i < count; i++)
        {
            if (i % 5 == 4)
                await Assert.ThrowsAsync<RuleViolationException>(() => sent[i]);
            else
                taken.Add(await sent[i]);
        }
        return [.. taken];
    }

    private static Task<string> AskAsync(TestStore store, string key, string body) => store.Pump.CommandAsync(
        key, "asked", Officer, async (s, t) => "number " + await s.TakeNumberAsync(new NumberSeries("organ", "form", 2026), t), new IdempotencyKey("u1", "the key", body)).AsTask();

    private static ValueTask<bool> SaveNumberedAsync(ISupervisionSession session, string id, string number)
    {
        session.Save(new Thing(id, id, "numbered", session.Now) { Number = number });
        return ValueTask.FromResult(true);
    }
}
