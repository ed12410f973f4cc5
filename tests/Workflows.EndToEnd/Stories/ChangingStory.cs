using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;
using Workflows.EndToEnd.Simulations;

namespace Workflows.EndToEnd.Stories;

/// <summary>
/// An analyst makes a scenario after the pattern of another and changes it by clicks alone: a department, a limit, a step. A new case shows it;
/// the one that was running goes on as it began, until it is migrated.
/// </summary>
[Collection(StudioSiteTests.Name)]
public class ChangingStory(StudioSite site)
{
    private const string Code = "tobacco-hotel";
    private const string CaseDefinition = Code + "-case";

    // A person who lives in a room without being registered: filed at once. Disinfection: an order with a term.
    private const string FiledAtOnce = "EH-08";
    private const string Ordered = "EH-20";

    [Fact]
    public async Task What_an_analyst_changes_by_clicks_is_what_the_next_case_does_and_the_running_one_only_once_migrated()
    {
        await using var visit = await site.VisitAsync(1760, 1100);
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        await visit.SignInAsync("analyst");

        // A scenario of its own without tobacco, published, with a case that runs.
        await CloneAsync(visit);
        await visit.Page.ClickAsync($".wf-scenario[data-code='{Code}'] [data-edit-data]");
        await RemoveAsync(visit.Page, "items", "EH-24c");
        await RemoveAsync(visit.Page, "departments", "TOB");
        await SaveAsync(visit.Page);
        await PublishAsync(visit, "publish-first");
        using var running = await CaseOverHttp.DrawnAsync(site.Service, Code, "T-01", ("CUL", "文旅"), ("PSB", "公安"), ("FIR", "消防"), ("HEA", "卫健"), ("MKT", "市监"));
        await running.ArriveAsync();
        await running.RecordAsync(Code, FiledAtOnce, Ordered);
        await running.ProveAsync("HEA");
        var received = await running.NowAsync();
        Assert.Equal(InWorkingDays(received, 3), await DueAsync(running));
        Assert.Contains(await running.WaitsAsync(), wait => wait["activityId"]!.GetValue<string>() == "SeriousReviewFiling");

        // The department comes back, with data of its own.
        await visit.Page.GotoAsync($"/studio/scenarios/{Code}");
        await visit.Page.ClickAsync("[data-place='$.departments'] [data-add]");
        var department = visit.Page.Locator(".wf-entry[open]").Last;
        await department.Locator("[name=code]").FillAsync("TOB");
        await department.Locator("[name=name]").FillAsync("烟草专卖局");
        await department.Locator("[name=numberName]").FillAsync("烟");
        await SaveAsync(visit.Page);
        await visit.PictureAsync("change-department");

        // In the diagram: 约谈 before 立案, and five days for the proof instead of three.
        await visit.Definitions.OpenAsync();
        var editor = await visit.Definitions.EditAsync(CaseDefinition);
        await editor.BringAsync("SeriousFiling", 0.6f, 0.55f);
        var (x, y) = await editor.PlaceAsync("SeriousFiling");
        var call = await editor.DropAsync("确定约谈", x - 330, y);
        var hold = await editor.DropAsync("约谈", x, y + 170);
        await editor.DisconnectAsync("ClassifyFindings", "立案", "SeriousFiling");
        await editor.ConnectAsync("ClassifyFindings", "立案", call);
        await editor.ConnectAsync(call, "已确定", hold);
        await editor.ConnectAsync(hold, "已约谈", "SeriousFiling");
        await editor.ConnectAsync(hold, "未到场", "SeriousFiling");
        await visit.PictureAsync("change-step");
        await editor.BringAsync("Rectification", 0.4f, 0.4f);
        await editor.EnterAsync("Rectification", "Round");
        await editor.BringAsync("Round", 0.4f, 0.4f);
        await editor.EnterAsync("Round", "ReviewProof");
        await editor.BringAsync("ReviewProof", 0.4f, 0.4f);
        await editor.SelectAsync("ReviewProof");
        await editor.Inputs.WriteAsync("办理天数", "5");
        await visit.Page.Locator(".wf-editor-bar .wf-chip-open").WaitForAsync();
        await visit.PictureAsync("change-limit");

        // Tried out before it is published, on virtual time.
        await visit.Page.ClickAsync(".wf-editor-bar [data-simulate]");
        Assert.Equal("draft", await visit.Page.Locator("[name=version]").InputValueAsync());
        await visit.Page.FillAsync("[name=days]", "30");
        await visit.Page.FillAsync("[name=targets]", "8");
        await visit.Page.ClickAsync("[data-start]");
        await visit.Page.Locator("[data-trial-state=done]").WaitForAsync(new LocatorWaitForOptions { Timeout = Visit.StudioStartsWithinMs });
        Assert.Contains("/studio/trials/", visit.Page.Url, StringComparison.Ordinal);
        await visit.PictureAsync("change-simulated");

        await visit.Page.GotoAsync($"/studio/scenarios/{Code}");
        await PublishAsync(visit, "publish-changes");

        // The next case: tobacco is in the team, the interview comes before the filing, the proof may take five days.
        using var next = await CaseOverHttp.DrawnAsync(site.Service, Code, "T-02", ("CUL", "文旅"), ("PSB", "公安"), ("FIR", "消防"), ("HEA", "卫健"), ("MKT", "市监"), ("TOB", "烟草"));
        Assert.Contains(next.Members, member => member["department"]!.GetValue<string>() == "TOB");
        Assert.DoesNotContain(running.Members, member => member["department"]!.GetValue<string>() == "TOB");
        await next.ArriveAsync();
        await next.RecordAsync(Code, FiledAtOnce, Ordered);
        Assert.Contains(await next.WaitsAsync(), wait => wait["activityId"]!.GetValue<string>() == call);
        Assert.DoesNotContain(await next.WaitsAsync(), wait => wait["activityId"]!.GetValue<string>() == "SeriousReviewFiling");
        await next.ProveAsync("HEA");
        Assert.Equal(InWorkingDays(await next.NowAsync(), 5), await DueAsync(next));
        var timeline = (await next.StoryAsync())["timeline"]!.AsArray().Select(entry => entry!["activityId"]?.GetValue<string>()).ToList();
        Assert.Contains(call, timeline);

        // The running case has stayed as it was; now it is migrated, after a look at the dry run.
        var instance = await InstanceAsync(desk, running);
        Assert.Equal(1, await VersionAsync(desk, instance));
        Assert.Equal(InWorkingDays(received, 3), await DueAsync(running));
        await visit.Page.GotoAsync("/studio");
        await visit.Page.ClickAsync($".wf-scenario[data-code='{Code}'] [data-migrations]");
        await visit.Page.ClickAsync("[name=timers][value=recomputeFromStart]");
        await visit.Page.ClickAsync("[data-dry-run]");
        await visit.Page.Locator($"[data-instance='{instance}']").WaitForAsync();
        await visit.PictureAsync("change-dry-run");
        Assert.Equal(1, await VersionAsync(desk, instance));
        visit.Page.Dialog += Agree;
        await visit.Page.ClickAsync("[data-migrate]");
        await visit.Page.Locator("[data-migrated] .wf-good").WaitForAsync();
        visit.Page.Dialog -= Agree;
        await visit.Page.Locator("[data-nothing]").WaitForAsync();
        await visit.PictureAsync("change-migrated");
        Assert.Equal(2, await VersionAsync(desk, instance));
        Assert.Equal(InWorkingDays(received, 5), await DueAsync(running));
        Assert.Contains(await running.WaitsAsync(), wait => wait["activityId"]!.GetValue<string>() == "SeriousReviewFiling");
        Assert.Empty(visit.Complaints);
    }

