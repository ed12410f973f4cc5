using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.EndToEnd.Browsing;

namespace Workflows.EndToEnd.Stories;

/// <summary>An analyst changes the diagram of the case in Studio: steps, lines, inputs of every kind.</summary>
[Collection(StudioSiteTests.Name)]
public class EditingStory(StudioSite site)
{
    private const string Case = "esports-hotel-case";

    [Fact]
    public async Task Steps_that_are_dragged_connected_and_filled_in_are_saved_as_they_were_meant()
    {
        using var desk = await Desk.OpenAsync(site.Service, "analyst");
        await using var visit = await site.VisitAsync();
        await visit.SignInAsync("analyst");
        await visit.Definitions.OpenAsync();
        var editor = await visit.Definitions.EditAsync(Case);

        var request = await editor.DropAsync("接收请求", 40, 40);
        await editor.SelectAsync(request);
        await editor.Inputs.WriteAsync("路径", "complaints");
        await editor.Inputs.TickAsync("POST");
        await editor.Inputs.TickAsync("需要登录");
        await editor.Inputs.WriteAsync("超时", "00:00:30");
        await editor.Inputs.WriteAsync("大小上限", "65536");
        await visit.PictureAsync("inputs-request");

        var notice = await editor.DropAsync("发送通知", 420, 40);
        await editor.SelectAsync(notice);
        Assert.Contains("烟草专卖局", (await editor.Inputs.OffersAsync("承办部门")).Select(offer => offer.Trim()));
        await editor.Inputs.ChooseAsync("承办部门", "消防救援大队");
        await editor.Inputs.SyntaxAsync("类别", "JavaScript");
        await editor.Inputs.TypeAsync("类别", "'投诉-' + getVariable('caseId')");
        await visit.PictureAsync("inputs-notice");

        var ladder = await editor.DropAsync("内部督办阶梯", 40, 180);
        await editor.SelectAsync(ladder);
        const string Rungs = "[\n  {\"measure\": \"催办\", \"after\": {\"length\": 1, \"unit\": \"工作日\"}}\n]";
        await editor.Inputs.WriteAsync("梯级", Rungs);

        var variable = await editor.DropAsync("设置变量", 420, 180);
        await editor.SelectAsync(variable);
        await editor.Inputs.ChooseAsync("变量", "absentDepartments");
        await visit.PictureAsync("inputs-variable");

        var start = await editor.DropAsync("定点", 760, 40);
        await editor.SelectAsync(start);
        var day = await editor.Inputs.PickFifteenthOfNextMonthAsync("时间（日期）");
        await visit.PictureAsync("inputs-date");

        await editor.ConnectAsync(request, "Done", notice);
        await editor.ConnectAsync(notice, "Done", start);
        await visit.PictureAsync("edited");

        var root = (await desk.DefinitionAsync(Case))["root"]!;
        JsonObject Step(string id) => root["activities"]!.AsArray().Select(step => step!.AsObject()).Single(step => step["id"]!.GetValue<string>() == id);
        Assert.Equal("complaints", Value(Step(request), "path"));
        Assert.Equal(["GET", "POST"], JsonNode.Parse(Value(Step(request), "supportedMethods"))!.AsArray().Select(method => method!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("True", Value(Step(request), "authorize"), ignoreCase: true);
        Assert.Equal("00:00:30", Value(Step(request), "requestTimeout"));
        Assert.Equal("65536", Value(Step(request), "requestSizeLimit"));
        Assert.Equal("FIR", Value(Step(notice), "department"));
        Assert.Equal(("JavaScript", "'投诉-' + getVariable('caseId')"), (Step(notice)["kind"]!["expression"]!["type"]!.GetValue<string>(), Value(Step(notice), "kind")));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Rungs), JsonNode.Parse(Value(Step(ladder), "rungs"))));
        Assert.Contains("absentDepartments", Step(variable)["variable"]!.ToJsonString(), StringComparison.Ordinal);
        // The picker writes a day of the analyst; what is stored is the instant.
        Assert.Equal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00+08:00", Value(Step(start), "dateTime"));
        var line = root["connections"]!.AsArray().Single(candidate => candidate!["source"]!["activity"]!.GetValue<string>() == request)!;
        Assert.Equal(("Done", notice), (line["source"]!["port"]!.GetValue<string>(), line["target"]!["activity"]!.GetValue<string>()));

        // A required input is missing, and a step stands alone: one message for each, in words.
        var messages = await editor.PublishAsync();
        Assert.Contains(messages, message => message.Contains("接收人", StringComparison.Ordinal));
        await visit.PictureAsync("refused");

        await desk.PostAsync("/api/scenarios/esports-hotel/discard");
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("400", StringComparison.Ordinal));
    }

    private static string Value(JsonObject step, string input) => step[input]!["expression"]!["value"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : step[input]!["expression"]!["value"]!.ToJsonString();
}
