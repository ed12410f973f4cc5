using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>A head at the desk: sends another officer before the visit, and reads the order that approval issues.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class DecidingStory(StudioSite site)
{
    [Fact]
    public async Task An_officer_is_replaced_before_the_visit_and_nobody_after_it()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "DC-01", ("CUL", "文旅"), ("FIR", "消防"));
        var leaving = made.Members.First(member => member["department"]!.GetValue<string>() == "FIR");
        await using var visit = await site.VisitAsync(visitor: "deciding-team");
        var head = await DeskPage.OpenAsync(visit, "fir.head", $"cases/{made.Id}?tab=tasks");
        var page = head.Page;
        // Its own two officers, not those of others.
        await page.Locator("[data-replace]").First.WaitForAsync();
        Assert.Equal(2, await page.Locator("[data-replace]").CountAsync());
        await page.Locator($"[data-replace='{leaving["officerId"]!.GetValue<string>()}']").ClickAsync();
        if (await page.Locator("dialog select[name=coming]").CountAsync() > 0)
            await page.Locator("dialog select[name=coming]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.FillAsync("dialog textarea[name=reason]", "突发疾病住院");
        await head.CheckAsync("team-replace");
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await page.GetByText("突发疾病住院").WaitForAsync();
        Assert.Equal(0, await page.Locator($"[data-replace='{leaving["officerId"]!.GetValue<string>()}']").CountAsync());
        await head.CheckAsync("team-replaced");
        Assert.DoesNotContain(
            (await made.StoryAsync())["teams"]!.AsArray()[^1]!["members"]!.AsArray(), member => member!["officerId"]!.GetValue<string>() == leaving["officerId"]!.GetValue<string>());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_head_has_the_order_before_the_decision_and_the_case_shows_it_only_after()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "DC-02", ("CUL", "文旅"), ("HEA", "卫健"));
        await made.ArriveAsync();
        await made.RecordAsync("esports-hotel", "EH-20");
        await made.CompleteAsync(made.Officer("CUL"), "order.prepare", null, new JsonObject { ["items"] = new JsonArray() });
        var task = (await (await made.DeskAsync("hea.head")).GetAsync($"/api/tasks?mine&kind=order.approve&caseId={made.Id}"))["items"]![0]!["id"]!.GetValue<string>();

        await using (var visit = await site.VisitAsync(visitor: "deciding-draft"))
        {
            var head = await DeskPage.OpenAsync(visit, "hea.head", "approvals?task=" + task);
            var paper = head.Page.Locator("[data-draft]").FrameLocator("iframe");
            await paper.GetByText("责令限期改正通知书").First.WaitForAsync();
            await paper.GetByText("草稿，签发时编号").WaitForAsync();
            await head.CheckAsync("approval-draft");
            Assert.Empty(visit.Complaints);
        }

        // On a phone, where there is less room than a sheet is wide.
        await using var small = await site.VisitAsync(360, 780, visitor: "deciding-draft-phone");
        var phone = await DeskPage.OpenAsync(small, "hea.head", "approvals?task=" + task);
        await phone.Page.Locator("[data-draft] iframe").WaitForAsync();
        await phone.CheckAsync("approval-draft-phone");
    }
}
