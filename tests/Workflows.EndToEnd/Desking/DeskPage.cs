using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Desking;

/// <summary>The desk of one person, at <c>/desk</c>.</summary>
internal sealed class DeskPage(Visit visit)
{
    public IPage Page => visit.Page;

    /// <summary>Signs in and opens a page of the desk.</summary>
    public static async Task<DeskPage> OpenAsync(Visit visit, string userName, string path)
    {
        await visit.SignInAsync(userName, "/desk/" + path);
        await visit.Page.Locator(".dk-main h1").First.WaitForAsync();
        return new DeskPage(visit);
    }

    /// <summary>Opens another page of the desk and waits for its heading.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync("/desk/" + path);
        await Page.Locator(".dk-main h1").First.WaitForAsync();
    }

    /// <summary>Number on a tile of the wall.</summary>
    public async Task<int> TileAsync(string tile) => Number(await Page.Locator($"[data-tile={tile}] strong").InnerTextAsync());

    /// <summary>Rows of the wall's table, and the number that stands above them.</summary>
    public async Task<(int Rows, int Said)> RowsAsync()
    {
        while (await Page.Locator(".dk-more").CountAsync() > 0)
            await Page.Locator(".dk-more").ClickAsync();
        return (await Page.Locator("tr[data-row]").CountAsync(), Number(await Page.Locator("[data-rows]").InnerTextAsync()));
    }

    /// <summary>Rows in the Excel that the page exports, without the headings.</summary>
    public async Task<int> ExcelRowsAsync()
    {
        return await RowsOfAsync(await Page.RunAndWaitForDownloadAsync(() => Page.Locator(".dk-list .dk-file button").ClickAsync()));
    }

    /// <summary>Rows of a workbook that was fetched, without the headings.</summary>
    public static async Task<int> RowsOfAsync(IDownload download)
    {
        await using var stream = await download.CreateReadStreamAsync();
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        using var book = new ZipArchive(memory);
        using var sheet = new StreamReader(await book.Entries.Single(entry => Regex.IsMatch(entry.FullName, @"worksheets/[^/]+\.xml$")).OpenAsync());
        return Regex.Count(await sheet.ReadToEndAsync(), @"<(x:)?row\b") - 1;
    }

    /// <summary>Nothing on the page is a serious barrier, and nothing is wider than the window.</summary>
    public async Task CheckAsync(string name)
    {
        var found = await Barriers.FindAsync(Page);
        Assert.True(found.Count == 0, $"{name}: {string.Join('\n', found)}");
        Assert.True(await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, $"{name} is wider than the window.");
        await visit.PictureAsync("desk-" + name);
        // The guide shows what the tests have seen.
        if (Environment.GetEnvironmentVariable("WORKFLOWS_UPDATE_GOLDEN") == "1" && name.StartsWith("guide-", StringComparison.Ordinal))
            File.Copy(Path.Combine(StudioSite.Screenshots, $"desk-{name}.png"), Repository.Find("docs", "pictures", $"desk-{name["guide-".Length..]}.png"), overwrite: true);
    }

    private static int Number(string text) => int.Parse(Regex.Match(text, @"\d+").Value, CultureInfo.InvariantCulture);
}
