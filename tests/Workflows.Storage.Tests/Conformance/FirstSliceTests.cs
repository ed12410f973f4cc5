using Microsoft.EntityFrameworkCore;
using Workflows.Engine.Bursts;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Sqlite;
using Workflows.Storage.Stimuli;
using Workflows.Storage.Tests.Engine;
using Workflows.Storage.Tests.Stores;

namespace Workflows.Storage.Tests.Conformance;

public class FirstSliceTests
{
    [Fact]
    public async Task An_instance_starts_waits_resumes_and_finishes()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        await using TestStore store = await new TestStore(new SqliteStore(Path.Combine(folder, "a.db")), new MovableClock(TestStore.Start), new PumpOptions()).PrepareAsync();
        await store.Pump.StartAsync(default);
        await store.DefineAsync("d", "save:t1", "number", "audit", "wait:Go", "message:hello");
        StimulusResult started = await store.Pump.SendAsync(new StartWorkflow { Key = "k1", Workflow = new WorkflowReference("d") });
        Assert.Equal("Suspended", started.SubStatus);
        StimulusResult resumed = await store.Pump.SendAsync(new SignalWorkflows { Key = "k2", Name = "Go" });
        Assert.Equal([started.InstanceIds[0]], resumed.InstanceIds);
        Assert.Equal("Finished", resumed.SubStatus);
        Assert.Equal(1, await store.QueryAsync(c => c.Set<OutboxRow>().CountAsync()));
        Assert.Equal(0, await store.QueryAsync(c => c.Set<BookmarkRow>().CountAsync()));
    }
}
