using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Parties;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>What the office answers to those whom it concerns: a score that is contested, a person's name that the public does not read, a matter that a citizen cannot get done; and a roster that is edited with the mouse.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class AnsweringStory(StudioSite site)
{
    [Fact]
    public async Task A_person_is_published_masked_contests_the_score_on_a_phone_and_reads_the_supervisors_answer()
    {
        using var one = await ToyStalls.DrawnAsync(site.Service, "FA-2");
        await ToyStallVisit.MadeAsync(one);
        var target = (await one.StoryAsync())["case"]!["target"]!;
        var name = target["name"]!.GetValue<string>();

        // Whoever publishes sees what the public will read: the first character and no more, neither number nor name.
        await using (var publishing = await site.VisitAsync(visitor: "answering-publisher"))
        {
            var publisher = await DeskPage.OpenAsync(publishing, "cul.publisher", "approvals");
            await publisher.Page.Locator("[data-task]").Filter(new() { HasText = name }).ClickAsync();
            var facts = publisher.Page.Locator(".dk-facts");
            await facts.GetByText("样***").WaitForAsync();
            Assert.DoesNotContain(ToyStallVisit.Number, await publisher.Page.ContentAsync(), StringComparison.Ordinal);
            await publisher.CheckAsync("publishing-a-person");
            await publisher.Page.Locator(".dk-decision").GetByText("已公示", new() { Exact = true }).ClickAsync();
            await publisher.Page.Locator(".dk-decision button[type=submit]").ClickAsync();
            await publisher.Page.Locator(".wf-title [role=status]").Filter(new() { HasText = "已公示" }).WaitForAsync();
            Assert.Empty(publishing.Complaints);
        }

        await using var party = await site.VisitAsync(Phone.Width, Phone.Height, "answering-party");
        var page = party.Page;
        await page.GotoAsync("/public/results");
        await page.GetByRole(AriaRole.Heading, new() { Name = "样***", Exact = true }).First.WaitForAsync();
        await party.LookAtAsync("public-person-masked");
        foreach (var hidden in new[] { name, ToyStallVisit.Number, ToyStallVisit.Number[..4] + "****" })
            Assert.DoesNotContain(hidden, await page.ContentAsync(), StringComparison.Ordinal);

        // One breach of an ordinary item, −5 (practice.md 7). The party contests it, once.
        await page.GotoAsync(await one.PartyLinkAsync("CUL"));
        var card = page.Locator("section[aria-labelledby=score]");
        await card.GetByText("95分 · A级").WaitForAsync();
        await party.LookAtAsync("party-score");
        await card.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).ClickAsync();
        await SubmitAsync(page);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert).GetByText("请写明异议的理由").WaitForAsync();
        await page.GetByLabel("异议理由").FillAsync("标志在包装背面，当场已向执法人员出示");
        await party.LookAtAsync("party-score-objection");
        await SubmitAsync(page);
        await card.GetByText("异议办理中").WaitForAsync();
        Assert.Equal(0, await card.GetByRole(AriaRole.Button, new() { Name = "提出异议" }).CountAsync());

        await using (var supervising = await site.VisitAsync(visitor: "answering-supervisor"))
        {
            var desk = await DeskPage.OpenAsync(supervising, "supervisor", "cases/" + one.Id);
            await desk.Page.GetByRole(AriaRole.Link, new() { Name = "监管评分和历次检查" }).ClickAsync();
            var change = desk.Page.Locator("[data-change]");
            await change.GetByText("标志在包装背面，当场已向执法人员出示").WaitForAsync();
            await change.GetByText("异议成立，该条不再计分").ClickAsync();
            await change.Locator("textarea[name=score-answer]").FillAsync("经核对照片，包装背面有标志，异议成立");
            await desk.CheckAsync("score-objection");
            await change.GetByRole(AriaRole.Button, new() { Name = "答复当事人" }).ClickAsync();
            await desk.Page.GetByRole(AriaRole.Region, new() { Name = "监管评分" }).GetByText("100分 · A级").WaitForAsync();
            await change.GetByText("经核对照片，包装背面有标志，异议成立").WaitForAsync();
            await desk.CheckAsync("score-answered");
            Assert.Empty(await Barriers.TooWideAsync(desk.Page));
            Assert.Empty(supervising.Complaints);
        }

        await page.ReloadAsync();
        await card.GetByText("经核对照片，包装背面有标志，异议成立").WaitForAsync();
        await card.GetByText("100分 · A级").WaitForAsync();
        await party.LookAtAsync("party-score-answered");
        Assert.Empty(party.Complaints);
    }

    [Fact]
    public async Task A_citizen_says_what_cannot_get_done_and_it_is_done_by_a_date_while_a_roster_is_edited_with_the_mouse()
    {
        const string Words = "食品经营许可变更材料交了三次，窗口每次都要补新的";
        await using var citizen = await site.VisitAsync(Phone.Width, Phone.Height, "answering-citizen");
        var page = citizen.Page;
        await page.GotoAsync("/public/stuck");
        await page.Locator("select[name=area] option").Nth(1).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await SubmitAsync(page);
        await page.GetByRole(AriaRole.Alert).GetByText("请说明什么事办不成").WaitForAsync();
        Assert.Equal("text", await page.EvaluateAsync<string>("() => document.activeElement.name"));
        await citizen.LookAtAsync("public-stuck-missing");
        await page.FillAsync("textarea[name=text]", Words);
        await SubmitAsync(page);
        await page.GetByRole(AriaRole.Alert).GetByText("请选择事项所在的镇街").WaitForAsync();
        await page.Locator("select[name=area]").SelectOptionAsync("330203001");
        // The first try does not arrive. What was written is there, and the keyboard stands where it stood.
        await page.RouteAsync("**/api/public/stuck-matters", route => route.AbortAsync(), new() { Times = 1 });
        await page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Alert).GetByText("网络不通").WaitForAsync();
        Assert.Equal("提交", await page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        Assert.Equal(Words, await page.InputValueAsync("textarea[name=text]"));
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Name = "已收到" }).WaitForAsync();
        await citizen.LookAtAsync("public-stuck-received");
        var number = await page.Locator(".ct-done .ct-hash").InnerTextAsync();

        // Reviewed, done, verified: each on the page of whoever does it.
        await using (var supervising = await site.VisitAsync(visitor: "stuck-supervisor"))
        {
            var supervisor = await DeskPage.OpenAsync(supervising, "supervisor", "stuck");
            await supervisor.Page.Locator("[data-stuck]").Filter(new() { HasText = Words[..20] }).ClickAsync();
            await supervisor.Page.SelectOptionAsync("select[name=department]", "CUL");
            await supervisor.Page.FillAsync("textarea[name=text]", "由文旅会同窗口一次性告知，五日内办成");
            await supervisor.CheckAsync("stuck-review");
            await supervisor.Page.Locator(".dk-decide button[type=submit]").ClickAsync();
            await supervisor.Page.Locator(".dk-decide h2").Filter(new() { HasText = "限期办理" }).WaitForAsync();

            await using (var answering = await site.VisitAsync(visitor: "stuck-head"))
            {
                var head = await DeskPage.OpenAsync(answering, "cul.head", "stuck/" + number);
                await head.Page.Locator(".dk-steps").GetByText("由文旅会同窗口一次性告知，五日内办成").WaitForAsync();
                await head.Page.FillAsync("textarea[name=text]", "已一次性告知并受理，许可当日变更");
                await head.CheckAsync("stuck-answer");
                await head.Page.Locator(".dk-decide button[type=submit]").ClickAsync();
                await head.Page.Locator(".dk-decide h2").Filter(new() { HasText = "待核实" }).WaitForAsync();
                Assert.Empty(answering.Complaints);
            }

            await supervisor.Page.Locator(".dk-steps").GetByText("已一次性告知并受理，许可当日变更").WaitForAsync();
            await supervisor.Page.FillAsync("textarea[name=text]", "电话回访，反映人确认已拿到新证");
            await supervisor.Page.Locator(".dk-decide button[type=submit]").ClickAsync();
            await supervisor.Page.Locator(".dk-decide h2").Filter(new() { HasText = "已办结" }).WaitForAsync();
            await supervisor.CheckAsync("stuck-closed");
            Assert.Empty(await Barriers.TooWideAsync(supervisor.Page));
            Assert.Empty(supervising.Complaints);
        }

        await EditedAsync();
    }

    // A row with the mouse: what is discarded is gone, what is saved is there.
    private async Task EditedAsync()
    {
        using var over = await Desk.OpenAsync(site.Service, "dispatcher");
        // Of a scenario that no other story draws, and as before at the end.
        var row = (await over.GetAsync("/api/rosters/targets?take=200"))["items"]!.AsArray().Last(one => one!["status"]!.GetValue<string>() == "Normal")!;
        var (name, address) = (row["name"]!.GetValue<string>(), row["address"]!.GetValue<string>());
        await using var visit = await site.VisitAsync(visitor: "roster-mouse");
        var desk = await DeskPage.OpenAsync(visit, "dispatcher", "rosters");
        await desk.Page.GetByLabel("查找").FillAsync(row["id"]!.GetValue<string>());
        var line = desk.Page.Locator("[role=tabpanel] tbody tr");
        await line.Filter(new() { HasText = name }).WaitForAsync();
        var dialog = desk.Page.Locator("dialog");
        var leave = new Func<Task>[]
        {
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync(),
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "关闭" }).ClickAsync(),
            () => desk.Page.Keyboard.PressAsync("Escape"),
        };
        foreach (var discard in leave)
        {
            await line.GetByRole(AriaRole.Button).ClickAsync();
            Assert.Equal(address, await dialog.Locator("input[name=address]").InputValueAsync());
            await dialog.Locator("input[name=address]").FillAsync("写错的地址");
            await discard();
            await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await line.GetByRole(AriaRole.Button).ClickAsync();
        await desk.CheckAsync("roster-dialog");
        Assert.Empty(await Barriers.TooWideAsync(desk.Page));
        // Without a reason nothing is sent.
        await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        Assert.True(await dialog.Locator("textarea[name=reason]").EvaluateAsync<bool>("field => field.matches(':invalid')"));
        await SaveAsync(address + "（二楼）");
        await line.GetByText(address + "（二楼）").WaitForAsync();
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await SaveAsync(address);
        await line.GetByText(address, new() { Exact = true }).WaitForAsync();

        // From a day to come, seen in the list and taken back.
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await dialog.Locator("select[name=status]").SelectOptionAsync("Suspended");
        var tomorrow = DateTime.Parse(await dialog.Locator("input[name=effectiveFrom]").GetAttributeAsync("min") ?? "", CultureInfo.InvariantCulture).AddDays(1);
        await dialog.Locator("input[name=effectiveFrom]").FillAsync(tomorrow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await SaveAsync(address);
        await line.GetByText("起有修改").WaitForAsync();
        await line.GetByRole(AriaRole.Button).ClickAsync();
        await dialog.Locator("[data-planned]").GetByText("状态：停业").WaitForAsync();
        await desk.CheckAsync("roster-planned");
        await dialog.Locator("[data-planned]").GetByRole(AriaRole.Button, new() { Name = "撤回" }).ClickAsync();
        await dialog.Last.Locator("textarea[name=reason]").FillAsync("已恢复营业");
        await dialog.Last.Locator("button[type=submit]").ClickAsync();
        await dialog.First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await line.GetByText("起有修改").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var after = (await over.GetAsync("/api/rosters/targets?take=200"))["items"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == row["id"]!.GetValue<string>())!;
        Assert.Equal(row.ToJsonString(), after.ToJsonString());
        Assert.Empty(visit.Complaints);

        async Task SaveAsync(string text)
        {
            await dialog.Locator("input[name=address]").FillAsync(text);
            await dialog.Locator("textarea[name=reason]").FillAsync("门牌核对");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
            await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }

    private static Task SubmitAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
}
