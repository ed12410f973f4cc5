namespace Workflows.Storage.Model;

/// <summary>The aggregates of the domain and their tables.</summary>
public static class DomainAggregates
{
    /// <summary>A fresh map of all aggregates of the domain.</summary>
    public static AggregateMap Map() => new();
}
