using System.Text.Json.Nodes;
using Workflows.Supervision.Sessions;

namespace Workflows.Supervision.Documents;

/// <summary>A field that is missing in a model.</summary>
/// <param name="Path">Path with positions, such as <c>order.items[1].due</c>.</param>
/// <param name="Name">Its name in Chinese.</param>
public sealed record MissingField(string Path, string Name);

/// <summary>A missing field blocks the issue of a document; all of them are named at once.</summary>
public static class RequiredFields
{
    /// <summary>Everything that a model lacks for a form.</summary>
    public static IReadOnlyList<MissingField> Missing(FormDefinition form, JsonObject model)
    {
        var missing = new List<MissingField>();
        foreach (var field in form.Required.Where(f => f.When?.Invoke(model) ?? true))
        {
            Look(model, field.Path.Split('.'), 0, "", field.Name, missing);
        }

        return [.. missing.DistinctBy(m => m.Path)];
    }

    /// <summary>Refuses a model that lacks something.</summary>
    /// <exception cref="RuleViolationException"><c>document-incomplete</c>: the message lists every missing field by path and name.</exception>
    public static void Require(FormDefinition form, JsonObject model)
    {
        var missing = Missing(form, model);
        if (missing.Count > 0)
        {
            throw Refuse(form, missing);
        }
    }

    /// <summary>Names fields that a rendering missed, as far as the form knows their names.</summary>
    internal static IReadOnlyList<MissingField> Name(FormDefinition form, IReadOnlyList<string> paths) =>
        [.. paths.Select(p => new MissingField(p, form.Required.FirstOrDefault(f => f.Path.Replace("[]", "", StringComparison.Ordinal) == Plain(p))?.Name ?? "必填内容"))];

    internal static RuleViolationException Refuse(FormDefinition form, IReadOnlyList<string> paths) => Refuse(form, Name(form, paths));

    private static RuleViolationException Refuse(FormDefinition form, IReadOnlyList<MissingField> missing) => Refusal.Invalid("document-incomplete", missing[0].Path,
        $"《{form.Title}》缺少：{string.Join("、", missing.Select(m => $"{m.Name}（{m.Path}）"))}，补齐后才能签发。");

    private static string Plain(string path) => string.Concat(path.Split('[').Select((part, i) => i == 0 ? part : part[(part.IndexOf(']', StringComparison.Ordinal) + 1)..]));

    /// <summary>The node at a path of names, or null.</summary>
    internal static JsonNode? Find(JsonObject model, string path) =>
        path.Split('.').Aggregate((JsonNode?)model, (node, name) => (node as JsonObject)?[name]);

    private static void Look(JsonNode? node, string[] path, int at, string where, string name, List<MissingField> missing)
    {
        if (at == path.Length)
        {
            if (node is null || (node is JsonValue value && value.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text)))
            {
                missing.Add(new MissingField(where, name));
            }

            return;
        }

        var isList = path[at].EndsWith("[]", StringComparison.Ordinal);
        var member = isList ? path[at][..^2] : path[at];
        var place = where.Length == 0 ? member : $"{where}.{member}";
        var next = (node as JsonObject)?[member];
        if (!isList)
        {
            if (next is null)
            {
                missing.Add(new MissingField(string.Join('.', path[(at + 1)..].Prepend(place)), name));
                return;
            }

            Look(next, path, at + 1, place, name, missing);
        }
        else if (next is not JsonArray { Count: > 0 } list)
        {
            missing.Add(new MissingField(place, name));
        }
        else
        {
            for (var i = 0; i < list.Count; i++)
            {
                Look(list[i], path, at + 1, $"{place}[{i}]", name, missing);
            }
        }
    }
}
