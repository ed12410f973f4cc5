using System.Text.Json.Nodes;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Elsa.Definitions;

/// <summary>What is opened in Studio and saved again means what it meant: for every definition that the repository has.</summary>
[Collection(SharedService.Name)]
public sealed class RoundTripTests(ServiceUnderTest service)
{
    private static readonly string[] KnownToStudio =
    [
        "id", "definitionId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties", "isReadonly",
        "isSystem", "isLatest", "isPublished", "options", "root", "links",
    ];

    public static TheoryData<string> Definitions()
    {
        var home = ServiceUnderTest.HomeFolder();
        var data = new TheoryData<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(home, "workflow-definitions"), "*.json", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) is not ("scenario.json" or "legal-bases.json")))
            data.Add(Path.GetRelativePath(home, file));
        foreach (var conformance in JsonNode.Parse(File.ReadAllText(Path.Combine(home, "tests", "conformance", "elsa.json")))!.AsArray())
            data.Add("conformance:" + conformance!["name"]!.GetValue<string>());
        return data;
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public async Task Opening_and_saving_keeps_the_meaning(string source)
    {
        var original = Read(source);
        var id = "round-" + new string([.. source.Where(char.IsLetterOrDigit)]);
        original["definitionId"] = id;
        using var analyst = await service.PersonAsync("analyst");
        using (var imported = await analyst.PostAsync(StudioClient.Base + "/import", "unused", original))
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
        var opened = await analyst.DefinitionAsync(id);
        Drawable(opened);
        var sent = ThroughStudio(opened);
        sent["description"] = "something to write";
        var saved = (await analyst.SaveAsync(sent))["workflowDefinition"]!.AsObject();
        Assert.Equal("something to write", saved["description"]!.GetValue<string>());
        Assert.Equal(opened["id"]!.GetValue<string>(), saved["id"]!.GetValue<string>());
        using var file = await analyst.GetAsync(new Uri(StudioClient.Base + $"/{id}/export", UriKind.Relative));
        Assert.Equal(Meaning(original), Meaning(JsonNode.Parse(await file.Content.ReadAsStringAsync())!.AsObject()));
    }

    [Fact]
    public async Task Opening_a_published_scenario_and_saving_it_unchanged_opens_no_draft()
    {
        using var analyst = await service.PersonAsync("analyst");
        foreach (var id in new[] { "esports-hotel-plan", "esports-hotel-case" })
        {
            var opened = await analyst.DefinitionAsync(id);
            Drawable(opened);
            Assert.DoesNotContain("NotFoundActivity", opened.ToJsonString(), StringComparison.Ordinal);
            var saved = (await analyst.SaveAsync(ThroughStudio(opened)))["workflowDefinition"]!;
            Assert.Equal((opened["id"]!.GetValue<string>(), true), (saved["id"]!.GetValue<string>(), saved["isPublished"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public async Task A_step_with_many_outcomes_is_drawn_tall_enough_to_tell_them_apart()
    {
        using var analyst = await service.PersonAsync("analyst");
        var root = (await analyst.DefinitionAsync("esports-hotel-case"))["root"]!;
        JsonNode Size(string id) => root["activities"]!.AsArray().Single(step => step!["id"]!.GetValue<string>() == id)!["metadata"]!["designer"]!["size"]!;
        // Eight outcomes, each a line of text; one outcome fits into what is stored.
        Assert.True(Size("ClassifyFindings")["height"]!.GetValue<double>() >= 8 * 20);
        Assert.Equal(64, Size("CloseCase")["height"]!.GetValue<double>());
    }

    [Fact]
    public async Task Unknown_activities_are_shown_as_such_and_restored_untouched_at_their_new_place()
    {
        const string Inner = """{"id":"u2","type":"Acme.Deep","version":3,"secret":{"keep":[1,{"me":null}]},"metadata":{"mark":"x","designer":{"position":{"x":1,"y":2}}}}""";
        const string Outer = """{"id":"u1","type":"Acme.Shallow","version":1,"body":{"id":"n1","type":"Elsa.WriteLine","version":1},"amount":5}""";
        const string Future = """{"id":"w9","type":"Elsa.WriteLine","version":9,"text":{"typeName":"String","expression":{"type":"Literal","value":"九"}}}""";
        var model = EditingTests.Flow("unknown-1", "一");
        var activities = model["root"]!["activities"]!.AsArray();
        activities.Add(JsonNode.Parse(Outer));
        activities.Add(JsonNode.Parse(Future));
        activities.Add(new JsonObject { ["id"] = "seq", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(JsonNode.Parse(Inner)) });
        using var analyst = await service.PersonAsync("analyst");
        var opened = (await analyst.SaveAsync(model))["workflowDefinition"]!.AsObject();
        Drawable(opened);
        var shown = opened["root"]!["activities"]!.AsArray();
        foreach (var (at, type, version) in new[] { (1, "Acme.Shallow", 1), (2, "Elsa.WriteLine", 9) })
        {
            Assert.Equal("Elsa.NotFoundActivity", shown[at]!["type"]!.GetValue<string>());
            Assert.Equal((type, version), (shown[at]!["missingTypeName"]!.GetValue<string>(), shown[at]!["missingTypeVersion"]!.GetValue<int>()));
        }

        var deep = shown[3]!["activities"]![0]!.AsObject();
        Assert.Equal("Workflow1:flow:seq:u2", deep["nodeId"]!.GetValue<string>());
        deep["metadata"]!["designer"]!["position"]!["x"] = 77.5;
        await analyst.SaveAsync(opened);
        using var file = await analyst.GetAsync(new Uri(StudioClient.Base + "/unknown-1/export", UriKind.Relative));
        var stored = JsonNode.Parse(await file.Content.ReadAsStringAsync())!["root"]!["activities"]!.AsArray();
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Outer), stored[1]), stored[1]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Future), stored[2]), stored[2]!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Inner.Replace("\"x\":1,", "\"x\":77.5,", StringComparison.Ordinal)), stored[3]!["activities"]![0]), stored[3]!.ToJsonString());
    }

    [Fact]
    public async Task Bare_inputs_and_missing_versions_never_reach_Studio()
    {
        var model = EditingTests.Flow("bare-1", "一");
        var line = model["root"]!["activities"]![0]!.AsObject();
        line["text"] = "bare";
        line.Remove("version");
        using var analyst = await service.PersonAsync("analyst");
        var shown = (await analyst.SaveAsync(model))["workflowDefinition"]!["root"]!["activities"]![0]!;
        Assert.Equal("bare", shown["text"]!["expression"]!["value"]!.GetValue<string>());
        Assert.Equal("String", shown["text"]!["typeName"]!.GetValue<string>());
        Assert.Equal(1, shown["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_Studio_does_not_know_of_a_definition_is_carried_over()
    {
        var model = EditingTests.Flow("carried-1", "一");
        model["$comment"] = "kept";
        model["options"] = new JsonObject { ["futureOption"] = 7, ["usableAsActivity"] = false };
        model["variables"] = JsonNode.Parse("""[{"id":"v1","name":"Items","typeName":"Object","value":[1,2],"hint":"kept"},{"id":"v2","name":"Count","typeName":"Int32","value":5}]""");
        using var analyst = await service.PersonAsync("analyst");
        await analyst.SaveAsync(model);
        var opened = await analyst.DefinitionAsync("carried-1");
        Assert.Equal(["[1,2]", "5"], opened["variables"]!.AsArray().Select(variable => variable!["value"]!.GetValue<string>()));
        opened["description"] = "changed";
        await analyst.SaveAsync(ThroughStudio(opened));
        using var file = await analyst.GetAsync(new Uri(StudioClient.Base + "/carried-1/export", UriKind.Relative));
        var stored = JsonNode.Parse(await file.Content.ReadAsStringAsync())!;
        Assert.Equal("kept", stored["$comment"]!.GetValue<string>());
        Assert.Equal(7, stored["options"]!["futureOption"]!.GetValue<int>());
        Assert.Equal("[1,2]", stored["variables"]![0]!["value"]!.ToJsonString());
        Assert.Equal("kept", stored["variables"]![0]!["hint"]!.GetValue<string>());
        Assert.Equal(5, stored["variables"]![1]!["value"]!.GetValue<int>());
        Assert.Equal("changed", stored["description"]!.GetValue<string>());
    }

    private static JsonObject Read(string source)
    {
        var home = ServiceUnderTest.HomeFolder();
        if (!source.StartsWith("conformance:", StringComparison.Ordinal))
            return JsonNode.Parse(File.ReadAllText(Path.Combine(home, source)))!.AsObject();
        var name = source["conformance:".Length..];
        return JsonNode.Parse(File.ReadAllText(Path.Combine(home, "tests", "conformance", "elsa.json")))!.AsArray()
            .Single(item => item!["name"]!.GetValue<string>() == name)!["definition"]!.DeepClone().AsObject();
    }

    /// <summary>Studio keeps activities as JSON and everything else in classes of its own.</summary>
    private static JsonObject ThroughStudio(JsonObject opened)
    {
        var sent = opened.DeepClone().AsObject();
        foreach (var name in sent.Select(member => member.Key).Where(name => !KnownToStudio.Contains(name)).ToList())
            sent.Remove(name);
        sent["createdAt"] = "0001-01-01T00:00:00+00:00";
        sent["toolVersion"] = "3.8.2.0";
        sent["links"] = null;
        foreach (var variable in sent["variables"]!.AsArray().OfType<JsonObject>().ToList())
        {
            foreach (var name in variable.Select(member => member.Key).Where(name => name is not ("id" or "name" or "typeName" or "isArray" or "value" or "storageDriverTypeName")).ToList())
                variable.Remove(name);
        }

        foreach (var option in sent["options"]!.AsObject().Select(member => member.Key).Where(name => name == "futureOption").ToList())
            sent["options"]!.AsObject().Remove(option);
        if (sent["root"] is JsonObject root && root["connections"] is JsonArray connections)
        {
            foreach (var line in connections.OfType<JsonObject>())
            {
                foreach (var name in line.Select(member => member.Key).Where(name => name is not ("source" or "target" or "vertices")).ToList())
                    line.Remove(name);
            }
        }

        return sent;
    }

    /// <summary>What empties Studio's canvas or crashes it is not there (contract 1.7).</summary>
    private static void Drawable(JsonObject definition)
    {
        foreach (var (name, value) in definition)
            Assert.True(value is not null, name);
        foreach (var activity in ActivitiesOf(definition["root"]))
        {
            Assert.False(string.IsNullOrEmpty(activity["nodeId"]?.GetValue<string>()), activity.ToJsonString());
            Assert.StartsWith("Workflow1:", activity["nodeId"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.True(activity["version"]!.GetValue<int>() >= 1);
        }
    }

    private static IEnumerable<JsonObject> ActivitiesOf(JsonNode? node)
    {
        if (node is JsonObject o)
        {
            if (o["type"] is JsonValue && o["id"] is JsonValue && o["version"] is JsonValue)
                yield return o;
            foreach (var inner in o.Where(member => member.Key != "expression").SelectMany(member => ActivitiesOf(member.Value)))
                yield return inner;
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list.SelectMany(ActivitiesOf))
                yield return inner;
        }
    }

    /// <summary>A spelling of a definition that has one text for each meaning: names in camel case, defaults left out, lines in one form.</summary>
    private static string Meaning(JsonObject definition)
    {
        var plain = Plain(definition, "")!.AsObject();
        foreach (var name in new[] { "id", "version", "isLatest", "isPublished", "createdAt", "links", "description" })
            plain.Remove(name);
        return Sorted(plain)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true, MaxDepth = 512 });
    }

    private static JsonNode? Plain(JsonNode? node, string name)
    {
        switch (node)
        {
            case JsonObject { } wrapper when wrapper["$values"] is JsonArray values:
                return Plain(values, name);
            // A bare value is a literal (elsa-semantics 7).
            case JsonObject { } input when input.ContainsKey("typeName") && input["expression"] is JsonObject literal && literal["type"]?.ToString() == "Literal" && literal["value"] is not null:
                return Plain(literal["value"], name);
            case JsonObject o:
                var plain = new JsonObject();
                var isActivity = (o["type"] ?? o["Type"]) is JsonValue && (o["version"] ?? o["Version"] ?? o["id"] ?? o["Id"] ?? o["activities"]) is not null && name != "expression";
                foreach (var (key, value) in o)
                {
                    // How large a step is drawn is the editor's and ours; where it stands is the designer's word.
                    if (name == "designer" && key == "size")
                        continue;
                    var camel = isActivity || name is "connections" or "source" or "target" ? char.ToLowerInvariant(key[0]) + key[1..] : key;
                    if (Plain(value, camel) is { } kept && !IsDefault(camel, kept))
                        plain[camel] = kept;
                }

                if (isActivity && plain["version"] is JsonValue one && one.ToJsonString() == "1")
                    plain.Remove("version");
                if (isActivity)
                    plain.Remove("nodeId");
                if (plain["connections"] is JsonArray lines)
                    plain["connections"] = new JsonArray([.. lines.OfType<JsonObject>().Where(line => Drawn(plain, line)).Select(line => Line(line))]);
                if (plain["customProperties"] is JsonObject properties)
                {
                    properties.Remove("notFoundConnections");
                    if (properties.Count == 0)
                        plain.Remove("customProperties");
                }

                return plain;
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Plain(item, name))]);
            case JsonValue bare:
                return bare.DeepClone();
            default:
                return null;
        }
    }

    private static bool IsDefault(string name, JsonNode value) =>
        name is "variables" or "inputs" or "outputs" or "outcomes" or "customProperties" or "options" or "metadata" or "activities" or "vertices" or "description" or "isReadonly" or "isSystem"
            && value.ToJsonString() is "[]" or "{}" or "\"\"" or "false";

    private static bool Drawn(JsonObject flowchart, JsonObject line)
    {
        var ids = (flowchart["activities"] as JsonArray ?? []).OfType<JsonObject>().Select(activity => activity["id"]?.GetValue<string>()).ToHashSet();
        return ids.Contains(End(line, "source").Activity) && ids.Contains(End(line, "target").Activity);
    }

    private static JsonValue Line(JsonObject line) => JsonValue.Create($"{End(line, "source")} -> {End(line, "target")} {(line["vertices"] as JsonArray ?? []).ToJsonString()}");

    private static (string? Activity, string? Port) End(JsonObject line, string end) =>
        line[end] is JsonObject nested ? (nested["activity"]?.GetValue<string>(), nested["port"]?.GetValue<string>()) : (line[end]?.GetValue<string>(), line[end + "Port"]?.GetValue<string>());

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        null => null,
        _ => node.DeepClone(),
    };
}
