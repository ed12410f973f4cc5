using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

internal sealed class LiteralExpression(Span span, object? value) : Expression(span)
{
    public object? Value { get; } = value;

    public override object? Evaluate(RenderContext context) => Value;
}

/// <summary>An expression in parentheses.</summary>
internal sealed class GroupExpression(Span span, Expression inner) : Expression(span)
{
    public Expression Inner { get; } = inner;

    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        return Inner.Evaluate(context);
    }

    public override object? EvaluateRaw(RenderContext context)
    {
        RenderContext.CheckStack(this);
        return Inner.EvaluateRaw(context);
    }

    public override Expression Guard()
    {
        Inner.Guard();
        return base.Guard();
    }
}

/// <summary><c>@function</c>: the function itself rather than its result.</summary>
internal sealed class AliasExpression(Span span, Expression target) : Expression(span)
{
    public override object? Evaluate(RenderContext context) => target.EvaluateRaw(context);
}

internal sealed class ArrayExpression(Span span, Expression[] items) : Expression(span)
{
    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        context.ChargeArray(this, items.Length);
        var array = new ScriptArray(items.Length);
        foreach (var item in items) array.Add(item.Evaluate(context));
        return array;
    }
}

internal sealed class ObjectExpression(Span span, KeyValuePair<string, Expression>[] members) : Expression(span)
{
    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        context.Charge(this, 96 + (24L * members.Length));
        var result = new ScriptObject(members.Length);
        foreach (var (name, value) in members) result.Set(name, value.Evaluate(context));
        return result;
    }
}

/// <summary><c>$"text {expression}"</c>.</summary>
internal sealed class InterpolatedExpression(Span span, Expression[] parts) : Expression(span)
{
    public override object? Evaluate(RenderContext context)
    {
        RenderContext.CheckStack(this);
        using var buffer = new OutputBuffer();
        foreach (var part in parts)
        {
            buffer.Append(ValueText.Of(context, this, part.Evaluate(context)));
            if (buffer.Length > context.Limits.StringLength) break;
        }
        context.ChargeText(this, buffer.Length);
        return buffer.ToString();
    }
}

/// <summary><c>do … end</c>: a function without a name.</summary>
internal sealed class FunctionExpression(Span span, UserFunction function) : Expression(span)
{
    public override object? Evaluate(RenderContext context) => function;
}
