using System.Numerics;
using System.Security.Cryptography;
using Workflows.Templates.Evaluation;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>math</c>.</summary>
internal static class MathFunctions
{
    public static BuiltinObject Create() => new("math", new[]
    {
        Function("abs", Abs, "value"),
        Function("ceil", c => Whole(c, Math.Ceiling, Math.Ceiling), "value"),
        Function("floor", c => Whole(c, Math.Floor, Math.Floor), "value"),
        Function("divided_by", DividedBy, "value", "divisor"),
        Function("format", c => Formatting.Format(c), "value", "format", "culture?"),
        Function("is_number", c => Boxed.Bool(Numbers.IsNumber(c[0])), "value"),
        Function("minus", c => Compute(c, BinaryOperator.Subtract), "value", "with"),
        Function("modulo", c => Compute(c, BinaryOperator.Modulus), "value", "with"),
        Function("plus", c => Compute(c, BinaryOperator.Add), "value", "with"),
        Function("times", c => Compute(c, BinaryOperator.Multiply), "value", "with"),
        Function("round", Round, "value", "precision?"),
        Function("uuid", _ => Uuid()),
        Function("random", Random, "minValue", "maxValue"),
    }.ToDictionary(f => f.Name, f => (object)f));

    private static object? Compute(BuiltinCall call, BinaryOperator op) =>
        Arithmetic.Compute(call.Context, call.Site, op, call[0], call[1]);

    private static object? Abs(BuiltinCall call)
    {
        if (call[0] is null) return null;
        return call.Number(0) switch
        {
            double d => Math.Abs(d),
            float f => Math.Abs(f),
            decimal m => Math.Abs(m),
            var integer => Numbers.Fit(call.Context, call.Site, BigInteger.Abs(Numbers.ToBig(integer))),
        };
    }

    private static object? Whole(BuiltinCall call, Func<double, double> ofDouble, Func<decimal, decimal> ofDecimal)
    {
        if (call[0] is null) return null;
        return call.Number(0) switch
        {
            double d => ofDouble(d),
            float f => ofDouble(f),
            decimal m => ofDecimal(m),
            var integer => integer,
        };
    }

    /// <summary>Division that is floored when the divisor is an integer.</summary>
    private static object? DividedBy(BuiltinCall call)
    {
        var divisor = call.Number(1);
        var quotient = Arithmetic.Compute(call.Context, call.Site, BinaryOperator.Divide, call.Number(0), divisor);
        if (!Numbers.IsInteger(divisor)) return quotient;
        if (quotient is decimal m) return Numbers.Fit(call.Context, call.Site, new BigInteger(Math.Floor(m)));
        var floor = Math.Floor(Numbers.ToDouble(quotient!));
        return double.IsFinite(floor) ? Numbers.Fit(call.Context, call.Site, new BigInteger(floor)) : throw call.Error("除数为零");
    }

    private static object? Round(BuiltinCall call)
    {
        if (call[0] is null) return null;
        var digits = call.Int(1);
        if (digits is < 0 or > 15) throw call.Error("小数位数应当在 0 到 15 之间");
        return call.Number(0) switch
        {
            double d => Math.Round(d, digits),
            float f => (float)Math.Round(f, digits),
            decimal m => Math.Round(m, digits),
            var integer => integer,
        };
    }

    private static string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private static object Random(BuiltinCall call)
    {
        var (from, to) = (call.Int(0), call.Int(1));
        if (from > to) throw call.Error("随机数的上限小于下限");
        return Boxed.Int(from == to ? from : RandomNumberGenerator.GetInt32(from, to));
    }
}
