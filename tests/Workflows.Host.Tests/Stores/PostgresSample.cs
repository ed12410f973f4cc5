using Workflows.Host.Tests.Sample;
using Workflows.Storage.Postgres;

namespace Workflows.Host.Tests.Stores;

/// <summary>The sample district on a PostgreSQL cluster of its own, Quartz's clustered tables included.</summary>
public class PostgresSample : SampleService
{
    private PrivateCluster? _cluster;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    protected override async Task<string?> ConnectionAsync()
    {
        _cluster = await PrivateCluster.StartAsync(durable: false);
        return await _cluster.CreateDatabaseAsync("district");
    }
}
