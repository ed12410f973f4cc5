using System.Text.Json.Nodes;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Pages;

/// <summary>The first look of an analyst at Studio.</summary>
[Collection(StudioSiteTests.Name)]
public class StudioOpensTests(StudioSite site)
{
    [Fact]
    public async Task An_analyst_signs_in_and_opens_the_diagram_of_the_case_with_every_step_drawn()
    {
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");
        await visit.Scenarios.OpenAsync();
        Assert.Contains("esports-hotel", await visit.Scenarios.CodesAsync());
        await visit.PictureAsync("scenarios");

        await visit.Definitions.OpenAsync();
        await visit.PictureAsync("definitions");
        var editor = await visit.Definitions.EditAsync("esports-hotel-case");
        Assert.EndsWith("/studio/definitions/esports-hotel-case", visit.Page.Url, StringComparison.Ordinal);
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Find("workflow-definitions", "esports-hotel", "case.json")))!;
        var expected = definition["root"]!["activities"]!.AsArray().Select(activity => activity!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal);
        var drawn = await editor.ActivityIdsAsync();
        Assert.Equal(expected, drawn.Where(id => expected.Contains(id)).Order(StringComparer.Ordinal));
        Assert.Equal(0, await visit.Page.GetByText("未找到：").CountAsync());

        await editor.BringAsync("FormTeams", 0.15f, 0.45f);
        await visit.PictureAsync("editor");
        Assert.Empty(visit.Complaints);
        Assert.All(visit.Requests, address => Assert.True(
            address.StartsWith(site.Url, StringComparison.Ordinal) || address.StartsWith("data:", StringComparison.Ordinal) || address.StartsWith("blob:" + site.Url, StringComparison.Ordinal), address));
    }

    [Fact]
    public async Task An_inspector_is_told_that_the_workbench_is_not_for_him()
    {
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("cul.01");

        await visit.Page.GetByText("您的账号没有分析员、督办人或管理员角色").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator(".wf-scenario").CountAsync());
    }

    [Fact]
    public async Task A_wrong_password_is_refused_in_words()
    {
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/studio");
        await visit.Page.FillAsync("input[name=userName]", "analyst");
        await visit.Page.FillAsync("input[name=password]", "not the password");
        await visit.Page.ClickAsync(".wf-sign-in-card button[type=submit]");

        await visit.Page.GetByText("用户名或密码不正确").WaitForAsync();
    }
}
