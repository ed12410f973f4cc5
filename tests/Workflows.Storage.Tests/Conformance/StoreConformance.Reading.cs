using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Storage.Audit;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Queries;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Audit;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>The audit trail, lists with the row-level rule, and migrations.</summary>
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
    public async Task Instances_are_listed_for_those_who_take_part_and_for_operators_of_the_area()
    {
        await using TestStore store = await RunningAsync();
        await store.DefineAsync("d", "save:$id", "delay:P1D");
        await store.DefineAsync("other", "wait:Go");
        string id = (await store.Pump.SendAsync(Start("k1", "d"))).InstanceIds[0];
        await store.Pump.SendAsync(Start("k2", "other"));
        var reader = store.Services.GetRequiredService<InstanceReader>();
        async Task<IEnumerable<string>> SeenAsync(FamilySight sight) =>
            (await reader.PageAsync(new InstanceSelection(), sight, InstanceOrder.Created, false, new Stretch(0, 10))).Items.Select(i => i.Id);
        Assert.Equal(2, (await SeenAsync(FamilySight.Everything)).Count());
        Assert.Equal([id], await SeenAsync(FamilySight.Of(Officer)));
        Assert.Empty(await SeenAsync(FamilySight.Of(Officer with { Department = "POL" })));
        Assert.Equal(2, (await SeenAsync(FamilySight.OfOperator(Officer with { Roles = [Role.Dispatcher] }))).Count());
        Assert.Empty(await SeenAsync(FamilySight.OfOperator(Officer with { Roles = [Role.Dispatcher], Area = "330282" })));
    }

    [Fact]
    public async Task Migrations_run_under_a_lock_and_once()
    {
        string name = await fixture.CreateEmptyAsync();
        await using StoreProvider one = fixture.Open(name);
        await using StoreProvider two = fixture.Open(name);
        StoreModel[] nodes = [new(one, DomainAggregates.Shared), new(two, DomainAggregates.Shared)];
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
