using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Hosting;

/// <summary>Values between .NET and scripts; <see cref="ScriptValue"/> documents the rules.</summary>
internal static class Exchange
{
    public static JsValue FromHost(Evaluation evaluation, object? value, string name, HostedVariable? origin)
    {
        switch (value)
        {
            case null: return JsValue.Null;
            case ScriptUndefined: return default;
            case string text: return text;
            case bool truth: return truth;
            case int number: return number;
            case long number: return number;
            case double number: return number;
            case float number: return Widened(number);
            case decimal number: return (double)number;
            case byte or sbyte or short or ushort or uint or ulong: return Convert.ToDouble(value, CultureInfo.InvariantCulture);
            case char character: return character.ToString();
            case Enum code: return code.ToString();
            case Guid id: return id.ToString();
            case TimeSpan span: return span.ToString("c", CultureInfo.InvariantCulture);
            case DateOnly date: return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            case TimeOnly time: return time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            case DateTimeOffset moment: return Date(evaluation, moment, origin);
            case DateTime moment: return Date(evaluation, Moment(evaluation, moment), origin);
            case byte[] bytes:
                evaluation.Charge(bytes.Length);
                return new JsBytes(bytes);
            case HostFunction function: return Function(evaluation, name, function);
            case ScriptValue script: return FromHost(evaluation, script.ToObject(), name, origin);
            case JsonElement element: return FromElement(evaluation, element, origin);
            case JsonValue node: return FromElement(evaluation, JsonSerializer.SerializeToElement(node), origin);
            case JsonDocument document: return FromElement(evaluation, document.RootElement, origin);
            default: return FromComposite(evaluation, value, origin);
        }
    }

    public static object? ToHost(Evaluation evaluation, JsValue value)
    {
        if (value.IsNumber)
        {
            // Whole numbers that a double holds exactly become integers, as the engine's own variables are.
            return double.IsInteger(value.Num) && Math.Abs(value.Num) <= 9007199254740991 && !(value.Num == 0 && double.IsNegative(value.Num))
                ? (object)(long)value.Num
                : value.Num;
        }

        if (value.IsString)
        {
            return value.Text;
        }

        if (value.IsBoolean)
        {
            return value.IsTrue;
        }

        return value.IsNull ? null : value.AsObject is { } found ? ToHost(evaluation, found) : ScriptUndefined.Value;
    }

    private static object? ToHost(Evaluation evaluation, JsObject value)
    {
        evaluation.EnterNesting();
        evaluation.Step();
        object? result;
        switch (value)
        {
            case JsFunction:
                result = ScriptUndefined.Value;
                break;
            case JsBytes bytes:
                result = bytes.Content;
                break;
            case JsDate date:
                result = double.IsNaN(date.Time) || Math.Abs(date.Time) > 62_135_596_800_000 ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)date.Time);
                break;
            case JsRegExp:
                result = Conversions.ToText(evaluation, value);
                break;
            case JsArray array:
                evaluation.ChargeElements(array.Count);
                var list = new List<object?>(array.Count);
                for (var i = 0; i < array.Count; i++)
                {
                    list.Add(Defined(ToHost(evaluation, array.At(i))));
                }

                result = list;
                break;
            case JsSet set:
                var members = new List<object?>();
                for (var at = 0; set.Entries.Next(ref at, out var key, out _);)
                {
                    members.Add(Defined(ToHost(evaluation, key)));
                }

                result = members;
                break;
            case JsMap map:
                var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
                for (var at = 0; map.Entries.Next(ref at, out var key, out var item);)
                {
                    entries[Conversions.ToText(evaluation, key)] = Defined(ToHost(evaluation, item));
                }

