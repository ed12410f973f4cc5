namespace Workflows.Host.Tests.Serving;

/// <summary>Tests that only read, or write rows of their own, share one service.</summary>
[CollectionDefinition(Name)]
public sealed class SharedService : ICollectionFixture<ServiceUnderTest>
{
    public const string Name = "service";
}
