using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Workflows.Engine.Expressions;

/// <summary>
/// Converts values between expressions, variables and inputs as Elsa does: what cannot be converted becomes the default of the type.
/// Inside the engine a value is null, text, a truth value, a number, a time, or a <see cref="JsonNode"/> for arrays and objects;
/// types of activities are read from and written to JSON where needed.
/// </summary>
public static class ValueConversion
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
        MaxDepth = 64,
    };

    /// <summary>Converts; the default of <paramref name="target"/> where it cannot.</summary>
    public static object? To(object? value, Type target) => TryTo(value, target, out var result) ? result : DefaultOf(target);

    /// <summary>Converts to <typeparamref name="T"/>; its default where it cannot.</summary>
    public static T? To<T>(object? value) => value is T same ? same : To(value, typeof(T)) is T converted ? converted : default;

    /// <summary>Converts where it can.</summary>
    public static bool TryTo(object? value, Type target, out object? result)
    {
        result = null;
        if (value is null)
        {
            result = DefaultOf(target);
            return true;
        }

        if (target.IsInstanceOfType(value))
        {
            result = value;
            return true;
        }

        target = Nullable.GetUnderlyingType(target) ?? target;
        if (value is JsonElement element)
            return TryTo(FromJson(JsonNode.Parse(element.GetRawText())), target, out result);
        if (value is JsonValue scalar && !target.IsAssignableTo(typeof(JsonNode)))
            return TryTo(FromJson(scalar), target, out result);
        try
        {
            return TryScalar(value, target, out result) || TryStructured(value, target, out result);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The value of a JSON node: text, truth value, number (<see cref="int"/>, <see cref="long"/>, <see cref="decimal"/> or <see cref="double"/>), or the node itself.</summary>
    public static object? FromJson(JsonNode? node)
    {
        if (node is not JsonValue value)
            return node;
        switch (value.GetValueKind())
        {
            case JsonValueKind.String: return value.TryGetValue(out string? text) ? text : value.ToString();
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.Null: return null;
            default:
                if (value.TryGetValue(out int i))
                    return i;
                if (value.TryGetValue(out long l))
                    return l;
                if (value.TryGetValue(out double d))
                    return d;
                // A node made from another CLR number gives only that type back; a structured one cannot be a scalar.
                return value.TryGetValue(out decimal m) ? m
                    : double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out d) ? d : value.ToJsonString();
        }
    }

    /// <summary>A JSON node with the value; a node that stands elsewhere is copied.</summary>
    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        decimal number => JsonValue.Create(number),
        DateTimeOffset time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
        TimeSpan span => JsonValue.Create(span.ToString("c", CultureInfo.InvariantCulture)),
        Enum e => JsonValue.Create(e.ToString()),
        Type type => JsonValue.Create(type.FullName),
        Uri uri => JsonValue.Create(uri.OriginalString),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), Json),
    };

    /// <summary>As <see cref="ToJson"/>, but null for what JSON cannot hold.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an activity puts into an output must not stop its workflow.")]
    public static JsonNode? ToJsonOrNull(object? value)
    {
        try
        {
            return ToJson(value);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Scalars out of their JSON node; everything else as it is.</summary>
    internal static object? FromNode(object? value) => value is JsonValue scalar ? FromJson(scalar) : value;

    /// <summary>Builds the lazy parts of parsed JSON, so that many threads may read it.</summary>
    internal static void Materialize(JsonNode node)
    {
        var children = node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] };
        foreach (var child in children)
        {
            if (child is not null)
                Materialize(child);
        }
    }

    internal static object? DefaultOf(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;

    private static bool TryScalar(object value, Type target, out object? result)
    {
        result = null;
        if (target == typeof(object))
            result = value;
        else if (target == typeof(string))
            result = TextOf(value);
        else if (target == typeof(bool))
            result = value is string text ? bool.Parse(text.Trim()) : value is not JsonNode && Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0;
        else if (target.IsEnum)
            result = value is string name ? Enum.Parse(target, name.Trim(), ignoreCase: true) : Enum.ToObject(target, Convert.ToInt64(value, CultureInfo.InvariantCulture));
        else if (target.IsPrimitive || target == typeof(decimal))
            result = ToNumber(value, target);
        else if (target == typeof(DateTimeOffset))
            result = value is DateTime time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : DateTimeOffset.Parse(TextOf(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        else if (target == typeof(DateTime))
            result = value is DateTimeOffset offset ? offset.UtcDateTime : DateTime.Parse(TextOf(value), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
        else if (target == typeof(DateOnly))
            result = value is DateTimeOffset day ? DateOnly.FromDateTime(day.DateTime) : DateOnly.Parse(TextOf(value), CultureInfo.InvariantCulture);
        else if (target == typeof(TimeOnly))
            result = TimeOnly.Parse(TextOf(value), CultureInfo.InvariantCulture);
        else if (target == typeof(TimeSpan))
            result = ToTimeSpan(value);
        else if (target == typeof(Guid))
            result = Guid.Parse(TextOf(value));
        else if (target == typeof(Uri))
            result = new Uri(TextOf(value), UriKind.RelativeOrAbsolute);
        else if (target == typeof(byte[]) && value is string base64)
            result = Convert.FromBase64String(base64);
        return result is not null;
    }

    private static object ToNumber(object value, Type target)
    {
        if (value is not string text)
            return Convert.ChangeType(value is DateTimeOffset time ? time.ToUnixTimeMilliseconds() : value, target, CultureInfo.InvariantCulture);
        text = text.Trim();
        if (target == typeof(double) || target == typeof(float))
            return Convert.ChangeType(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), target, CultureInfo.InvariantCulture);
        return Convert.ChangeType(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), target, CultureInfo.InvariantCulture);
    }

    private static TimeSpan ToTimeSpan(object value)
    {
        var text = TextOf(value).Trim();
        // Elsa's own form is hh:mm:ss; people also write ISO 8601 durations.
        return text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal)
            ? System.Xml.XmlConvert.ToTimeSpan(text)
            : TimeSpan.Parse(text, CultureInfo.InvariantCulture);
    }

    private static bool TryStructured(object value, Type target, out object? result)
    {
        result = null;
        var node = value switch
        {
            string text when LooksLikeJson(text) => JsonNode.Parse(text),
            string text when target == typeof(JsonNode) => JsonValue.Create(text),
            string => null,
            JsonNode same => same,
            _ => ToJson(value),
        };
        if (node is null)
            return false;
        if (target.IsAssignableTo(typeof(JsonNode)))
        {
            result = target.IsInstanceOfType(node) ? node : null;
            return result is not null;
        }

        if (ItemTypeOf(target) is { } item && node is JsonArray array)
        {
            var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
            foreach (var entry in array)
                list.Add(To(FromJson(entry), item));
            result = list;
            if (target.IsArray)
            {
                var copy = Array.CreateInstance(item, list.Count);
                list.CopyTo(copy, 0);
                result = copy;
            }

            return true;
        }

        if (node is JsonObject o && ValueTypeOf(target) is { } valueType)
        {
            var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), valueType))!;
            foreach (var (name, entry) in o)
                map[name] = To(FromJson(entry), valueType);
            result = map;
            return true;
        }

        if (target.IsInterface || target.IsAbstract)
            return false;
        result = node.Deserialize(target, Json);
        return result is not null;
    }

    private static Type? ItemTypeOf(Type target)
    {
        if (target.IsArray)
            return target.GetElementType();
        if (target == typeof(IEnumerable) || target == typeof(ICollection) || target == typeof(IList))
            return typeof(object);
        return target.IsGenericType && target.GetGenericArguments() is [var item] && target.IsAssignableFrom(typeof(List<>).MakeGenericType(item)) ? item : null;
    }

    private static Type? ValueTypeOf(Type target) =>
        target.IsGenericType && target.GetGenericArguments() is [var key, var value] && key == typeof(string)
        && target.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(key, value)) ? value : null;

    private static bool LooksLikeJson(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        return trimmed.Length > 0 && trimmed[0] is '{' or '[';
    }

    private static string TextOf(object value) => value switch
    {
        string text => text,
        JsonValue scalar => FromJson(scalar) is { } inner and not JsonNode ? TextOf(inner) : scalar.ToJsonString(),
        JsonNode node => node.ToJsonString(),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => ToJson(value)?.ToJsonString() ?? "",
        _ => value.ToString() ?? "",
    };
}
