using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Pages;

/// <summary>Studio's list of instances at <c>/studio/instances</c>.</summary>
public sealed class InstanceListPage(IPage page)
{
    public async Task OpenAsync()
    {
        await page.GotoAsync("/studio/instances");
        await page.Locator("elsa-workflow-instance-list .mud-table-head").WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
    }

    /// <summary>The rows with an instance.</summary>
    public ILocator Rows => page.Locator("elsa-workflow-instance-list tbody .mud-table-row:has(td:nth-child(3))");
}

/// <summary>Studio's viewer at <c>/studio/instances/{id}</c>.</summary>
public sealed class ViewerPage(IPage page)
{
    public async Task OpenAsync(string instanceId)
    {
        await page.GotoAsync("/studio/instances/" + instanceId);
        await IsDrawnAsync();
    }

    /// <summary>Waits until the diagram is there.</summary>
    public Task IsDrawnAsync() => new EditorPage(page).IsDrawnAsync();

    /// <summary>An activity in the diagram, by its id.</summary>
    public ILocator Activity(string id) => page.Locator($"[id='activity-{id}']");
}
