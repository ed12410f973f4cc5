using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;
using Xunit.Abstractions;

namespace Workflows.Host.Tests.Elsa.Descriptors;

[Collection(SharedService.Name)]
public sealed class DescriptorTests(ServiceUnderTest service, ITestOutputHelper output)
{
    private const string Path = "/elsa/api/descriptors/activities";

    // The controls of Studio 3.8.2, from the contract of its API; written down apart from the product.
    private static readonly string[] StudioControls =
    [
        "singleline", "multiline", "checkbox", "dropdown", "radiolist", "checklist", "multitext", "json-editor", "code-editor", "expression-editor",
        "datetime-picker", "dictionary", "variable-picker", "input-picker", "output-picker", "outcome-picker", "type-picker",
        "workflow-definition-picker", "dynamic-outcomes", "switch-editor", "flow-switch-editor", "http-status-codes", "secret-picker",
    ];

    [Fact]
    public async Task Studio_finds_every_type_that_it_needs_and_none_twice()
    {
        var all = await ActivitiesAsync();
        var keys = all.Select(a => (Text(a, "typeName"), a["version"]!.GetValue<int>())).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Superset(
            new HashSet<(string, int)> { ("Elsa.Flowchart", 1), ("Elsa.NotFoundActivity", 1), ("Elsa.Sequence", 1), ("Supervision.TimeLimit", 1), ("Supervision.IssueDocument", 1) },
            keys.ToHashSet());
        Assert.False(all.Single(a => Text(a, "typeName") == "Elsa.NotFoundActivity")["isBrowsable"]!.GetValue<bool>());
        Assert.Equal("Trigger", Text(all.Single(a => Text(a, "typeName") == "Elsa.HttpEndpoint"), "kind"));
    }

