using System.Diagnostics;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Xunit.Abstractions;

namespace Workflows.EndToEnd.Stories;

/// <summary>What the editor costs: bytes are limits, times are only told, since they belong to the machine.</summary>
[Collection(StudioSiteTests.Name)]
public class FirstRenderTests(StudioSite site, ITestOutputHelper output)
{
    private const long MostColdBytes = 9_500_000;
    private const long MostWarmBytes = 100_000;
    private const int WarmLoads = 3;

    [Fact]
    public async Task The_editor_sends_little_when_it_is_new_and_next_to_nothing_afterwards()
    {
        await using var signedIn = await site.VisitAsync(visitor: "signed-in");
        await signedIn.SignInAsync("analyst");
        // The list of scenarios fetches Studio ahead, so that only another profile is new to it.
        await using var visit = await site.VisitAsync();
        await visit.ContinueSessionAsync(signedIn);
        var traffic = await Traffic.WatchAsync(visit.Page);
        var cold = await LoadAsync(visit);
        Tell("cold", cold, traffic.Take(), MostColdBytes);
        for (var i = 0; i < WarmLoads; i++)
            Tell("warm", await LoadAsync(visit), traffic.Take(), MostWarmBytes);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_list_of_scenarios_fetches_the_runtime_before_anybody_opens_the_editor()
    {
        await using var visit = await site.VisitAsync();
        var traffic = await Traffic.WatchAsync(visit.Page);
        var whole = visit.Page.WaitForResponseAsync(response => response.Url.Contains("/_framework/studio.", StringComparison.Ordinal), new PageWaitForResponseOptions { Timeout = Visit.StudioStartsWithinMs });
        await visit.SignInAsync("analyst");
        await whole;
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        traffic.Take();
        await LoadAsync(visit);
        Assert.Equal(0, traffic.Of("/studio/_framework/dotnet.native"));
        Assert.Equal(0, traffic.Of("/studio/_framework/studio."));
        // Nor by its own name: it comes out of the bundle.
        Assert.Equal(0, traffic.Of("/studio/_framework/Elsa.Studio.Workflows."));
        output.WriteLine($"after the list: {traffic.Take():N0} bytes");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task From_the_list_the_editor_opens_in_place_and_the_way_back_leads_to_the_list()
    {
        await using var visit = await site.VisitAsync();
        var page = visit.Page;
        await visit.SignInAsync("analyst");
        await page.WaitForFunctionAsync("() => customElements.get('elsa-workflow-definition-editor')", null, new PageWaitForFunctionOptions { Timeout = Visit.StudioStartsWithinMs });
        var loaded = await page.EvaluateAsync<double>("() => performance.timeOrigin");
        var watch = Stopwatch.StartNew();
        await page.Locator("a[href='/studio/definitions/esports-hotel-case']").ClickAsync();
        await DrawnAsync(page);
        output.WriteLine($"from the list: all activities drawn after {watch.Elapsed.TotalSeconds:F2} s");
        Assert.Equal(loaded, await page.EvaluateAsync<double>("() => performance.timeOrigin"));
        await visit.PictureAsync("editor-in-place");
        await page.GoBackAsync();
        await page.Locator(".wf-scenario").First.WaitForAsync();
        Assert.EndsWith("/studio", page.Url, StringComparison.Ordinal);
        Assert.NotEqual(loaded, await page.EvaluateAsync<double>("() => performance.timeOrigin"));
        Assert.Empty(visit.Complaints);
    }

    private void Tell(string kind, TimeSpan time, long bytes, long most)
    {
        output.WriteLine($"{kind}: all activities drawn after {time.TotalSeconds:F2} s, {bytes:N0} bytes");
        Assert.True(bytes <= most, $"{kind}: {bytes:N0} bytes, at most {most:N0} are allowed.");
    }

    private static async Task<TimeSpan> LoadAsync(Visit visit)
    {
        var watch = Stopwatch.StartNew();
        await visit.Page.GotoAsync("/studio/definitions/esports-hotel-case", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await DrawnAsync(visit.Page);
        var drawn = watch.Elapsed;
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return drawn;
    }

    private static Task DrawnAsync(IPage page) =>
        page.Locator("[id='activity-End'] .activity-content").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = Visit.StudioStartsWithinMs });
}
