using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>Forms of steps: opened for the first time where there is no network, and in two tabs of one phone.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class StepFormStory(StudioSite site)
{
    [Fact]
    public async Task A_form_that_was_never_opened_opens_without_a_network_with_its_colleagues_and_is_written_in_one_tab_at_a_time()
    {
        using var one = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-34", ("CUL", "文旅"), ("FIR", "消防"));
        var hotel = (await one.StoryAsync())["case"]!["target"]!["name"]!.GetValue<string>();
        await using var phone = await Phone.OpenAsync(site, one.Officer("CUL"));
        // The colleagues lie on the phone as soon as the list was read.
        await phone.KeptAsync("read:/api/rosters/officers", "department=CUL");
        await phone.OfflineAsync(true);
        await phone.Page.ReloadAsync();
        // Of this case: the officer may have others.
        await phone.Page.Locator("a[href^='/inspect/step/']").Filter(new() { HasText = hotel }).ClickAsync();
        await phone.Page.Locator("form.in-card").WaitForAsync();
        var address = phone.Page.Url;
        await phone.Page.Locator("button[aria-expanded]").Last.ClickAsync();
        // The whole department, not the two of the team alone.
        await phone.Page.WaitForFunctionAsync("() => document.querySelectorAll('section select option').length > 3");
        await phone.PictureAsync("handover-offline");
        await phone.OfflineAsync(false);

        // A second tab of the same browser.
        var second = await phone.Page.Context.NewPageAsync();
        await second.GotoAsync(address);
        var goOn = second.GetByRole(AriaRole.Button, new() { Name = "在这里继续" });
        await goOn.WaitForAsync();
        Assert.Equal(0, await second.Locator("form.in-card").CountAsync());
        await second.ScreenshotAsync(new() { Path = Path.Combine(StudioSite.Screenshots, "inspector-two-tabs.png") });
        // What is chosen in the first one is there after the pen has gone over, and the first writes no more.
        await phone.Page.Locator("input[name=outcome]").Last.CheckAsync();
        var chosen = await phone.Page.Locator("input[name=outcome]:checked").GetAttributeAsync("value");
        await goOn.ClickAsync();
        await second.Locator("form.in-card").WaitForAsync();
        Assert.Equal(chosen, await second.Locator("input[name=outcome]:checked").GetAttributeAsync("value"));
        await phone.Page.GetByText("这一事项正在另一个标签页中填写").WaitForAsync();
        Assert.Equal(0, await phone.Page.Locator("form.in-card").CountAsync());
        await second.Locator("input[name=outcome]").First.CheckAsync();
        var changed = await second.Locator("input[name=outcome]:checked").GetAttributeAsync("value");
        Assert.NotEqual(chosen, changed);
        await phone.Page.GetByRole(AriaRole.Button, new() { Name = "在这里继续" }).ClickAsync();
        await phone.Page.Locator("form.in-card").WaitForAsync();
        Assert.Equal(changed, await phone.Page.Locator("input[name=outcome]:checked").GetAttributeAsync("value"));
        await second.GetByText("这一事项正在另一个标签页中填写").WaitForAsync();
        // A tab that was closed holds nobody up.
        await phone.Page.GotoAsync("/inspect");
        await second.ReloadAsync();
        await second.Locator("form.in-card").WaitForAsync();
        Assert.Equal(changed, await second.Locator("input[name=outcome]:checked").GetAttributeAsync("value"));
        Assert.Empty(phone.Complaints);
    }
}
