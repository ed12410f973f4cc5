using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Parties;

/// <summary>A party whose link went astray comes in by the order in its hand.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class PaperStory(StudioSite site)
{
    [Fact]
    public async Task The_number_and_the_code_on_a_served_order_open_the_matter()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "PD-01", ("CUL", "文旅"), ("HEA", "卫健"));
        await made.ArriveAsync();
        await made.RecordAsync("esports-hotel", "EH-20");
        await made.ServeOrdersAsync();
        var paper = (await (await made.DeskAsync("hea.head")).GetAsync($"/api/documents?caseId={made.Id}&form=rectification-order"))["items"]![0]!;

        await using var visit = await site.VisitAsync(Phone.Width, Phone.Height);
        var page = visit.Page;
        await page.GotoAsync("/p/" + new string('1', 64));
        await page.GetByRole(AriaRole.Link, new() { Name = "凭文书上的验证码办理" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "凭文书办理" }).WaitForAsync();
        await page.FillAsync("input[name=number]", paper["number"]!.GetValue<string>());
        await page.FillAsync("input[name=code]", "0000000000000000");
        await page.ClickAsync("button[type=submit]");
        await page.GetByRole(AriaRole.Alert).GetByText("对不上").WaitForAsync();
        await visit.LookAtAsync("party-paper-door");

        // As people copy it: in small letters, with a gap.
        var code = paper["verificationCode"]!.GetValue<string>().ToLowerInvariant();
        await page.FillAsync("input[name=code]", $"{code[..8]} {code[8..]}");
        await page.ClickAsync("button[type=submit]");
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new("请在.*前改正") }).WaitForAsync();
        Assert.Matches("/p/[0-9A-Za-z_-]{32,}$", page.Url);
    }
}
