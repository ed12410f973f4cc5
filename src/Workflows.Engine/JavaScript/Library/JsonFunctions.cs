using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>JSON</c>.</summary>
internal static class JsonFunctions
{
    public static readonly JsObject Instance = StandardLibrary.Namespace("JSON", new MethodTable()
        .Add("parse", 2, Parse)
        .Add("stringify", 3, static (e, _, a) => Write(e, a.At(0), a.At(1), a.At(2)) is { } text ? text : default(JsValue)));

    /// <summary>The JSON text of a value, or null where it has none (<c>undefined</c>, functions).</summary>
    public static string? Write(Evaluation evaluation, JsValue value, JsValue replacer = default, JsValue indent = default)
    {
        var gap = indent.IsNumber
            ? new string(' ', (int)Math.Clamp(Conversions.ToInteger(evaluation, indent), 0, 10))
            : indent.IsString ? indent.Text[..Math.Min(10, indent.TextLength)] : "";
        HashSet<string>? only = null;
        if (replacer.AsArray is { } list)
        {
            only = new HashSet<string>(StringComparer.Ordinal);
            foreach (var key in list.Items)
            {
                if (key.IsString || key.IsNumber)
                {
                    only.Add(Conversions.ToText(evaluation, key));
                }
            }
        }

        return new JsonWriter(evaluation, replacer.AsFunction, only, gap).Write(value);
    }

    private static JsValue Parse(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var text = Conversions.ToText(evaluation, arguments.At(0));
        var reviver = arguments.At(1).AsFunction;
        evaluation.Steps(text.Length / 16);
        var value = new JsonReader(evaluation, text).Read();
        if (reviver is null)
        {
            return value;
        }

        var root = new JsObject();
        root.Define("", value);
        return Revive(evaluation, reviver, root, "");
    }

    private static JsValue Revive(Evaluation evaluation, JsFunction reviver, JsObject holder, string key)
    {
        evaluation.EnterNesting();
        if (holder.Get(evaluation, key).AsObject is { } inner)
        {
            foreach (var name in inner.Keys(evaluation))
            {
                var revived = Revive(evaluation, reviver, inner, name);
                if (revived.IsUndefined)
                {
                    inner.Delete(evaluation, name);
                }
                else
                {
                    inner.Set(evaluation, name, revived);
                }
            }
        }

        evaluation.LeaveNesting();
        return evaluation.Call(reviver, holder, key, holder.Get(evaluation, key));
    }
}
