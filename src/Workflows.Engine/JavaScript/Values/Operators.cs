namespace Workflows.Engine.JavaScript.Values;

/// <summary>The operators of the language on values (ECMA-262, sections 7.2 and 13).</summary>
internal static class Operators
{
    public static string TypeOf(JsValue value)
    {
        if (value.IsUndefined)
        {
            return "undefined";
        }

        if (value.IsNumber)
        {
            return "number";
        }

        if (value.IsString)
        {
            return "string";
        }

        return value.IsBoolean ? "boolean" : value.Ref is JsFunction ? "function" : "object";
    }

    public static JsValue Add(Evaluation evaluation, JsValue left, JsValue right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left.Num + right.Num;
        }

        left = Conversions.ToPrimitive(evaluation, left);
        right = Conversions.ToPrimitive(evaluation, right);
        if (left.IsString || right.IsString)
        {
            return Rope.Join(
                evaluation,
                left.IsString ? left : Conversions.ToText(evaluation, left),
                right.IsString ? right : Conversions.ToText(evaluation, right));
        }

        return Conversions.ToNumber(evaluation, left) + Conversions.ToNumber(evaluation, right);
    }

    public static double Power(double x, double y)
    {
        if (double.IsNaN(y) || (double.IsInfinity(y) && Math.Abs(x) == 1))
        {
            return double.NaN;
        }

        return Math.Pow(x, y);
    }

    public static bool StrictEquals(JsValue left, JsValue right)
    {
        if (left.IsNumber)
        {
            return right.IsNumber && left.Num == right.Num;
        }

        if (left.IsString)
        {
            return right.IsString && left.TextLength == right.TextLength && string.Equals(left.Text, right.Text, StringComparison.Ordinal);
        }

        return ReferenceEquals(left.Ref, right.Ref) && left.Num == right.Num;
    }

    /// <summary>Equality of <c>includes</c>, Map and Set: as <c>===</c>, but NaN equals itself.</summary>
    public static bool SameValueZero(JsValue left, JsValue right) =>
        StrictEquals(left, right) || (left.IsNumber && right.IsNumber && double.IsNaN(left.Num) && double.IsNaN(right.Num));

    public static bool SameValue(JsValue left, JsValue right) =>
        left.IsNumber && right.IsNumber ? left.Num.Equals(right.Num) && double.IsNegative(left.Num) == double.IsNegative(right.Num) || (double.IsNaN(left.Num) && double.IsNaN(right.Num)) : StrictEquals(left, right);

    public static bool LooseEquals(Evaluation evaluation, JsValue left, JsValue right)
    {
        while (true)
        {
            if (left.IsNullish || right.IsNullish)
            {
                return left.IsNullish && right.IsNullish;
            }

            if (left.IsObject && right.IsObject)
            {
                return ReferenceEquals(left.Ref, right.Ref);
            }

            if (left.IsString && right.IsString)
            {
                return StrictEquals(left, right);
            }

            if (left.IsObject)
            {
                left = Conversions.ToPrimitive(evaluation, left);
            }
            else if (right.IsObject)
            {
                right = Conversions.ToPrimitive(evaluation, right);
            }
            else
            {
                return Conversions.ToNumber(evaluation, left) == Conversions.ToNumber(evaluation, right);
            }
        }
    }

    /// <summary>How two values stand to each other: negative, 0, positive, or null where a NaN is among them.</summary>
    public static int? Compare(Evaluation evaluation, JsValue left, JsValue right)
    {
        left = Conversions.ToPrimitive(evaluation, left, preferText: false);
        right = Conversions.ToPrimitive(evaluation, right, preferText: false);
        if (left.IsString && right.IsString)
        {
            return string.CompareOrdinal(left.Text, right.Text);
        }

        double l = Conversions.ToNumber(evaluation, left), r = Conversions.ToNumber(evaluation, right);
        return double.IsNaN(l) || double.IsNaN(r) ? null : l.CompareTo(r);
    }

    public static bool In(Evaluation evaluation, JsValue key, JsValue target)
    {
        if (target.AsObject is not { } found)
        {
            throw evaluation.TypeError(
                $"Cannot use 'in' operator to search for '{Conversions.ToText(evaluation, key)}' in {Conversions.ToText(evaluation, target)}",
                "in 右边必须是对象。");
        }

        return found.Has(evaluation, Conversions.ToKey(evaluation, key));
    }

    public static bool InstanceOf(Evaluation evaluation, JsValue value, JsValue type) => type.Ref switch
    {
        Constructor constructor => value.AsObject is { } found && constructor.IsInstance(found),
        JsFunction => false,
        JsObject => throw evaluation.TypeError("Right-hand side of 'instanceof' is not callable", "instanceof 右边必须是类型，例如 Date、Error。"),
        _ => throw evaluation.TypeError("Right-hand side of 'instanceof' is not an object", "instanceof 右边必须是类型，例如 Date、Error。"),
    };
}
