using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Desking;

/// <summary>The administrator opens an account for a platform that exchanges sheets; a person changes the password that was given to them.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class AccountsStory(StudioSite site)
{
    private const string Given = "Sample-Given-2026";
    private const string Own = "Sample-Own-2026-11";

    [Fact]
    public async Task A_platform_gets_an_account_of_its_own_that_has_no_other_role()
    {
        await using var visit = await site.VisitAsync();
        var admin = await DeskPage.OpenAsync(visit, "admin", "users");
        await BeginAsync(admin, "样例省平台", "story.platform");
        await Role(admin, "督办人").CheckAsync();
        await Role(admin, "外部平台").CheckAsync();
        Assert.False(await Role(admin, "督办人").IsCheckedAsync());
        var platform = admin.Page.Locator("dialog select[name=platform]");
        var name = await platform.Locator("option").First.InnerTextAsync();
        await platform.SelectOptionAsync(new SelectOptionValue { Label = name });
        await admin.CheckAsync("platform-account");
        await SaveAsync(admin);
        await admin.Page.Locator("tbody tr").Filter(new LocatorFilterOptions { HasText = "story.platform" }).GetByText(name).WaitForAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Whoever_was_given_a_password_changes_it_and_signs_in_with_the_new_one_alone()
    {
        await using (var visit = await site.VisitAsync(visitor: "accounts-admin"))
        {
            var admin = await DeskPage.OpenAsync(visit, "admin", "users");
            await BeginAsync(admin, "样例新来督办", "story.supervisor");
            await Role(admin, "督办人").CheckAsync();
            await SaveAsync(admin);
        }

        await using var own = await site.VisitAsync(visitor: "accounts-own");
        var page = own.Page;
        await SignInAsync(page, Given);
        await page.Locator(".wf-person").WaitForAsync();
        await page.ClickAsync("[data-password]");
        await page.FillAsync("input[name=currentPassword]", "Not-the-password-1");
        await page.FillAsync("input[name=newPassword]", Own);
        await page.FillAsync("input[name=repeat]", Own + "x");
        await page.ClickAsync("[data-change-password]");
        // What was typed twice is compared before anything is sent.
        await page.Locator("#wrong-repeat").WaitForAsync();
        await page.FillAsync("input[name=repeat]", Own);
        await page.ClickAsync("[data-change-password]");
        await page.Locator("#wrong-current").WaitForAsync();
        await own.PictureAsync("own-password-refused");
        await page.FillAsync("input[name=currentPassword]", Given);
        await page.ClickAsync("[data-change-password]");
        await page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "密码已修改" }).WaitForAsync();
        await page.GetByText("关闭", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "退出" }).ClickAsync();
        await SignInAsync(page, Given);
        await page.Locator(".wf-sign-in-card [role=alert]").WaitForAsync();
        await SignInAsync(page, Own);
        await page.Locator(".wf-person").Filter(new LocatorFilterOptions { HasText = "样例新来督办" }).WaitForAsync();
    }

    private static async Task BeginAsync(DeskPage admin, string name, string userName)
    {
        await admin.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "新建账号" }).ClickAsync();
        await admin.Page.FillAsync("dialog input[name=name]", name);
        await admin.Page.FillAsync("dialog input[name=newUserName]", userName);
        await admin.Page.FillAsync("dialog input[type=password]", Given);
    }

    private static ILocator Role(DeskPage admin, string name) => admin.Page.GetByRole(AriaRole.Checkbox, new PageGetByRoleOptions { Name = name });

    private static async Task SaveAsync(DeskPage admin)
    {
        await admin.Page.Locator("dialog button[type=submit]").ClickAsync();
        await admin.Page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task SignInAsync(IPage page, string password)
    {
        await page.GotoAsync("/desk");
        await page.FillAsync("input[name=userName]", "story.supervisor");
        await page.FillAsync("input[name=password]", password);
        await page.ClickAsync(".wf-sign-in-card button[type=submit]");
    }
}
