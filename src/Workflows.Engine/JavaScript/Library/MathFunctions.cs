using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Library;

/// <summary><c>Math</c>.</summary>
internal static class MathFunctions
{
    private static readonly MethodTable Functions = Make();

    public static readonly JsObject Instance = StandardLibrary.Namespace(
        "Math",
        Functions,
        ("PI", Math.PI),
        ("E", Math.E),
        ("LN2", 0.6931471805599453),
        ("LN10", 2.302585092994046),
        ("LOG2E", 1.4426950408889634),
        ("LOG10E", 0.4342944819032518),
        ("SQRT2", 1.4142135623730951),
        ("SQRT1_2", 0.7071067811865476));

    private static MethodTable Make()
    {
        var table = new MethodTable();
        void One(string name, Func<double, double> function) => table.Add(name, 1, (e, _, a) => function(Conversions.ToNumber(e, a.At(0))));
        One("abs", Math.Abs);
        One("ceil", Math.Ceiling);
        One("floor", Math.Floor);
        One("trunc", Math.Truncate);
        One("round", Round);
        One("sign", static x => double.IsNaN(x) || x == 0 ? x : Math.Sign(x));
        One("sqrt", Math.Sqrt);
        One("cbrt", static x => Math.Round(Math.Cbrt(x)) is var whole && whole * whole * whole == x ? whole : Math.Cbrt(x));
        One("exp", Math.Exp);
        One("expm1", static x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1);
        One("log", Math.Log);
        One("log2", Math.Log2);
        One("log10", Math.Log10);
        One("log1p", static x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x));
        One("sin", Math.Sin);
        One("cos", Math.Cos);
        One("tan", Math.Tan);
        One("asin", Math.Asin);
        One("acos", Math.Acos);
        One("atan", Math.Atan);
        One("sinh", Math.Sinh);
        One("cosh", Math.Cosh);
        One("tanh", Math.Tanh);
        One("asinh", Math.Asinh);
        One("acosh", Math.Acosh);
        One("atanh", Math.Atanh);
        One("fround", static x => (float)x);
        One("clz32", static x => System.Numerics.BitOperations.LeadingZeroCount((uint)Conversions.ToInt32(x)));
        table.Add("atan2", 2, static (e, _, a) => Math.Atan2(Conversions.ToNumber(e, a.At(0)), Conversions.ToNumber(e, a.At(1))));
        table.Add("pow", 2, static (e, _, a) => Operators.Power(Conversions.ToNumber(e, a.At(0)), Conversions.ToNumber(e, a.At(1))));
        table.Add("imul", 2, static (e, _, a) => Conversions.ToInt32(e, a.At(0)) * Conversions.ToInt32(e, a.At(1)));
        table.Add("max", 2, static (e, _, a) => Extreme(e, a, double.NegativeInfinity, Math.Max));
        table.Add("min", 2, static (e, _, a) => Extreme(e, a, double.PositiveInfinity, Math.Min));
        table.Add("hypot", 2, Hypot);
        table.Add("random", 0, static (e, _, _) => e.Environment.NextRandom());
        return table;
    }

    /// <summary>Halves go up, also below zero; what rounds to zero from below stays negative.</summary>
    private static double Round(double x)
    {
        if (!double.IsFinite(x) || Math.Abs(x) >= 4503599627370496)
        {
            return x;
        }

        var floor = Math.Floor(x);
        var result = x - floor >= 0.5 ? floor + 1 : floor;
        return result == 0 && double.IsNegative(x) ? -0.0 : result;
    }

    private static JsValue Extreme(Evaluation evaluation, ReadOnlySpan<JsValue> arguments, double none, Func<double, double, double> pick)
    {
        var result = none;
        foreach (var argument in arguments)
        {
            result = pick(result, Conversions.ToNumber(evaluation, argument));
        }

        evaluation.Steps(arguments.Length / 16);
        return result;
    }

    private static JsValue Hypot(Evaluation evaluation, JsValue self, ReadOnlySpan<JsValue> arguments)
    {
        double sum = 0, largest = 0;
        foreach (var argument in arguments)
        {
            largest = Math.Max(largest, Math.Abs(Conversions.ToNumber(evaluation, argument)));
        }

        if (largest == 0 || !double.IsFinite(largest))
        {
            return largest;
        }

        double lost = 0;
        foreach (var argument in arguments)
        {
            // Scaled and with Kahan's compensation, as V8 sums.
            var part = Conversions.ToNumber(evaluation, argument) / largest;
            var add = (part * part) - lost;
            var next = sum + add;
            lost = next - sum - add;
            sum = next;
        }

        return Math.Sqrt(sum) * largest;
    }
}
