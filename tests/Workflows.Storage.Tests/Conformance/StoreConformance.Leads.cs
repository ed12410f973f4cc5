using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.Bursts;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Leads;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>What leads need of a store: keys that only one may have, buckets that see what was written a moment ago, times without a workflow.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task Reports_that_come_at_once_are_stored_once_each_and_near_ones_find_each_other()
    {
        string name = await fixture.CreateAsync();
        // A shared database is written by two nodes.
        await using TestStore one = LeadNode(name, new PumpOptions { MaxBatch = 7 });
        await using TestStore? two = one.Model.Provider.SharesDatabase ? LeadNode(name, new PumpOptions { MaxBatch = 5 }) : null;
        await one.Pump.StartAsync(default);
        await (two?.Pump.StartAsync(default) ?? Task.CompletedTask);
        // Forty events of two reports a few steps apart, the halves on different nodes, and each of the eighty reports twice.
        IntakeResult[] results = await Task.WhenAll(Enumerable.Range(0, 160).Select(i => TakeAsync((i % 2 == 0 ? two : null) ?? one, i, ReportOf(i / 4, i % 2))));
        Assert.Equal(80, results.Count(r => r.Outcome == IntakeOutcome.Stored));
        Assert.Equal(80, results.Select(r => r.LeadId).Distinct().Count());
        Assert.Equal(80, await one.QueryAsync(c => c.Set<LeadKeyRow>().CountAsync()));
        Lead[] leads = await LeadsAsync(one);
        Assert.All(leads, lead => Assert.Equal((1, 1), (lead.Links.Count, lead.Repeats)));
        Assert.All(leads, lead => Assert.Equal(lead.Id, leads.Single(other => other.Id == lead.Links[0].LeadId).Links[0].LeadId));
    }

    [Fact]
    public async Task Old_traces_are_swept_away_and_their_leads_stay()
    {
        var clock = new MovableClock(TestStore.Start);
        await using TestStore store = LeadNode(await fixture.CreateAsync(), ByHand, clock);
        await TakeAsync(store, 1, ReportOf(1, 0));
        clock.Advance(TimeSpan.FromDays(6));
        await TakeAsync(store, 2, ReportOf(2, 0));
        clock.Advance(TimeSpan.FromDays(2));
        await store.Services.GetRequiredService<Workflows.Storage.Upkeep.StoreUpkeep>().RunAsync("upkeep");
        Assert.Equal([TestStore.Start.AddDays(6)], await store.QueryAsync(c => c.Set<LeadTraceRow>().Select(t => t.CreatedAt).Distinct().ToArrayAsync()));
        Assert.Equal(2, (await LeadsAsync(store)).Length);
        Assert.Equal(IntakeOutcome.ExactDuplicate, (await TakeAsync(store, 3, ReportOf(1, 0))).Outcome);
    }

    [Fact]
    public async Task A_wake_comes_at_its_time_never_before_and_once()
    {
        var clock = new MovableClock(TestStore.Start);
        await using TestStore store = LeadNode(await fixture.CreateAsync(), ByHand, clock);
        StimulusResult set = await SetAsync(store, "bell", TestStore.Start.AddHours(1));
        Assert.False(set.WroteLetters);
        Assert.Equal(TestStore.Start.AddHours(1), await store.Pump.NextDueAsync());
        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        await store.Pump.RunUntilIdleAsync();
        Assert.Null(await FindAsync(store, "rung"));
        clock.Advance(TimeSpan.FromTicks(1));
        await store.Pump.RunUntilIdleAsync();
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal("1", (await FindAsync(store, "rung"))!.Text);
        Assert.Equal(0, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
    }

    [Fact]
    public async Task A_wake_that_nobody_answers_ends_among_the_dead_letters_where_it_is_seen()
    {
        var clock = new MovableClock(TestStore.Start);
        await using TestStore store = LeadNode(await fixture.CreateAsync(), ByHand, clock);
        await SetAsync(store, "nobody", TestStore.Start.AddHours(1));
        for (int i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await store.Pump.RunUntilIdleAsync();
        }
        Assert.Equal(1, await store.QueryAsync(c => c.Set<DeadLetterRow>().CountAsync(d => d.CaseKey == "w")));
    }

    [Fact]
    public async Task The_domain_starts_a_workflow_in_the_family_of_its_record_and_publishes_an_event()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("flow", "save:flowed", "wait:Go");
        await store.Pump.SendAsync(new DomainCommand
        {
            Key = "dispatch",
            CaseKey = "lead-1",
            Actor = Officer,
            Execute = (s, _, _) =>
            {
                s.Start(new DomainStart("flow:1", "instance-1", "lead-1", "lead-1", "RS-04", "{\"leadId\":\"lead-1\"}"));
                s.Start(new DomainStart("flow:1", "instance-1", "lead-1", "lead-1", "RS-04", "{}"));
                s.Publish(new DomainEvent("lead-1", "Lead.RS-04", "lead-1", "{\"leadId\":\"lead-1\"}"));
                return ValueTask.FromResult<object?>(null);
            },
        });
        await store.Pump.RunUntilIdleAsync();
        WorkflowInstanceRow started = await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().SingleAsync());
        Assert.Equal(("instance-1", "lead-1", "lead-1", "RS-04", "Suspended"), (started.Id, started.CaseKey, started.CorrelationId, started.Name, started.SubStatus));
        Assert.NotNull(await FindAsync(store, "flowed"));
        // The event found nobody and is forgotten.
        Assert.Equal(0, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
    }

    private TestStore LeadNode(string name, PumpOptions options, MovableClock? clock = null) => new(fixture.Open(name), clock ?? new MovableClock(TestStore.Start), options, configure: services => services
        .AddSingleton(new LeadClocks()).AddScoped<LeadIntake>().AddScoped<IWakeHandler, Bell>());

    private static async Task<IntakeResult> TakeAsync(TestStore store, int number, NewLead lead) => (IntakeResult)(await store.Pump.SendAsync(new DomainCommand
    {
        Key = $"take|{number}",
        CaseKey = LeadIntake.Family,
        Actor = Officer,
        Execute = async (_, services, token) => await services.GetRequiredService<LeadIntake>().TakeAsync(lead, token),
    })).Value!;

    private static NewLead ReportOf(int happening, int side) => new()
    {
        Trigger = TriggerKind.SensorAlarm,
        Source = "probe",
        ExternalNumber = string.Create(CultureInfo.InvariantCulture, $"{happening}-{side}"),
        Area = "330203001",
        MatterCode = "RS-04",
        Text = side == 0 ? $"甲{happening}" : $"乙{happening}",
        Latitude = 29.5 + (happening * 0.01) + (side * 0.0007),
        Longitude = 121.5,
    };

    private static async Task<Lead[]> LeadsAsync(TestStore store) => await store.Pump.CommandAsync(
        "leads|" + Guid.NewGuid(), "reading", Officer, async (s, t) => (await s.ListAsync<Lead>(new AggregateFilter(), t)).ToArray());

    private static async Task<StimulusResult> SetAsync(TestStore store, string kind, DateTimeOffset at) => await store.Pump.SendAsync(new DomainCommand
    {
        Key = "set|" + kind,
        CaseKey = "w",
        Actor = Officer,
        Execute = (s, _, _) =>
        {
            s.Wake(new DomainWake("w", kind, "rung", "first", at));
            return ValueTask.FromResult<object?>(null);
        },
    });

    private sealed class Bell(ISupervisionSession session) : IWakeHandler
    {
        public string Kind => "bell";

        public async ValueTask WokenAsync(DomainWake wake, CancellationToken cancellationToken = default)
        {
            Thing? rung = await session.FindAsync<Thing>(wake.Id, cancellationToken);
            int times = int.Parse(rung?.Text ?? "0", CultureInfo.InvariantCulture) + 1;
            session.Save(new Thing(wake.Id, wake.CaseKey, times.ToString(CultureInfo.InvariantCulture), session.Now));
        }
    }
}
