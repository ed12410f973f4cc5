using Microsoft.Playwright;

namespace Workflows.EndToEnd.Pages;

/// <summary>Our history of a definition at <c>/studio/definitions/{id}/versions</c>.</summary>
public sealed class VersionPage(IPage page)
{
    public async Task OpenAsync(string definitionId)
    {
        await page.GotoAsync($"/studio/definitions/{definitionId}/versions");
        await page.Locator("tr[data-version]").First.WaitForAsync();
    }

    /// <summary>Numbers of the versions, newest first.</summary>
    public async Task<IReadOnlyList<string>> NumbersAsync() => [.. await page.Locator("tr[data-version]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.version)")];

    /// <summary>What differs between the two versions that are chosen, in words.</summary>
    public ILocator Changes => page.Locator(".wf-version-changes li");

    /// <summary>Puts a version's content into the draft.</summary>
    public async Task RevertAsync(string version)
    {
        page.Dialog += Agree;
        var versions = await page.Locator("tr[data-version]").CountAsync();
        await page.Locator($"tr[data-version='{version}']").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "恢复到草稿" }).ClickAsync();
        await page.Locator("tr[data-version]").Nth(versions).WaitForAsync();
        page.Dialog -= Agree;
    }

    private static async void Agree(object? sender, IDialog dialog) => await dialog.AcceptAsync();
}
