using System.Text.Json.Nodes;
using Workflows.Engine.Definitions;

namespace Workflows.Host.Elsa.Differences;

/// <summary>The differences of a process outside its diagram: name, description, options, variables, inputs, outputs.</summary>
internal static class ProcessChanges
{
    private static readonly (string List, string Word)[] Lists = [("variables", "变量"), ("inputs", "输入"), ("outputs", "输出")];

    /// <summary>What changed.</summary>
    public static IEnumerable<DefinitionChange> Between(WorkflowDefinition before, WorkflowDefinition after)
    {
        if (before.Name != after.Name)
            yield return new DefinitionChange(ChangeKind.Process, $"流程名称由“{before.Name}”改为“{after.Name}”");
        if ((before.Description ?? "") != (after.Description ?? ""))
            yield return new DefinitionChange(ChangeKind.Process, "流程说明已修改", null, before.Description ?? "", after.Description ?? "");
        foreach (var option in before.Options.Concat(after.Options).Select(member => member.Key).Distinct(StringComparer.Ordinal))
        {
            var (former, present) = (Text(before.Options[option]), Text(after.Options[option]));
            if (former != present)
                yield return new DefinitionChange(ChangeKind.Process, $"流程选项“{option}”由“{former}”改为“{present}”");
        }

        foreach (var (list, word) in Lists)
        {
            foreach (var change in Members(before, after, list, word))
                yield return change;
        }
    }

    private static IEnumerable<DefinitionChange> Members(WorkflowDefinition before, WorkflowDefinition after, string list, string word)
    {
        var former = Read(before, list);
        var present = Read(after, list);
        foreach (var (key, entry) in present)
        {
            if (!former.TryGetValue(key, out var old))
                yield return new DefinitionChange(ChangeKind.Variable, $"增加{word}“{entry.Name}”（{entry.Type}）");
            else if (old.Name != entry.Name)
                yield return new DefinitionChange(ChangeKind.Variable, $"{word}“{old.Name}”改名为“{entry.Name}”");
            else if (old.Type != entry.Type)
                yield return new DefinitionChange(ChangeKind.Variable, $"{word}“{entry.Name}”的类型由 {old.Type} 改为 {entry.Type}");
            else if (old.Value != entry.Value)
                yield return new DefinitionChange(ChangeKind.Variable, $"{word}“{entry.Name}”的默认值由“{old.Value}”改为“{entry.Value}”");
        }

        foreach (var (key, entry) in former.Where(entry => !present.ContainsKey(entry.Key)))
            yield return new DefinitionChange(ChangeKind.Variable, $"删除{word}“{entry.Name}”");
    }

    private static Dictionary<string, (string Name, string Type, string Value)> Read(WorkflowDefinition definition, string list) =>
        (definition.ToJson()[list] as JsonArray ?? []).OfType<JsonObject>()
            .Select(entry => (Name: Text(entry["name"]), Type: (Text(entry["typeName"]) is { Length: > 0 } type ? type : Text(entry["type"])) + (Text(entry["isArray"]) == "true" ? "[]" : ""), Value: Text(entry["value"]), Id: Text(entry["id"])))
            .GroupBy(entry => entry.Id.Length > 0 ? entry.Id : entry.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (group.First().Name, group.First().Type, group.First().Value), StringComparer.Ordinal);

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue(out bool flag) => flag ? "true" : "",
        _ => Diagram.Text(node) ?? node.ToJsonString(),
    };
}
