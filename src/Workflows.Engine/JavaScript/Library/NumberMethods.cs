using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>Number</c>, <c>Boolean</c>, and what numbers and booleans can do.</summary>
internal static class NumberMethods
{
    public static readonly MethodTable Table = new MethodTable(ObjectMethods.Table)
        .Add("toString", 1, ToRadix)
        .Add("toLocaleString", 0, static (e, self, a) => Localization.Number(e, This(e, self), a.At(0), a.At(1)))
        .Add("valueOf", 0, static (e, self, _) => This(e, self))
        .Add("toFixed", 1, static (e, self, a) => NumberText.Fixed(This(e, self), (int)Between(e, a.At(0), 0, 100, "toFixed() digits")))
        .Add("toPrecision", 1, static (e, self, a) => a.At(0).IsUndefined || !double.IsFinite(This(e, self))
            ? NumberText.Shortest(This(e, self))
            : NumberText.Precision(This(e, self), (int)Between(e, a.At(0), 1, 100, "toPrecision()")))
        .Add("toExponential", 1, static (e, self, a) => double.IsFinite(This(e, self))
            ? NumberText.Exponential(This(e, self), a.At(0).IsUndefined ? null : (int)Between(e, a.At(0), 0, 100, "toExponential()"))
            : NumberText.Shortest(This(e, self)));

    public static readonly MethodTable BooleanTable = new MethodTable(ObjectMethods.Table)
        .Add("toString", 0, static (e, self, _) => Conversions.ToText(e, self))
        .Add("valueOf", 0, static (_, self, _) => self);

    public static readonly Constructor Type = new Constructor(
        "Number",
        1,
        static (e, _, a) => a.Length == 0 ? 0 : Conversions.ToNumber(e, a[0]),
        static (e, _, _) => throw e.TypeError("Number is not a constructor"),
        static _ => false,
        new MethodTable()
            .Add("isInteger", 1, static (_, _, a) => a.At(0).IsNumber && double.IsInteger(a[0].Num))
            .Add("isSafeInteger", 1, static (_, _, a) => a.At(0).IsNumber && double.IsInteger(a[0].Num) && Math.Abs(a[0].Num) <= 9007199254740991)
            .Add("isFinite", 1, static (_, _, a) => a.At(0).IsNumber && double.IsFinite(a[0].Num))
            .Add("isNaN", 1, static (_, _, a) => a.At(0).IsNumber && double.IsNaN(a[0].Num)))
        .With("MAX_SAFE_INTEGER", 9007199254740991.0)
        .With("MIN_SAFE_INTEGER", -9007199254740991.0)
        .With("MAX_VALUE", double.MaxValue)
        .With("MIN_VALUE", double.Epsilon)
        .With("EPSILON", Math.Pow(2, -52))
        .With("POSITIVE_INFINITY", double.PositiveInfinity)
        .With("NEGATIVE_INFINITY", double.NegativeInfinity)
        .With("NaN", double.NaN)
        .With("parseFloat", GlobalFunctions.ParseFloat)
        .With("parseInt", GlobalFunctions.ParseInt);

    public static readonly Constructor BooleanType = new(
        "Boolean",
        1,
        static (_, _, a) => Conversions.ToBoolean(a.At(0)),
        static (e, _, _) => throw e.TypeError("Boolean is not a constructor"),
        static _ => false);

    private static double This(Evaluation evaluation, JsValue self) => self.IsNumber
        ? self.Num
        : throw evaluation.TypeError("Number.prototype.valueOf requires that 'this' be a Number", "该方法只能用于数字。");

    private static double Between(Evaluation evaluation, JsValue value, int low, int high, string what)
    {
        var number = Conversions.ToInteger(evaluation, value);
        return number >= low && number <= high
            ? number
            : throw evaluation.RangeError($"{what} argument must be between {low} and {high}", $"位数应在 {low} 到 {high} 之间。");
    }

    private static JsValue ToRadix(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        var number = This(evaluation, self);
        var radix = arguments.At(0).IsUndefined ? 10 : Conversions.ToInteger(evaluation, arguments[0]);
        return radix is >= 2 and <= 36
            ? NumberText.Radix(number, (int)radix)
            : throw evaluation.RangeError("toString() radix argument must be between 2 and 36", "进制应在 2 到 36 之间。");
    }
}
