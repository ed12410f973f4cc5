using System.Globalization;
using Workflows.Host.Access;
using Workflows.Host.Api.Exchange;
using Workflows.Host.Paging;
using Workflows.Host.Problems;
using Workflows.Supervision.Time;

namespace Workflows.Host.Api.Exports;

/// <summary>A list as a workbook: all pages in one sheet, every cell text, never more than <see cref="MostRows"/>.</summary>
internal static class Workbooks
{
    /// <summary>Most rows of a workbook.</summary>
    public const int MostRows = 20_000;

    private const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Says of a route who may call it and what it gives.</summary>
    public static void Sheet(this RouteHandlerBuilder route, string tag, string summary, params string[] roles) =>
        route.For(roles.Length == 0 ? RouteAccess.CaseReaders : roles).Produces<byte[]>(contentType: ContentType).WithTags(tag).WithSummary(summary);

    /// <summary>All rows of a list that comes in pages, and one more than fit where there are too many.</summary>
    public static async Task<List<T>> AllAsync<T>(Func<PageRequest, Task<Page<T>>> read)
    {
        var all = new List<T>();
        for (var page = PageRequest.Longest; ; )
        {
            var found = await read(page);
            all.AddRange(found.Items);
            if (found.Next is null || all.Count > MostRows)
                return all;
            page = PageRequest.Longest.Behind(found.Next);
        }
    }

    /// <summary>The file as an answer.</summary>
    /// <param name="title">Name of the sheet and of the file.</param>
    /// <param name="headings">First row.</param>
    /// <param name="lines">Rows below it, each with as many cells.</param>
    /// <exception cref="RefusedException">There are too many rows (409).</exception>
    public static IResult Book(string title, string[] headings, IEnumerable<string?[]> lines)
    {
        var cells = lines.Take(MostRows + 1).Select(line => line.Select(cell => cell ?? "").ToArray()).ToList();
        if (cells.Count > MostRows)
            throw new RefusedException(new Refusal(409, "too-many-rows", "", $"符合条件的记录超过{MostRows}条：请缩小条件后再导出。"));
        return Results.File(WorkbookWriter.Write(title, headings, cells), ContentType, $"{title}.xlsx");
    }

    /// <summary>A moment in Beijing's time.</summary>
    public static string? Time(DateTimeOffset? at) => at?.ToOffset(ShanghaiTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day.</summary>
    public static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
