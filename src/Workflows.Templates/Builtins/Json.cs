using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Workflows.Templates.Evaluation;
using Workflows.Templates.Values;

namespace Workflows.Templates.Builtins;

/// <summary><c>object.from_json</c> and <c>object.to_json</c>.</summary>
internal static class Json
{
    public static object? Read(BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        call.Context.Charge(call.Site, 16L * text.Length);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 60 });
            return ModelValues.Import(document.RootElement, frozen: false);
        }
        catch (JsonException)
        {
            throw call.Error("不是有效的 JSON");
        }
    }

    public static object? Write(BuiltinCall call)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteValue(call, writer, call[0], 0);
        call.CheckText(buffer.WrittenCount);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteValue(BuiltinCall call, Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > call.Context.Limits.ValueDepth) throw call.Site.Limit("值嵌套太深，或者包含它自己");
        if (writer.BytesCommitted + writer.BytesPending > call.Context.Limits.StringLength) throw call.Site.Limit($"字符串长度超过上限 {call.Context.Limits.StringLength}");
        call.Context.Step(call.Site);
        switch (value)
        {
            case null or ScriptFunction: writer.WriteNullValue(); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case int i: writer.WriteNumberValue(i); break;
            case long l: writer.WriteNumberValue(l); break;
            case decimal m: writer.WriteNumberValue(m); break;
            case float f when float.IsFinite(f): writer.WriteNumberValue(f); break;
            case double d when double.IsFinite(d): writer.WriteNumberValue(d); break;
            case BigInteger big: writer.WriteRawValue(big.ToString(CultureInfo.InvariantCulture)); break;
            case DateTime date: writer.WriteStringValue(date); break;
            case ScriptObject o:
                writer.WriteStartObject();
                foreach (var (key, member) in o)
                {
                    writer.WritePropertyName(key);
                    WriteValue(call, writer, member, depth + 1);
                }
                writer.WriteEndObject();
                break;
            case ScriptArray or ScriptRange:
                writer.WriteStartArray();
                foreach (var item in (IEnumerable<object?>)value) WriteValue(call, writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            default: writer.WriteStringValue(ValueText.Of(call.Context, call.Site, value)); break;
        }
    }
}
