using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>A head approves, days pass, the supervisor sees what is late and opens the case; the dispatcher sends a lead on. All at the desk, in a real browser.</summary>
[Collection(PeopleSiteTests.Name)]
public class DeskStory(StudioSite site)
{
    [Fact]
    public async Task Heads_approve_with_the_facts_beside_them_and_the_supervisors_numbers_are_their_rows_and_their_Excel()
    {
        using var matter = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "D-01", ("CUL", "文旅"), ("PSB", "公安"), ("FIR", "消防"), ("HEA", "卫健"), ("MKT", "市监"));
        await matter.ArriveAsync();
        await matter.RecordAsync("esports-hotel", "EH-16", "EH-20");
        await matter.CompleteAsync(matter.Officer("CUL"), "order.prepare", null, new JsonObject { ["items"] = new JsonArray() });
        var name = (await matter.StoryAsync())["case"]!["target"]!["name"]!.GetValue<string>();

        await using (var head = await site.VisitAsync())
        {
            var desk = await DeskPage.OpenAsync(head, "hea.head", "approvals");
            await desk.Page.Locator("[data-task]").Filter(new LocatorFilterOptions { HasText = name }).ClickAsync();
            await desk.Page.Locator(".dk-facts h2").Filter(new LocatorFilterOptions { HasText = name }).WaitForAsync();
            await desk.CheckAsync("guide-approvals");
            // Sending back asks for a reason, and what was typed is kept.
            await desk.Page.GetByText("退回", new PageGetByTextOptions { Exact = true }).ClickAsync();
            Assert.True(await desk.Page.Locator("textarea[name=note]").EvaluateAsync<bool>("field => field.required"));
            await desk.Page.GetByText("批准", new PageGetByTextOptions { Exact = true }).ClickAsync();
            await desk.Page.FillAsync("textarea[name=note]", "同意");
            await desk.Page.Locator(".dk-decision button[type=submit]").ClickAsync();
            await desk.Page.Locator(".wf-title [role=status]").Filter(new LocatorFilterOptions { HasText = "批准" }).WaitForAsync();
            Assert.Equal("Issued", (await matter.StoryAsync())["orders"]!.AsArray().Single(order => order!["department"]!.GetValue<string>() == "HEA")!["state"]!.GetValue<string>());
        }

        await (await matter.DeskAsync("dispatcher")).PostAsync("/api/sample/clock", new JsonObject { ["workingDays"] = 9 });

        await using var visit = await site.VisitAsync();
        var wall = await DeskPage.OpenAsync(visit, "supervisor", "wall");
        await wall.Page.Locator("tr[data-row]").First.WaitForAsync();
        await wall.CheckAsync("guide-wall");
        var total = 0;
        foreach (var tile in new[] { "unit", "party", "amber", "green" })
        {
            var said = await wall.TileAsync(tile);
            total += said;
            await wall.Page.Locator($"[data-tile={tile}]").ClickAsync();
            Assert.Equal((said, said), await wall.RowsAsync());
            Assert.Equal(said, await wall.ExcelRowsAsync());
            await wall.Page.Locator($"[data-tile={tile}]").ClickAsync();
        }

        Assert.Equal((total, total), await wall.RowsAsync());
        Assert.True(await wall.TileAsync("unit") > 0, "Nine working days passed and no unit is late.");
        // How long late, and on which day: each bar chooses what it counts, and all that is late stands in one of the four.
        Assert.Equal(await wall.TileAsync("unit") + await wall.TileAsync("party"), await BarsAsync(wall, ".dk-bars button[data-age]"));
        // What is due within two working days is due within the two weeks of the chart; whether there is any hangs on what else was done in the district.
        Assert.InRange(await BarsAsync(wall, ".dk-days button:enabled"), await wall.TileAsync("amber"), total);
        await MarksAsync(wall);

