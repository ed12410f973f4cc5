using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Engine.Definitions;

/// <summary>A text that is no workflow definition at all; its message says where it breaks.</summary>
/// <param name="message">What is wrong, in the users' language.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class DefinitionFormatException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>
/// An Elsa 3 workflow definition. It keeps the JSON it was read from, so that everything comes out again as it went in —
/// unknown properties and designer metadata included — and offers typed views of it.
/// </summary>
public sealed class WorkflowDefinition
{
    /// <summary>Deepest JSON that is read.</summary>
    public const int MaxJsonDepth = 400;

    /// <summary>Longest text that is read, in characters.</summary>
    public const int MaxJsonLength = 32 * 1024 * 1024;

    private readonly JsonObject _json;

    private WorkflowDefinition(JsonObject json)
    {
        _json = json;
        Variables = [.. VariableReader.Read(json, "variables", "Workflow1")];
        Inputs = [.. json.List("inputs").OfType<JsonObject>().Select(ReadArgument)];
        Outputs = [.. json.List("outputs").OfType<JsonObject>().Select(ReadArgument)];
        Outcomes = [.. json.List("outcomes").OfType<JsonValue>().Select(v => v.TryGetValue(out string? text) ? text : v.ToJsonString())];
        Options = json.Get("options") as JsonObject ?? [];
    }

    /// <summary>Id of this version; by default the logical id and the number.</summary>
    public string Id => _json.Text("id") ?? $"{DefinitionId}-v{Version}";

    /// <summary>Logical id shared by all versions.</summary>
    public string DefinitionId => _json.Text("definitionId") ?? _json.Text("id") ?? "";

    /// <summary>Name, or null.</summary>
    public string? Name => _json.Text("name");

    /// <summary>Description, or null.</summary>
    public string? Description => _json.Text("description");

    /// <summary>Number of this version, 1 or more.</summary>
    public int Version => _json.Number("version") ?? 1;

    /// <summary>Version of the tool that wrote it, or null.</summary>
    public string? ToolVersion => _json.Text("toolVersion");

    /// <summary>Workflow variables.</summary>
    public IReadOnlyList<Variable> Variables { get; }

    /// <summary>Workflow inputs.</summary>
    public IReadOnlyList<ArgumentDefinition> Inputs { get; }

    /// <summary>Workflow outputs.</summary>
    public IReadOnlyList<ArgumentDefinition> Outputs { get; }

    /// <summary>Outcomes of the workflow when it is used as an activity.</summary>
    public IReadOnlyList<string> Outcomes { get; }

    /// <summary>Options as JSON: <c>incidentStrategyType</c>, <c>usableAsActivity</c> and so on.</summary>
    public JsonObject Options { get; }

    /// <summary>Name of the incident strategy, or null.</summary>
    public string? IncidentStrategyType => Options.Text("incidentStrategyType");

    /// <summary>Whether it can be used as an activity.</summary>
    public bool UsableAsActivity => Options.Flag("usableAsActivity");

    /// <summary>JSON of the root activity; null where there is none. Do not change it.</summary>
    public JsonObject? Root => _json.Get("root") as JsonObject;

    /// <summary>Outputs are found by activity name in scripts (toolVersion 3 or later).</summary>
    internal bool UsesModernTooling => System.Version.TryParse(ToolVersion, out var version) && version.Major >= 3;

    /// <summary>Reads a definition.</summary>
    /// <exception cref="DefinitionFormatException">It is not JSON, not an object, too deep or too long.</exception>
    public static WorkflowDefinition Parse(string json)
    {
        if (json.Length > MaxJsonLength)
            throw new DefinitionFormatException($"流程定义过长：{json.Length} 个字符，上限 {MaxJsonLength}。");
        try
        {
            // A file saved by an editor on Windows may begin with a byte order mark.
            return Own(JsonNode.Parse(json.TrimStart('\uFEFF'), null, new JsonDocumentOptions { MaxDepth = MaxJsonDepth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }));
        }
        catch (JsonException e)
        {
            throw new DefinitionFormatException($"流程定义不是有效的 JSON，或嵌套超过 {MaxJsonDepth} 层（第 {e.LineNumber + 1} 行，第 {e.BytePositionInLine + 1} 字节）。", e);
        }
    }

    /// <summary>Reads a definition; the node is copied.</summary>
    /// <exception cref="DefinitionFormatException">It is not an object, or too deep.</exception>
    public static WorkflowDefinition Parse(JsonNode json)
    {
        if (JsonReading.Depth(json, MaxJsonDepth) > MaxJsonDepth)
            throw new DefinitionFormatException($"流程定义的嵌套超过 {MaxJsonDepth} 层。");
        return Own(json.DeepClone());
    }

    /// <summary>The definition as it was read.</summary>
    public JsonObject ToJson() => (JsonObject)_json.DeepClone();

    private static WorkflowDefinition Own(JsonNode? json)
    {
        if (json is not JsonObject o)
            throw new DefinitionFormatException("流程定义应为一个 JSON 对象。");
        try
        {
            // Members given twice surface when they are first looked up.
            CheckMembers(o);
            return new WorkflowDefinition(o);
        }
        catch (ArgumentException e)
        {
            throw new DefinitionFormatException("流程定义中有重复的成员：" + e.Message, e);
        }
    }

    private static void CheckMembers(JsonNode root)
    {
        var open = new Stack<JsonNode>();
        open.Push(root);
        while (open.TryPop(out var node))
        {
            var children = node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] };
            foreach (var child in children)
            {
                if (child is JsonObject or JsonArray)
                    open.Push(child);
            }
        }
    }

    private static ArgumentDefinition ReadArgument(JsonObject json)
    {
        var name = json.Text("name") ?? "";
        return new ArgumentDefinition(name, (json.Text("type") ?? json.Text("typeName") ?? "Object") + (json.Flag("isArray") ? "[]" : ""), json.Text("id") ?? name)
        {
            DisplayName = json.Text("displayName"),
            Description = json.Text("description"),
            DefaultValue = json.Get("defaultValue"),
            IsPersistent = VariableReader.IsPersistent(json.Text("storageDriverType") ?? json.Text("storageDriverTypeName")),
        };
    }
}