                result = entries;
                break;
            default:
                result = Properties(evaluation, value);
                break;
        }

        evaluation.LeaveNesting();
        return result;
    }

    private static Dictionary<string, object?> Properties(Evaluation evaluation, JsObject value)
    {
        var keys = value.Keys(evaluation);
        if (value is JsError)
        {
            keys.InsertRange(0, ["name", "message"]);
        }

        evaluation.Charge(64 + (keys.Count * 48L));
        var result = new Dictionary<string, object?>(keys.Count, StringComparer.Ordinal);
        foreach (var key in keys)
        {
            var item = ToHost(evaluation, value.Get(evaluation, key));
            if (item is not ScriptUndefined)
            {
                result[key] = item;
            }
        }

        return result;
    }

    private static object? Defined(object? value) => value is ScriptUndefined ? null : value;

    private static JsValue FromComposite(Evaluation evaluation, object value, HostedVariable? origin)
    {
        evaluation.EnterNesting();
        JsObject result;
        switch (value)
        {
            case JsonObject members:
                result = FromPairs(evaluation, members.Select(static m => KeyValuePair.Create(m.Key, (object?)m.Value)), origin);
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                result = FromPairs(evaluation, pairs, origin);
                break;
            case IDictionary dictionary:
                result = FromPairs(evaluation, dictionary.Cast<DictionaryEntry>().Select(static e => KeyValuePair.Create(Convert.ToString(e.Key, CultureInfo.InvariantCulture) ?? "", e.Value)), origin);
                break;
            case IEnumerable items:
                evaluation.ChargeElements(0);
                var array = new JsArray();
                foreach (var item in items)
                {
                    array.Add(evaluation, FromHost(evaluation, item, "", origin));
                }

                result = array;
                result.Origin = origin;
                break;
            default:
                // Anything else comes in as its JSON: what the engine would store is what a script sees.
                var shown = FromElement(evaluation, Serialized(evaluation, value), origin);
                evaluation.LeaveNesting();
                return shown;
        }

        evaluation.LeaveNesting();
        return result;
    }

    private static JsonElement Serialized(Evaluation evaluation, object value)
    {
        try
        {
            return JsonSerializer.SerializeToElement(value, value.GetType());
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw evaluation.Throw("Error", error.Message, $"类型 {value.GetType().Name} 的值不能交给脚本。");
        }
    }

    private static JsObject FromPairs(Evaluation evaluation, IEnumerable<KeyValuePair<string, object?>> pairs, HostedVariable? origin)
    {
        evaluation.Charge(96);
        var result = new JsObject();
        foreach (var (key, item) in pairs)
        {
            evaluation.Charge(56);
            result.Define(key, FromHost(evaluation, item, key, origin));
        }

        result.Origin = origin;
        return result;
    }

    private static JsValue FromElement(Evaluation evaluation, JsonElement element, HostedVariable? origin)
    {
        evaluation.Step();
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                evaluation.EnterNesting();
                evaluation.Charge(96);
                var result = new JsObject { Origin = origin };
                foreach (var property in element.EnumerateObject())
                {
                    evaluation.Charge(56);
                    result.Define(property.Name, FromElement(evaluation, property.Value, origin));
                }

                evaluation.LeaveNesting();
                return result;
            case JsonValueKind.Array:
                evaluation.EnterNesting();
                evaluation.ChargeElements(element.GetArrayLength());
                var array = new JsArray(element.GetArrayLength());
                foreach (var item in element.EnumerateArray())
                {
                    array.Add(evaluation, FromElement(evaluation, item, origin));
                }

                array.Origin = origin;
                evaluation.LeaveNesting();
                return array;
            case JsonValueKind.String:
                var text = element.GetString()!;
                evaluation.ChargeText(text.Length);
                return text;
            case JsonValueKind.Number: return element.GetDouble();
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.Undefined: return default;
            default: return JsValue.Null;
        }
    }

    private static JsDate Date(Evaluation evaluation, DateTimeOffset moment, HostedVariable? origin)
    {
        evaluation.Charge(96);
        return new JsDate(moment.ToUnixTimeMilliseconds()) { Origin = origin };
    }

    private static DateTimeOffset Moment(Evaluation evaluation, DateTime moment) => moment.Kind == DateTimeKind.Unspecified
        ? new DateTimeOffset(moment, evaluation.Environment.TimeZone.GetUtcOffset(moment))
        : new DateTimeOffset(moment.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>0.1f means a tenth, not the double nearest to the float.</summary>
    private static double Widened(float number) => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static NativeFunction Function(Evaluation evaluation, string name, HostFunction function)
    {
        evaluation.Charge(128);
        return new NativeFunction(name, 0, (e, _, arguments) =>
        {
            var given = new object?[arguments.Length];
            for (var i = 0; i < given.Length; i++)
            {
                given[i] = ToHost(e, arguments[i]);
            }

            try
            {
                return FromHost(e, function(given), name, null);
            }
            catch (Exception error) when (error is not (ScriptException or OperationCanceledException))
            {
                throw e.Throw("Error", error.Message, $"{name} 执行失败：{error.Message}");
            }
        });
    }
}
