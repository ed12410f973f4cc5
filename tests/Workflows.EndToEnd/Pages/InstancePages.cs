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

    /// <summary>Id of the instance that is shown.</summary>
    public string InstanceId => new Uri(page.Url).Segments[^1];

    /// <summary>Waits until the diagram is there.</summary>
    public Task IsDrawnAsync() => new EditorPage(page).IsDrawnAsync();

    /// <summary>An activity in the diagram, by its id.</summary>
    public ILocator Activity(string id) => page.Locator($"[id='activity-{id}']");

    /// <summary>The number at the corner of an activity that has run or runs; there is none where it has not begun.</summary>
    public ILocator Number(string id) => page.Locator($"[id='activity-{id}'] .mud-badge").First;

    /// <summary>Presses our button for trying again what has failed; the page comes back with what became of it.</summary>
    public async Task RetryAsync()
    {
        await page.RunAndWaitForResponseAsync(() => page.ClickAsync("[data-retry]"), answer => answer.Url.EndsWith("/alterations/workflows/retry", StringComparison.Ordinal) && answer.Ok);
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        await IsDrawnAsync();
    }

    /// <summary>Entries of the journal.</summary>
    public ILocator Journal => page.Locator(".mud-timeline-item");

    /// <summary>An entry of the journal that holds this text.</summary>
    public ILocator Entry(string text) => Journal.Filter(new LocatorFilterOptions { HasText = text });

    /// <summary>Opens one of Studio's tabs.</summary>
    public Task TabAsync(string title) => new EditorPage(page).TabAsync(title);

    /// <summary>The part of the page with details, variables and incidents, as text.</summary>
    public ILocator Details => page.Locator(".wf-studio .mud-tab-panel");
}
