using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>What an office does now and then: a case that nobody has visited and a plan are given up, the frequency of checks is looked up, what documents print of an organ is kept.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class OfficeActsStory(StudioSite site)
{
    private const string Phone = "0574-00000119";

    [Fact]
    public async Task A_case_and_a_plan_are_given_up_with_a_reason_and_the_address_of_an_organ_is_kept()
    {
        using var first = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "OA-01", ("CUL", "文旅"));
        using var second = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "OA-02", ("CUL", "文旅"));
        await using (var visit = await site.VisitAsync(visitor: "acts-head"))
        {
            var head = await DeskPage.OpenAsync(visit, "cul.head", "cases/" + first.Id);
            await head.Page.Locator("[data-withdraw-case]").ClickAsync();
            await GiveReasonAsync(head, "经营地址已搬离本区");
            await head.Page.Locator(".dk-stage").GetByText("已撤销").WaitForAsync();
            Assert.Equal(0, await head.Page.Locator("[data-withdraw-case]").CountAsync());
            var before = (await first.StoryAsync())["case"]!;
            Assert.Equal(("Withdrawn", "经营地址已搬离本区"), (before["state"]!.GetValue<string>(), before["closureReason"]!.GetValue<string>()));

            // How often the target was checked; what was given up does not count, and says so.
            await head.GoAsync("cases?targetId=" + Uri.EscapeDataString(before["targetId"]!.GetValue<string>()));
            var frequency = head.Page.Locator("section[aria-labelledby=frequency]");
            await frequency.Locator("summary").ClickAsync();
            await frequency.GetByText(before["number"]!.GetValue<string>()).WaitForAsync();
            await head.CheckAsync("target-frequency");

            await head.GoAsync("plans/" + (await second.StoryAsync())["case"]!["planId"]!.GetValue<string>());
            await head.Page.Locator("[data-withdraw-plan]").ClickAsync();
            await GiveReasonAsync(head, "专项行动调整，另行安排");
            await head.Page.GetByRole(AriaRole.Status).GetByText("随之撤销案件 1 件，继续办理 0 件").WaitForAsync();
            await head.CheckAsync("plan-given-up");
            Assert.Equal("Withdrawn", (await second.StoryAsync())["case"]!["state"]!.GetValue<string>());
            Assert.Empty(visit.Complaints);
        }

        await using var keeping = await site.VisitAsync(visitor: "acts-admin");
        var admin = await DeskPage.OpenAsync(keeping, "admin", "rosters?tab=departments");
        await admin.Page.GetByLabel("查找").FillAsync("FIR");
        await OpenContactAsync(admin);
        var kept = await admin.Page.Locator("dialog input[name=phone]").InputValueAsync();
        await admin.Page.FillAsync("dialog input[name=phone]", Phone);
        await admin.CheckAsync("organ-contact");
        await SaveAsync(admin);
        await OpenContactAsync(admin);
        Assert.Equal(Phone, await admin.Page.Locator("dialog input[name=phone]").InputValueAsync());
        await admin.Page.FillAsync("dialog input[name=phone]", kept);
        await SaveAsync(admin);
        Assert.Empty(keeping.Complaints);
    }

    private static async Task OpenContactAsync(DeskPage desk)
    {
        await desk.Page.Locator("[role=tabpanel] tbody tr").First.GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.Locator("dialog input[name=court]").WaitForAsync();
    }

    private static async Task SaveAsync(DeskPage desk)
    {
        await desk.Page.Locator("dialog button[type=submit]").ClickAsync();
        await desk.Page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task GiveReasonAsync(DeskPage desk, string reason)
    {
        await desk.Page.FillAsync("dialog textarea[name=reason]", reason);
        await SaveAsync(desk);
    }
}
