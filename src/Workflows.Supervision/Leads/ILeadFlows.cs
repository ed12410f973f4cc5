namespace Workflows.Supervision.Leads;

/// <summary>A diagram of a published package, such as the one that carries a dispatched lead through.</summary>
/// <param name="PackageVersionId">Version of the scenario's package.</param>
/// <param name="DefinitionVersionId">Version of the diagram (<c>plan.json</c>, <c>lead.json</c> or <c>project.json</c>).</param>
public sealed record LeadFlow(string PackageVersionId, string DefinitionVersionId);

/// <summary>Knows the diagrams of the published scenarios: for plans, leads and registered projects.</summary>
public interface ILeadFlows
{
    /// <summary>The diagram of a scenario's published package, or null where it has none.</summary>
    ValueTask<LeadFlow?> FindAsync(string scenario, CancellationToken cancellationToken = default);

    /// <summary>The diagram of a scenario's published package for plans (<c>plan.json</c>), or null where it has none.</summary>
    ValueTask<LeadFlow?> FindPlanAsync(string scenario, CancellationToken cancellationToken = default);

    /// <summary>The diagram of a scenario's published package for registered projects (<c>project.json</c>), or null where it has none.</summary>
    ValueTask<LeadFlow?> FindProjectAsync(string scenario, CancellationToken cancellationToken = default);
}
