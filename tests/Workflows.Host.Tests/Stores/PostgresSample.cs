using Workflows.Host.Tests.Sample;

namespace Workflows.Host.Tests.Stores;

/// <summary>The sample district on a PostgreSQL cluster of its own, Quartz's clustered tables included.</summary>
public class PostgresSample : SampleService
{
    protected override string? PostgresDatabase => "district";
}
