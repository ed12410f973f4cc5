using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

/// <summary>An expression that names a place which can be read and, mostly, assigned.</summary>
internal abstract class PathExpression(Span span) : Expression(span)
{
    public override object? Evaluate(RenderContext context)
    {
        var value = EvaluateRaw(context);
        if (value is ScriptFunction function) return function.Invoke(context, this, CallArguments.None);
        if (value is null && !Guarded && context.Options.OnMissing is not null) MissingFields.Report(context, this);
        return value;
    }

    public virtual void Assign(RenderContext context, object? value) => throw Error("这里不能赋值");
}

/// <summary>A variable such as <c>party</c>.</summary>
internal sealed class VariablePath(Span span, string name) : PathExpression(span)
{
    public string Name { get; } = name;

    public override object? EvaluateRaw(RenderContext context)
    {
        if (!context.TryGetVariable(Name, out var value) && context.Options.StrictVariables) throw Error($"变量 {Name} 不存在");
        return value;
    }

    public override void Assign(RenderContext context, object? value)
    {
        context.SetVariable(this, Name, value);
        MissingFields.Assigned(context, Name);
    }
}

/// <summary>A local variable: <c>$name</c>, the arguments <c>$</c> and <c>$0</c>, or the wrapped block <c>$$</c>.</summary>
internal sealed class LocalPath(Span span, string name) : PathExpression(span)
{
    private readonly int _argument = name.Length > 1 && int.TryParse(name.AsSpan(1), out var n) ? n : -1;

    public string Name { get; } = name;

    public override object? EvaluateRaw(RenderContext context)
    {
        if (_argument >= 0) return context.Locals.Argument(_argument);
        if (Name == "$")
        {
            context.Charge(this, 96);
            return context.Locals.Arguments;
        }
        if (Name == "$$") return context.Locals.Body is { } body ? new WrappedBlock(body) : null;
        if (!context.Locals.TryGet(Name, out var value) && context.Options.StrictVariables) throw Error($"变量 {Name} 不存在");
        return value;
    }

    public override void Assign(RenderContext context, object? value)
    {
        if (_argument >= 0)
        {
            if (_argument >= context.Limits.ArrayLength) throw Limit($"数组长度超过上限 {context.Limits.ArrayLength}");
            context.Charge(this, 32 + (8L * _argument));
            context.Locals.Arguments.Set(_argument, value);
        }
        else if (Name is "$" or "$$") throw Error("这里不能赋值");
        else context.Locals.Set(Name, value);
    }
}

/// <summary><c>this</c>: the object that unprefixed assignments write to.</summary>
internal sealed class ThisPath(Span span) : PathExpression(span)
{
    public override object? EvaluateRaw(RenderContext context) => context.Current;
}

/// <summary>The state of the innermost loop: <c>for</c>, <c>tablerow</c> or <c>while</c> before a dot.</summary>
internal sealed class LoopPath(Span span, bool isWhile) : PathExpression(span)
{
    public override object? EvaluateRaw(RenderContext context) => isWhile ? context.While : context.For;
}

/// <summary>A member: <c>target.name</c>, or <c>target?.name</c> which is null when the target is.</summary>
internal sealed class MemberPath : PathExpression
{
    private readonly int _nameStart;
    private readonly bool _optional;

    public MemberPath(Span span, Expression target, string name, int nameStart, bool optional) : base(span)
    {
        (Target, Name, _nameStart, _optional) = (target, name, nameStart, optional);
        if (!optional) return;
        target.Guard();
        Guard();
    }

    public Expression Target { get; }

    public string Name { get; }

    public override object? EvaluateRaw(RenderContext context)
    {
        var target = Target.Evaluate(context);
        if (target is ScriptObject o && o.TryGetValue(Name, out var value)) return value;
        if (target is null) return _optional ? null : throw OnNull();
        return Members.Get(context, target, Name);
    }

    public override void Assign(RenderContext context, object? value)
    {
        switch (Target.Evaluate(context))
        {
            case ScriptObject o: context.SetMember(this, o, Name, value); break;
            case ScriptArray a:
                context.Charge(this, 32);
                a.SetProperty(Name, value);
                break;
            case BuiltinObject { Name: "date" } when Name == "format" && value is string format: context.DateFormat = format; break;
            case null: throw OnNull();
            case var other: throw Error($"不能给 {Kinds.Of(other)} 的成员 {Name} 赋值");
        }
    }

    private TemplateException OnNull() => At(TemplateErrorKind.Runtime, _nameStart, $"{MissingFields.Text(Target)} 为空，不能取它的成员 {Name}");
}

/// <summary>An element or member by a computed index: <c>target[index]</c>.</summary>
internal sealed class IndexPath(Span span, Expression target, Expression index) : PathExpression(span)
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public override object? EvaluateRaw(RenderContext context)
    {
        RenderContext.CheckStack(this);
        var target = Target.Evaluate(context) ?? throw Error($"{MissingFields.Text(Target)} 为空，不能取它的元素");
        var index = Index.Evaluate(context) ?? throw Error("索引为空");
        return Members.GetIndexed(context, this, target, index);
    }

    public override void Assign(RenderContext context, object? value)
    {
        var target = Target.Evaluate(context) ?? throw Error($"{MissingFields.Text(Target)} 为空，不能给它的元素赋值");
        var index = Index.Evaluate(context) ?? throw Error("索引为空");
        Members.SetIndexed(context, this, target, index, value);
    }
}
