using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Sample;

/// <summary>A service whose database is the sample district.</summary>
public class SampleService : ServiceUnderTest
{
    protected override bool CreatesSample => true;
}

[CollectionDefinition(Name)]
public sealed class SharedSample : ICollectionFixture<SampleService>
{
    public const string Name = "sample";
}
