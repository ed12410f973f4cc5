using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Audit;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Queries;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Audit;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>The audit trail, lists with row-level rules, and migrations.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task The_audit_trail_verifies_and_tampering_is_found()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "audit", "audit", "wait:Go", "audit");
        AuditTrail trail = store.Services.GetRequiredService<AuditTrail>();
        for (int i = 0; i < 5; i++)
            await store.Pump.SendAsync(Start($"k{i}", "d"));
        await trail.SealAsync(new DateOnly(2026, 3, 2));
        await store.Pump.SendAsync(new SignalWorkflows { Key = "go", Name = "Go" });
        string seal = await trail.SealAsync(new DateOnly(2026, 3, 3));
        Assert.Equal(seal, await trail.SealAsync(new DateOnly(2026, 3, 3)));
        var report = await VerifyAsync(trail);
        Assert.Empty(report.Problems);
        Assert.Equal(15, report.Checked);
        await store.QueryAsync(c => c.Database.ExecuteSqlRawAsync("UPDATE audit_entries SET kind = 'forged' WHERE sequence = 2"));
        Assert.NotEmpty((await VerifyAsync(trail)).Problems);
        await store.QueryAsync(c => c.Database.ExecuteSqlRawAsync("UPDATE audit_entries SET kind = 'step' WHERE sequence = 2"));
        Assert.Empty((await VerifyAsync(trail)).Problems);
        await store.QueryAsync(c => c.Database.ExecuteSqlRawAsync("DELETE FROM audit_entries WHERE sequence = 3"));
        Assert.NotEmpty((await VerifyAsync(trail)).Problems);
    }

    [Fact]
    public async Task Lists_are_paged_by_key_and_filtered_by_row()
    {
        await using TestStore store = await RunningAsync();
        await store.Pump.CommandAsync("fill", "x", Officer, (s, _) =>
        {
            for (int i = 0; i < 25; i++)
                s.Save(new Thing($"fir{i:D2}", "case1", "open", s.Now.AddMinutes(i / 2)) { Department = "FIR", Area = i % 5 == 0 ? "330281" : "330203" });
            s.Save(new Thing("pol", "case2", "open", s.Now) { Department = "POL", Area = "330203" });
            s.Save(new Thing("joint", "case1", "open", s.Now) { Area = "330203" });
            s.Save(new Thing("foreign-joint", "case2", "open", s.Now) { Area = "330203" });
            s.Save(new Thing("mine", "case2", "open", s.Now) { Department = "POL", Area = "330203", Owner = "u1" });
            return ValueTask.FromResult(true);
        });
        StoreQueries queries = store.Services.GetRequiredService<StoreQueries>();
        var seen = new List<string>();
        string? after = null;
        do
        {
            Page<Thing> page = await queries.ListAsync<Thing>(new AggregateFilter { States = ["open"] }, Visibility.Of(Officer with { Area = "330203" }), new PageRequest(4, after, NewestFirst: false));
            Assert.True(page.Items.Count <= 4);
            seen.AddRange(page.Items.Select(t => t.Id));
            after = page.Next;
        }
        while (after is not null);
        string[] expected = [.. Enumerable.Range(0, 25).Where(i => i % 5 != 0).Select(i => $"fir{i:D2}"), "joint", "mine"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.Null(await queries.FindAsync<Thing>("pol", Visibility.Of(Officer)));
        Assert.Null(await queries.FindAsync<Thing>("foreign-joint", Visibility.Of(Officer)));
        Assert.NotNull(await queries.FindAsync<Thing>("pol", Visibility.Of(Officer with { Roles = [Role.Supervisor] })));
        Assert.NotNull(await queries.FindAsync<Thing>("pol", Visibility.Everything));
        Actor party = new() { Id = "party:t9", Name = "当事人", Roles = [Role.Party] };
        Assert.Empty((await queries.ListAsync<Thing>(new AggregateFilter(), Visibility.Of(party), new PageRequest())).Items);
        await Assert.ThrowsAsync<FormatException>(async () => await queries.ListAsync<Thing>(new AggregateFilter(), Visibility.Everything, new PageRequest(4, "AAAA")));
    }

    [Fact]
    public async Task Instances_and_waits_are_listed_for_those_who_take_part()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "save:$id", "delay:P1D");
        await store.DefineAsync("other", "wait:Go");
        string id = (await store.Pump.SendAsync(Start("k1", "d"))).InstanceIds[0];
        await store.Pump.SendAsync(Start("k2", "other"));
        StoreQueries queries = store.Services.GetRequiredService<StoreQueries>();
        Assert.Equal(2, (await queries.InstancesAsync(new InstanceFilter(), Visibility.Everything, new PageRequest())).Items.Count);
        Assert.Equal([id], (await queries.InstancesAsync(new InstanceFilter(), Visibility.Of(Officer), new PageRequest())).Items.Select(i => i.Id));
        Assert.Empty((await queries.InstancesAsync(new InstanceFilter(), Visibility.Of(Officer with { Department = "POL" }), new PageRequest())).Items);
        OpenWait wait = (await queries.WaitsAsync(new WaitFilter { DueBefore = TestStore.Start.AddDays(2) }, Visibility.Of(Officer), new PageRequest())).Items.Single();
        Assert.Equal((id, "等待Delay", TestStore.Start.AddDays(1)), (wait.InstanceId, wait.WaitName, wait.DueAt));
        Assert.Equal(2, (await queries.WaitsAsync(new WaitFilter { NamedOnly = true }, Visibility.Everything, new PageRequest())).Items.Count);
    }

    [Fact]
    public async Task Migrations_run_under_a_lock_and_once()
    {
        string name = await fixture.CreateEmptyAsync();
        await using StoreProvider one = fixture.Open(name);
        await using StoreProvider two = fixture.Open(name);
        StoreModel[] nodes = [new(one, DomainAggregates.Map()), new(two, DomainAggregates.Map())];
        await Task.WhenAll(nodes.Select(n => new StoreMigrator(n).MigrateAsync()));
        await new StoreMigrator(nodes[0]).MigrateAsync();
        await using WorkflowsDbContext context = nodes[0].CreateContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        Assert.Equal(0, await context.Users.CountAsync());
        Assert.Equal(0, await context.Set<OutboxRow>().CountAsync());
    }

    private static async Task<Supervision.VerificationReport> VerifyAsync(AuditTrail trail)
    {
        using var export = new MemoryStream();
        await trail.ExportAsync(export);
        export.Position = 0;
        return AuditVerifier.Verify(export);
    }
}
