namespace Workflows.Supervision.Scenarios;

/// <summary>The scenarios that are published now, as editors offer them; a case never asks here, it is pinned to its package version.</summary>
public interface IPublishedScenarios
{
    /// <summary>All of them, by code.</summary>
    ValueTask<IReadOnlyList<Scenario>> AllAsync(CancellationToken cancellationToken = default);
}
