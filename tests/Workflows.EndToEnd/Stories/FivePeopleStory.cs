using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Desking;
using Phone = Workflows.EndToEnd.Inspecting.Phone;

namespace Workflows.EndToEnd.Stories;

/// <summary>One e-sports hotel from the plan to the closed case: a dispatcher and a head at their desks, two officers with phones, one of them without a network, and the hotel itself. Nobody touches anything but pages.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class FivePeopleStory(StudioSite site)
{
    private const string Title = "电竞酒店五人联合抽查";

    [Fact]
    public async Task Five_people_in_five_browsers_take_a_hotel_from_the_draw_to_the_closed_case()
    {
        using var facts = await Desk.OpenAsync(site.Service, "dispatcher");
        await using var dispatching = await site.VisitAsync(visitor: "five-dispatcher");
        await using var heading = await site.VisitAsync(1280, 800, "five-head");

        // The dispatcher's clock goes to the morning of a working day.
        var dispatcher = await DeskPage.OpenAsync(dispatching, "dispatcher", "plans");
        await dispatcher.Page.Locator(".ck-now").ClickAsync();
        await dispatcher.Page.GetByRole(AriaRole.Button, new() { Name = "+1 工作日" }).ClickAsync();
        await dispatcher.Page.Locator(".ck-said dl").WaitForAsync(new() { Timeout = 60_000 });

        // The head plans and approves, the dispatcher enters the public value before a witness, the head confirms: each page follows the other's act by itself.
        var head = await DeskPage.OpenAsync(heading, "cul.head", "plans");
        await head.Page.GetByRole(AriaRole.Button, new() { Name = "新建抽查计划" }).ClickAsync();
        await head.Page.SelectOptionAsync("select[name=scenario]", "esports-hotel");
        await head.Page.GetByRole(AriaRole.Checkbox, new() { Name = "消防" }).WaitForAsync();
        var others = head.Page.Locator("dialog fieldset input[type=checkbox]:checked:not(:disabled)");
        while (await others.CountAsync() > 0)
            await others.First.ClickAsync();
        await head.Page.GetByRole(AriaRole.Checkbox, new() { Name = "消防" }).CheckAsync();
        await head.Page.FillAsync("input[name=title]", Title);
        await head.Page.FillAsync("input[name=item]", "F-01");
        await head.Page.FillAsync("input[name=drawCount]", "1");
        await heading.PictureAsync("five-plan");
        await head.Page.GetByRole(AriaRole.Button, new() { Name = "建立计划" }).ClickAsync();
        await head.Page.GetByRole(AriaRole.Heading, new() { Name = Title, Exact = true }).WaitForAsync();
        var plan = head.Page.Url.Split('/')[^1];
        await DecideAsync(head.Page, "批准");
        await head.Page.Locator(".wf-title .wf-chip").Filter(new() { HasText = "待公共值" }).WaitForAsync();

        await dispatcher.GoAsync("plans/" + plan);
        foreach (var (field, value) in new[] { ("value", "03 09 14 22 27 31 + 08"), ("source", "双色球当日开奖号码"), ("witnessName", "样例见证人"), ("witnessCapacity", "区司法局") })
            await dispatcher.Page.FillAsync($"input[name={field}]", value);
        await dispatcher.Page.Locator(".dk-decision button[type=submit]").ClickAsync();
        await dispatcher.Page.Locator(".dk-drawn li").First.WaitForAsync();
        await DecideAsync(head.Page, "确认");
        var link = dispatcher.Page.Locator(".dk-drawn a[href*='/desk/cases/']").First;
        await link.WaitForAsync();
        var caseId = (await link.GetAttributeAsync("href"))!.Split('/')[^1];
        var story = await facts.GetAsync($"/api/cases/{caseId}");
        var hotel = story["case"]!["target"]!["name"]!.GetValue<string>();
        var members = story["teams"]!.AsArray()[^1]!["members"]!.AsArray().Select(member => member!).ToLookup(member => member["department"]!.GetValue<string>());

        // Two officers, two phones. The team declares that nobody is related, the head lets it go.
        await using var culture = await Phone.OpenAsync(site, UserOf(members["CUL"].First()));
        await using var fire = await Phone.OpenAsync(site, UserOf(members["FIR"].First()), 360, 780);
        await StepAsync(culture, hotel, "无需回避");
        await head.GoAsync("approvals");
        await head.Page.Locator("[data-task]").Filter(new() { HasText = hotel }).ClickAsync();
        await head.Page.Locator(".dk-facts h2").Filter(new() { HasText = hotel }).WaitForAsync();
        await DecideAsync(head.Page, "批准");
        await culture.TakenAlongAsync(caseId);
        await fire.TakenAlongAsync(caseId);

        // In the cellar the fire department has no network; it signs its own section there.
        var photo = Path.Combine(StudioSite.Screenshots, "door-five.png");
        await culture.Page.ScreenshotAsync(new() { Path = photo });
        await fire.OfflineAsync(true);
        await fire.OpenVisitAsync(caseId);
        await fire.Page.Locator(".in-item").First.WaitForAsync();
        await fire.AllMetAsync();
        await fire.SignBothAsync(members["FIR"].Select(member => member["name"]!.GetValue<string>()));
        await fire.HandInAsync("提交本部门检查情况");
        Assert.NotEmpty(await fire.UnsentAsync());

        await culture.OpenVisitAsync(caseId);
        await culture.ArriveAsync("AC-2026-0501");
        await culture.AllMetAsync();
        await culture.NotMetAsync("EH-06", photo);
        await culture.SignBothAsync(members["CUL"].Select(member => member["name"]!.GetValue<string>()));
        await culture.Page.FillAsync("input[name=personName]", "样例店长");
        await culture.ButtonAsync("店长");
        await culture.ButtonAsync("无异议");
        await culture.SignAsync("当事人手写“核对无误”并签名");
        await culture.HandInAsync("提交现场检查笔录");
        await fire.OfflineAsync(false);
        await fire.AllSentAsync();
        await culture.AllSentAsync();

        // The order: prepared on the phone, approved by the head in the second language, served on the spot.
        await StepAsync(culture, hotel, null);
        await head.Page.GetByText("English", new() { Exact = true }).ClickAsync();
        await head.Page.GetByRole(AriaRole.Heading, new() { Name = "My approvals" }).WaitForAsync();
        await head.Page.Locator("[data-task]").Filter(new() { HasText = hotel }).ClickAsync();
        await head.CheckAsync("five-order-english");
        await DecideAsync(head.Page, "批准");
        var path = "";
        await StepAsync(culture, hotel, "已送达", async page =>
        {
            await page.FillAsync("input[name=receiverName]", "样例店长");
            await page.FillAsync("input[name=receiverRelation]", "店长");
            await page.FillAsync("input[name=receivedAt]", (await facts.GetAsync("/api/sample/clock"))["now"]!.GetValue<DateTimeOffset>().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture));
            await page.GetByRole(AriaRole.Button, new() { Name = "当事人办理码" }).ClickAsync();
            await page.Locator(".wf-code svg").WaitForAsync();
            await culture.PictureAsync("party-code");
            path = (await page.Locator(".wf-code-link a").GetAttributeAsync("href"))!;
            await page.Keyboard.PressAsync("Escape");
        });

        // The hotel scans the code, sees what is to be done, proves it, and says what it thought of the visit.
        await using var hotelier = await site.VisitAsync(390, 844, "five-party");
        await hotelier.Page.GotoAsync(path);
        await hotelier.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("请在.*前改正") }).WaitForAsync();
        await hotelier.Page.GetByRole(AriaRole.Region, new() { Name = "下一步" }).GetByRole(AriaRole.Button, new() { Name = "上传整改证明" }).ClickAsync();
        await hotelier.Page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(photo);
        await hotelier.Page.GetByRole(AriaRole.Img, new() { Name = "第1张照片" }).WaitForAsync();
        await hotelier.Page.GetByLabel("做了什么").FillAsync("已落实未成年人入住询问登记制度");
        await hotelier.Page.GetByRole(AriaRole.Button, new() { Name = "提交", Exact = true }).ClickAsync();
        await hotelier.Page.Locator(".ct-note.ct-good").Filter(new() { HasText = "整改证明已提交" }).WaitForAsync();
        await hotelier.Page.GetByRole(AriaRole.Button, new() { Name = "评价这次检查" }).ClickAsync();
        await hotelier.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new Regex("^5星") }).CheckAsync(new() { Force = true });
        await hotelier.Page.GetByRole(AriaRole.Button, new() { Name = "提交评价" }).ClickAsync();
        await hotelier.Page.GetByText("您已评价：5星").WaitForAsync();

        await StepAsync(culture, hotel, "通过", page => page.FillAsync("textarea[name=note]", "材料属实，已改正"));

        // The dispatcher follows the case to its end without reloading the page; the party's page says so too.
        await dispatcher.GoAsync("cases/" + caseId);
        await using (var publishing = await site.VisitAsync(visitor: "five-publisher"))
        {
            var publisher = await DeskPage.OpenAsync(publishing, "cul.publisher", "approvals");
            var step = publisher.Page.Locator("[data-task]").Filter(new() { HasText = hotel }).First;
            var task = await step.GetAttributeAsync("data-task");
            await step.ClickAsync();
            // What will stand before the public lies beside the decision.
            await publisher.Page.Locator(".dk-facts h2").Filter(new() { HasText = hotel }).WaitForAsync();
            await publisher.Page.Locator(".dk-facts").GetByText("公示内容").First.WaitForAsync();
            await publisher.CheckAsync("five-publication");
            await publisher.Page.Locator(".dk-decision").GetByText("已公示", new() { Exact = true }).ClickAsync();
            await publisher.Page.Locator(".dk-decision button[type=submit]").ClickAsync();
            await publisher.Page.Locator($"[data-task='{task}']").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            Assert.Empty(publishing.Complaints);
        }

        await dispatcher.Page.Locator(".dk-stage").Filter(new() { HasText = "已办结" }).WaitForAsync();
        await dispatcher.CheckAsync("five-closed");
        await hotelier.Page.ReloadAsync();
        await hotelier.Page.GetByRole(AriaRole.Heading, new() { Name = "这件事已经办结" }).WaitForAsync();
        await hotelier.PictureAsync("five-party-closed");

        story = await facts.GetAsync($"/api/cases/{caseId}");
        Assert.Equal("Closed", story["case"]!["state"]!.GetValue<string>());
        Assert.Equal(["EH-06"], story["findings"]!.AsArray().Select(finding => finding!["itemCode"]!.GetValue<string>()));
        Assert.Equal(["CUL", "FIR"], story["visits"]!.AsArray()[^1]!["sections"]!.AsArray().Select(section => section!["department"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("Fulfilled", story["orders"]!.AsArray().Single()!["state"]!.GetValue<string>());
        Assert.Empty(culture.Complaints);
        Assert.Empty(fire.Complaints);
        foreach (var visit in new[] { dispatching, heading, hotelier })
        {
            Assert.Empty(visit.Complaints);
            Assert.All(visit.Requests.Where(url => url.StartsWith("http", StringComparison.Ordinal)), url => Assert.StartsWith(site.Url, url, StringComparison.Ordinal));
        }
    }

    /// <summary>Decides the step that the desk shows.</summary>
    private static async Task DecideAsync(IPage page, string outcome)
    {
        var form = page.Locator(".dk-decision");
        await form.GetByText(outcome, new() { Exact = true }).ClickAsync();
        if (await form.Locator("textarea[name=note]").CountAsync() > 0)
            await form.Locator("textarea[name=note]").FillAsync("同意");
        await form.Locator("button[type=submit]").ClickAsync();
        await form.GetByText(outcome, new() { Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>Opens the step of the day's list that concerns the hotel as soon as it is there, and hands it in.</summary>
    private static async Task StepAsync(Phone phone, string hotel, string? outcome, Func<IPage, Task>? fill = null)
    {
        await phone.Page.GotoAsync("/inspect");
        await phone.Page.Locator("a[href^='/inspect/step/']").Filter(new() { HasText = hotel }).ClickAsync();
        await phone.Page.Locator("form.in-card").WaitForAsync();
        if (outcome is not null && await phone.Page.Locator($"input[name=outcome][value='{outcome}']").CountAsync() > 0)
            await phone.Page.Locator($"input[name=outcome][value='{outcome}']").CheckAsync(new() { Force = true });
        if (fill is not null)
            await fill(phone.Page);
        await phone.Page.Locator("form.in-card button[type=submit]").ClickAsync();
        await phone.Page.Locator(".in-foot").WaitForAsync();
    }

    private static string UserOf(JsonNode member) => member["officerId"]!.GetValue<string>().ToLowerInvariant().Replace('-', '.');
}
