using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>What people do before it is too late, and while they are away: a card is held, a deputy decides.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class HoldingStory(StudioSite site)
{
    private const int LongestWay = 15;

    [Fact]
    public async Task A_supervisor_holds_one_of_two_cards_that_fall_tomorrow_and_the_other_alone_falls()
    {
        using var held = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "H-01", ("CUL", "文旅"), ("HEA", "卫健"));
        using var left = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "H-02", ("CUL", "文旅"), ("HEA", "卫健"));
        foreach (var matter in new[] { held, left })
        {
            await matter.ArriveAsync();
            await matter.RecordAsync("esports-hotel", "EH-20");
        }

        // Nobody draws up the orders: day by day the ladder comes nearer to its first card.
        using var over = await Desk.OpenAsync(site.Service, "supervisor");
        for (var day = 0; day < LongestWay && !(await FallingAsync(over, held.Id) && await FallingAsync(over, left.Id)); day++)
            await over.PostAsync("/api/sample/clock", new JsonObject { ["workingDays"] = 1 });

        await using var visit = await site.VisitAsync(visitor: "holding-supervisor");
        var desk = await DeskPage.OpenAsync(visit, "supervisor", "cards");
        await desk.Page.Locator("[data-falling]").Filter(Of(desk, left)).First.WaitForAsync();
        await desk.CheckAsync("guide-falling");

        // By keyboard alone: the button, the days, the reason, the end of the form.
        var queued = desk.Page.Locator("[data-falling]").Filter(Of(desk, held));
        var rows = await queued.CountAsync();
        Assert.True(rows > 0, "No card of the first case is about to fall.");
        for (var row = 0; row < rows; row++)
        {
            await queued.Nth(row).GetByRole(AriaRole.Button, new() { Name = "暂缓" }).FocusAsync();
            await desk.Page.Keyboard.PressAsync("Enter");
            await desk.Page.Locator("dialog input[name=days]").FocusAsync();
            await desk.Page.Keyboard.PressAsync("ControlOrMeta+a");
            await desk.Page.Keyboard.TypeAsync("5");
            await desk.Page.Keyboard.PressAsync("Tab");
            await desk.Page.Keyboard.TypeAsync("检测报告后天出具");
            if (row == 0)
                await desk.CheckAsync("card-hold");
            await desk.Page.Locator("dialog button[type=submit]").FocusAsync();
            await desk.Page.Keyboard.PressAsync("Enter");
            await desk.Page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await queued.Nth(row).GetByText("检测报告后天出具").WaitForAsync();
        }

        await desk.CheckAsync("card-held");

        // Time passes on the page.
        await desk.Page.Locator(".ck-now").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "+1 工作日" }).ClickAsync();
        await desk.Page.Locator(".ck-said dl").WaitForAsync(new() { Timeout = 60_000 });
        await desk.Page.Keyboard.PressAsync("Escape");
        await desk.GoAsync("cards?tab=cards");
        await desk.Page.Locator("[role=tabpanel] tbody tr").Filter(Of(desk, left)).First.WaitForAsync();
        Assert.Equal(0, await desk.Page.Locator("[role=tabpanel] tbody tr").Filter(Of(desk, held)).CountAsync());
        await desk.CheckAsync("card-fallen");
        await desk.GoAsync("cards");
        await queued.First.GetByText("检测报告后天出具").WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_head_names_a_deputy_who_approves_by_page_and_the_record_names_both()
    {
        const string Title = "代理期间的联合抽查";
        using var over = await Desk.OpenAsync(site.Service, "dispatcher");
        await using var heading = await site.VisitAsync(visitor: "deputy-head");
        var head = await DeskPage.OpenAsync(heading, "cul.head", "deputies");
        await head.Page.GetByRole(AriaRole.Button, new() { Name = "指定代理人" }).ClickAsync();
        await head.Page.GetByLabel("谁不在岗").SelectOptionAsync(new SelectOptionValue { Label = await OptionAsync(head, "谁不在岗", "样例文旅负责人") });
        await head.Page.GetByLabel("由谁代理").SelectOptionAsync(new SelectOptionValue { Label = await OptionAsync(head, "由谁代理", "样例文旅公示审核员") });
        await head.Page.GetByLabel("事由").FillAsync("赴省厅培训");
        await head.CheckAsync("deputy-naming");
        await head.Page.Locator("dialog button[type=submit]").ClickAsync();
        var row = head.Page.Locator(".dk-main tbody tr").Filter(new() { HasText = "赴省厅培训" });
        await row.GetByText("代理中").WaitForAsync();
        await head.Page.Locator(".dk-acting").Filter(new() { HasText = "样例文旅公示审核员代理" }).WaitForAsync();
        await head.CheckAsync("guide-deputies");

        // A plan waits for the head who is away.
        var today = (await over.GetAsync("/api/sample/clock"))["date"]!.GetValue<string>();
        var plan = (await over.PostAsync("/api/plans", new JsonObject
        {
            ["title"] = Title, ["scenarioCode"] = "esports-hotel", ["leadDepartment"] = "CUL", ["drawCount"] = 1, ["alternateCount"] = 1, ["annualItem"] = new JsonObject { ["year"] = 2026, ["code"] = "H-03", ["title"] = "经营活动" },
            ["departments"] = new JsonArray(new JsonObject { ["code"] = "CUL", ["name"] = "文旅" }, new JsonObject { ["code"] = "FIR", ["name"] = "消防" }), ["visitFrom"] = today,
            ["visitTo"] = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture).AddDays(14).ToString("o", System.Globalization.CultureInfo.InvariantCulture),
        }))["planId"]!.GetValue<string>();

        await using (var acting = await site.VisitAsync(visitor: "deputy-acting"))
        {
            var deputy = await DeskPage.OpenAsync(acting, "cul.publisher", "approvals");
            await deputy.Page.Locator(".dk-acting").Filter(new() { HasText = "代理样例文旅负责人" }).WaitForAsync();
            var task = (await over.GetAsync($"/api/tasks?planId={plan}"))["items"]!.AsArray().Single(one => one!["kind"]!.GetValue<string>() == "plan.approve")!["id"]!.GetValue<string>();
            await deputy.Page.Locator($"[data-task='{task}']").ClickAsync();
            await deputy.Page.Locator(".dk-decide h2").Filter(new() { HasText = "代样例文旅负责人" }).WaitForAsync();
            await deputy.CheckAsync("deputy-step");
            var form = deputy.Page.Locator(".dk-decision");
            await form.GetByText("批准", new() { Exact = true }).ClickAsync();
            await form.Locator("textarea[name=note]").FillAsync("同意开展");
            await form.Locator("button[type=submit]").ClickAsync();
            await deputy.Page.Locator($"[data-task='{task}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            Assert.Empty(acting.Complaints);
        }

        // Both names stand where the approval stands.
        await head.GoAsync("plans/" + plan);
        await head.Page.Locator(".wf-title .wf-chip").Filter(new() { HasTextRegex = new Regex("待公共值") }).WaitForAsync();
        Assert.Contains("样例文旅公示审核员（代样例文旅负责人）", await over.TextAsync($"/api/plans/{plan}"), StringComparison.Ordinal);

        // Back at the desk: the deputy ends, and says so in the list.
        await head.GoAsync("deputies");
        await row.GetByRole(AriaRole.Button, new() { Name = "结束" }).ClickAsync();
        await head.Page.Locator("dialog textarea[name=reason]").FillAsync("已返岗");
        await head.Page.Locator("dialog button[type=submit]").ClickAsync();
        await row.GetByText("已结束").WaitForAsync();
        await head.Page.Locator(".dk-acting").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(heading.Complaints);
    }

    private static LocatorFilterOptions Of(DeskPage desk, CaseOverHttp matter) => new() { Has = desk.Page.Locator($"a[href='/desk/cases/{matter.Id}']") };

    private static async Task<bool> FallingAsync(Desk desk, string caseId) =>
        (await desk.GetAsync("/api/cards/falling?days=1")).AsArray().Any(one => one!["caseId"]!.GetValue<string>() == caseId);

    private static async Task<string> OptionAsync(DeskPage desk, string label, string name)
    {
        var option = desk.Page.GetByLabel(label).Locator("option").Filter(new() { HasText = name });
        await option.First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return (await option.First.InnerTextAsync()).Trim();
    }
}
