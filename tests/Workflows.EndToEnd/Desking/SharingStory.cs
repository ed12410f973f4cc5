using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Parties;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Desking;

/// <summary>数据交换 and 证据互认 on their pages: an order comes back with its results and its case moves; one department rejects another's evidence, and the other reads why.</summary>
[Collection(PeopleSiteTests.Name)]
public sealed class SharingStory(StudioSite site)
{
    private const string Title = "样例前台登记照片";
    private const string Why = "照片未拍到登记日期，不能证明本部门事项";

    [Fact]
    public async Task An_order_comes_back_with_results_and_rejected_evidence_tells_its_holder_why()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "SH-01", ("CUL", "文旅"), ("HEA", "卫健"));
        await made.CompleteAsync(made.Officer("CUL"), "team.recusal-declaration", "无需回避", new JsonObject());
        await made.CompleteAsync("cul.head", "visit.approve", "批准", new JsonObject { ["note"] = "同意" });
        await (await made.DeskAsync(made.Officer("HEA"))).SendFileAsync($"/api/cases/{made.Id}/evidence", Encoding.UTF8.GetBytes(Title), "text/plain", "photo.txt", ("kind", "照片"), ("title", Title));
        await ExchangedAsync(made);

        await using (var deciding = await site.VisitAsync(visitor: "sharing-decider"))
        {
            var officer = await DeskPage.OpenAsync(deciding, made.Officer("CUL"), "evidence");
            var card = officer.Page.Locator("[data-evidence]").Filter(new() { HasText = Title }).Filter(new() { Has = officer.Page.Locator($"a[href$='{made.Id}']") });
            await card.GetByRole(AriaRole.Button, new() { Name = "不予采信" }).ClickAsync();
            await officer.Page.FillAsync("dialog textarea[name=reason]", Why);
            await officer.CheckAsync("evidence-rejecting");
            await officer.Page.Locator("dialog button[type=submit]").ClickAsync();
            await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await LookAsync(deciding, officer, "evidence");
        }

        await using var owning = await site.VisitAsync(visitor: "sharing-owner");
        var head = await DeskPage.OpenAsync(owning, "hea.head", "evidence?tab=decisions&view=holder");
        var decision = head.Page.Locator("[data-decision]").Filter(new() { HasText = Title });
        await decision.GetByText(Why).WaitForAsync();
        await decision.GetByRole(AriaRole.Button, new() { Name = "来源和保管链" }).ClickAsync();
        await head.Page.Locator("dialog ol li").Filter(new() { HasText = Why }).WaitForAsync();
        await LookAsync(owning, head, "evidence-story");
    }

    private async Task ExchangedAsync(CaseOverHttp made)
    {
        var number = (await made.StoryAsync())["case"]!["number"]!.GetValue<string>();
        await using var visit = await site.VisitAsync(visitor: "sharing-dispatcher");
        var desk = await DeskPage.OpenAsync(visit, "dispatcher", "exchange?tab=send");
        await desk.Page.FillAsync("input[name=number]", number);
        await desk.Page.GetByRole(AriaRole.Tabpanel).GetByRole(AriaRole.Status).Filter(new() { HasText = number }).WaitForAsync();
        await LookAsync(visit, desk, "exchange-send");
        var download = await desk.Page.RunAndWaitForDownloadAsync(() => desk.Page.GetByRole(AriaRole.Button, new() { Name = "导出 Excel" }).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var sheet = new MemoryStream();
        await stream.CopyToAsync(sheet);

        var now = DateTimeOffset.Parse(await made.NowAsync(), CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8));
        string Time(int minutes) => now.AddMinutes(minutes).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var results = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["检查结果"] = "合格", ["到场时间"] = Time(-50), ["检查结束时间"] = Time(-5), ["行政行为码"] = "AC-0003", ["是否申请回避"] = "不申请回避", ["现场人员"] = "样例店长", ["现场人员身份"] = "店长",
            ["当事人意见"] = "无异议", ["当事人签名时间"] = Time(-5),
        };
        await desk.GoAsync("exchange?tab=receive");
        // A word that the mapping does not know is told with its line, and nothing can be taken over.
        await ChooseAsync(new Dictionary<string, string>(results, StringComparer.Ordinal) { ["检查结果"] = "大概可以" });
        await desk.Page.GetByRole(AriaRole.Region, new() { Name = "逐行问题" }).GetByText("大概可以").First.WaitForAsync();
        Assert.Equal(0, await desk.Page.GetByRole(AriaRole.Button, new() { Name = "导入", Exact = true }).CountAsync());
        await LookAsync(visit, desk, "exchange-wrong");
        await ChooseAsync(results);
        await desk.Page.Locator("tr[data-outcome=Ready]").WaitForAsync();
        Assert.DoesNotContain((await made.StoryAsync())["visits"]!.AsArray(), one => one!["state"]!.GetValue<string>() == "Recorded");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "导入", Exact = true }).ClickAsync();
        await desk.Page.GetByText("已导入 1 件").WaitForAsync();
        Assert.Equal("Recorded", Assert.Single((await made.StoryAsync())["visits"]!.AsArray())!["state"]!.GetValue<string>());
        await desk.GoAsync("exchange");
        await desk.Page.Locator("tr[data-sheet=out]").First.GetByText("已收回 1 / 1").WaitForAsync();
        await LookAsync(visit, desk, "exchange-journal");
        await desk.GoAsync("exchange?tab=entries");
        await desk.Page.Locator("tr[data-entry]").Filter(new() { HasText = number }).WaitForAsync();
        await KeptAsync(visit, desk);
        Assert.All(visit.Complaints, complaint => Assert.Contains("422", complaint, StringComparison.Ordinal));

        Task ChooseAsync(Dictionary<string, string> values) => desk.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "results.xlsx", MimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Buffer = SheetFile.Fill(sheet.ToArray(), values),
        });
    }

    // What the dispatcher keeps: a platform of the own district with its columns, and an agreement that is ended again.
    private static async Task KeptAsync(Visit visit, DeskPage desk)
    {
        var (page, dialog) = (desk.Page, desk.Page.Locator("dialog"));
        await desk.GoAsync("exchange?tab=mappings&platform=ZJ-ZHZF");
        await page.Locator("[data-mapping=Inspections] summary").ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "省平台任务编号", Exact = true }).WaitForAsync();
        await LookAsync(visit, desk, "exchange-mappings");
        await page.GetByRole(AriaRole.Button, new() { Name = "新增平台" }).ClickAsync();
        await dialog.Locator("input[name=code]").FillAsync("HS-SHARE");
        await dialog.Locator("input[name=name]").FillAsync("样例区级平台");
        await SendAsync();
        await page.Locator("[data-platform=HS-SHARE]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "新增映射" }).ClickAsync();
        await dialog.Locator("select[name=kind]").SelectOptionAsync("Receipts");
        await dialog.Locator("[data-column=receiptAt] input").First.FillAsync("收到时间");
        await LookAsync(visit, desk, "exchange-mapping");
        await SendAsync();
        await page.Locator("[data-mapping=Receipts] summary").ClickAsync();
        await page.GetByRole(AriaRole.Cell, new() { Name = "收到时间", Exact = true }).WaitForAsync();

        await desk.GoAsync("evidence?tab=agreements");
        await page.GetByRole(AriaRole.Button, new() { Name = "登记协议" }).ClickAsync();
        await dialog.Locator("input[name=title]").FillAsync("水利与交通样例协作协议");
        await dialog.Locator("input[name=documentNumber]").FillAsync("样例协〔2026〕9号");
        foreach (var unit in new[] { "WAT", "TRA" })
            await dialog.Locator($"input[name=departments][value={unit}]").CheckAsync();
        await SendAsync();
        var agreement = page.Locator("[data-agreement]").Filter(new() { HasText = "样例协〔2026〕9号" });
        await agreement.GetByText("生效", new() { Exact = true }).WaitForAsync();
        await LookAsync(visit, desk, "evidence-agreements");
        await agreement.GetByRole(AriaRole.Button, new() { Name = "终止" }).ClickAsync();
        await dialog.Locator("textarea[name=reason]").FillAsync("样例到此为止");
        await SendAsync();
        await agreement.GetByText("已终止").WaitForAsync();

        async Task SendAsync()
        {
            await dialog.Locator("button[type=submit]").ClickAsync();
            await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
    }

    // As wide as a desk and as narrow as the narrowest phone.
    private static async Task LookAsync(Visit visit, DeskPage desk, string name)
    {
        await desk.CheckAsync(name);
        await desk.Page.SetViewportSizeAsync(360, 800);
        Assert.Empty(await Barriers.TooWideAsync(desk.Page));
        await visit.PictureAsync($"desk-{name}-360");
        await desk.Page.SetViewportSizeAsync(1440, 900);
    }
}
