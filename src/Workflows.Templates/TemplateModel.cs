using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Templates.Values;

namespace Workflows.Templates;

/// <summary>
/// The data of a rendering: named values that a template reads as variables. Immutable and safe to share; what a template assigns stays in its rendering.
/// </summary>
public sealed class TemplateModel
{
    private readonly ScriptObject _root;

    private TemplateModel(ScriptObject root) => _root = root;

    /// <summary>A model without fields.</summary>
    public static TemplateModel Empty { get; } = new(Frozen(new ScriptObject()));

    /// <summary>The fields of a JSON object. Whole numbers become integers, others doubles; dates stay text.</summary>
    /// <exception cref="ArgumentException">The element is not an object.</exception>
    public static TemplateModel From(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? new TemplateModel((ScriptObject)ModelValues.Import(element, frozen: true)!)
            : throw new ArgumentException("模板的数据必须是一个 JSON 对象", nameof(element));

    /// <summary>The fields of a JSON object.</summary>
    public static TemplateModel From(JsonObject json) => From(JsonSerializer.SerializeToElement(json));

    /// <summary>
    /// The entries of a dictionary. Values may be null, text, numbers, booleans, dates, time spans, <see cref="TrustedMarkup"/>,
    /// JSON, dictionaries with text keys, and sequences of these.
    /// </summary>
    /// <exception cref="ArgumentException">A value is of another type.</exception>
    public static TemplateModel From(IReadOnlyDictionary<string, object?> fields) =>
        new((ScriptObject)ModelValues.Import(fields, frozen: true)!);

    internal ScriptObject NewRoot() => _root.Thaw();

    private static ScriptObject Frozen(ScriptObject value)
    {
        value.Freeze();
        return value;
    }
}
