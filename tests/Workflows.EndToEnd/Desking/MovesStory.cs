using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>移送 and 会商 on their pages: what one department proposes, decides and hands over the other receives; what people agree on comes on the list of the unit.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class MovesStory(StudioSite site)
{
    [Fact]
    public async Task A_finding_goes_to_another_department_with_a_receipt_and_a_consultation_gives_a_unit_something_to_do()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "MV-01", ("CUL", "文旅"), ("HEA", "卫健"));
        await made.ArriveAsync();
        await made.RecordAsync("esports-hotel", "EH-20");

        await using (var sending = await site.VisitAsync(visitor: "moves-sender"))
        {
            var head = await DeskPage.OpenAsync(sending, "hea.head", $"cases/{made.Id}?tab=moves");
            await head.Page.Locator("[data-act=report]").ClickAsync();
            await head.Page.SelectOptionAsync("dialog select[name=receiverDepartment]", "MKT");
            await head.Page.Locator("dialog input[name=finding]").First.CheckAsync();
            await head.Page.FillAsync("dialog textarea[name=reason]", "经核查属市场监管部门管辖");
            await head.Page.FillAsync("dialog textarea[name=summary]", "现场发现毛巾消毒记录缺失，样品来源待查。");
            await head.CheckAsync("transfer-report");
            await head.Page.Locator("dialog button[type=submit]").ClickAsync();
            // Whoever leaves the page before the answer takes the request back.
            await head.Page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });

            // The step of the head leads here, and is done here.
            await head.GoAsync("approvals");
            await head.Page.Locator("[data-task]").Filter(new() { HasText = "决定是否移送" }).First.ClickAsync();
            await head.Page.Locator(".dk-main a[href^='/desk/transfers']").ClickAsync();
            await ActAsync(head, "经核查属市场监管部门管辖", "decide", dialog => dialog.Locator("textarea[name=reason]").FillAsync("同意移送"));
            await ActAsync(head, "经核查属市场监管部门管辖", "hand-over", dialog => dialog.Locator("input[name=receivedBy]").FillAsync("样例接收人"));
            var handed = Of(head, "经核查属市场监管部门管辖").And(head.Page.Locator("[data-state=HandedOver]"));
            await handed.Locator("[data-act=letter]").ClickAsync();
            await handed.FrameLocator("iframe").GetByText("案件移送函").First.WaitForAsync();
            await head.CheckAsync("transfer-letter");
            // What is under way is not offered a second time.
            await head.GoAsync($"cases/{made.Id}?tab=moves");
            await Of(head, "经核查属市场监管部门管辖").WaitForAsync();
            Assert.Equal(0, await head.Page.Locator("[data-act=report]").CountAsync());
        }

        await using (var receiving = await site.VisitAsync(390, 844, visitor: "moves-receiver"))
        {
            var head = await DeskPage.OpenAsync(receiving, "mkt.head", "transfers?view=in");
            await head.CheckAsync("transfers-phone");
            await ActAsync(head, "经核查属市场监管部门管辖", "receipt", dialog => dialog.Locator("input[name=number]").FillAsync("市监回〔2026〕1号"));
            await Of(head, "经核查属市场监管部门管辖").Filter(new() { HasText = "市监回〔2026〕1号" }).WaitForAsync();
        }

        var moved = Assert.Single((await made.StoryAsync())["findings"]!.AsArray())!;
        Assert.Equal("移送", moved["disposition"]!.GetValue<string>());

        await using (var calling = await site.VisitAsync(visitor: "moves-convenor"))
        {
            var supervisor = await DeskPage.OpenAsync(calling, "supervisor", $"cases/{made.Id}?tab=moves");
            await supervisor.Page.Locator("[data-act=call]").ClickAsync();
            await supervisor.Page.FillAsync("dialog textarea[name=reason]", "两部门对样品来源意见不一");
            await supervisor.Page.SelectOptionAsync("dialog select[name=other]", "FIR");
            await supervisor.Page.Locator("dialog input[value=FIR]:checked").WaitForAsync();
            await supervisor.Page.Locator("dialog button[type=submit]").ClickAsync();
            await supervisor.Page.Locator("[data-act=conclude]").ClickAsync();
            await supervisor.Page.FillAsync("dialog input[name=attendees]", "样例督办人、样例卫健负责人");
            await supervisor.Page.FillAsync("dialog textarea[name=minutes]", "由卫健补充样品来源说明。");
            await supervisor.Page.FillAsync("dialog textarea[name=issues]", "供货单位所在地待核实");
            await supervisor.Page.Locator("dialog [data-act=add]").ClickAsync();
            await supervisor.Page.FillAsync("dialog input[name=text-0]", "补充样品来源说明");
            await supervisor.Page.SelectOptionAsync("dialog select[name=department-0]", "HEA");
            await supervisor.CheckAsync("consultation-concluding");
            await supervisor.Page.Locator("dialog button[type=submit]").ClickAsync();
            await supervisor.Page.Locator("[data-held=true]").Filter(new() { HasText = "补充样品来源说明" }).WaitForAsync();
            // The whole district's transfers are between others, not received by the command centre.
            await supervisor.GoAsync("transfers?view=others");
            await Of(supervisor, "经核查属市场监管部门管辖").WaitForAsync();
            await supervisor.GoAsync("transfers?view=talks");
            var talk = supervisor.Page.Locator("[data-consultation]").Filter(new() { HasText = "两部门对样品来源意见不一" });
            foreach (var said in new[] { "样例卫健负责人", "供货单位所在地待核实", "消防" })
                await talk.Filter(new() { HasText = said }).WaitForAsync();
            await supervisor.CheckAsync("consultations");
        }

        var tasks = await (await made.DeskAsync("hea.head")).GetAsync("/api/tasks?kind=consultation.assignment&take=200");
        Assert.Contains(tasks["items"]!.AsArray(), task => task!["caseId"]!.GetValue<string>() == made.Id && task["title"]!.GetValue<string>().Contains("补充样品来源说明", StringComparison.Ordinal));
    }

    private static ILocator Of(DeskPage desk, string reason) => desk.Page.Locator("[data-transfer]").Filter(new() { HasText = reason });

    private static async Task ActAsync(DeskPage desk, string reason, string act, Func<ILocator, Task> fill)
    {
        await Of(desk, reason).Locator($"[data-act={act}]").ClickAsync();
        var dialog = desk.Page.Locator("dialog[open]");
        await fill(dialog);
        await dialog.Locator("button[type=submit]").ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
