using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

/// <summary>An argument of a call: plain, named, or an array whose elements become arguments (<c>^list</c>).</summary>
internal readonly record struct Argument(Expression Value, string? Name = null, bool Expanded = false, int Start = 0);

/// <summary>A call with arguments, or the receiver of a pipe, whose first argument is the piped value.</summary>
internal sealed class CallExpression : Expression
{
    // These accept an absent value on purpose.
    private static readonly HashSet<string> Tolerant =
        new(StringComparer.Ordinal) { "object.default", "object.typeof", "object.kind", "object.has_value", "string.empty", "string.whitespace" };

    private readonly Expression _target;
    private readonly Argument[] _arguments;
    private readonly int _named;
    private readonly bool _expands;

    public CallExpression(Span span, Expression target, Argument[] arguments) : base(span)
    {
        (_target, _arguments) = (target, arguments);
        _named = arguments.Count(a => a.Name is not null);
        _expands = arguments.Any(a => a.Expanded);
        if (arguments.Length > 0 && target is MemberPath { Target: VariablePath group } member && Tolerant.Contains($"{group.Name}.{member.Name}"))
        {
            arguments[0].Value.Guard();
        }
    }

    /// <summary>The function's name as the template writes it.</summary>
    public string TargetText => MissingFields.Text(_target);

    public CallExpression Piped(Expression value) => new(Span, _target, [new Argument(value), .. _arguments]);

    public override object? Evaluate(RenderContext context) => Call(context, null);

    public object? Call(RenderContext context, Block? body)
    {
        RenderContext.CheckStack(this);
        var target = _target.EvaluateRaw(context);
        if (target is not ScriptFunction function)
        {
            throw _target.Error(target is null ? $"函数 {MissingFields.Text(_target)} 不存在" : $"{MissingFields.Text(_target)} 是 {Kinds.Of(target)}，不是函数");
        }
        if (_named > 0) CheckNames(function);
        return function.Invoke(context, this, Arguments(context, function, body));
    }

    private void CheckNames(ScriptFunction function)
    {
        foreach (var argument in _arguments)
        {
            if (argument.Name is null || function.Accepts(argument.Name)) continue;
            throw At(TemplateErrorKind.Runtime, argument.Start, $"函数 {MissingFields.Text(_target)} 没有名为 {argument.Name} 的参数");
        }
    }

    private CallArguments Arguments(RenderContext context, ScriptFunction function, Block? body)
    {
        if (_expands) return Expanded(context, function, body);
        var positional = new object?[_arguments.Length - _named];
        var named = _named == 0 ? [] : new KeyValuePair<string, object?>[_named];
        var (p, n) = (0, 0);
        foreach (var argument in _arguments)
        {
            var value = argument.Value.Evaluate(context);
            if (argument.Name is null) positional[p++] = value;
            else named[n++] = KeyValuePair.Create(argument.Name, value);
        }
        return new CallArguments(positional, named, body);
    }

    private CallArguments Expanded(RenderContext context, ScriptFunction function, Block? body)
    {
        var positional = new List<object?>();
        var named = new List<KeyValuePair<string, object?>>();
        foreach (var argument in _arguments)
        {
            var value = argument.Value.Evaluate(context);
            if (argument.Name is not null) named.Add(KeyValuePair.Create(argument.Name, value));
            else if (argument.Expanded && value is ScriptArray or ScriptRange)
            {
                positional.AddRange(ArrayArithmetic.Collect(context, this, (IEnumerable<object?>)value));
                if (value is ScriptArray { Properties: { } properties }) named.AddRange(properties.Where(p => function.Accepts(p.Key)));
            }
            else positional.Add(value);
        }
        return new CallArguments([.. positional], [.. named], body);
    }
}
