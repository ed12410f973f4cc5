using System.Globalization;
using Workflows.Host.Problems;
using Workflows.Storage.Definitions;

namespace Workflows.Host.Elsa.Definitions;

/// <summary>Which definitions a list request asks for. Names are read in any case, empty values as absent ones.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Order">In which order.</param>
/// <param name="Descending">Backwards.</param>
/// <param name="Page">Page from 0.</param>
/// <param name="PageSize">Rows of a page; null for everything.</param>
/// <param name="Nothing">Whether nothing can match: system definitions are asked for, and there are none.</param>
internal sealed record DefinitionList(DefinitionFilter Filter, DefinitionOrder Order, bool Descending, int Page, int? PageSize, bool Nothing)
{
    private const int LargestPage = 1000;

    /// <summary>Reads the query.</summary>
    /// <exception cref="RefusedException">A value is none that is known (400).</exception>
    public static DefinitionList Read(IQueryCollection query)
    {
        var order = query["orderBy"].ToString() switch
        {
            "" => DefinitionOrder.Name,
            var text => Enum.TryParse<DefinitionOrder>(text, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : throw Bad("orderBy", "orderBy 应为 Name、Created 或 Version。"),
        };
        var descending = query["orderDirection"].ToString().ToUpperInvariant() switch
        {
            "" => order != DefinitionOrder.Name,
            "ASCENDING" or "ASC" or "0" => false,
            "DESCENDING" or "DESC" or "1" => true,
            _ => throw Bad("orderDirection", "orderDirection 应为 Ascending 或 Descending。"),
        };
        var size = Number(query, "pageSize", 1);
        return new DefinitionList(
            new DefinitionFilter
            {
                Versions = Versions(query, VersionKind.AllVersions),
                DefinitionIds = Ids(query, "definitionIds"),
                VersionIds = Ids(query, "ids"),
                SearchTerm = query["searchTerm"].ToString().Trim() is { Length: > 0 } term ? term[..Math.Min(term.Length, 200)] : null,
                UsableAsActivity = bool.TryParse(query["usableAsActivity"], out var usable) ? usable : null,
            },
            order,
            descending,
            Number(query, "page", 0) ?? 0,
            size is null ? null : Math.Min(size.Value, LargestPage),
            bool.TryParse(query["isSystem"], out var system) && system);
    }

    /// <summary>The versions that a query asks for.</summary>
    /// <param name="query">The query.</param>
    /// <param name="otherwise">What is meant where it says nothing.</param>
    /// <exception cref="RefusedException">The value is none that is known (400).</exception>
    public static VersionSelection Versions(IQueryCollection query, VersionKind otherwise) => Versions(query["versionOptions"].ToString(), otherwise);

    /// <summary>The versions that a text asks for.</summary>
    public static VersionSelection Versions(string? text, VersionKind otherwise)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new VersionSelection(otherwise);
        return VersionSelection.TryParse(text, out var selection)
            ? selection
            : throw Bad("versionOptions", "versionOptions 应为 Latest、Published、Draft、LatestOrPublished、LatestAndPublished、AllVersions 或版本号。");
    }

    private static List<string>? Ids(IQueryCollection query, string name)
    {
        List<string> ids = [.. query[name].OfType<string>().Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
        return ids.Count == 0 ? null : ids;
    }

    private static int? Number(IQueryCollection query, string name, int least) => query[name].ToString() switch
    {
        "" => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number < 1_000_000 => number,
        _ => throw Bad(name, $"{name} 应为不小于 {least} 的整数。"),
    };

    private static RefusedException Bad(string field, string detail) => new(new Refusal(400, "bad-query", field, detail));
}
