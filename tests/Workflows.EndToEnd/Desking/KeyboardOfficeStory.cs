using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.Host.Api.Exchange;

namespace Workflows.EndToEnd.Desking;

/// <summary>Dispatcher and administrator without a mouse: leads, rosters, links for estates, accounts and what went wrong.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class KeyboardOfficeStory(StudioSite site)
{
    private const float OnABusyMachineMs = 60_000;

    [Fact]
    public async Task A_dispatcher_sends_a_lead_on_tries_a_workbook_for_the_roster_and_opens_and_revokes_a_link()
    {
        const string Text = "键盘路9号住宿场所深夜噪声扰民";
        const string Committee = "样例键盘社区居委会";
        using var over = await Desk.OpenAsync(site.Service, "dispatcher");
        var now = (await over.GetAsync("/api/sample/clock"))["now"]!.GetValue<string>();
        var lead = (await over.PostAsync("/api/leads", new JsonObject
        {
            ["trigger"] = "Complaint12345", ["source"] = "样例来源KB", ["externalNumber"] = "KB-9001", ["area"] = "330203006", ["address"] = "键盘路9号", ["matterCode"] = "EH-05", ["text"] = Text, ["occurredAt"] = now,
        }));
        Assert.NotNull(lead);

        await using var visit = await OpenAsync();
        var (page, keys) = (visit.Page, new KeyboardOnly(visit.Page));
        await SignInAsync(keys, "dispatcher");
        await keys.MenuAsync("线索", "线索");
        await page.Locator("[data-lead]").Filter(new() { HasText = Text }).WaitForAsync();
        await keys.EnterAsync(Text);
        await page.Locator(".dk-lead-text").Filter(new() { HasText = Text }).WaitForAsync();
        await keys.EnterAsync("一键派发");
        await page.Locator(".dk-lead-head .wf-chip").Filter(new() { HasText = "办理中" }).WaitForAsync();

        // A workbook with a town that is there as it is, and with one whose code is none: the report names it, and nothing changes.
        await keys.MenuAsync("名录与清单", "名录与清单");
        await keys.TabToAsync("检查对象");
        for (var presses = 0; presses < 3; presses++)
            await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("[role=tab][aria-selected=true]").Filter(new() { HasText = "镇街" }).WaitForAsync();
        await page.Locator("[role=tabpanel] tbody tr").First.WaitForAsync();
        var before = await over.TextAsync("/api/rosters/towns?take=200");
        var town = (await over.GetAsync("/api/rosters/towns?take=200"))["items"]![0]!;
        string[] same = [town["code"]!.GetValue<string>(), town["name"]!.GetValue<string>(), town["district"]!.GetValue<string>(), town["districtName"]!.GetValue<string>()];
        await keys.EnterAsync("导入镇街");
        await keys.TabToAsync("文件");
        // What is chosen in the system's own dialog is not the page's: it goes to the field that has the focus.
        await page.Locator("input[type=file]:focus").SetInputFilesAsync(new FilePayload
        {
            Name = "镇街.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Buffer = WorkbookWriter.Write("镇街", ["代码", "名称", "区县代码", "区县名称"], [same, ["33020", "样例错误街道", "330203", "样例区"]]),
        });
        await page.Locator(".dk-import").GetByText("共2行，1行有错。").WaitForAsync();
        Assert.Contains("尚未导入", await page.Locator(".dk-import").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(["3", "代码", "33020"], (await page.Locator(".dk-import tbody tr td").AllInnerTextsAsync()).Take(3));
        Assert.Equal(before, await over.TextAsync("/api/rosters/towns?take=200"));

        await keys.MenuAsync("物居业协同", "物居业协同");
        await keys.EnterAsync("开通链接");
        await keys.SelectAsync("身份", "居委会");
        await page.Locator("dialog select option").Nth(3).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await keys.TabToAsync("镇街");
        await page.Keyboard.PressAsync("ArrowDown");
        await keys.WriteAsync("单位名称", Committee);
        await keys.WriteAsync("小区或者区域", "样例键盘小区");
        await keys.EnterAsync("开通");
        await page.Locator("dialog .wf-code-link").WaitForAsync();
        Assert.Matches("/e/|/p/|/[a-z]+/", await page.Locator("dialog .wf-code-link").InnerTextAsync());
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var row = page.Locator(".dk-main tbody tr").Filter(new() { HasText = Committee });
        await row.GetByText("有效", new() { Exact = true }).WaitForAsync();
        await keys.EnterAsync($"停用{Committee}的链接");
        await keys.WriteAsync("停用理由", "经办人调离");
        await keys.EnterAsync("确定");
        await row.GetByText("已停用").WaitForAsync();
        await keys.SignOutAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_administrator_opens_an_account_adds_a_role_and_tries_again_what_failed()
    {
        const string UserName = "keyboard.auditor";
        const string Password = "Sample-Keyboard-2026";
        using var analyst = await Desk.OpenAsync(site.Service, "analyst");
        await analyst.PostAsync("/elsa/api/workflow-definitions", new JsonObject
        {
            ["model"] = JsonNode.Parse("""
                {"definitionId":"keyboard-fault","name":"keyboard-fault","toolVersion":"3.8.0","root":{"id":"root","type":"Elsa.Sequence","version":1,"activities":[
                  {"id":"f","type":"Elsa.Fault","version":1,"message":{"typeName":"String","expression":{"type":"Literal","value":"材料不全"}}}]}}
                """),
            ["publish"] = true,
        });
        var failed = (await analyst.PostAsync("/elsa/api/workflow-definitions/keyboard-fault/execute"))["workflowState"]!["id"]!.GetValue<string>();

        await using var visit = await OpenAsync();
        var (page, keys) = (visit.Page, new KeyboardOnly(visit.Page));
        await SignInAsync(keys, "admin");
        await keys.MenuAsync("账号", "账号");
        await keys.EnterAsync("新建账号");
        await keys.WriteAsync("姓名", "样例键盘审计员");
        await keys.WriteAsync("用户名", UserName);
        await keys.WriteAsync("初始密码", Password);
        await keys.SpaceAsync("审计员");
        await keys.EnterAsync("保存");
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var row = page.Locator(".dk-main tbody tr").Filter(new() { HasText = UserName });
        await row.WaitForAsync();
        await keys.EnterAsync("样例键盘审计员");
        await keys.SpaceAsync("督办人");
        await keys.EnterAsync("保存");
        await row.GetByText("督办人").WaitForAsync();

        await keys.MenuAsync("运行", "运行");
        await page.Locator("[role=tab]").First.WaitForAsync();
        await keys.TabToAsync("未能执行");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("[role=tabpanel] tbody tr").Filter(new() { HasText = failed }).WaitForAsync();
        await keys.EnterAsync("重试", failed);
        await page.Locator(".wf-title [role=status]").Filter(new() { HasText = "已重试" }).WaitForAsync();
        Assert.Contains("Retried", await analyst.TextAsync($"/elsa/api/workflow-instances/{failed}/journal"), StringComparison.Ordinal);
        await keys.SignOutAsync();

        // Whoever got the account signs in with it, and sees what both roles see.
        await keys.SignInAsync(UserName, Password, "/desk");
        await keys.TabToAsync("执法监督");
        await keys.TabToAsync("阈值订阅", backwards: true);
        await keys.SignOutAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_officers_leave_is_entered_and_taken_back_and_an_arrangement_shows_what_would_move_before_it_is_loaded()
    {
        using var over = await Desk.OpenAsync(site.Service, "dispatcher");
        // Somebody whom no other story needs, and who is as before at the end.
        var officer = (await over.GetAsync("/api/rosters/officers?take=200"))["items"]!.AsArray().Last(one => one!["status"]!.GetValue<string>() == "Active" && one["leaves"]!.AsArray().Count == 0)!;
        var (id, name) = (officer["id"]!.GetValue<string>(), officer["name"]!.GetValue<string>());
        var version = (await over.GetAsync("/api/calendar"))["version"]!.GetValue<string>();

        await using var visit = await OpenAsync();
        var (page, keys) = (visit.Page, new KeyboardOnly(visit.Page));
        await SignInAsync(keys, "admin");
        await keys.MenuAsync("名录与清单", "名录与清单");
        await keys.TabToAsync("检查对象");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator("[role=tab][aria-selected=true]").Filter(new() { HasText = "执法人员" }).WaitForAsync();
        await keys.WriteAsync("查找", id);
        var row = page.Locator("[role=tabpanel] tbody tr");
        await row.Filter(new() { HasText = name }).WaitForAsync();
        await keys.EnterAsync($"修改{name}");
        await keys.EnterAsync("增加休假");
        await keys.WriteAsync("修改理由", "赴省厅培训");
        await keys.EnterAsync("保存");
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Single(await LeavesAsync(over, id));
        await row.Filter(new() { HasText = "—" }).WaitForAsync();
        await keys.EnterAsync($"修改{name}");
        await keys.EnterAsync("删去");
        await keys.WriteAsync("修改理由", "培训取消");
        await keys.EnterAsync("保存");
        await page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(officer.ToJsonString(), (await OfficerAsync(over, id)).ToJsonString());

        // A local day off is tried: the page says what would move, and nothing is loaded.
        await keys.TabToAsync("执法人员", backwards: true);
        await page.Keyboard.PressAsync("End");
        await page.Locator("[role=tab][aria-selected=true]").Filter(new() { HasText = "放假安排" }).WaitForAsync();
        await keys.EnterAsync("加载放假安排");
        await keys.WriteAsync("原因", "台风停工");
        await keys.WriteAsync("文号", "样例防指〔2026〕1号");
        await keys.EnterAsync("试算");
        await page.Locator("[data-trial]").GetByText("尚未加载").WaitForAsync();
        await keys.TabToAsync("加载");
        Assert.Equal(version, (await over.GetAsync("/api/calendar"))["version"]!.GetValue<string>());
        await keys.SignOutAsync();
        Assert.Empty(visit.Complaints);
    }

    private static async Task<JsonArray> LeavesAsync(Desk desk, string id) => (await OfficerAsync(desk, id))["leaves"]!.AsArray();

    private static async Task<JsonNode> OfficerAsync(Desk desk, string id) =>
        (await desk.GetAsync("/api/rosters/officers?take=200"))["items"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == id)!;

    private async Task<Visit> OpenAsync()
    {
        var visit = await site.VisitAsync(visitor: "keyboard-office");
        visit.Page.SetDefaultTimeout(OnABusyMachineMs);
        return visit;
    }

    private Task SignInAsync(KeyboardOnly keys, string person) => keys.SignInAsync(person, site.Service.PasswordOf(person), "/desk");
}
