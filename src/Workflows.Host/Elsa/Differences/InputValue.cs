using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;

namespace Workflows.Host.Elsa.Differences;

/// <summary>
/// What an input holds, in the one form that all ways of writing the same share: Studio writes numbers and flags as text and lists as JSON text,
/// files write them as they are, and an input that is left out has its default.
/// </summary>
/// <param name="Syntax"><c>Literal</c>, <c>Object</c>, <c>JavaScript</c>, <c>Variable</c> and so on; <c>Output</c> for what is written to a variable.</param>
/// <param name="Text">Its content; empty for none.</param>
internal sealed record InputValue(string Syntax, string Text)
{
    /// <summary>No value.</summary>
    public static readonly InputValue None = new("Literal", "");

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether it is a fixed value rather than something computed.</summary>
    public bool IsFixed => Syntax is "Literal" or "Object";

    /// <summary>Reads a member of an activity.</summary>
    /// <param name="node">The member; null where it is left out.</param>
    /// <param name="descriptor">The input it belongs to, or null.</param>
    public static InputValue Read(JsonNode? node, InputDescriptor? descriptor)
    {
        var value = node switch
        {
            JsonObject wrapped when wrapped["expression"] is JsonObject expression => OfExpression(Diagram.Text(expression["type"]) ?? "Literal", expression["value"]),
            JsonObject wrapped when wrapped["memoryReference"] is JsonObject reference => new InputValue("Output", Diagram.Text(reference["id"]) ?? ""),
            JsonObject wrapped when wrapped.ContainsKey("expression") || wrapped.ContainsKey("memoryReference") => None,
            _ => OfExpression("Literal", node),
        };
        return value == None && descriptor?.DefaultValue is { } otherwise ? OfExpression("Literal", otherwise) : value;
    }

    /// <summary>The value as JSON where it is fixed; null otherwise.</summary>
    public JsonNode? ToJson() => Syntax switch { "Object" => Parse(Text), "Literal" => JsonValue.Create(Text), _ => null };

    private static InputValue OfExpression(string syntax, JsonNode? value)
    {
        if (syntax == "Variable")
            return new InputValue(syntax, Diagram.Text((value as JsonObject)?["id"]) ?? (Parse(Diagram.Text(value)) as JsonObject)?["id"]?.ToString() ?? Diagram.Text(value) ?? "");
        if (syntax is not ("Literal" or "Object"))
            return new InputValue(syntax, Diagram.Text(value)?.ReplaceLineEndings("\n").Trim() ?? value?.ToJsonString(Compact) ?? "");
        var text = Diagram.Text(value);
        var content = text is null ? value : Parse(text);
        if (content is JsonArray { Count: 0 } or JsonObject { Count: 0 })
            return None;
        if (content is JsonArray or JsonObject)
            return new InputValue("Object", content.ToJsonString(Compact));
        return new InputValue("Literal", text is null ? value?.ToJsonString(Compact) ?? "" : bool.TryParse(text, out var flag) ? flag ? "true" : "false" : text);
    }

    private static JsonNode? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.TrimStart()[0] is not ('[' or '{'))
            return null;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
