using System.Text.Json.Nodes;

namespace Workflows.Engine.Tests.Kit;

/// <summary>Writes definitions briefly.</summary>
internal static class Json
{
    public static JsonObject Act(string id, string type, params (string Name, JsonNode? Value)[] properties)
    {
        var o = new JsonObject { ["id"] = id, ["type"] = type.Contains('.', StringComparison.Ordinal) ? type : "Elsa." + type, ["version"] = 1 };
        foreach (var (name, value) in properties)
            o[name] = value;
        return o;
    }

    public static JsonObject Write(string id) => Act(id, "WriteLine", ("text", Lit(id)));

    public static JsonObject WriteJs(string id, string script) => Act(id, "WriteLine", ("text", Js(script)));

    public static JsonObject Tick(string id) => Act(id, "Test.Tick");

    public static JsonObject Block(string id) => Act(id, "Test.Block");

    public static JsonObject Decide(string id, bool value) => Act(id, "FlowDecision", ("condition", Lit(value, "Boolean")));

    public static JsonObject Join(string id, string mode) => Act(id, "FlowJoin", ("mode", Lit(mode, "FlowJoinMode")));

    public static JsonObject Lit(JsonNode? value, string typeName = "String") => Expr("Literal", value, typeName);

    public static JsonObject Js(string script, string typeName = "Object") => Expr("JavaScript", script, typeName);

    public static JsonObject Obj(string json, string typeName = "Object") => Expr("Object", json, typeName);

    public static JsonObject Expr(string type, JsonNode? value, string typeName = "Object") =>
        new() { ["typeName"] = typeName, ["expression"] = new JsonObject { ["type"] = type, ["value"] = value } };

    public static JsonObject Sequence(string id, params JsonNode[] activities) => Act(id, "Sequence", ("activities", new JsonArray(activities)));

    /// <summary>Lines as "A->B" or "A:Port->B"; without a port it is Done.</summary>
    public static JsonObject Chart(string id, JsonNode[] activities, params string[] lines) =>
        Act(id, "Flowchart", ("activities", new JsonArray(activities)), ("connections", new JsonArray([.. lines.Select(Line)])));

    public static JsonObject Line(string text)
    {
        var ends = text.Split("->");
        var source = ends[0].Split(':');
        return new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = source[0], ["port"] = source.Length > 1 ? source[1] : "Done" },
            ["target"] = new JsonObject { ["activity"] = ends[1], ["port"] = "In" },
        };
    }

    public static JsonObject Var(string name, string typeName = "Object", JsonNode? value = null) =>
        new() { ["id"] = "v_" + name, ["name"] = name, ["typeName"] = typeName, ["value"] = value, ["storageDriverTypeName"] = "WorkflowInstanceStorageDriver" };

    public static JsonObject SetVar(string id, string name, JsonNode value) => Act(id, "SetVariable", ("variable", Var(name)), ("value", value));

    public static JsonObject Definition(JsonObject root, params (string Name, JsonNode? Value)[] properties)
    {
        var o = new JsonObject { ["id"] = "test-v1", ["definitionId"] = "test", ["version"] = 1, ["root"] = root };
        foreach (var (name, value) in properties)
            o[name] = value;
        return o;
    }
}
