using System.Diagnostics;
using System.Text.Json;
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
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");
        var session = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await session.SendAsync("Network.enable");
        var bytes = 0L;
        session.Event("Network.loadingFinished").OnEvent += (_, message) => Interlocked.Add(ref bytes, (long)message!.Value.GetProperty("encodedDataLength").GetDouble());

        var cold = await LoadAsync(visit);
        Tell("cold", cold, Interlocked.Exchange(ref bytes, 0), MostColdBytes);
        for (var i = 0; i < WarmLoads; i++)
            Tell("warm", await LoadAsync(visit), Interlocked.Exchange(ref bytes, 0), MostWarmBytes);
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
        await visit.Page.Locator("[id='activity-End'] .activity-content").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached, Timeout = Visit.StudioStartsWithinMs });
        var drawn = watch.Elapsed;
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return drawn;
    }
}