        // The address holds the filter; the keyboard alone opens the case from a row.
        await wall.Page.Locator("[data-tile=unit]").FocusAsync();
        await wall.Page.Keyboard.PressAsync("Enter");
        Assert.Contains("colour=Red", wall.Page.Url, StringComparison.Ordinal);
        var row = wall.Page.Locator("tr[data-row]").Filter(new LocatorFilterOptions { HasText = name }).First.Locator("a");
        await row.FocusAsync();
        await wall.Page.Keyboard.PressAsync("Enter");
        await wall.Page.Locator(".dk-head h1").Filter(new LocatorFilterOptions { HasText = name }).WaitForAsync();
        await wall.CheckAsync("guide-case");
        await wall.Page.Locator("[role=tab]").First.FocusAsync();
        foreach (var (part, shown) in new[] { ("diagram", "[data-activity]"), ("tasks", "[role=tabpanel] table"), ("findings", ".dk-finding"), ("documents", "iframe"), ("clocks", ".dk-clock"), ("moves", "[data-act=call]"), ("audit", "[role=tabpanel] .wf-primary") })
        {
            await wall.Page.Keyboard.PressAsync("ArrowRight");
            await wall.Page.Locator(shown).First.WaitForAsync();
            Assert.Contains("tab=" + part, wall.Page.Url, StringComparison.Ordinal);
            await wall.CheckAsync(part is "clocks" or "diagram" ? "guide-" + part : "case-" + part);
        }

        await wall.Page.Locator("[role=tabpanel] .wf-primary").ClickAsync();
        await wall.Page.Locator("[role=tabpanel] .dk-good").First.WaitForAsync();
        Assert.Equal(0, await wall.Page.Locator("[role=tabpanel] .dk-bad").CountAsync());

        // The second language on the same page.
        await wall.GoAsync("measures");
        await wall.Page.Locator("[data-agrees].dk-good").WaitForAsync();
        await wall.CheckAsync("guide-measures");
        await wall.Page.GetByText("English", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await wall.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Measures" }).WaitForAsync();
        await wall.GoAsync("wall");
        await wall.Page.GetByText("Units late").WaitForAsync();
        await wall.CheckAsync("wall-english");
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_dispatcher_compares_doubles_and_sends_a_lead_on_with_one_key_and_a_clerk_draws_and_verifies_in_the_browser()
    {
        using var over = await Desk.OpenAsync(site.Service, "dispatcher");
        var now = (await over.GetAsync("/api/sample/clock"))["now"]!.GetValue<string>();
        foreach (var (trigger, number, text) in new[] { ("Complaint12345", "HL-9001", "样例路18号电竞酒店深夜接待未成年人上网，噪声很大<b>"), ("GridReport", "WG-9001", "样例路18号电竞酒店有未成年人上网") })
        {
            await over.PostAsync("/api/leads", new JsonObject
            {
                ["trigger"] = trigger, ["source"] = "样例来源" + number, ["externalNumber"] = number, ["area"] = "330203006", ["address"] = "样例路18号", ["latitude"] = 29.87, ["longitude"] = 121.54,
                ["matterCode"] = "EH-05", ["text"] = text, ["occurredAt"] = now,
            });
        }

        await using var visit = await site.VisitAsync();
        var desk = await DeskPage.OpenAsync(visit, "dispatcher", "leads?view=linked");
        await desk.Page.Locator("[data-lead]").Filter(new LocatorFilterOptions { HasText = "深夜接待" }).ClickAsync();
        await desk.Page.Locator(".dk-side-by-side article").Nth(1).WaitForAsync();
        // Markup in what people report is text.
        Assert.Contains("<b>", await desk.Page.Locator(".dk-lead-text").InnerTextAsync(), StringComparison.Ordinal);
        await desk.CheckAsync("guide-leads");
        await desk.Page.Locator("[data-act=dispatch]").ClickAsync();
        await desk.Page.Locator(".dk-lead-head .wf-chip").Filter(new LocatorFilterOptions { HasText = "办理中" }).WaitForAsync();

        // The routine way: approval, public value and confirmation at the desk.
        using var head = await Desk.OpenAsync(site.Service, "cul.head");
        var today = (await over.GetAsync("/api/sample/clock"))["date"]!.GetValue<string>();
        var plan = (await head.PostAsync("/api/plans", new JsonObject
        {
            ["title"] = "桌面抽取", ["scenarioCode"] = "esports-hotel", ["leadDepartment"] = "CUL", ["drawCount"] = 1, ["alternateCount"] = 1, ["annualItem"] = new JsonObject { ["year"] = 2026, ["code"] = "D-02", ["title"] = "经营活动" },
            ["departments"] = new JsonArray(new JsonObject { ["code"] = "CUL", ["name"] = "文旅" }, new JsonObject { ["code"] = "FIR", ["name"] = "消防" }), ["visitFrom"] = today, ["visitTo"] = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture).AddDays(14).ToString("o", System.Globalization.CultureInfo.InvariantCulture),
        }))["planId"]!.GetValue<string>();
        await head.CompleteAsync("plan.approve", "批准", new JsonObject { ["note"] = "同意" });
        await desk.GoAsync("plans/" + plan);
        foreach (var (field, value) in new[] { ("value", "03 09 14 22 27 31 + 08"), ("source", "双色球当日开奖号码"), ("witnessName", "样例见证人"), ("witnessCapacity", "区司法局") })
            await desk.Page.FillAsync($"input[name={field}]", value);
        await desk.CheckAsync("guide-draw");
        await desk.Page.Locator(".dk-decision button[type=submit]").ClickAsync();
        await desk.Page.Locator(".dk-drawn li").First.WaitForAsync();
        await desk.Page.Locator("[data-verify]").ClickAsync();
        await desk.Page.Locator(".dk-check-draw .dk-good").First.WaitForAsync();
        Assert.Equal(0, await desk.Page.Locator(".dk-check-draw .dk-bad").CountAsync());
        await desk.GoAsync($"plans/{plan}/screen");
        await desk.Page.Locator(".dk-names li").First.WaitForAsync();
        await desk.CheckAsync("guide-screen");
    }

