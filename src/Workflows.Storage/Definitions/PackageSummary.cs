using System.Linq.Expressions;
using Workflows.Storage.Model.Rows;

namespace Workflows.Storage.Definitions;

/// <summary>One version of a package without its files. The members are the columns of the row.</summary>
/// <param name="VersionId">Id of the package version.</param>
/// <param name="Name">Code of the scenario.</param>
/// <param name="Version">Version number, from 1.</param>
/// <param name="Hash">Hash over all its files; of a draft that of what it began with.</param>
/// <param name="IsPublished">Whether new plans use it.</param>
/// <param name="Source"><c>files</c> or <c>studio</c>.</param>
/// <param name="CreatedAt">When it was saved.</param>
/// <param name="SavedBy">Name of who saved it last, or null.</param>
/// <param name="PublishedAt">When it was first published; null for a draft.</param>
public sealed record PackageSummary(
    string VersionId, string Name, int Version, string Hash, bool IsPublished, string Source, DateTimeOffset CreatedAt, string? SavedBy, DateTimeOffset? PublishedAt)
{
    /// <summary>Reads the narrow columns.</summary>
    internal static Expression<Func<PackageRow, PackageSummary>> FromRow { get; } = row => new PackageSummary(
        row.VersionId, row.Name, row.Version, row.Hash, row.IsPublished, row.Source, row.CreatedAt, row.SavedBy, row.PublishedAt);

    /// <summary>The summary of a row.</summary>
    public static PackageSummary Of(PackageRow row) => new(
        row.VersionId, row.Name, row.Version, row.Hash, row.IsPublished, row.Source, row.CreatedAt, row.SavedBy, row.PublishedAt);

    /// <summary>The open draft among the versions of one package, oldest first: the newest, where nothing later was ever published. Null for none.</summary>
    public static PackageSummary? DraftOf(IReadOnlyList<PackageSummary> versions) =>
        versions.Count > 0 && versions[^1] is { PublishedAt: null, IsPublished: false } newest ? newest : null;
}
