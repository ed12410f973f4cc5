using System.Runtime.CompilerServices;

namespace Workflows.Engine.JavaScript.Values;

/// <summary>The standard's conversions between types (ECMA-262, section 7.1).</summary>
internal static class Conversions
{
    public static bool ToBoolean(JsValue value)
    {
        if (value.IsBoolean)
        {
            return value.Num != 0;
        }

        if (value.IsNumber)
        {
            return value.Num != 0 && !double.IsNaN(value.Num);
        }

        return value.IsString ? value.TextLength > 0 : value.IsObject;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToNumber(Evaluation evaluation, JsValue value) => value.IsNumber ? value.Num : ToNumberSlowly(evaluation, value);

    public static string ToText(Evaluation evaluation, JsValue value)
    {
        if (value.IsString)
        {
            return value.Text;
        }

        if (value.IsNumber)
        {
            return NumberText.Shortest(value.Num);
        }

        if (value.IsBoolean)
        {
            return value.IsTrue ? "true" : "false";
        }

        if (value.IsObject)
        {
            return ToText(evaluation, ToPrimitive(evaluation, value, preferText: true));
        }

        return value.IsNull ? "null" : "undefined";
    }

    public static string ToKey(Evaluation evaluation, JsValue value) => ToText(evaluation, value);

    public static JsValue ToPrimitive(Evaluation evaluation, JsValue value, bool preferText)
    {
        if (value.AsObject is not { } target)
        {
            return value;
        }

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var name = preferText == (attempt == 0) ? "toString" : "valueOf";
            if (target.Get(evaluation, name).AsFunction is { } method)
            {
                evaluation.EnterCall();
                var result = method.Call(evaluation, value, []);
                evaluation.LeaveCall();
                if (!result.IsObject)
                {
                    return result;
                }
            }
        }

        throw evaluation.TypeError("Cannot convert object to primitive value", "对象不能转换为字符串或数字。");
    }

    /// <summary>The conversion of <c>+</c> and <c>==</c>: dates prefer text, all else numbers.</summary>
    public static JsValue ToPrimitive(Evaluation evaluation, JsValue value) => ToPrimitive(evaluation, value, value.Ref is JsDate);

    /// <summary>Whole part; NaN becomes 0; infinities stay.</summary>
    public static double ToInteger(Evaluation evaluation, JsValue value)
    {
        var number = ToNumber(evaluation, value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number) + 0.0;
    }

    /// <summary>A place counted from the end where negative, clamped to the length; <paramref name="missing"/> where undefined.</summary>
    public static int ToPlace(Evaluation evaluation, JsValue value, int length, int missing)
    {
        if (value.IsUndefined)
        {
            return missing;
        }

        var number = ToInteger(evaluation, value);
        return (int)(number < 0 ? Math.Max(0, length + number) : Math.Min(number, length));
    }

    public static int ToInt32(Evaluation evaluation, JsValue value) => ToInt32(ToNumber(evaluation, value));

    public static uint ToUint32(Evaluation evaluation, JsValue value) => (uint)ToInt32(ToNumber(evaluation, value));

    public static int ToInt32(double number)
    {
        var quick = (int)number;
        if (quick == number)
        {
            return quick;
        }

        if (double.IsNaN(number) || double.IsInfinity(number))
        {
            return 0;
        }

        var rest = Math.Truncate(number) % 4294967296.0;
        return (int)(uint)(long)(rest < 0 ? rest + 4294967296.0 : rest);
    }

    public static JsObject ToObject(Evaluation evaluation, JsValue value, string what) =>
        value.AsObject ?? throw evaluation.TypeError($"{what} called on non-object", $"{what} 需要一个对象。");

    private static double ToNumberSlowly(Evaluation evaluation, JsValue value)
    {
        if (value.IsString)
        {
            return NumberText.Parse(value.Text);
        }

        if (value.IsUndefined)
        {
            return double.NaN;
        }

        return value.IsObject ? ToNumber(evaluation, ToPrimitive(evaluation, value, preferText: false)) : value.Num;
    }
}
