using Workflows.Host.Problems;

namespace Workflows.Host.Api.Reading;

/// <summary>Ids in the query of a list, parted by commas: the rows that a page names and nothing else.</summary>
internal static class IdList
{
    /// <summary>Most ids of one request.</summary>
    public const int Most = 200;

    /// <summary>Reads them; null where none are named.</summary>
    /// <exception cref="RefusedException">There are too many (400).</exception>
    public static IReadOnlyList<string>? Read(string? text)
    {
        if (text is null)
            return null;
        var ids = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ids.Length <= Most ? ids : throw new RefusedException(new Refusal(400, "too-many", "ids", $"一次最多按{Most}个编号查询：请分批。"));
    }
}
