using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Inspecting;

/// <summary>Two officers of one department write the same section, and one of them loses the phone.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class TwoWritersStory(StudioSite site)
{
    [Fact]
    public async Task What_two_officers_of_one_department_wrote_is_compared_and_a_lost_phone_loses_nothing_that_was_saved()
    {
        using var one = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-33", ("CUL", "文旅"), ("FIR", "消防"));
        await one.ArriveAsync();
        var officers = one.Members.Where(member => member["department"]!.GetValue<string>() == "FIR").Select(member => member["officerId"]!.GetValue<string>().ToLowerInvariant().Replace('-', '.')).ToArray();
        await using var first = await Phone.OpenAsync(site, officers[0]);
        await using var second = await Phone.OpenAsync(site, officers[1]);
        foreach (var phone in (Phone[])[first, second])
        {
            await phone.OpenVisitAsync(one.Id);
            await phone.Page.Locator(".in-item").First.WaitForAsync();
        }

        await SavedAsync(first, "EH-16", async () =>
        {
            await AnswerAsync(first, "EH-15", "符合");
            await AnswerAsync(first, "EH-16", "符合");
        });
        await AnswerAsync(second, "EH-16", "不适用");
        await AnswerAsync(second, "EH-17", "不适用");
        await second.ButtonAsync("比较并处理");
        // EH-15 and EH-17 are together by themselves; over EH-16 a person decides.
        var clash = second.Page.Locator(".in-sheet fieldset");
        await clash.WaitForAsync();
        Assert.Equal(1, await clash.CountAsync());
        Assert.Contains("EH-16", await clash.InnerTextAsync(), StringComparison.Ordinal);
        await second.PictureAsync("conflict");
        await clash.Locator("label", new() { HasText = "我的" }).ClickAsync();
        await SavedAsync(second, "EH-15", () => second.ButtonAsync("保存合并结果"));

        // The second phone falls into the canal; its bearer signs in on another one.
        await using var another = await Phone.OpenAsync(site, officers[1]);
        await another.OpenVisitAsync(one.Id);
        await another.Page.Locator(".in-item").First.WaitForAsync();
        var kept = new Dictionary<string, string>();
        foreach (var item in (string[])["EH-15", "EH-16", "EH-17"])
            kept[item] = (await another.Page.Locator($"#item-{item} input[type=radio]:checked").First.GetAttributeAsync("value"))!;
        Assert.Equal(new Dictionary<string, string> { ["EH-15"] = "符合", ["EH-16"] = "不适用", ["EH-17"] = "不适用" }, kept);
    }

    private static Task AnswerAsync(Phone phone, string item, string answer) => phone.Page.Locator($"#item-{item}").GetByText(answer, new() { Exact = true }).First.ClickAsync();

    // The phone saves to the service a moment after the last tap; what is waited for is the saving that names an item.
    private static Task<IResponse> SavedAsync(Phone phone, string item, Func<Task> taps) => phone.Page.RunAndWaitForResponseAsync(
        taps, answer => answer.Ok && answer.Url.EndsWith("/visit/sections", StringComparison.Ordinal) && answer.Request.PostData?.Contains(item, StringComparison.Ordinal) == true);
}
