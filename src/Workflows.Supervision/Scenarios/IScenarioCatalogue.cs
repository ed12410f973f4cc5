namespace Workflows.Supervision.Scenarios;

/// <summary>Where activities and services find the data of a scenario. A case is pinned to a package version, and so to its scenario data.</summary>
public interface IScenarioCatalogue
{
    /// <summary>The scenario of a package version.</summary>
    /// <exception cref="Sessions.RuleViolationException"><c>package-unknown</c>: there is no such package version.</exception>
    ValueTask<Scenario> GetAsync(string packageVersionId, CancellationToken cancellationToken = default);

    /// <summary>The published scenarios, by code.</summary>
    ValueTask<IReadOnlyList<Scenario>> AllAsync(CancellationToken cancellationToken = default);
}
