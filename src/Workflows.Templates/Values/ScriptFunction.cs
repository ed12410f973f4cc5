using Workflows.Templates.Evaluation;
using Workflows.Templates.Syntax;

namespace Workflows.Templates.Values;

/// <summary>A parameter of a function; one without <c>Optional</c> must be given.</summary>
internal readonly record struct Parameter(string Name, bool Optional = false, object? Default = null);

/// <summary>The arguments of one call, before they are matched with parameters.</summary>
internal readonly record struct CallArguments(object?[] Positional, KeyValuePair<string, object?>[] Named, Block? Body = null)
{
    public static readonly CallArguments None = new([], []);
}

/// <summary>Something that can be called.</summary>
internal abstract class ScriptFunction
{
    /// <summary>Calls the function; <paramref name="site"/> is the node on whose account errors are reported.</summary>
    public abstract object? Invoke(RenderContext context, Node site, in CallArguments arguments);

    /// <summary>Whether an argument of that name can be given.</summary>
    public virtual bool Accepts(string name) => true;
}

/// <summary>The arguments of a call of a built-in or host function, matched with its parameters.</summary>
internal readonly partial struct BuiltinCall(RenderContext context, Node site, object?[] arguments, KeyValuePair<string, object?>[] named)
{
    public RenderContext Context { get; } = context;

    public Node Site { get; } = site;

    public object?[] Arguments { get; } = arguments;

    /// <summary>Named arguments of a function that takes any; empty for all others.</summary>
    public KeyValuePair<string, object?>[] Named { get; } = named;

    public int Count => Arguments.Length;

    public object? this[int index] => index < Arguments.Length ? Arguments[index] : null;

    public TemplateException Error(string message, Exception? inner = null) => Site.Error(message, inner);
}

internal delegate object? BuiltinBody(BuiltinCall call);

/// <summary>A function written in C#.</summary>
internal sealed class BuiltinFunction(string name, BuiltinBody body, Parameter[] parameters, bool variadic = false) : ScriptFunction
{
    private readonly int _required = parameters.Count(p => !p.Optional);

    public string Name { get; } = name;

    public override object? Invoke(RenderContext context, Node site, in CallArguments arguments)
    {
        context.Step(site);
        var result = body(new BuiltinCall(context, site, Match(site, arguments), variadic ? arguments.Named : []));
        if (result is string text) context.Charge(site, 32 + (2L * text.Length));
        return result;
    }

    public override bool Accepts(string name) => variadic || Array.Exists(parameters, p => p.Name == name);

    private object?[] Match(Node site, in CallArguments arguments)
    {
        var given = arguments.Positional;
        if (variadic)
        {
            if (given.Length < _required) throw Missing(site, given.Length);
            return given;
        }
        if (given.Length > parameters.Length)
        {
            throw site.Error($"函数 {Called(site)} 最多接受 {parameters.Length} 个参数，这里给了 {given.Length} 个");
        }
        if (given.Length == parameters.Length && arguments.Named.Length == 0) return given;
        var matched = new object?[parameters.Length];
        var set = 0UL;
        for (var i = 0; i < given.Length; i++)
        {
            matched[i] = given[i];
            set |= 1UL << i;
        }
        foreach (var (argument, value) in arguments.Named)
        {
            var at = Array.FindIndex(parameters, p => p.Name == argument);
            matched[at] = value;
            set |= 1UL << at;
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            if ((set & (1UL << i)) != 0) continue;
            if (!parameters[i].Optional) throw Missing(site, i);
            matched[i] = parameters[i].Default;
        }
        return matched;
    }

    private string Called(Node site) => site switch
    {
        CallExpression call => call.TargetText,
        PathExpression path => MissingFields.Text(path),
        _ => Name,
    };

    private TemplateException Missing(Node site, int index) =>
        site.ErrorAfter($"函数 {Called(site)} 缺少参数 {(index < parameters.Length ? parameters[index].Name : string.Empty)}");
}
