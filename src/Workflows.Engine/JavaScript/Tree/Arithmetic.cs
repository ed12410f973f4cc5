using Workflows.Engine.JavaScript.Values;

namespace Workflows.Engine.JavaScript.Tree;

internal enum BinaryOperator
{
    Add, Subtract, Multiply, Divide, Remainder, Power,
    Less, LessOrEqual, Greater, GreaterOrEqual,
    Equal, NotEqual, StrictEqual, StrictNotEqual,
    BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight, ShiftRightUnsigned,
    In, InstanceOf,
    And, Or, Coalesce,
}

internal enum UnaryOperator
{
    Plus, Minus, Not, BitNot, TypeOf, Void,
}

internal static class BinaryOperation
{
    public static bool IsLogical(BinaryOperator operation) => operation >= BinaryOperator.And;

    /// <summary>Whether a logical operator is settled by its left side.</summary>
    public static bool Settles(BinaryOperator operation, JsValue left) => operation switch
    {
        BinaryOperator.And => !Conversions.ToBoolean(left),
        BinaryOperator.Or => Conversions.ToBoolean(left),
        _ => !left.IsNullish,
    };

    public static JsValue Apply(Evaluation evaluation, BinaryOperator operation, JsValue l, JsValue r, int position)
    {
        if (l.IsNumber && r.IsNumber)
        {
            switch (operation)
            {
                case BinaryOperator.Add: return l.Num + r.Num;
                case BinaryOperator.Subtract: return l.Num - r.Num;
                case BinaryOperator.Multiply: return l.Num * r.Num;
                case BinaryOperator.Divide: return l.Num / r.Num;
                case BinaryOperator.Less: return l.Num < r.Num;
                case BinaryOperator.LessOrEqual: return l.Num <= r.Num;
                case BinaryOperator.Greater: return l.Num > r.Num;
                case BinaryOperator.GreaterOrEqual: return l.Num >= r.Num;
                case BinaryOperator.StrictEqual or BinaryOperator.Equal: return l.Num == r.Num;
                case BinaryOperator.StrictNotEqual or BinaryOperator.NotEqual: return l.Num != r.Num;
                default: break;
            }
        }

        evaluation.Position = position;
        return operation switch
        {
            BinaryOperator.Add => Operators.Add(evaluation, l, r),
            BinaryOperator.Less => Operators.Compare(evaluation, l, r) is < 0,
            BinaryOperator.LessOrEqual => Operators.Compare(evaluation, l, r) is <= 0,
            BinaryOperator.Greater => Operators.Compare(evaluation, l, r) is > 0,
            BinaryOperator.GreaterOrEqual => Operators.Compare(evaluation, l, r) is >= 0,
            BinaryOperator.Equal => Operators.LooseEquals(evaluation, l, r),
            BinaryOperator.NotEqual => !Operators.LooseEquals(evaluation, l, r),
            BinaryOperator.StrictEqual => Operators.StrictEquals(l, r),
            BinaryOperator.StrictNotEqual => !Operators.StrictEquals(l, r),
            BinaryOperator.In => Operators.In(evaluation, l, r),
            BinaryOperator.InstanceOf => Operators.InstanceOf(evaluation, l, r),
            _ => Numeric(operation, Conversions.ToNumber(evaluation, l), Conversions.ToNumber(evaluation, r)),
        };
    }

    private static JsValue Numeric(BinaryOperator operation, double l, double r) => operation switch
    {
        BinaryOperator.Subtract => l - r,
        BinaryOperator.Multiply => l * r,
        BinaryOperator.Divide => l / r,
        BinaryOperator.Remainder => l % r,
        BinaryOperator.Power => Operators.Power(l, r),
        BinaryOperator.BitAnd => Conversions.ToInt32(l) & Conversions.ToInt32(r),
        BinaryOperator.BitOr => Conversions.ToInt32(l) | Conversions.ToInt32(r),
        BinaryOperator.BitXor => Conversions.ToInt32(l) ^ Conversions.ToInt32(r),
        BinaryOperator.ShiftLeft => Conversions.ToInt32(l) << (Conversions.ToInt32(r) & 31),
        BinaryOperator.ShiftRight => Conversions.ToInt32(l) >> (Conversions.ToInt32(r) & 31),
        _ => (uint)Conversions.ToInt32(l) >> (Conversions.ToInt32(r) & 31),
    };
}

internal sealed class BinaryNode(BinaryOperator operation, Node left, Node right) : Node
{
    public override JsValue Eval(Frame frame)
    {
        var l = left.Eval(frame);
        var r = right.Eval(frame);
        return BinaryOperation.Apply(frame.Evaluation, operation, l, r, Position);
    }
}

internal sealed class LogicalNode(BinaryOperator operation, Node left, Node right) : Node
{
    public override JsValue Eval(Frame frame)
    {
        var l = left.Eval(frame);
        return BinaryOperation.Settles(operation, l) ? l : right.Eval(frame);
    }
}

/// <summary>A long run of operators, folded from the left in a loop, so that its length is not the machine's depth.</summary>
internal sealed class FoldNode(Node first, (BinaryOperator Operation, Node Operand, int Position)[] rest) : Node
{
    public override JsValue Eval(Frame frame)
    {
        var value = first.Eval(frame);
        foreach (var (operation, operand, position) in rest)
        {
            if (BinaryOperation.IsLogical(operation))
            {
                value = BinaryOperation.Settles(operation, value) ? value : operand.Eval(frame);
            }
            else
            {
                value = BinaryOperation.Apply(frame.Evaluation, operation, value, operand.Eval(frame), position);
            }
        }

        frame.Evaluation.Steps(rest.Length);
        return value;
    }
}

internal sealed class UnaryNode(UnaryOperator operation, Node operand) : Node
{
    public override JsValue Eval(Frame frame)
    {
        if (operation == UnaryOperator.TypeOf)
        {
            return Operators.TypeOf(operand is NameNode name ? name.EvalIfKnown(frame) : operand.Eval(frame));
        }

        var value = operand.Eval(frame);
        frame.Evaluation.Position = Position;
        return operation switch
        {
            UnaryOperator.Not => !Conversions.ToBoolean(value),
            UnaryOperator.Minus => -Conversions.ToNumber(frame.Evaluation, value),
            UnaryOperator.Plus => Conversions.ToNumber(frame.Evaluation, value),
            UnaryOperator.BitNot => ~Conversions.ToInt32(frame.Evaluation, value),
            _ => default,
        };
    }
}

internal sealed class ConditionalNode(Node test, Node then, Node otherwise) : Node
{
    public override JsValue Eval(Frame frame) => Conversions.ToBoolean(test.Eval(frame)) ? then.Eval(frame) : otherwise.Eval(frame);
}

/// <summary>The comma operator.</summary>
internal sealed class SequenceNode(Node[] parts) : Node
{
    public override JsValue Eval(Frame frame)
    {
        JsValue value = default;
        foreach (var part in parts)
        {
            value = part.Eval(frame);
        }

        return value;
    }
}
