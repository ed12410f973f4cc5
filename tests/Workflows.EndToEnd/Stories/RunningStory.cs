using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Stories;

/// <summary>A process of its own from its creation to its deletion: published, run, failed, retried, compared, reverted, exported, imported.</summary>
[Collection(StudioSiteTests.Name)]
public class RunningStory(StudioSite site)
{
    [Fact]
    public async Task A_process_lives_from_its_first_step_to_its_deletion_in_Studio()
    {
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");

        // Drawn.
        await visit.Definitions.OpenAsync();
        var editor = await visit.Definitions.CreateAsync("投诉分办");
        var id = editor.DefinitionId;
        await editor.AddVariableAsync("count");
        var start = await editor.DropAsync("开始", 40, 60);
        var count = await editor.DropAsync("设置变量", 330, 60);
        await editor.SelectAsync(count);
        await editor.Inputs.ChooseAsync("变量", "count");
        await editor.Inputs.WriteAsync("值", "3");
        var script = await editor.DropAsync("执行脚本", 40, 220);
        var wait = await editor.DropAsync("延时", 330, 220);
        await editor.SelectAsync(wait);
        await editor.Inputs.WriteAsync("时长", "很久");
        await editor.ConnectAsync(start, "Done", count);
        await editor.ConnectAsync(count, "Done", script);
        await editor.ConnectAsync(script, "Done", wait);

        // Refused, mended, published.
        var messages = (await editor.PublishAsync()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, messages.Count);
        Assert.Contains(messages, message => message.Contains("Delay1", StringComparison.Ordinal) && message.Contains("“时长”的值不是有效的时长：很久", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("RunJavaScript1", StringComparison.Ordinal) && message.Contains("必填项“脚本”没有填写", StringComparison.Ordinal));
        await visit.PictureAsync("validation-message");
        await editor.SelectAsync(wait);
        await editor.Inputs.WriteAsync("时长", "00:00:00.1");
        await editor.SelectAsync(script);
        await editor.Inputs.TypeAsync("脚本", "if (getVariable('count') == '3') throw new Error('三件太多'); return 'Done';");
        Assert.Equal("流程已发布", Assert.Single(await editor.PublishAsync()).Trim());

        // Run: it fails at the script.
        var viewer = await editor.RunAsync();
        var instance = viewer.InstanceId;
        await viewer.Entry("RunJavaScript1").Filter(new LocatorFilterOptions { HasText = "出现故障" }).WaitForAsync();
        await visit.PictureAsync("faulted");
        await viewer.TabAsync("故障");
        await viewer.Details.Filter(new LocatorFilterOptions { HasText = "三件太多" }).First.WaitForAsync();
        await viewer.TabAsync("变量");
        await viewer.Details.Filter(new LocatorFilterOptions { HasText = "count" }).Filter(new LocatorFilterOptions { HasText = "3" }).First.WaitForAsync();
        await visit.PictureAsync("faulted-variables");

        // Tried again by a click: the script fails once more, and the journal tells of both.
        await viewer.RetryAsync();
        await viewer.Entry("RunJavaScript1").Filter(new LocatorFilterOptions { HasText = "已重试" }).WaitForAsync();
        Assert.Equal(2, await viewer.Entry("RunJavaScript1").Filter(new LocatorFilterOptions { HasText = "出现故障" }).CountAsync());
        await visit.PictureAsync("retried");

        // The variable is mended, and the next try goes on to the end.
        var variable = (await desk.GetAsync($"/elsa/api/workflow-instances/{instance}/variables"))["items"]!.AsArray().Single()!["id"]!.GetValue<string>();
        await desk.PostAsync($"/elsa/api/workflow-instances/{instance}/variables", new JsonObject { ["variables"] = new JsonArray(new JsonObject { ["id"] = variable, ["value"] = "2" }) });
        await viewer.RetryAsync();
        await viewer.Entry("Delay1").First.WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("[data-retry]").CountAsync());
        await visit.PictureAsync("mended");

        // Changed, compared, reverted.
        await editor.OpenAsync(id);
        await editor.SelectAsync(wait);
        await editor.Inputs.WriteAsync("时长", "00:00:00.2");
        Assert.Equal("流程已发布", Assert.Single(await editor.PublishAsync()).Trim());
        var versions = visit.Versions;
        await versions.OpenAsync(id);
        Assert.Equal(["2", "1"], await versions.NumbersAsync());
        await versions.Changes.Filter(new LocatorFilterOptions { HasText = "时长" }).First.WaitForAsync();
        await visit.PictureAsync("versions");
        await versions.RevertAsync("1");
        Assert.Equal("00:00:00.1", (await desk.DefinitionAsync(id))["root"]!["activities"]!.AsArray().Single(step => step!["id"]!.GetValue<string>() == wait)!["timeSpan"]!["expression"]!["value"]!.GetValue<string>());

        // Exported, deleted, imported.
        await visit.Definitions.OpenAsync();
        var file = await visit.Definitions.ExportAsync(id);
        var exported = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        Assert.Equal(id, exported["definitionId"]!.GetValue<string>());
        await visit.Definitions.DeleteAsync(id);
        await visit.PictureAsync("deleted");
        await visit.Definitions.ImportAsync(file);
        var imported = await visit.Definitions.EditAsync(id);
        Assert.Equal(4, (await imported.ActivityIdsAsync()).Count(step => step == start || step == count || step == script || step == wait));
        await visit.PictureAsync("imported");

        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("400", StringComparison.Ordinal));
    }
}
