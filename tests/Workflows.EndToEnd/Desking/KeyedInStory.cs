using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>What comes by telephone is keyed in at the desk: a lead becomes a check outside the plan, and a renovation is registered and reaches its first milestone.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class KeyedInStory(StudioSite site)
{
    [Fact]
    public async Task A_lead_is_keyed_in_and_answered_by_a_check_and_a_project_is_registered_and_confirmed()
    {
        using var api = await Desk.OpenAsync(site.Service, "dispatcher");
        var target = await UncheckedAsync(api);
        await using var visit = await site.VisitAsync(visitor: "keyed-in");
        var desk = await DeskPage.OpenAsync(visit, "dispatcher", "leads");
        var page = desk.Page;

        // A report by telephone about a hotel of the roster.
        await page.Locator("[data-new=lead]").ClickAsync();
        await page.FillAsync("dialog textarea[name=text]", "样例来电：昨夜有未成年人在电竞房过夜");
        await page.FillAsync("dialog input[name=target]", "名录里没有的酒店");
        await page.GetByText("名录中没有").WaitForAsync();
        Assert.True(await page.Locator("dialog button[type=submit]").IsDisabledAsync());
        await page.FillAsync("dialog input[name=target]", $"{target["name"]!.GetValue<string>()}（{target["id"]!.GetValue<string>()}）");
        await page.Locator("dialog select[name=area]").SelectOptionAsync(target["townCode"]!.GetValue<string>());
        await page.FillAsync("dialog input[name=reporter]", "样例来电人");
        await desk.CheckAsync("lead-new");
        await SubmitAsync(page);
        await page.Locator(".dk-lead-text").GetByText("昨夜有未成年人").WaitForAsync();
        var id = page.Url.Split('?')[0].Split('/')[^1];
        var kept = await api.GetAsync("/api/leads/" + id);
        Assert.Equal(("Report", "电话", target["id"]!.GetValue<string>()), (kept["trigger"]!.GetValue<string>(), kept["source"]!.GetValue<string>(), kept["targetId"]!.GetValue<string>()));

        // Triaged, it may be answered by a check: the case opens with the lead as its source.
        await page.Locator("[data-act=triage]").ClickAsync();
        await page.Locator("dialog select[name=matterCode]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await SubmitAsync(page);
        await page.Locator("[data-act=check]").ClickAsync();
        await page.Locator("dialog select[name=trigger] option[value=Report]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.Equal("Report", await page.Locator("dialog select[name=trigger]").InputValueAsync());
        await desk.CheckAsync("check-new");
        await SubmitAsync(page);
        await page.Locator(".dk-stage").WaitForAsync();
        var opened = (await api.GetAsync("/api/leads/" + id))["caseId"]!.GetValue<string>();
        Assert.EndsWith("/desk/cases/" + opened, page.Url.Split('?')[0], StringComparison.Ordinal);
        Assert.Equal(target["id"]!.GetValue<string>(), (await api.GetAsync("/api/cases/" + opened))["case"]!["targetId"]!.GetValue<string>());

        await RegisterAsync(desk);
        Assert.Empty(visit.Complaints);

        // Whoever only looks on has no way to key anything in.
        await using var looking = await site.VisitAsync(visitor: "keyed-in-auditor");
        var auditor = await DeskPage.OpenAsync(looking, "auditor", "leads");
        Assert.Equal(0, await auditor.Page.Locator("[data-new]").CountAsync());
    }

    private static async Task RegisterAsync(DeskPage desk)
    {
        var page = desk.Page;
        await desk.GoAsync("leads?view=open");
        await page.Locator("[data-new=project]").ClickAsync();
        await page.Locator("dialog select[name=scenario] option[value=home-renovation]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.FillAsync("dialog input[name=number]", "样例装修-KI-" + Guid.NewGuid().ToString("N")[..6]);
        await page.FillAsync("dialog input[name=name]", "样例小区9幢901室装修");
        await page.FillAsync("dialog input[name=address]", "样例小区9幢901室");
        await page.Locator("dialog select[name=townCode]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.FillAsync("dialog input[name=owner]", "样例业主");
        await page.FillAsync("dialog input[name=phone]", "0574-00000000");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "住宅装修项目", Exact = true }).CheckAsync();
        await desk.CheckAsync("project-new");
        await SubmitAsync(page);
        await page.Locator("[data-milestone=M0]").WaitForAsync();
        await page.Locator("[data-confirm=M0]").ClickAsync();
        await SubmitAsync(page);
        await page.Locator("[data-milestone=M0]").GetByText("网格确认").WaitForAsync();
        await desk.CheckAsync("project-milestones");
    }

    private static async Task SubmitAsync(IPage page)
    {
        await page.Locator("dialog button[type=submit]").ClickAsync();
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    // A hotel that nobody has checked this year, so that no cap and no open case is in the way.
    private static async Task<JsonNode> UncheckedAsync(Desk api)
    {
        var checkedTargets = (await api.GetAsync("/api/cases?pageSize=200"))["items"]!.AsArray().Select(one => one!["targetId"]?.GetValue<string>()).ToHashSet();
        return (await api.GetAsync("/api/rosters/targets?pageSize=200"))["items"]!.AsArray()
            .First(one => one!["status"]!.GetValue<string>() == "Normal" && one["tags"]!.AsArray().Any(tag => tag!.GetValue<string>() == "专业电竞酒店") && !checkedTargets.Contains(one["id"]!.GetValue<string>()))!;
    }
}
