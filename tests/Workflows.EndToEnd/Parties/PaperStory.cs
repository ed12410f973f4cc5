using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Desking;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Parties;

/// <summary>An order is printed at the desk; its party has nothing but the paper, scans it and comes in.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class PaperStory(StudioSite site)
{
    [Fact]
    public async Task The_code_on_a_printed_order_leads_its_party_to_the_page_of_the_case()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-07", ("CUL", "文旅"), ("PSB", "公安"), ("FIR", "消防"), ("HEA", "卫健"), ("MKT", "市监"));
        await made.ArriveAsync();
        await made.RecordAsync("esports-hotel", "EH-16");
        await made.ServeOrdersAsync();

        await using var desk = await site.VisitAsync();
        await desk.SignInAsync("fir.head", $"/desk/cases/{made.Id}?tab=documents");
        await desk.Page.Locator(".dk-documents li button").Filter(new LocatorFilterOptions { HasText = "责令改正通知书" }).First.ClickAsync();
        var mark = desk.Page.FrameLocator(".dk-paper iframe").Locator(".paper-code");
        await mark.Locator("svg").WaitForAsync();
        // The text is what was issued, though the copy carries the code.
        await desk.Page.Locator(".dk-paper-bar .dk-good").WaitForAsync();
        Assert.False(await mark.EvaluateAsync<bool>("""
            mark => {
              const own = mark.getBoundingClientRect()
              const range = document.createRange()
              return [...mark.parentElement.children].filter(one => one !== mark).some(one => {
                range.selectNodeContents(one)
                return [...range.getClientRects()].some(line => line.width > 0 && line.left < own.right && line.right > own.left && line.top < own.bottom && line.bottom > own.top)
              })
            }
            """), "The code lies over the text of the order.");
        await desk.PictureAsync("paper-with-code");
        var address = await mark.Locator("a").GetAttributeAsync("href");

        await using var phone = await site.VisitAsync(Phone.Width, Phone.Height);
        await phone.Page.GotoAsync(address!);
        await phone.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "文书属实" }).WaitForAsync();
        await phone.LookAtAsync("paper-verified");
        await phone.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "我是当事人，凭此文书办理" }).ClickAsync();
        await phone.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "凭文书办理" }).WaitForAsync();
        await phone.LookAtAsync("paper-door");
        // Number and code came along; nothing is typed.
        await phone.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "打开我的事项" }).ClickAsync();
        await phone.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new("请在.*前改正") }).WaitForAsync();
        Assert.Empty(phone.Complaints);

        // The paper got into wrong hands: what was opened by it is revoked, and the page closes.
        await desk.Page.ClickAsync("[data-party-links]");
        var link = desk.Page.Locator("section[aria-labelledby=party-links] tbody tr").Filter(new LocatorFilterOptions { HasText = "当事人" });
        await link.Locator("[data-revoke-link]").ClickAsync();
        await desk.Page.FillAsync("dialog textarea[name=reason]", "通知书遗失");
        await desk.Page.ClickAsync("dialog button[type=submit]");
        await link.GetByText("已停用").WaitForAsync();
        await desk.PictureAsync("party-link-revoked");
        Assert.Empty(desk.Complaints);
        await phone.Page.ReloadAsync();
        await phone.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "这个链接已不能使用" }).WaitForAsync();
    }
}
