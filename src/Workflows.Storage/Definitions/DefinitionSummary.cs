using System.Linq.Expressions;
using Workflows.Storage.Model.Rows;

namespace Workflows.Storage.Definitions;

/// <summary>One version of a workflow definition without its JSON, as lists show it. The members are the columns of the row.</summary>
/// <param name="VersionId">Id of this version.</param>
/// <param name="DefinitionId">Logical id shared by all versions.</param>
/// <param name="Version">Version number, from 1.</param>
/// <param name="Name">Name.</param>
/// <param name="Description">What the analyst says of it, or null.</param>
/// <param name="IsPublished">Whether new instances start on it.</param>
/// <param name="IsLatest">Whether it is the newest version.</param>
/// <param name="IsReadonly">Whether it may not be changed.</param>
/// <param name="UsableAsActivity">Whether other workflows may use it as a step.</param>
/// <param name="Hash">Hash of its content.</param>
/// <param name="PackageVersionId">Package version it belongs to, or null.</param>
/// <param name="Source"><c>files</c> or <c>studio</c>.</param>
/// <param name="CreatedAt">When it was saved.</param>
/// <param name="SavedBy">Name of who saved it last, or null.</param>
/// <param name="PublishedAt">When it was first published; null for a draft.</param>
/// <param name="DeletedAt">When it was deleted; null for what is there.</param>
public sealed record DefinitionSummary(
    string VersionId, string DefinitionId, int Version, string Name, string? Description, bool IsPublished, bool IsLatest, bool IsReadonly, bool UsableAsActivity,
    string Hash, string? PackageVersionId, string Source, DateTimeOffset CreatedAt, string? SavedBy, DateTimeOffset? PublishedAt, DateTimeOffset? DeletedAt)
{
    /// <summary>Whether it is a draft: never published, so that saving changes it in place.</summary>
    public bool IsDraft => !IsPublished && PublishedAt is null;

    /// <summary>Reads the narrow columns.</summary>
    internal static Expression<Func<WorkflowDefinitionRow, DefinitionSummary>> FromRow { get; } = row => new DefinitionSummary(
        row.VersionId, row.DefinitionId, row.Version, row.Name, row.Description, row.IsPublished, row.IsLatest, row.IsReadonly, row.UsableAsActivity,
        row.Hash, row.PackageVersionId, row.Source, row.CreatedAt, row.SavedBy, row.PublishedAt, row.DeletedAt);

    /// <summary>The summary of a row.</summary>
    public static DefinitionSummary Of(WorkflowDefinitionRow row) => new(
        row.VersionId, row.DefinitionId, row.Version, row.Name, row.Description, row.IsPublished, row.IsLatest, row.IsReadonly, row.UsableAsActivity,
        row.Hash, row.PackageVersionId, row.Source, row.CreatedAt, row.SavedBy, row.PublishedAt, row.DeletedAt);
}
