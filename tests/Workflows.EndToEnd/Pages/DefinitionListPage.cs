using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Pages;

/// <summary>Studio's list of definitions at <c>/studio/definitions</c>.</summary>
public sealed class DefinitionListPage(IPage page)
{
    private const int MenuStaysMs = 8_000;
    private const int MenuAttempts = 4;

    public async Task OpenAsync()
    {
        await page.GotoAsync("/studio/definitions");
        await Rows.First.WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
    }

    /// <summary>The rows with a definition.</summary>
    public ILocator Rows => page.Locator("elsa-workflow-definition-list tbody .mud-table-row:has(td:nth-child(3))");

    /// <summary>The row of a definition, by its id.</summary>
    public ILocator Row(string definitionId) => Rows.Filter(new LocatorFilterOptions { Has = page.GetByText(definitionId, new PageGetByTextOptions { Exact = true }) });

    /// <summary>Searches the list for a definition: it may stand on a further page.</summary>
    public async Task FindAsync(string definitionId)
    {
        var search = page.GetByPlaceholder("按编号、名称、说明搜索");
        await search.FillAsync(definitionId);
        await search.PressAsync("Enter");
        await Row(definitionId).WaitForAsync();
    }

    /// <summary>Opens a definition by clicking its row.</summary>
    public async Task<EditorPage> EditAsync(string definitionId)
    {
        await FindAsync(definitionId);
        await page.GetByText(definitionId, new PageGetByTextOptions { Exact = true }).ClickAsync();
        var editor = new EditorPage(page);
        await editor.IsDrawnAsync();
        return editor;
    }

    /// <summary>Creates an empty flowchart; the editor opens.</summary>
    public async Task<EditorPage> CreateAsync(string name)
    {
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "新建流程" }).ClickAsync();
        await page.Locator(".mud-dialog input").First.FillAsync(name);
        await page.Locator(".mud-dialog button", new PageLocatorOptions { HasText = "确定" }).ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("/studio/definitions/", StringComparison.Ordinal));
        var editor = new EditorPage(page);
        await editor.IsReadyAsync();
        return editor;
    }

    /// <summary>Downloads a definition from the menu of its row.</summary>
    /// <returns>Where the file lies, under the name that the browser would give it.</returns>
    public async Task<string> ExportAsync(string definitionId)
    {
        await ChooseAsync(definitionId, "导出");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".mud-dialog button", new PageLocatorOptions { HasText = "导出" }).ClickAsync());
        var target = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), download.SuggestedFilename);
        await download.SaveAsAsync(target);
        return target;
    }

    /// <summary>Deletes a definition from the menu of its row.</summary>
    public async Task DeleteAsync(string definitionId)
    {
        await ChooseAsync(definitionId, "删除");
        await page.Locator(".mud-dialog button", new PageLocatorOptions { HasText = "删除" }).ClickAsync();
        await Row(definitionId).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>Imports a file with the menu beside the button for new ones.</summary>
    public async Task ImportAsync(string file)
    {
        await page.Locator("elsa-workflow-definition-list .mud-button-group-root .mud-menu button, elsa-workflow-definition-list .mud-button-group-root button").Last.ClickAsync();
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Locator(".mud-popover-open .mud-menu-item", new PageLocatorOptions { HasText = "导入" }).First.ClickAsync());
        await chooser.SetFilesAsync(file);
    }

    private async Task ChooseAsync(string definitionId, string entry)
    {
        await FindAsync(definitionId);
        var chosen = page.Locator(".mud-popover-open .mud-menu-item", new PageLocatorOptions { HasText = entry }).First;
        for (var attempt = 1; ; attempt++)
        {
            await Row(definitionId).Locator(".mud-menu button").Last.ClickAsync();
            try
            {
                await chosen.ClickAsync(new LocatorClickOptions { Timeout = MenuStaysMs });
                return;
            }
            catch (TimeoutException) when (attempt < MenuAttempts)
            {
                // What was searched for came only now; the list is drawn anew, and its open menu went with it.
                await page.Keyboard.PressAsync("Escape");
            }
        }
    }
}
