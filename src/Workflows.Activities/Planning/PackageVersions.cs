namespace Workflows.Activities.Planning;

/// <summary>How the definitions of a package are named: all parts of a package share its version.</summary>
public static class PackageVersions
{
    /// <summary>Id of the version of a definition that belongs to a package version.</summary>
    public static string DefinitionVersion(string packageVersionId, string definitionId) => $"{packageVersionId}:{definitionId}";
}
