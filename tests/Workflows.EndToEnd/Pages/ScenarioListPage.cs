using Microsoft.Playwright;

namespace Workflows.EndToEnd.Pages;

/// <summary>Our list of scenarios at <c>/studio</c>.</summary>
public sealed class ScenarioListPage(IPage page)
{
    public async Task OpenAsync()
    {
        await page.GotoAsync("/studio");
        await page.Locator(".wf-scenario").First.WaitForAsync();
    }

    /// <summary>The card of a scenario, by its code.</summary>
    public ILocator Scenario(string code) => page.Locator($".wf-scenario[data-code='{code}']");

    /// <summary>Codes of the scenarios that are shown.</summary>
    public async Task<IReadOnlyList<string>> CodesAsync() =>
        [.. await page.Locator(".wf-scenario").EvaluateAllAsync<string[]>("cards => cards.map(card => card.dataset.code)")];
}
