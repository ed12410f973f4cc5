using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Workflows.Host.Elsa.Scripting;

/// <summary>TypeScript declarations for the script editor: the functions that the engine offers, and the variables and inputs of one definition.</summary>
internal static class TypeDefinitions
{
    private const int MostNames = 500;

    private const string Common = """
        /** 变量的值，按名称取。 */
        declare function getVariable(name: string): any;
        /** 给变量赋值。 */
        declare function setVariable(name: string, value: any): void;
        /** 流程输入的值，按名称取。 */
        declare function getInput(name: string): any;
        /** 某个步骤的输出；只在本次办理中有值，要留到以后请存入变量。 */
        declare function getOutputFrom(activityIdOrName: string, outputName?: string): any;
        /** 上一步的结果。 */
        declare function getLastResult(): any;
        /** 本流程实例的编号。 */
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string;
        declare function setWorkflowInstanceName(name: string): void;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        /** 关联号：案件或计划的编号。 */
        declare function getCorrelationId(): string;
        declare function setCorrelationId(correlationId: string): void;
        /** 选择本步骤的出口（执行脚本）。 */
        declare function setOutcome(name: string): void;
        declare function setOutcomes(names: string[]): void;
        declare function newGuid(): string;
        declare function newGuidString(): string;
        declare function newShortGuid(): string;
        declare function parseGuid(text: string): string;
        declare function toJson(value: any): string;
        declare function isNullOrEmpty(text: string): boolean;
        declare function isNullOrWhiteSpace(text: string): boolean;
        declare function bytesToString(bytes: any): string;
        declare function bytesFromString(text: string): any;
        declare function bytesToBase64(bytes: any): string;
        declare function bytesFromBase64(text: string): any;
        declare function stringToBase64(text: string): string;
        declare function stringFromBase64(text: string): string;

        """;

    /// <summary>The declarations; without a definition those that hold everywhere.</summary>
    /// <param name="definition">JSON of the definition, or null.</param>
    public static string Write(JsonObject? definition)
    {
        var text = new StringBuilder(Common);
        var variables = Named(definition is null ? [] : Variables(definition, 0), "typeName");
        var inputs = Named((definition?["inputs"] as JsonArray)?.OfType<JsonObject>() ?? [], "type");
        text.Append("declare const variables: {\n");
        foreach (var (name, type) in variables)
            text.Append(CultureInfo.InvariantCulture, $"  {name}: {type};\n");
        text.Append("  [name: string]: any;\n};\n");
        foreach (var (name, type) in variables)
        {
            text.Append(CultureInfo.InvariantCulture, $"/** 变量“{name}”。 */\ndeclare function get{Pascal(name)}(): {type};\n");
            text.Append(CultureInfo.InvariantCulture, $"declare function set{Pascal(name)}(value: {type}): void;\n");
        }

        foreach (var (name, type) in inputs.Where(input => variables.All(variable => Pascal(variable.Name) != Pascal(input.Name))))
            text.Append(CultureInfo.InvariantCulture, $"/** 流程输入“{name}”。 */\ndeclare function get{Pascal(name)}(): {type};\n");
        return text.ToString();
    }

    private static IEnumerable<JsonObject> Variables(JsonNode? node, int depth)
    {
        if (depth > 100)
            yield break;
        if (node is JsonObject json)
        {
            foreach (var variable in (json["variables"] as JsonArray)?.OfType<JsonObject>() ?? [])
                yield return variable;
        }

        foreach (var child in node switch { JsonObject o => o.Where(p => p.Key != "variables").Select(p => p.Value), JsonArray a => a, _ => [] })
        {
            foreach (var variable in child is JsonObject or JsonArray ? Variables(child, depth + 1) : [])
                yield return variable;
        }
    }

    // A name that is no identifier is reached by getVariable and getInput only, and must not leave its place in the text.
    private static List<(string Name, string Type)> Named(IEnumerable<JsonObject> declared, string typeMember) =>
    [
        .. declared.Select(d => (Name: Text(d["name"]) ?? "", Type: TypeOf(Text(d[typeMember]) ?? Text(d["typeName"]), d["isArray"] is JsonValue v && v.TryGetValue(out bool array) && array)))
            .Where(d => d.Name.Length is > 0 and <= 100 && (char.IsLetter(d.Name[0]) || d.Name[0] == '_') && d.Name.All(c => char.IsLetterOrDigit(c) || c == '_'))
            .DistinctBy(d => Pascal(d.Name)).Take(MostNames),
    ];

    private static string TypeOf(string? alias, bool isArray)
    {
        var list = isArray || alias?.EndsWith("[]", StringComparison.Ordinal) == true;
        var type = alias?.Replace("[]", "", StringComparison.Ordinal) switch
        {
            "String" or "Guid" or "Uri" or "TimeSpan" or "DateOnly" or "TimeOnly" => "string",
            "Boolean" => "boolean",
            "Int16" or "Int32" or "Int64" or "Single" or "Double" or "Decimal" => "number",
            "DateTime" or "DateTimeOffset" => "Date",
            "StringDictionary" or "StringMap" => "{ [key: string]: string }",
            "JsonArray" => "any[]",
            _ => "any",
        };
        return list ? $"Array<{type}>" : type;
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
