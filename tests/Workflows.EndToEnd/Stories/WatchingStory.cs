using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Stories;

/// <summary>An analyst looks at a real case in Studio's viewer while inspectors work on it: the diagram follows by itself.</summary>
[Collection(StudioSiteTests.Name)]
public class WatchingStory(StudioSite site)
{
    [Fact]
    public async Task The_diagram_of_a_live_case_follows_what_an_inspector_hands_in_over_HTTP()
    {
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        using var matter = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "W-01", ("CUL", "文旅"), ("PSB", "公安"), ("FIR", "消防"), ("HEA", "卫健"), ("MKT", "市监"));
        var waits = (await matter.WaitsAsync()).Select(wait => wait["instanceId"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var instance = (await desk.GetAsync("/elsa/api/workflow-instances?definitionId=esports-hotel-case&page=0&pageSize=50"))["items"]!.AsArray()
            .Select(item => item!["id"]!.GetValue<string>()).Single(waits.Contains);

        await using var visit = await site.VisitAsync(1760, 1100);
        await visit.SignInAsync("analyst");
        var observed = visit.Page.WaitForWebSocketAsync(new PageWaitForWebSocketOptions { Predicate = socket => socket.Url.Contains("/elsa/hubs/workflow-instance", StringComparison.Ordinal), Timeout = Visit.StudioStartsWithinMs });
        await visit.Viewer.OpenAsync(instance);
        await observed;
        await visit.Viewer.Number("FormTeams").WaitForAsync();
        Assert.Equal(0, await visit.Viewer.Number("IssueInspectionNotice").CountAsync());
        await visit.PictureAsync("watching-before");
        await visit.Page.EvaluateAsync("window.stillHere = true");

        await matter.CompleteAsync(matter.Officer("CUL"), "team.recusal-declaration", "无需回避", new JsonObject());
        await matter.CompleteAsync("cul.head", "visit.approve", "批准", new JsonObject { ["note"] = "同意" });

        await visit.Viewer.Number("IssueInspectionNotice").WaitForAsync();
        await visit.Viewer.Number("Arrival").WaitForAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.stillHere === true"), "The page was loaded anew.");
        await visit.PictureAsync("watching-after");
        Assert.Empty(visit.Complaints);
    }
}