    private static async Task CloneAsync(Visit visit)
    {
        await visit.Scenarios.OpenAsync();
        await visit.Page.ClickAsync(".wf-scenario[data-code='esports-hotel'] [data-clone]");
        await visit.Page.FillAsync("dialog [name=name]", "售烟酒店");
        await visit.Page.FillAsync("dialog [name=code]", Code);
        await visit.Page.ClickAsync("dialog [type=submit]");
        await visit.Scenarios.Scenario(Code).WaitForAsync();
    }

    private static async Task RemoveAsync(IPage page, string tab, string key)
    {
        await page.ClickAsync($"[data-tab={tab}]");
        await page.ClickAsync($"[data-key='{key}'] > summary");
        page.Dialog += Agree;
        await page.ClickAsync($"[data-key='{key}'] [data-remove]");
        await page.Locator($"[data-key='{key}']").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        page.Dialog -= Agree;
    }

    private static async Task SaveAsync(IPage page)
    {
        await page.ClickAsync("[data-save]");
        await page.GetByText("已保存到草稿").WaitForAsync();
    }

    private static async Task PublishAsync(Visit visit, string picture)
    {
        await visit.Page.ClickAsync("[data-publish]");
        await visit.Page.Locator("dialog h3").First.WaitForAsync();
        await visit.PictureAsync(picture);
        await visit.Page.ClickAsync("[data-confirm-publish]");
        await visit.Page.Locator("dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    private static async Task<string> InstanceAsync(Desk desk, CaseOverHttp matter)
    {
        var waits = await matter.WaitsAsync();
        var all = (await desk.GetAsync($"/elsa/api/workflow-instances?definitionId={CaseDefinition}&page=0&pageSize=50"))["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>());
        return all.Single(id => waits.Any(wait => wait["instanceId"]!.GetValue<string>() == id));
    }

    private static async Task<int> VersionAsync(Desk desk, string instance) => (await desk.GetAsync($"/elsa/api/workflow-instances/{instance}"))["version"]!.GetValue<int>();

    /// <summary>The last day, in China's time, for the review of the proof.</summary>
    private static async Task<DateOnly> DueAsync(CaseOverHttp matter)
    {
        var tasks = (await (await matter.DeskAsync("dispatcher")).GetAsync($"/api/tasks?kind=proof.review&caseId={matter.Id}"))["items"]!.AsArray();
        // The midnight that ends a day belongs to it.
        return DateOnly.FromDateTime(Assert.Single(tasks)!["dueAt"]!.GetValue<DateTimeOffset>().AddSeconds(-1).ToOffset(TimeSpan.FromHours(8)).DateTime);
    }

    private static DateOnly InWorkingDays(string now, int days) =>
        WallCalendar.Add(DateOnly.FromDateTime(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8)).DateTime), "working-days", days);

    private static async void Agree(object? sender, IDialog dialog) => await dialog.AcceptAsync();
}
