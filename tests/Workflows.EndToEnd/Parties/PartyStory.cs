using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Desking;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Parties;

/// <summary>The owner of a hotel who never saw the page puts things right, on a phone, without an account.</summary>
[Collection(PeopleSiteTests.Name)]
public class PartyStory(StudioSite site)
{
    private const string Hostile = "<img src=x onerror=\"document.title='taken'\"> 我方认为期限过短";

    [Fact]
    public async Task The_party_of_a_case_proves_asks_for_more_time_and_states_its_defence_on_a_phone()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-07", ("CUL", "文旅"), ("PSB", "公安"), ("FIR", "消防"), ("HEA", "卫健"), ("MKT", "市监"));
        await made.ArriveAsync();
        var link = await made.PartyLinkAsync("FIR");
        Assert.StartsWith("/p/", link, StringComparison.Ordinal);

        await using var visit = await site.VisitAsync(Phone.Width, Phone.Height);
        var page = visit.Page;
        await page.GotoAsync(link);
        await CorrectsByItselfAsync(visit);
        await made.RecordAsync("esports-hotel", "EH-16", "EH-20");
        await made.ServeOrdersAsync();
        await page.ReloadAsync();
        // One clear next act on top.
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new("请在.*前改正") }).WaitForAsync();
        Assert.Equal(2, await page.Locator("article.ct-item").CountAsync());
        await visit.LookAtAsync("party-matter");

        // Its papers, as on A4.
        await page.Locator("section[aria-labelledby=papers] button").First.ClickAsync();
        await page.FrameLocator(".ct-paper iframe").GetByText("责令限期改正通知书").First.WaitForAsync();
        await visit.LookAtAsync("party-paper");
        await page.Keyboard.PressAsync("Escape");

        // Proof: the answer to the first try is lost on the way, and trying again has one effect.
        await page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "下一步" }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "上传整改证明" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(await PhotoAsync(page, "<b>现场</b>.png"));
        await page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "第1张照片" }).WaitForAsync();
        await page.GetByLabel("做了什么").FillAsync("灭火器已全部更换");
        await visit.LookAtAsync("party-proof");
        var tries = 0;
        await page.RouteAsync("**/proofs", async route =>
        {
            if (tries++ > 0)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal("灭火器已全部更换", await page.GetByLabel("做了什么").InputValueAsync());
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "再次提交" }).ClickAsync();
        await page.Locator(".ct-note.ct-good").Filter(new LocatorFilterOptions { HasText = "整改证明已提交" }).WaitForAsync();
        var seen = await MatterAsync(link);
        var proof = Assert.Single(seen["proofs"]!.AsArray())!;
        Assert.Equal("灭火器已全部更换", proof["description"]!.GetValue<string>());
        // The smaller picture and the untouched original, each once.
        Assert.Equal(2, proof["evidenceIds"]!.AsArray().Count);
        Assert.Equal(4, seen["files"]!.AsArray().Count);
        // Nothing is put right “by itself” after the record.
        Assert.Empty(seen["checklist"]!.AsArray());
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "报告自行改正" }).CountAsync());
        await ReviewedAsync(made);

        // More time for the other item.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "申请延期" }).First.ClickAsync();
        await page.GetByLabel("理由").FillAsync("设备需要定制");
        await visit.LookAtAsync("party-extension");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交申请" }).ClickAsync();
        await page.Locator(".ct-note.ct-good").Filter(new LocatorFilterOptions { HasText = "延期申请已提交" }).WaitForAsync();
        Assert.Equal("Pending", Assert.Single((await MatterAsync(link))["extensions"]!.AsArray())!["state"]!.GetValue<string>());

        // Its defence: whatever it says is text.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "陈述申辩" }).ClickAsync();
        await page.GetByLabel("您的意见").FillAsync(Hostile);
        await page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(await PhotoAsync(page, "理由.png"));
        await page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "第1张照片" }).WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交", Exact = true }).ClickAsync();
        await page.Locator("section[aria-labelledby=handed-in]").GetByText("我方认为期限过短").WaitForAsync();
        var stated = Assert.Single((await MatterAsync(link))["statements"]!.AsArray(), statement => statement!["subject"]!.GetValue<string>() == "陈述申辩")!;
        Assert.Equal(Hostile, stated["text"]!.GetValue<string>());
        Assert.Equal(2, stated["evidenceIds"]!.AsArray().Count);
        Assert.NotEqual("taken", await page.TitleAsync());
        Assert.Equal(0, await page.Locator("img[src=x]").CountAsync());

        // What it thought of the visit, once.
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "评价这次检查" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { NameRegex = new("^4星") }).CheckAsync(new LocatorCheckOptions { Force = true });
        await visit.LookAtAsync("party-rating");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交评价" }).ClickAsync();
        await page.GetByText("您已评价：4星").WaitForAsync();
        await visit.LookAtAsync("party-handed-in");
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
        Assert.All(visit.Requests, address => Assert.True(address.StartsWith(site.Url, StringComparison.Ordinal) || address.StartsWith("blob:", StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal), address));
    }

    // What the party mends before the check is recorded, it reports itself.
    private static async Task CorrectsByItselfAsync(Visit visit)
    {
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "报告自行改正" }).ClickAsync();
        await page.GetByLabel("哪个事项").SelectOptionAsync("EH-19");
        await page.GetByLabel("原来有什么问题").FillAsync("疏散指示灯一盏不亮");
        await page.GetByLabel("怎么改正的").FillAsync("已更换并测试");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交", Exact = true }).ClickAsync();
        await page.GetByText("请至少添加一张改正后的照片").WaitForAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("input[type=file]").SetInputFilesAsync(await PhotoAsync(page, "指示灯.png"));
        await page.GetByRole(AriaRole.Img, new PageGetByRoleOptions { Name = "第1张照片" }).WaitForAsync();
        await visit.LookAtAsync("party-self-correction");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交", Exact = true }).ClickAsync();
        await page.Locator(".ct-note.ct-good").Filter(new LocatorFilterOptions { HasText = "自我纠错报告已提交" }).WaitForAsync();
        await page.Locator("section[aria-labelledby=handed-in]").GetByText("检查时核实").WaitForAsync();
    }

    // Whoever decides on the proof has looked at it, at the desk and on the phone.
    private async Task ReviewedAsync(CaseOverHttp made)
    {
        var dispatcher = await made.DeskAsync("dispatcher");
        var review = Assert.Single((await dispatcher.GetAsync($"/api/tasks?kind=proof.review&caseId={made.Id}"))["items"]!.AsArray())!;
        var unit = review["department"]!.GetValue<string>().ToLowerInvariant();
        await using (var desk = await site.VisitAsync(visitor: "proof-desk"))
        {
            var head = await DeskPage.OpenAsync(desk, unit + ".head", $"cases/{made.Id}?tab=findings");
            await head.Page.Locator(".dk-item").Filter(new() { HasText = "灭火器已全部更换" }).Locator(".dk-photo img").First.WaitForAsync();
            await head.CheckAsync("proof-at-the-desk");
        }

        // Any officer of the department may take it.
        await using var phone = await Inspecting.Phone.OpenAsync(site, unit + ".01", 360, 780);
        await phone.Page.GotoAsync("/inspect/step/" + review["id"]!.GetValue<string>());
        await phone.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^查看") }).First.ClickAsync();
        await phone.Page.Locator("dialog img.original").WaitForAsync();
        await phone.PictureAsync("proof");
        Assert.Empty(await phone.CutAsync());
        Assert.Empty(await phone.BarriersAsync());
    }

    [Fact]
    public async Task A_link_that_is_not_known_is_said_kindly()
    {
        await using var visit = await site.VisitAsync(Phone.Width, Phone.Height);
        await visit.Page.GotoAsync("/p/" + new string('0', 64));
        await visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "这个链接已不能使用" }).WaitForAsync();
        await visit.LookAtAsync("party-link-gone");
    }

    /// <summary>A photo as a phone takes it: too large to be sent as it is.</summary>
    private static async Task<FilePayload> PhotoAsync(IPage page, string name) => new()
    {
        Name = name,
        MimeType = "image/png",
        Buffer = Convert.FromBase64String(await page.EvaluateAsync<string>(
            """
            () => {
              const canvas = document.createElement('canvas')
              canvas.width = 2400
              canvas.height = 1800
              const context = canvas.getContext('2d')
              for (let i = 0; i < 400; i++) {
                context.fillStyle = `hsl(${i * 37 % 360} 60% 50%)`
                context.fillRect(i * 97 % 2400, i * 61 % 1800, 300, 200)
              }
              return canvas.toDataURL('image/png').split(',')[1]
            }
            """)),
    };

    private async Task<JsonNode> MatterAsync(string link)
    {
        using var party = Desk.OfTheParty(site.Service);
        return await party.GetAsync("/api/party/" + link.Split('/')[^1]);
    }
}
