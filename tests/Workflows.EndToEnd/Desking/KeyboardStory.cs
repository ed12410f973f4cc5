using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>The desk without a mouse: every act is reached with the Tab key, and one sees where one stands.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class KeyboardStory(StudioSite site)
{
    private const float OnABusyMachineMs = 60_000;

    [Fact]
    public async Task A_head_returns_a_step_and_the_supervisor_urges_it_hands_it_on_and_takes_the_case_file()
    {
        using var matter = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "K-01", ("CUL", "文旅"), ("HEA", "卫健"));
        await matter.ArriveAsync();
        await matter.RecordAsync("esports-hotel", "EH-20");
        await matter.CompleteAsync(matter.Officer("CUL"), "order.prepare", null, new JsonObject { ["items"] = new JsonArray() });
        var target = (await matter.StoryAsync())["case"]!["target"]!["name"]!.GetValue<string>();

        await using var visit = await OpenAsync();
        var (page, keys) = (visit.Page, new KeyboardOnly(visit.Page));
        await SignInAsync(keys, "hea.head");
        await keys.MenuAsync("我的待办", "我的待办");
        await page.Locator("[data-task]").Filter(new() { HasText = target }).WaitForAsync();
        var approval = await page.Locator("[data-task]").Filter(new() { HasText = target }).Locator("b").InnerTextAsync();
        await keys.EnterAsync(approval, target);
        await page.Locator(".dk-decision input[type=radio]").First.WaitForAsync();
        await keys.ChooseAsync("批准", "退回");
        await keys.WriteAsync("意见", "请补充整改要求的依据");
        await keys.EnterAsync("提交：退回");
        await page.Locator(".wf-title [role=status]").Filter(new() { HasText = "退回" }).WaitForAsync();
        await keys.SignOutAsync();

        // The step that came back waits; nine working days later it is late.
        await (await matter.DeskAsync("dispatcher")).PostAsync("/api/sample/clock", new JsonObject { ["workingDays"] = 9 });
        using var over = await Desk.OpenAsync(site.Service, "supervisor");
        var late = (await over.GetAsync("/api/overdue")).AsArray().First(row => row!["kind"]!.GetValue<string>() == "task" && row["target"]?.GetValue<string>() == target && row["colour"]!.GetValue<string>() == "Red" && row["side"]!.GetValue<string>() == "Unit")!;
        var (id, title, department) = (late["id"]!.GetValue<string>(), late["title"]!.GetValue<string>(), late["department"]!.GetValue<string>());
        var held = (await over.GetAsync($"/api/tasks/{id}"))["assignees"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
        var other = (await over.GetAsync($"/api/rosters/officers?take=200&department={department}"))["items"]!.AsArray()
            .First(one => one!["status"]!.GetValue<string>() == "Active" && !held.Contains(one["id"]!.GetValue<string>()))!;

        await SignInAsync(keys, "supervisor");
        await keys.MenuAsync("督办墙", "督办墙");
        await page.Locator("tr[data-row]").First.WaitForAsync();
        await keys.SelectAsync("部门", department);
        await keys.EnterAsync("超期未办");
        await page.Locator("[data-tile=unit][aria-pressed=true]").WaitForAsync();
        var row = page.Locator($"tr[data-row='{id}']");
        while (await row.CountAsync() == 0)
            await keys.EnterAsync("再显示");

        await keys.SpaceAsync($"选择{title}", target);
        await keys.EnterAsync("催办", backwards: true);
        await keys.WriteAsync("理由", "请于今日内办结");
        await keys.EnterAsync("确定");
        await page.Locator(".dk-report .dk-good").WaitForAsync();
        await keys.EnterAsync("关闭");
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await keys.SpaceAsync($"选择{title}", target);
        await keys.EnterAsync("改派", backwards: true);
        await keys.SelectAsync("改派给", other["name"]!.GetValue<string>());
        await keys.WriteAsync("理由", "原承办人外出培训");
        await keys.EnterAsync("确定");
        await page.Locator(".dk-report .dk-good").WaitForAsync();
        await keys.EnterAsync("关闭");
        Assert.Contains(other["id"]!.GetValue<string>(), (await over.GetAsync($"/api/tasks/{id}"))["assignees"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("请于今日内办结", await over.TextAsync($"/api/audit/cases/{matter.Id}"), StringComparison.Ordinal);

        await keys.EnterAsync(await row.Locator("a").InnerTextAsync(), target);
        await page.Locator(".dk-head h1").Filter(new() { HasText = target }).WaitForAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => keys.EnterAsync("案卷 PDF"), new() { Timeout = OnABusyMachineMs * 2 });
        Assert.Equal("%PDF-", await BeginningAsync(file));
        await keys.SignOutAsync();
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_plan_is_made_approved_drawn_before_a_witness_and_confirmed_and_its_Excel_has_the_rows_of_the_page()
    {
        const string Title = "键盘办理的联合抽查";
        await using var visit = await OpenAsync();
        var (page, keys) = (visit.Page, new KeyboardOnly(visit.Page));
        await SignInAsync(keys, "cul.head");
        await keys.MenuAsync("计划与抽取", "计划与抽取");
        await keys.EnterAsync("新建抽查计划");
        await page.Locator("select[name=scenario] option").Filter(new() { HasText = "电竞酒店" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await keys.SelectAsync("场景", "电竞酒店");
        await page.Locator("dialog fieldset").WaitForAsync();
        await keys.WriteAsync("计划名称", Title);
        await keys.WriteAsync("年度计划事项编号", "K-02");
        await keys.WriteAsync("抽取家数", "1");
        await keys.WriteAsync("候补家数", "1");
        await keys.EnterAsync("建立计划");
        await page.Locator(".dk-main h1").Filter(new() { HasText = Title }).WaitForAsync();
        await page.Locator(".dk-decision input[type=radio]").First.WaitForAsync();
        await keys.SpaceAsync("批准");
        await keys.WriteAsync("意见", "同意开展");
        await keys.EnterAsync("提交：批准");
        await StandsAsync(page, "待公共值");
        await keys.SignOutAsync();

        await SignInAsync(keys, "dispatcher");
        await OpenPlanAsync(page, keys, Title);
        await keys.WriteAsync("公共值", "03 09 14 22 27 31 + 08");
        await keys.WriteAsync("来源", "双色球当日开奖号码");
        await keys.WriteAsync("见证人", "样例见证人");
        await keys.WriteAsync("见证人单位", "区司法局");
        await keys.EnterAsync("提交");
        await page.Locator(".dk-drawn li").First.WaitForAsync();
        await keys.SignOutAsync();

        await SignInAsync(keys, "cul.head");
        await OpenPlanAsync(page, keys, Title);
        await keys.SpaceAsync("确认");
        await keys.WriteAsync("意见", "抽取过程无异议");
        await keys.EnterAsync("提交：确认");
        await StandsAsync(page, "已确认");

        await keys.MenuAsync("计划与抽取", "计划与抽取");
        await page.Locator("tbody tr").First.WaitForAsync();
        await keys.SelectAsync("状态", "已确认");
        await page.Locator("tbody tr").Filter(new() { HasText = Title }).WaitForAsync();
        while (await page.Locator(".dk-more").CountAsync() > 0)
            await keys.EnterAsync("再显示");
        var rows = await page.Locator("tbody tr").CountAsync();
        Assert.Equal(rows, await DeskPage.RowsOfAsync(await page.RunAndWaitForDownloadAsync(() => keys.EnterAsync("导出 Excel"))));
        Assert.Contains(rows.ToString(System.Globalization.CultureInfo.InvariantCulture), await page.Locator("[data-rows]").InnerTextAsync(), StringComparison.Ordinal);
        await keys.SignOutAsync();
        Assert.Empty(visit.Complaints);
    }

    private async Task<Visit> OpenAsync()
    {
        var visit = await site.VisitAsync(visitor: "keyboard");
        visit.Page.SetDefaultTimeout(OnABusyMachineMs);
        return visit;
    }

    private Task SignInAsync(KeyboardOnly keys, string person) => keys.SignInAsync(person, site.Service.PasswordOf(person), "/desk");

    private static async Task OpenPlanAsync(IPage page, KeyboardOnly keys, string title)
    {
        await keys.MenuAsync("计划与抽取", "计划与抽取");
        await page.Locator("tbody tr").Filter(new() { HasText = title }).WaitForAsync();
        await keys.EnterAsync(title);
        await page.Locator(".dk-main h1").Filter(new() { HasText = title }).WaitForAsync();
        await page.Locator(".dk-decision button[type=submit]").WaitForAsync();
    }

    private static Task StandsAsync(IPage page, string state) => page.Locator(".wf-title .wf-chip").Filter(new() { HasText = state }).WaitForAsync();

    private static async Task<string> BeginningAsync(IDownload download)
    {
        await using var stream = await download.CreateReadStreamAsync();
        var first = new byte[5];
        await stream.ReadExactlyAsync(first);
        return Encoding.ASCII.GetString(first);
    }
}
