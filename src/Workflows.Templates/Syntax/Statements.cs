using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

internal sealed class Block(Span span, Statement[] statements) : Statement(span)
{
    /// <summary>The expression when the block is nothing else.</summary>
    public Expression? SingleExpression => statements is [OutputStatement single] ? single.Value : null;

    public override Flow Execute(RenderContext context)
    {
        RenderContext.CheckStack(this);
        foreach (var statement in statements)
        {
            var flow = statement.Execute(context);
            if (flow != Flow.Next) return flow;
        }
        return Flow.Next;
    }
}

internal sealed class TextStatement(Span span, string text) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        context.Indent = context.OuterIndent;
        context.WriteText(this, text);
        return Flow.Next;
    }
}

/// <summary>The start of a code block: what it prints is indented like the block itself.</summary>
internal sealed class IndentStatement(Span span, string? indent) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        context.Indent = indent is null ? context.OuterIndent : context.OuterIndent + indent;
        return Flow.Next;
    }
}

/// <summary>An expression whose value is printed.</summary>
internal sealed class OutputStatement(Expression expression) : Statement(expression.Span)
{
    public Expression Value { get; } = expression;

    public override Flow Execute(RenderContext context)
    {
        context.WriteValue(this, Value.Evaluate(context));
        return Flow.Next;
    }
}

internal sealed class AssignStatement(PathExpression target, Expression value) : Statement(target.Span)
{
    public override Flow Execute(RenderContext context)
    {
        target.Assign(context, value.Evaluate(context));
        return Flow.Next;
    }
}

internal sealed class FunctionStatement(Span span, PathExpression target, UserFunction function) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        target.Assign(context, function);
        return Flow.Next;
    }
}

internal sealed class IfStatement(Span span, (Expression Condition, Statement Body)[] branches, Statement? otherwise) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        foreach (var (condition, body) in branches)
        {
            if (Comparison.IsTrue(condition.Evaluate(context))) return body.Execute(context);
        }
        return otherwise?.Execute(context) ?? Flow.Next;
    }
}

internal sealed class CaseStatement(Span span, Expression value, Statement before, (Expression[] Values, Statement Body)[] whens, Statement? otherwise) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var subject = value.Evaluate(context);
        var flow = before.Execute(context);
        if (flow != Flow.Next) return flow;
        foreach (var (values, body) in whens)
        {
            foreach (var candidate in values)
            {
                if (Comparison.AreEqual(context, this, subject, candidate.Evaluate(context))) return body.Execute(context);
            }
        }
        return otherwise?.Execute(context) ?? Flow.Next;
    }
}

internal sealed class CaptureStatement(Span span, PathExpression target, Statement body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var text = context.Capture(this, () => body.Execute(context), out var flow);
        target.Assign(context, text);
        return flow;
    }
}

internal sealed class WithStatement(Span span, Expression subject, Statement body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        if (subject.Evaluate(context) is not ScriptObject scope) throw subject.Error("with 需要一个对象");
        context.PushGlobal(scope, subject);
        try
        {
            return body.Execute(context);
        }
        finally
        {
            context.PopGlobal();
        }
    }
}

internal sealed class WrapStatement(Span span, Expression call, Block body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        object? result;
        if (call is CallExpression withArguments) result = withArguments.Call(context, body);
        else if (call.EvaluateRaw(context) is ScriptFunction function) result = function.Invoke(context, call, CallArguments.None with { Body = body });
        else throw call.Error("wrap 需要一个函数");
        context.WriteValue(this, result);
        return Flow.Next;
    }
}

internal sealed class ImportStatement(Span span, Expression subject) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        switch (subject.Evaluate(context))
        {
            case ScriptObject members:
                foreach (var (name, value) in members)
                {
                    if (!context.Current.IsReadOnly(name)) context.SetMember(this, context.Current, name, value);
                }
                return Flow.Next;
            case BuiltinObject group:
                foreach (var name in group.Keys) context.SetMember(this, context.Current, name, group.Get(name));
                return Flow.Next;
            case var other:
                throw subject.Error($"不能导入 {Kinds.Of(other)}，import 需要一个对象");
        }
    }
}

internal sealed class ReadOnlyStatement(Span span, string name) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        context.Current.SetReadOnly(name);
        return Flow.Next;
    }
}

internal sealed class ReturnStatement(Span span, Expression? value) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        context.Returned = value?.Evaluate(context);
        return Flow.Return;
    }
}

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class JumpStatement(Span span, Flow flow) : Statement(span)
{
    public override Flow Execute(RenderContext context) =>
        context.LoopDepth > 0 ? flow : throw Error("break 和 continue 只能写在循环里");
}
