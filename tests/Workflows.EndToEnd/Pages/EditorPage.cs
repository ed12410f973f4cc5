using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Pages;

/// <summary>Studio's editor at <c>/studio/definitions/{id}</c>.</summary>
public sealed class EditorPage(IPage page)
{
    public async Task OpenAsync(string definitionId)
    {
        await page.GotoAsync("/studio/definitions/" + definitionId);
        await IsDrawnAsync();
    }

    /// <summary>Waits until the canvas shows activities and draws no more.</summary>
    public async Task IsDrawnAsync()
    {
        await Activities.First.WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs, State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync(
            """
            () => {
              const count = document.querySelectorAll('[id^="activity-"]').length;
              const same = window.drawnBefore === count;
              window.drawnBefore = count;
              return same;
            }
            """,
            null,
            new PageWaitForFunctionOptions { PollingInterval = 500, Timeout = Visit.StudioStartsWithinMs });
    }

    /// <summary>Every activity on the canvas.</summary>
    public ILocator Activities => page.Locator("[id^='activity-']");

    /// <summary>An activity on the canvas, by its id.</summary>
    public ILocator Activity(string id) => page.Locator($"[id='activity-{id}']");

    /// <summary>Ids of the activities on the canvas.</summary>
    public async Task<IReadOnlyList<string>> ActivityIdsAsync() =>
        [.. await Activities.EvaluateAllAsync<string[]>("all => all.map(activity => activity.id.slice('activity-'.length))")];

    /// <summary>Selects an activity; its panels open below the canvas.</summary>
    public async Task SelectAsync(string activityId) => await Activity(activityId).ClickAsync();

    /// <summary>Opens one of Studio's tabs, in Chinese or English.</summary>
    public async Task TabAsync(string title) => await page.Locator(".mud-tab", new PageLocatorOptions { HasText = title }).First.ClickAsync();

    /// <summary>Part of the toolbox whose entry has this text.</summary>
    public ILocator ToolboxEntry(string text) => page.Locator(".mud-expand-panel .d-flex.flex-row", new PageLocatorOptions { HasText = text });

    /// <summary>Messages that Studio shows for a while at the edge.</summary>
    public ILocator Snackbars => page.Locator(".mud-snackbar");
}