    /// <summary>Presses each bar of a chart: it says how many rows it chooses, in the list and in Excel. Returns what all of them say.</summary>
    private static async Task<int> BarsAsync(DeskPage wall, string bars)
    {
        var total = 0;
        var fetched = false;
        foreach (var bar in await wall.Page.Locator(bars).AllAsync())
        {
            var said = int.Parse(await bar.Locator("em").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
            total += said;
            await bar.ClickAsync();
            Assert.Equal((said, said), await wall.RowsAsync());
            if (said > 0 && !fetched)
            {
                fetched = true;
                Assert.Equal(said, await wall.ExcelRowsAsync());
            }

            await bar.ClickAsync();
        }

        return total;
    }

    /// <summary>Cards in force, cards about to fall and orders to be answered: the tile, the list it leads to, and that list's Excel.</summary>
    private static async Task MarksAsync(DeskPage wall)
    {
        foreach (var tile in new[] { "cards", "falling", "orders" })
        {
            var strong = wall.Page.Locator($"[data-tile={tile}] strong");
            await Assertions.Expect(strong).Not.ToContainTextAsync("…");
            // Yellow and red stand beside each other, each behind its mark.
            var said = (await strong.EvaluateAsync<string[]>("one => [...one.childNodes].filter(part => part.nodeType === Node.TEXT_NODE).map(part => part.textContent)"))
                .Select(text => text.Trim()).Where(text => text.Length > 0).Sum(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            await wall.Page.Locator($"[data-tile={tile}]").ClickAsync();
            var panel = wall.Page.Locator("section[role=tabpanel]");
            await panel.WaitForAsync();
            Assert.Equal(said, await panel.Locator("tbody tr").CountAsync());
            Assert.Equal(said, await DeskPage.RowsOfAsync(await wall.Page.RunAndWaitForDownloadAsync(() => wall.Page.Locator(".dk-tools .dk-file button").ClickAsync())));
            await wall.Page.GoBackAsync();
            await wall.Page.Locator("tr[data-row]").First.WaitForAsync();
        }
    }
}