    [Fact]
    public async Task Every_activity_input_and_port_reads_Chinese_has_its_place_and_a_control_that_Studio_knows()
    {
        var faults = new List<string>();
        // Workflows used as activities speak as their authors do.
        foreach (var activity in (await ActivitiesAsync()).Where(a => a["isBrowsable"]!.GetValue<bool>() && a["customProperties"]?["RootType"] is null))
        {
            var type = Text(activity, "typeName");
            foreach (var member in new[] { "displayName", "description", "category" })
                Check(IsChinese(Text(activity, member)), $"{type}.{member}");
            Check(!type.StartsWith("Supervision.", StringComparison.Ordinal) || IsChinese(Text(activity, "name")), $"{type}.name, after which Studio names new steps");
            var inputs = activity["inputs"]!.AsArray().Where(i => i!["isBrowsable"]!.GetValue<bool>()).ToList();
            foreach (var input in inputs)
            {
                Check(IsChinese(Text(input!, "displayName")), $"{type}.{Text(input!, "name")}.displayName");
                Check(IsChinese(Text(input!, "description")), $"{type}.{Text(input!, "name")}.description");
                Check(StudioControls.Contains(Text(input!, "uiHint")), $"{type}.{Text(input!, "name")}: {Text(input!, "uiHint")}");
            }

            Check(inputs.Select(i => i!["order"]!.GetValue<float>()).Distinct().Count() == inputs.Count, $"{type}: two inputs at one place");
            foreach (var port in activity["ports"]!.AsArray())
                Check(IsChinese(Text(port!, "displayName")), $"{type} port {Text(port!, "name")}");
            foreach (var given in activity["outputs"]!.AsArray())
                Check(IsChinese(Text(given!, "displayName")), $"{type} output {Text(given!, "name")}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));

        void Check(bool holds, string what)
        {
            if (!holds)
                faults.Add(what);
        }
    }

    [Fact]
    public async Task Nothing_in_the_descriptors_crashes_Studio()
    {
        var all = await ActivitiesAsync();
        foreach (var activity in all)
        {
            NoNull(activity, Text(activity, "typeName"));
            Assert.IsType<JsonObject>(activity["customProperties"]);
            foreach (var input in activity["inputs"]!.AsArray())
            {
                var specification = input!["uiSpecifications"] as JsonObject;
                if (Text(input, "uiHint") is "dropdown" or "checklist")
                    Assert.All(OptionsOf(input), option => Assert.True(option!["value"]!.GetValueKind() == System.Text.Json.JsonValueKind.String));
                if (specification?["code-editor"] is JsonObject editor)
                    Assert.Equal(System.Text.Json.JsonValueKind.Number, editor["editorHeight"]!.GetValueKind());
            }
        }

        static void NoNull(JsonNode? node, string path)
        {
            Assert.True(node is not null, path + " is null");
            if (node is JsonObject o)
            {
                foreach (var (name, value) in o)
                    NoNull(value, path + "." + name);
            }
            else if (node is JsonArray list)
            {
                foreach (var item in list)
                    NoNull(item, path + "[]");
            }
        }
    }

    [Fact]
    public async Task The_groups_of_the_toolbox_follow_a_case_and_each_shows_by_itself()
    {
        var groups = (await ActivitiesAsync()).Where(a => a["isBrowsable"]!.GetValue<bool>()).Select(a => Text(a, "category")).Distinct().ToList();
        var ours = groups.Where(g => g.StartsWith("监管一件事", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(8, ours.Count);
        Assert.Contains("计划", ours[0], StringComparison.Ordinal);
        Assert.Contains("检查", ours[1], StringComparison.Ordinal);
        Assert.Contains("结案", ours[^2], StringComparison.Ordinal);
        Assert.Contains("线索", ours[^1], StringComparison.Ordinal);
        // Studio cuts a category at the first solidus and would throw all groups into one.
        Assert.All(groups, g => Assert.DoesNotContain('/', g));
    }

    [Fact]
    public async Task Standard_outcomes_keep_their_names_and_read_Chinese()
    {
        var all = await ActivitiesAsync();
        Assert.Equal([("True", "是"), ("False", "否")], Ports("Elsa.FlowDecision"));
        Assert.Equal([("Done", "完成")], Ports("Elsa.Delay"));
        Assert.Equal([("Then", "则"), ("Else", "否则"), ("Done", "完成")], Ports("Elsa.If"));
        Assert.Equal([("已到场", "已到场"), ("找不到对象", "找不到对象"), ("拒绝检查", "拒绝检查"), ("登记已注销或迁出", "登记已注销或迁出")], Ports("Supervision.ArriveOnSite"));
        Assert.Empty(Ports("Elsa.End"));
        Assert.Empty(Ports("Elsa.FlowFork"));

        List<(string, string)> Ports(string type) =>
            [.. all.Single(a => Text(a, "typeName") == type)["ports"]!.AsArray().Select(p => (Text(p!, "name"), Text(p!, "displayName")))];
    }

    [Fact]
    public async Task An_unchanged_toolbox_is_not_sent_again_and_a_changed_one_is()
    {
        using var analyst = await service.PersonAsync("analyst");
        using var first = await analyst.GetAsync(new Uri(Path + "?Refresh=True", UriKind.Relative));
        var tag = first.Headers.ETag!;
        output.WriteLine($"{(await first.Content.ReadAsByteArrayAsync()).Length} bytes");
        Assert.Contains("no-cache", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var same = await GetAsync(analyst, tag.Tag);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());

        await service.SequenceAsync("toolbox-limit", publish: false, """{"id":"NewLimit","type":"Supervision.TimeLimit","name":"新的时限","ruleCode":{"typeName":"String","expression":{"type":"Literal","value":"新规则"}}}""");
        using var changed = await GetAsync(analyst, tag.Tag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag);

        static async Task<HttpResponseMessage> GetAsync(HttpClient client, string tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path);
            request.Headers.Add("If-None-Match", tag);
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Options_come_from_the_live_catalogues_when_they_are_asked_for()
    {
        using var analyst = await service.PersonAsync("analyst");
        await service.SequenceAsync("options-limit", publish: false, """{"id":"OptionLimit","type":"Supervision.TimeLimit","metadata":{"displayText":"待选时限"},"ruleCode":{"typeName":"String","expression":{"type":"Literal","value":"选项规则"}}}""");
        Assert.Contains(("消防救援大队", "FIR"), await OptionsAsync("Supervision.TimeLimit", "Department"));
        Assert.Contains(("待选时限（OptionLimit）", "OptionLimit"), await OptionsAsync("Supervision.ArriveOnSite", "TimeLimitId"));
        Assert.Contains(("选项规则（待选时限）", "选项规则"), await OptionsAsync("Supervision.RectificationLimit", "ruleCode"));
        Assert.Contains(("APL-60（行政处罚法第六十条，至多 90 自然日）", "APL-60"), await OptionsAsync("Supervision.TimeLimit", "RuleCode"));
        Assert.Contains(("责令改正通知书", "rectification-order"), await OptionsAsync("Supervision.IssueDocument", "Form"));
        Assert.Contains(("督办人", "supervisor"), await OptionsAsync("Supervision.RecordVisit", "Role"));
        Assert.Contains(("部门：消防救援大队", "department:FIR"), await OptionsAsync("Supervision.Notify", "Recipient"));

        async Task<List<(string, string)>> OptionsAsync(string type, string input)
        {
            using var answer = await analyst.PostAsJsonAsync($"{Path}/{type}/options/{input}", new { context = new Dictionary<string, object> { ["Title"] = "x" } });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var items = (await answer.JsonAsync())["items"]!;
            Assert.True(items["Refresh"]!.GetValue<bool>());
            return [.. items["dropdown"]!["selectList"]!["items"]!.AsArray().Select(i => (Text(i!, "text"), Text(i!, "value")))];
        }
    }

    [Fact]
    public async Task Questions_about_what_is_not_there_or_is_broken_are_refused_with_a_reason()
    {
        using var analyst = await service.PersonAsync("analyst");
        await (await analyst.GetAsync(new Uri(Path + "/Elsa.Nothing", UriKind.Relative))).RefusedAsync(404, "not-found", "typeName");
        await (await analyst.GetAsync(new Uri(Path + "/Elsa.Delay?version=9", UriKind.Relative))).RefusedAsync(404, "not-found", "typeName");
        await (await analyst.PostAsJsonAsync(Path + "/Elsa.Nothing/options/X", new { })).RefusedAsync(404, "not-found", "propertyName");
        await (await analyst.PostAsJsonAsync(Path + "/Elsa.Delay/options/X", new { })).RefusedAsync(404, "not-found", "propertyName");
        using var broken = new StringContent("{\"context\":", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await analyst.PostAsync(new Uri(Path + "/Supervision.Notify/options/Recipient", UriKind.Relative), broken)).StatusCode);
        using var huge = new StringContent(new string(' ', 2 << 20), System.Text.Encoding.UTF8, "application/json");
        await (await analyst.PostAsync(new Uri(Path + "/Supervision.Notify/options/Recipient", UriKind.Relative), huge)).RefusedAsync(413, "too-large", "");
        Assert.Equal("Elsa.Delay", Text(await (await analyst.GetAsync(new Uri(Path + "/Elsa.Delay?version=1", UriKind.Relative))).JsonAsync(), "typeName"));
        using var nothing = await analyst.PostAsJsonAsync(Path + "/Elsa.Delay/options/TimeSpan", new { });
        Assert.Empty((await nothing.JsonAsync())["items"]!.AsObject());
    }

    [Fact]
    public async Task A_published_workflow_that_serves_as_activity_stands_in_the_toolbox_with_its_arguments()
    {
        const string options = "\"options\":{\"usableAsActivity\":true},\"inputs\":[{\"name\":\"Unit\",\"type\":\"String\",\"displayName\":\"单位\"}],\"outputs\":[{\"name\":\"Sum\",\"type\":\"Int32\"}],\"outcomes\":[\"同意\",\"退回\"]";
        await SaveAsync(publish: true);
        await SaveAsync(publish: true);
        var versions = (await ActivitiesAsync()).Where(a => Text(a, "typeName") == "部门会签").ToList();
        Assert.Equal([1, 2], versions.Select(v => v["version"]!.GetValue<int>()));
        Assert.Equal([false, true], versions.Select(v => v["isBrowsable"]!.GetValue<bool>()));
        var latest = versions[^1];
        Assert.Equal("WorkflowDefinitionActivity", Text(latest["customProperties"]!, "RootType"));
        Assert.Equal("countersign", Text(latest["constructionProperties"]!, "WorkflowDefinitionId"));
        Assert.Equal(["同意", "退回"], latest["ports"]!.AsArray().Select(p => Text(p!, "name")));
        Assert.Equal("单位", Text(Assert.Single(latest["inputs"]!.AsArray())!, "displayName"));
        Assert.Equal("Sum", Text(Assert.Single(latest["outputs"]!.AsArray())!, "name"));

        async Task SaveAsync(bool publish)
        {
            var root = new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["name"] = Guid.NewGuid().ToString(), ["activities"] = new JsonArray() };
            await service.DefinitionAsync($"{{\"definitionId\":\"countersign\",\"name\":\"部门会签\",{options},\"root\":{root.ToJsonString()}}}", publish);
        }
    }

    [Theory]
    [InlineData("expression-descriptors", "type", "Literal Object JavaScript Variable Input")]
    [InlineData("incident-strategies", "displayName", "")]
    [InlineData("workflow-activation-strategies", "displayName", "")]
    [InlineData("log-persistence-strategies", "displayName", "")]
    [InlineData("commit-strategies/workflows", "name", "Burst")]
    [InlineData("commit-strategies/activities", "name", "Burst")]
    [InlineData("storage-drivers", "typeName", "")]
    [InlineData("variables", "typeName", "")]
    [InlineData("output-converters", "id", "")]
    public async Task The_short_lists_are_complete_and_unique(string list, string key, string expected)
    {
        using var supervisor = await service.PersonAsync("supervisor", "CMD");
        var answer = await (await supervisor.GetAsync(new Uri("/elsa/api/descriptors/" + list, UriKind.Relative))).JsonAsync();
        var keys = answer["items"]!.AsArray().Select(i => Text(i!, key)).ToList();
        Assert.Equal(keys.Count, answer["count"]!.GetValue<int>());
        Assert.Equal(keys.Count, keys.Distinct().Count());
        if (expected.Length > 0)
            Assert.Equal(expected.Split(' '), keys);
    }

    [Fact]
    public async Task Every_type_of_a_variable_that_Studio_offers_is_one_that_the_engine_reads()
    {
        using var analyst = await service.PersonAsync("analyst");
        var answer = await (await analyst.GetAsync(new Uri("/elsa/api/descriptors/variables", UriKind.Relative))).JsonAsync();
        Assert.All(answer["items"]!.AsArray(), i => Assert.True(Engine.Expressions.TypeAliases.IsKnown(Text(i!, "typeName")), Text(i!, "typeName")));
    }

    private static JsonArray OptionsOf(JsonNode input) => Text(input, "uiHint") == "dropdown"
        ? input["uiSpecifications"]!["dropdown"]!["selectList"]!["items"]!.AsArray()
        : input["uiSpecifications"]!["checklist"]!["checkList"]!["items"]!.AsArray();

    private async Task<IReadOnlyList<JsonNode>> ActivitiesAsync()
    {
        using var analyst = await service.PersonAsync("analyst");
        var answer = await (await analyst.GetAsync(new Uri(Path, UriKind.Relative))).JsonAsync();
        Assert.Equal(answer["count"]!.GetValue<int>(), answer["items"]!.AsArray().Count);
        return [.. answer["items"]!.AsArray().Select(i => i!)];
    }

    private static string Text(JsonNode node, string member) => node[member]?.GetValue<string>() ?? "";

    private static bool IsChinese(string text) => text.Any(c => c is >= '\u4e00' and <= '\u9fff');
}
