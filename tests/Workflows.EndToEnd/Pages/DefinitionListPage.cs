using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Pages;

/// <summary>Studio's list of definitions at <c>/studio/definitions</c>.</summary>
public sealed class DefinitionListPage(IPage page)
{
    public async Task OpenAsync()
    {
        await page.GotoAsync("/studio/definitions");
        await Rows.First.WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
    }

    /// <summary>The rows with a definition.</summary>
    public ILocator Rows => page.Locator("elsa-workflow-definition-list tbody .mud-table-row:has(td:nth-child(3))");

    /// <summary>The row of a definition, by its id.</summary>
    public ILocator Row(string definitionId) => Rows.Filter(new LocatorFilterOptions { Has = page.GetByText(definitionId, new PageGetByTextOptions { Exact = true }) });

    /// <summary>Opens a definition by clicking its row.</summary>
    public async Task<EditorPage> EditAsync(string definitionId)
    {
        await page.GetByText(definitionId, new PageGetByTextOptions { Exact = true }).ClickAsync();
        var editor = new EditorPage(page);
        await editor.IsDrawnAsync();
        return editor;
    }
}
