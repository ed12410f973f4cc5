using Workflows.Templates.Evaluation;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

/// <summary>A parameter of a function that a template declares.</summary>
internal readonly record struct UserParameter(string Name, Expression? Default, bool Variadic);

/// <summary>
/// A function that a template declares. Without a parameter list it runs in the object context of its caller; with one it gets a context of its own.
/// </summary>
internal sealed class UserFunction(string name, UserParameter[]? parameters, Statement body) : ScriptFunction
{
    public override object? Invoke(RenderContext context, Node site, in CallArguments arguments)
    {
        context.Enter(site);
        var frame = new LocalFrame(arguments);
        var scope = parameters is null ? null : Bind(context, site, arguments, frame);
        var locals = context.SwapLocals(frame);
        var (loops, outer) = (context.LoopDepth, context.OuterIndent);
        context.LoopDepth = 0;
        context.OuterIndent = context.Indent;
        if (scope is not null) context.PushGlobal(scope);
        try
        {
            return body.Execute(context) == Flow.Return ? context.TakeReturned() : null;
        }
        finally
        {
            if (scope is not null) context.PopGlobal();
            context.Indent = context.OuterIndent;
            context.OuterIndent = outer;
            context.LoopDepth = loops;
            context.SwapLocals(locals);
            context.Leave();
        }
    }

    public override bool Accepts(string name) => parameters is null || Array.Exists(parameters, p => p.Name == name);

    private ScriptObject Bind(RenderContext context, Node site, in CallArguments arguments, LocalFrame frame)
    {
        context.Charge(site, 96 + (24L * parameters!.Length));
        var scope = new ScriptObject(parameters.Length);
        var given = arguments.Positional;
        var bound = new ScriptArray(parameters.Length);
        var variadic = parameters.Length > 0 && parameters[^1].Variadic;
        if (!variadic && given.Length > parameters.Length) throw site.Error($"函数 {name} 最多接受 {parameters.Length} 个参数，这里给了 {given.Length} 个");
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = parameters[i];
            object? value;
            if (TryNamed(arguments, parameter.Name, out var named)) value = named;
            else if (parameter.Variadic) value = new ScriptArray(given.AsSpan(Math.Min(i, given.Length)));
            else if (i < given.Length) value = given[i];
            else if (parameter.Default is not null) value = parameter.Default.Evaluate(context);
            else throw site.ErrorAfter($"函数 {name} 缺少参数 {parameter.Name}");
            scope.Set(parameter.Name, value);
            bound.Add(value);
        }
        frame.UseArguments(bound);
        return scope;
    }

    private static bool TryNamed(in CallArguments arguments, string name, out object? value)
    {
        foreach (var (key, given) in arguments.Named)
        {
            if (key != name) continue;
            value = given;
            return true;
        }
        value = null;
        return false;
    }
}

/// <summary>The block behind <c>$$</c>: runs in the function that it was passed to and prints where that prints.</summary>
internal sealed class WrappedBlock(Block body) : ScriptFunction
{
    public override object? Invoke(RenderContext context, Node site, in CallArguments arguments)
    {
        context.Enter(site);
        try
        {
            return body.Execute(context) == Flow.Return ? context.TakeReturned() : null;
        }
        finally
        {
            context.Leave();
        }
    }
}
