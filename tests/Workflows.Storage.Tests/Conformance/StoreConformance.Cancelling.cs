using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;
using Workflows.Supervision.Inspections;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Tests.Conformance;

/// <summary>Cancelling goes down the tree of instances, but not through an open case.</summary>
public abstract partial class StoreConformance
{
    [Theory]
    [InlineData("dispatch:child")]
    [InlineData("dispatch:child:self")]
    public async Task Cancelling_a_parent_cancels_its_children_and_theirs(string dispatch)
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", dispatch, "save:parent-done");
        await store.DefineAsync("child", dispatch.Replace("child", "grandchild", StringComparison.Ordinal), "save:child-done");
        await store.DefineAsync("grandchild", "delay:PT1H", "number");
        await store.DefineAsync("stranger", "delay:PT1H", "save:stranger-done");
        string parent = await ParentAsync(store);
        await store.Pump.SendAsync(Start("s", "stranger"));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal(4, await CountAsync(store, "Suspended"));

        await store.Pump.SendAsync(new CancelInstance { Key = "c", InstanceId = parent, Reason = "计划撤销" });
        // The letter to the child stands in the commit that cancelled the parent.
        Assert.Equal(nameof(CancelInstance), await store.QueryAsync(c => c.Set<MailboxRow>().Select(m => m.Kind).SingleAsync()));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal(3, await CountAsync(store, "Cancelled"));
        store.Movable.Advance(TimeSpan.FromHours(2));
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal(0, await LastNumberAsync(store));
        Assert.Null(await FindAsync(store, "parent-done"));
        Assert.NotNull(await FindAsync(store, "stranger-done"));
        await NothingIsLeftAsync(store);
    }

    [Theory]
    [InlineData("dispatch:child")]
    [InlineData("dispatch:child:self")]
    public async Task A_child_whose_parent_was_cancelled_before_it_began_never_begins(string dispatch)
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", dispatch);
        await store.DefineAsync("child", "save:child-began", "wait:Never");
        string parent = await ParentAsync(store);
        Assert.Equal(nameof(StartWorkflow), await store.QueryAsync(c => c.Set<MailboxRow>().Select(m => m.Kind).SingleAsync()));
        await store.Pump.SendAsync(new CancelInstance { Key = "c", InstanceId = parent });
        await store.Pump.RunUntilIdleAsync();
        Assert.Null(await FindAsync(store, "child-began"));
        Assert.Equal(1, await store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync()));
        await NothingIsLeftAsync(store);
    }

    [Fact]
    public async Task A_case_withdrawn_before_its_workflow_began_never_begins_and_its_parent_hears_of_it()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", "dispatch:child:self", "save:parent-done");
        await store.DefineAsync("child", "save:child-began", "wait:Never");
        await ParentAsync(store);
        string child = await store.QueryAsync(c => c.Set<MailboxRow>().Select(m => m.CaseKey).SingleAsync());
        await WithCaseAsync(store, child, CaseState.Withdrawn, ends: true);
        await store.Pump.RunUntilIdleAsync();
        Assert.Null(await FindAsync(store, "child-began"));
        Assert.NotNull(await FindAsync(store, "parent-done"));
        await NothingIsLeftAsync(store);
    }

    [Fact]
    public async Task The_workflow_of_an_open_case_outlives_its_parent_and_ends_when_the_case_is_withdrawn()
    {
        await using TestStore store = await ByHandAsync();
        await store.DefineAsync("parent", "dispatch:child:self", "save:parent-done");
        await store.DefineAsync("child", "delay:PT1H", "save:first-deadline", "delay:PT1H", "save:second-deadline");
        string parent = await ParentAsync(store);
        string child = await store.QueryAsync(c => c.Set<MailboxRow>().Select(m => m.CaseKey).SingleAsync());
        await WithCaseAsync(store, child, CaseState.Open, ends: false);
        await store.Pump.RunUntilIdleAsync();
        await store.Pump.SendAsync(new CancelInstance { Key = "c", InstanceId = parent });
        await store.Pump.RunUntilIdleAsync();
        Assert.Equal((1, 1), (await CountAsync(store, "Cancelled"), await CountAsync(store, "Suspended")));

        RuleViolationException refused = await Assert.ThrowsAsync<RuleViolationException>(async () => await store.Pump.SendAsync(new CancelInstance { Key = "d", InstanceId = child, Actor = Officer }));
        Assert.Equal(("instance-of-open-matter", RefusalKind.Conflict), (refused.Code, refused.Kind));
        store.Movable.Advance(TimeSpan.FromHours(1));
        await store.Pump.RunUntilIdleAsync();
        Assert.NotNull(await FindAsync(store, "first-deadline"));

        await WithCaseAsync(store, child, CaseState.Withdrawn, ends: true);
        await store.Pump.RunUntilIdleAsync();
        store.Movable.Advance(TimeSpan.FromHours(2));
        await store.Pump.RunUntilIdleAsync();
        Assert.Null(await FindAsync(store, "second-deadline"));
        Assert.Equal(2, await CountAsync(store, "Cancelled"));
        await NothingIsLeftAsync(store);
    }

    private protected static async Task<string> ParentAsync(TestStore store, string key = "parent") => (await store.Pump.SendAsync(Start(key, "parent"))).InstanceIds[0];

    private protected static Task<int> CountAsync(TestStore store, string subStatus) =>
        store.QueryAsync(c => c.Set<WorkflowInstanceRow>().CountAsync(i => i.SubStatus == subStatus));

    private static async Task NothingIsLeftAsync(TestStore store)
    {
        Assert.Equal(0, await store.QueryAsync(c => c.Set<MailboxRow>().CountAsync()));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<BookmarkRow>().CountAsync()));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<DeadLetterRow>().CountAsync()));
    }

    private static async Task WithCaseAsync(TestStore store, string instanceId, CaseState state, bool ends) => await store.Pump.CommandAsync($"case|{state}", instanceId, Officer, (session, _) =>
    {
        session.Save(new Case
        {
            Id = "case",
            CaseKey = instanceId,
            CaseId = "case",
            TargetId = "T1",
            Created = new Cause(null, Officer.Id, Officer.Name, session.Now),
            Number = "1号",
            ScenarioCode = "s",
            PackageVersionId = "v1",
            Trigger = TriggerKind.MonthlyPlan,
            Target = new TargetSnapshot { Id = "T1", Name = "对象", Kind = "Premises", Address = "样例路1号" },
            Departments = [],
            LeadDepartment = "FIR",
            RootInstanceId = instanceId,
            Stage = CaseStage.BeforeVisit,
            State = state,
        });
        if (ends)
            session.EndWorkflow(instanceId, "撤销");
        return ValueTask.FromResult(true);
    });
}
