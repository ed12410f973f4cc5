using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Pages;

/// <summary>Our pages beside Studio: scenario data, trials, migration. One smoke test for each; they work on scenarios of their own.</summary>
[Collection(StudioSiteTests.Name)]
public class ScenarioPagesTests(StudioSite site)
{
    [Fact]
    public async Task An_analyst_adds_a_department_in_the_data_of_a_scenario_and_reads_the_difference()
    {
        await using var visit = await AnalystAsync("data-room");
        var page = visit.Page;
        await page.ClickAsync(".wf-scenario[data-code='data-room'] [data-edit-data]");
        await page.ClickAsync("[data-place='$.departments'] [data-add]");
        var department = page.Locator(".wf-entry[open]").Last;
        await department.Locator("[name=code]").FillAsync("TBX");
        await department.Locator("[name=name]").FillAsync("<img src=x onerror=alert(1)>烟草分局");
        await department.Locator("[name=numberName]").FillAsync("烟直");
        await page.ClickAsync("[data-save]");
        await page.GetByText("已保存到草稿").WaitForAsync();
        await page.Locator("[data-key=TBX]").WaitForAsync();
        await visit.PictureAsync("scenario-data");

        await page.ReloadAsync();
        Assert.Contains("<img src=x", await page.Locator("[data-key=TBX] > summary").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("[data-key=TBX] img").CountAsync());
        await page.ClickAsync("[data-tab=documents]");
        await page.Locator("[data-templates] iframe.wf-paper").WaitForAsync();
        await visit.PictureAsync("scenario-templates");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_analyst_simulates_and_steps_through_a_case_in_the_diagram()
    {
        await using var visit = await AnalystAsync("trial-room");
        var page = visit.Page;
        await page.ClickAsync(".wf-scenario[data-code='trial-room'] [data-simulate]");
        await page.FillAsync("[name=days]", "20");
        await page.FillAsync("[name=targets]", "2");
        await page.ClickAsync("[data-start]");
        await page.Locator("[data-trial-state=done]").WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
        await page.Locator("[data-case] .wf-button").First.ClickAsync();
        var told = page.Locator(".wf-player-bar output");
        await told.WaitForAsync();
        var before = await told.InnerTextAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForFunctionAsync("before => document.querySelector('.wf-player-bar output').innerText !== before", before);
        await visit.PictureAsync("trial-timeline");
        await page.ClickAsync("[data-tab=documents]");
        await page.Locator("[data-document] .wf-link").First.ClickAsync();
        Assert.Equal("", await page.Locator("iframe.wf-paper").GetAttributeAsync("sandbox"));
        await visit.PictureAsync("trial-document");
        await page.Keyboard.PressAsync("Escape");

        // Whom it would have bothered, what it would have cost in time, and where two targets in twenty days cannot have led.
        foreach (var (tab, row) in new[] { ("people", "tbody tr"), ("limits", "tbody tr"), ("branches", "[data-never]") })
        {
            await page.ClickAsync($"[data-tab={tab}]");
            await page.Locator($".wf-result {row}").First.WaitForAsync();
        }

        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_analyst_lays_real_history_beside_what_is_published_and_nothing_would_have_gone_another_way()
    {
        using var one = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "R-01", ("CUL", "文旅"), ("FIR", "消防"));
        await one.ArriveAsync();
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");
        await visit.Scenarios.OpenAsync();
        var page = visit.Page;
        await page.ClickAsync(".wf-scenario[data-code='esports-hotel'] [data-simulate]");
        await page.CheckAsync("[name=kind][value=replay]");
        var opened = (await one.StoryAsync())["case"]!["created"]!["at"]!.GetValue<DateTimeOffset>().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await page.FillAsync("[name=from]", opened);
        await page.FillAsync("[name=to]", opened);
        await page.ClickAsync("[data-start]");
        await page.Locator("[data-trial-state=done]").WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
        var number = (await one.StoryAsync())["case"]!["number"]!.GetValue<string>();
        await page.Locator("[data-replayed=same]").Filter(new() { HasText = number }).GetByRole(AriaRole.Button).ClickAsync();
        await page.Locator("[data-departures] h2").Filter(new() { HasText = number }).WaitForAsync();
        await visit.PictureAsync("trial-replay");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_migration_page_says_when_there_is_nothing_to_migrate_and_all_pages_fit_a_phone()
    {
        await using var visit = await AnalystAsync("phone-room");
        var page = visit.Page;
        await page.SetViewportSizeAsync(360, 740);
        foreach (var (path, shown) in new[] { ("/studio", ".wf-scenario"), ("/studio/scenarios/phone-room", "[data-save]"), ("/studio/scenarios/phone-room#items", "[data-save]"), ("/studio/migrations/phone-room-case", "#app .wf-card") })
        {
            await page.GotoAsync(path);
            await page.Locator(shown).First.WaitForAsync();
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360, path);
        }

        await visit.PictureAsync("migration-phone");
    }

    private async Task<Visit> AnalystAsync(string code)
    {
        var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");
        await visit.Scenarios.OpenAsync();
        await visit.Page.ClickAsync(".wf-scenario[data-code='esports-hotel'] [data-clone]");
        await visit.Page.FillAsync("dialog [name=name]", code);
        await visit.Page.FillAsync("dialog [name=code]", code);
        await visit.Page.ClickAsync("dialog [type=submit]");
        await visit.Scenarios.Scenario(code).WaitForAsync();
        return visit;
    }
}
