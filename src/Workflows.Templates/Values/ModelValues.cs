using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workflows.Templates.Values;

/// <summary>Turns values of the host into values of the language.</summary>
internal static class ModelValues
{
    private const int MaximumDepth = 64;

    public static object? Import(object? value, bool frozen) => Import(value, frozen, 0);

    private static object? Import(object? value, bool frozen, int depth)
    {
        if (depth > MaximumDepth) throw new ArgumentException($"模板的数据嵌套超过 {MaximumDepth} 层");
        return value switch
        {
            null or string or int or long or double or decimal or float or BigInteger or DateTime or TimeSpan => value,
            ScriptObject or ScriptArray or ScriptRange or ScriptFunction or EmptyValue or TrustedMarkup => value,
            bool b => Boxed.Bool(b),
            JsonElement json => FromJson(json, frozen, depth),
            JsonNode node => FromJson(JsonSerializer.SerializeToElement(node), frozen, depth),
            char c => c.ToString(),
            byte or sbyte or short or ushort => Convert.ToInt32(value, CultureInfo.InvariantCulture),
            uint or ulong => FromUnsigned(Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
            DateOnly date => date.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset moment => moment.DateTime,
            Guid guid => guid.ToString("D"),
            Uri uri => uri.ToString(),
            Enum name => name.ToString(),
            IReadOnlyDictionary<string, object?> fields => FromFields(fields, frozen, depth),
            IDictionary fields => FromFields(fields.Keys.Cast<object>().Select(k => KeyValuePair.Create(k.ToString()!, fields[k])), frozen, depth),
            IEnumerable items => FromItems(items.Cast<object?>(), frozen, depth),
            _ => throw new ArgumentException($"模板不能使用 {value.GetType().Name} 类型的值"),
        };
    }

    private static object FromUnsigned(ulong value) => value <= int.MaxValue ? (int)value : value <= long.MaxValue ? (long)value : (BigInteger)value;

    private static ScriptObject FromFields(IEnumerable<KeyValuePair<string, object?>> fields, bool frozen, int depth)
    {
        var result = new ScriptObject();
        foreach (var (key, value) in fields) result.Set(key, Import(value, frozen, depth + 1));
        if (frozen) result.Freeze();
        return result;
    }

    private static ScriptArray FromItems(IEnumerable<object?> items, bool frozen, int depth)
    {
        var result = new ScriptArray();
        foreach (var item in items) result.Add(Import(item, frozen, depth + 1));
        if (frozen) result.Freeze();
        return result;
    }

    private static object? FromJson(JsonElement json, bool frozen, int depth)
    {
        if (depth > MaximumDepth) throw new ArgumentException($"模板的数据嵌套超过 {MaximumDepth} 层");
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var result = new ScriptObject();
                foreach (var property in json.EnumerateObject()) result.Set(property.Name, FromJson(property.Value, frozen, depth + 1));
                if (frozen) result.Freeze();
                return result;
            case JsonValueKind.Array:
                var array = new ScriptArray(json.GetArrayLength());
                foreach (var item in json.EnumerateArray()) array.Add(FromJson(item, frozen, depth + 1));
                if (frozen) array.Freeze();
                return array;
            case JsonValueKind.String: return json.GetString();
            case JsonValueKind.True: return Boxed.True;
            case JsonValueKind.False: return Boxed.False;
            case JsonValueKind.Number: return json.TryGetInt32(out var i) ? Boxed.Int(i) : json.TryGetInt64(out var l) ? l : json.GetDouble();
            default: return null;
        }
    }
}
