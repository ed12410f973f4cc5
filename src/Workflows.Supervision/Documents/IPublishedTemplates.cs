namespace Workflows.Supervision.Documents;

/// <summary>The templates of published package versions.</summary>
public interface IPublishedTemplates
{
    /// <summary>The templates of a package version, or null if there is no such version. The same object again and again, so that it can be cached by.</summary>
    ValueTask<PublishedTemplates?> FindAsync(string packageVersionId, CancellationToken cancellationToken = default);
}

/// <summary>Templates as published.</summary>
/// <param name="Scenario">Code of the scenario, whose own templates come before the common ones.</param>
/// <param name="Templates">The templates.</param>
public sealed record PublishedTemplates(string Scenario, DocumentTemplateSet Templates);
