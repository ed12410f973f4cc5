using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Supervision.Escalation;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Escalation;

/// <summary>A ladder step as it stands in a diagram: its rungs, what is wrong with them, and what the diagram shows of them.</summary>
public static class DiagramLadder
{
    private const string Mark = "captionOf";

    /// <summary>Whether an activity of a diagram is a ladder.</summary>
    public static bool IsLadder(JsonObject activity) =>
        Text(activity["type"]) is "Supervision." + nameof(InternalLadder) or "Supervision." + nameof(ExternalLadder);

    /// <summary>Reads rungs in either form: lines of text (<see cref="RungText"/>), or a list of objects, also as JSON text.</summary>
    /// <param name="value">Value of the input.</param>
    /// <param name="problems">What is wrong; empty if all were read.</param>
    public static IReadOnlyList<LadderRung> Read(JsonNode? value, out IReadOnlyList<(string Path, string Message)> problems)
    {
        problems = [];
        try
        {
            if (value is JsonValue scalar && scalar.TryGetValue(out string? text))
            {
                if (!text.TrimStart().StartsWith('['))
                {
                    return RungText.Read(text, out problems);
                }

                value = JsonNode.Parse(text);
            }

            return value?.Deserialize<List<LadderRung>>(SupervisionJson.Options) ?? [];
        }
        catch (JsonException wrong)
        {
            problems = [("rungs" + wrong.Path?.TrimStart('$'), "梯级写得不对：请一行写一级，例如 +3 工作日 红牌 单位负责人、分管领导")];
            return [];
        }
    }

    /// <summary>Rungs as a list of objects, the form that tools read.</summary>
    public static JsonArray ToJson(IReadOnlyList<LadderRung> rungs) => (JsonArray)JsonSerializer.SerializeToNode(rungs, SupervisionJson.Options)!;

    /// <summary>What the diagram shows under a ladder step, such as <c>前3日 提醒；届满 催办；后3日 红牌、督办单</c>; null where there is nothing to show.</summary>
    /// <param name="activity">JSON of the activity.</param>
    public static string? Caption(JsonObject activity)
    {
        if (!IsLadder(activity) || !TryFixed(activity, out var value))
        {
            return null;
        }

        var steps = Ladder.Sorted(Read(value, out _), r => r).GroupBy(r => (r.Offset, r.Unit)).Select(day =>
            $"{When(day.Key.Offset, day.Key.Unit)} {string.Join('、', day.Select(r => r.Port).Distinct())}").ToList();
        return steps.Count == 0 ? null : string.Join('；', steps);
    }

    /// <summary>Puts the caption under every ladder step of a diagram that has no text of its own there.</summary>
    /// <param name="node">Root of the diagram, or any activity; changed in place.</param>
    public static void ShowCaptions(JsonNode? node) => Visit(node, activity =>
    {
        if (Caption(activity) is not { } caption)
        {
            return;
        }

        if (activity["metadata"] is not JsonObject metadata)
        {
            activity["metadata"] = metadata = [];
        }

        if (!string.IsNullOrEmpty(Text(metadata["description"])) && Text(metadata[Mark]) is null)
        {
            return;
        }

        metadata["description"] = caption;
        metadata["showDescription"] = true;
        metadata[Mark] = caption;
    });

    /// <summary>Takes away what <see cref="ShowCaptions"/> put there, so that saving stores what the analyst wrote; a text that was changed since is kept.</summary>
    /// <param name="node">Root of the diagram, or any activity; changed in place.</param>
    public static void HideCaptions(JsonNode? node) => Visit(node, static activity =>
    {
        if (activity["metadata"] is not JsonObject metadata || Text(metadata[Mark]) is not { } caption)
        {
            return;
        }

        if (Text(metadata["description"]) == caption)
        {
            metadata.Remove("description");
            metadata.Remove("showDescription");
        }

        metadata.Remove(Mark);
    });

    /// <summary>Whether a diagram holds a ladder step without rungs.</summary>
    /// <param name="node">Root of the diagram, or any activity.</param>
    public static bool HasEmpty(JsonNode? node)
    {
        var found = false;
        Visit(node, activity => found |= IsEmpty(activity));
        return found;
    }

    /// <summary>Gives rungs to the ladder steps that have none.</summary>
    /// <param name="node">Root of the diagram, or any activity; changed in place.</param>
    /// <param name="rungsOf">Lines for a kind of ladder; an empty text leaves the step as it is.</param>
    public static void FillEmpty(JsonNode? node, Func<LadderKind, string> rungsOf) => Visit(node, activity =>
    {
        if (IsEmpty(activity) && rungsOf(Text(activity["type"]) == "Supervision." + nameof(InternalLadder) ? LadderKind.Internal : LadderKind.External) is { Length: > 0 } lines)
        {
            activity["rungs"] = new JsonObject { ["typeName"] = "JSON", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = lines } };
        }
    });

    // What an analyst computes by an expression is not empty, whatever it gives.
    private static bool IsEmpty(JsonObject activity) => activity["rungs"] switch
    {
        null => true,
        JsonObject { } input when input["expression"] is JsonObject expression =>
            Text(expression["type"]) is null or "Literal" or "Object" or "Json" && (expression["value"] is null or JsonArray { Count: 0 } || (expression["value"] is JsonValue value && string.IsNullOrWhiteSpace(Text(value)))),
        JsonObject { } input => input["expression"] is null,
        JsonValue value => string.IsNullOrWhiteSpace(Text(value)),
        _ => false,
    };

    private static void Visit(JsonNode? root, Action<JsonObject> act)
    {
        var open = new Stack<JsonNode>();
        if (root is not null)
        {
            open.Push(root);
        }

        while (open.TryPop(out var node))
        {
            if (node is JsonObject json && IsLadder(json))
            {
                act(json);
            }

            foreach (var child in node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
            {
                if (child is JsonObject or JsonArray)
                {
                    open.Push(child);
                }
            }
        }
    }

    private static bool TryFixed(JsonObject activity, out JsonNode? value)
    {
        value = null;
        if (activity["rungs"] is not JsonObject input)
        {
            value = activity["rungs"];
            return value is not null;
        }

        if (input["expression"] is not JsonObject expression || Text(expression["type"]) is not (null or "Literal" or "Object" or "Json"))
        {
            return false;
        }

        value = expression["value"];
        return value is not null;
    }

    private static string When(int offset, LadderUnit unit)
    {
        var length = Math.Abs(offset).ToString(CultureInfo.InvariantCulture) + (unit == LadderUnit.Minutes ? "分钟" : "日");
        return offset switch { < 0 => "前" + length, 0 => "届满", _ => "后" + length };
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
