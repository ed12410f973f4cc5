using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

/// <summary>A binary operator. The node stands at the operator, where its errors are reported.</summary>
internal sealed class BinaryExpression : Expression
{
    private readonly BinaryOperator _operator;
    private readonly Expression _right;
    private readonly bool _deep;

    public BinaryExpression(Span span, BinaryOperator op, Expression left, Expression right, int chain) : base(span)
    {
        (_operator, Left, _right, _deep) = (op, left, right, chain % 16 == 15);
        if (op is not (BinaryOperator.Equal or BinaryOperator.NotEqual)) return;
        left.Guard();
        right.Guard();
    }

    public Expression Left { get; private set; }

    /// <summary>Replaces the left operand; used while parsing, when a pipe turns it into a call.</summary>
    public BinaryExpression WithLeft(Expression left)
    {
        Left = left;
        return this;
    }

    public override object? Evaluate(RenderContext context)
    {
        if (_deep) RenderContext.CheckStack(this);
        var left = Left.Evaluate(context);
        return Arithmetic.Compute(context, this, _operator, left, _right.Evaluate(context));
    }
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>; the result is always a boolean.</summary>
internal sealed class LogicalExpression : Expression
{
    private readonly bool _and;
    private readonly Expression _right;

    public LogicalExpression(Span span, bool and, Expression left, Expression right) : base(span)
    {
        (_and, Left, _right) = (and, left, right);
        left.Guard();
        right.Guard();
    }

    public Expression Left { get; private set; }

    public LogicalExpression WithLeft(Expression left)
    {
        Left = left;
        return this;
    }

    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        if (Comparison.IsTrue(Left.Evaluate(context)) != _and) return Boxed.Bool(!_and);
        return Boxed.Bool(Comparison.IsTrue(_right.Evaluate(context)));
    }
}

/// <summary><c>a ?? b</c>: b when a is null; <c>a ?! b</c>: b when a is not null.</summary>
internal sealed class CoalesceExpression : Expression
{
    private readonly bool _whenNull;
    private readonly Expression _right;

    public CoalesceExpression(Span span, bool whenNull, Expression left, Expression right) : base(span)
    {
        (_whenNull, Left, _right) = (whenNull, left, right);
        left.Guard();
    }

    public Expression Left { get; private set; }

    public CoalesceExpression WithLeft(Expression left)
    {
        Left = left;
        return this;
    }

    public override Expression Guard()
    {
        _right.Guard();
        return base.Guard();
    }

    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        var left = Left.Evaluate(context);
        return left is null == _whenNull ? _right.Evaluate(context) : left;
    }
}

/// <summary><c>condition ? yes : no</c>.</summary>
internal sealed class ConditionalExpression : Expression
{
    private readonly Expression _yes;
    private readonly Expression _no;

    public ConditionalExpression(Span span, Expression condition, Expression yes, Expression no) : base(span)
    {
        (Condition, _yes, _no) = (condition, yes, no);
        condition.Guard();
    }

    public Expression Condition { get; private set; }

    public ConditionalExpression WithCondition(Expression condition)
    {
        Condition = condition;
        return this;
    }

    public override Expression Guard()
    {
        _yes.Guard();
        _no.Guard();
        return base.Guard();
    }

    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        return Comparison.IsTrue(Condition.Evaluate(context)) ? _yes.Evaluate(context) : _no.Evaluate(context);
    }
}

internal enum UnaryOperator { Not, Negate, Plus }

internal sealed class UnaryExpression : Expression
{
    private readonly UnaryOperator _operator;

    public UnaryExpression(Span span, UnaryOperator op, Expression operand) : base(span)
    {
        (_operator, Operand) = (op, operand);
        if (op == UnaryOperator.Not) operand.Guard();
    }

    public Expression Operand { get; private set; }

    public UnaryExpression WithOperand(Expression operand)
    {
        Operand = operand;
        return this;
    }

    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        var value = Operand.Evaluate(context);
        if (_operator == UnaryOperator.Not) return Boxed.Bool(!Comparison.IsTrue(value));
        if (value is string text) value = Numbers.Parse(text) ?? throw Error($"“{(text.Length > 40 ? text[..40] : text)}”不是数字");
        if (value is null) return null;
        if (value is TimeSpan span) return _operator == UnaryOperator.Negate ? span.Negate() : span;
        if (!Numbers.IsNumber(value)) throw Error($"{Kinds.Of(value)} 不能取正负");
        return _operator == UnaryOperator.Plus ? value : Arithmetic.Compute(context, this, BinaryOperator.Multiply, value, Boxed.Int(-1));
    }
}

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c>, <c>x--</c>.</summary>
internal sealed class IncrementExpression(Span span, PathExpression target, int by, bool prefix) : Expression(span)
{
    public override object? Evaluate(RenderContext context)
    {
        var before = target.Evaluate(context);
        var after = Arithmetic.Compute(context, this, BinaryOperator.Add, before, Boxed.Int(by));
        target.Assign(context, after);
        return prefix ? after : before;
    }
}
