namespace Workflows.Supervision.Leads;

/// <summary>The diagram that carries a dispatched lead through.</summary>
/// <param name="PackageVersionId">Version of the scenario's package.</param>
/// <param name="DefinitionVersionId">Version of its <c>lead.json</c>.</param>
public sealed record LeadFlow(string PackageVersionId, string DefinitionVersionId);

/// <summary>Knows the published scenarios' diagrams for leads.</summary>
public interface ILeadFlows
{
    /// <summary>The diagram of a scenario's published package, or null where it has none.</summary>
    ValueTask<LeadFlow?> FindAsync(string scenario, CancellationToken cancellationToken = default);

    /// <summary>The diagram of a scenario's published package for registered projects (<c>project.json</c>), or null where it has none.</summary>
    ValueTask<LeadFlow?> FindProjectAsync(string scenario, CancellationToken cancellationToken = default);
}
