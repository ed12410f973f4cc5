using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Stories;

namespace Workflows.EndToEnd.Parties;

/// <summary>Somebody of the public checks a draw, a visit and a paper, reads what is published and reports a problem.</summary>
[Collection(PeopleSiteTests.Name)]
public class PublicStory(StudioSite site)
{
    [Fact]
    public async Task Anybody_verifies_a_draw_a_visit_and_a_paper_and_reports_a_problem()
    {
        using var made = await CaseOverHttp.DrawnAsync(site.Service, "esports-hotel", "A-07", ("CUL", "文旅"), ("FIR", "消防"), ("HEA", "卫健"));
        var head = await made.DeskAsync("cul.head");
        var plan = (await made.StoryAsync())["case"]!["planId"]!.GetValue<string>();
        var record = await head.TextAsync($"/api/plans/{plan}/draw/record");

        await using var visit = await site.VisitAsync(Phone.Width, Phone.Height);
        var page = visit.Page;
        await page.GotoAsync("/public");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).WaitForAsync();
        await visit.LookAtAsync("public-home");

        // The draw: the real record is accepted, a doctored one is not, and the place is named.
        await page.GotoAsync($"/public/draws/{plan}");
        await page.GetByText("通知书送达后公开").First.WaitForAsync();
        await DropAsync(page, record);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "核验通过" }).WaitForAsync();
        await visit.LookAtAsync("public-draw-verified");
        var doctored = JsonNode.Parse(record)!;
        var winner = doctored["winners"]![0]!["id"]!.GetValue<string>();
        doctored["winners"]![0]!["id"] = doctored["pool"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).First(id => id != winner);
        await DropAsync(page, doctored.ToJsonString());
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "核验不通过" }).WaitForAsync();
        Assert.Contains("winners[0]", await page.Locator(".ct-note.ct-bad").InnerTextAsync(), StringComparison.Ordinal);
        await visit.LookAtAsync("public-draw-doctored");
        // Nothing of the file went anywhere.
        Assert.DoesNotContain(visit.Requests, address => address.Contains("record", StringComparison.Ordinal));

        // Who stands at the door.
        await made.ArriveAsync();
        var shown = (await (await made.DeskAsync(made.Officer("CUL"))).PostAsync($"/api/cases/{made.Id}/visit-code"))["path"]!.GetValue<string>();
        await page.GotoAsync("/public/visits");
        await page.GetByLabel("或者输入检查码").FillAsync(site.Url + shown);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "核验", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new("这次检查是真的") }).WaitForAsync();
        Assert.Contains("样例消防执法员", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await visit.LookAtAsync("public-visit");
        await page.GotoAsync("/public/visits/" + new string('0', 32));
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "检查码无效" }).WaitForAsync();
        await visit.LookAtAsync("public-visit-unknown");

        // A paper.
        await made.RecordAsync("esports-hotel", "EH-20");
        await made.ServeOrdersAsync();
        // The order is that of another department than the one that leads.
        var paper = (await (await made.DeskAsync("dispatcher")).GetAsync($"/api/documents?caseId={made.Id}&form=rectification-order"))["items"]![0]!;
        await page.GotoAsync($"/public/documents?number={Uri.EscapeDataString(paper["number"]!.GetValue<string>())}&code={paper["verificationCode"]}");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "文书属实" }).WaitForAsync();
        await visit.LookAtAsync("public-paper");

        // What was published.
        await (await made.DeskAsync("cul.publisher")).CompleteAsync("publication.review", "已公示", new JsonObject(), made.Id);
        await page.GotoAsync("/public/results");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = (await made.StoryAsync())["case"]!["target"]!["name"]!.GetValue<string>() }).First.WaitForAsync();
        await visit.LookAtAsync("public-results");
        await page.GotoAsync("/public/duties");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { NameRegex = new("消防") }).First.WaitForAsync();
        await visit.LookAtAsync("public-duties");

        // A problem, with a photo, in confidence.
        await page.GotoAsync("/public/report");
        await page.GetByLabel("看到了什么").FillAsync("楼道堆放杂物 <script>alert(1)</script>");
        await page.GetByLabel("镇街").SelectOptionAsync(new SelectOptionValue { Value = "330203001" });
        await page.GetByLabel("称呼").FillAsync("样例居民甲");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "1.png", MimeType = "image/png",
            Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="),
        });
        await visit.LookAtAsync("public-report");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "提交", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "已收到，谢谢您" }).WaitForAsync();
        var lead = await page.Locator(".ct-lead .ct-hash").InnerTextAsync();
        var dispatcher = await (await made.DeskAsync("dispatcher")).GetAsync($"/api/leads/{lead}");
        Assert.Equal("样例居民甲", dispatcher["reportedBy"]!["name"]!.GetValue<string>());
        Assert.Single(dispatcher["photos"]!.AsArray());
        // Confidential: a supervisor sees the problem and not who reported it.
        Assert.Null((await (await made.DeskAsync("supervisor")).GetAsync($"/api/leads/{lead}"))["reportedBy"]!["name"]);
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static Task DropAsync(IPage page, string record) => page.Locator(".ct-drop input").SetInputFilesAsync(new FilePayload
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"draw-{record.Length}.json"), MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(record),
    });
}
