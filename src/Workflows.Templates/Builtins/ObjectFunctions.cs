using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>object</c>.</summary>
internal static class ObjectFunctions
{
    public static BuiltinObject Create() => new("object", new[]
    {
        Function("default", c => c[0] is null or "" ? c[1] : c[0], "value", "default"),
        Function("eval", Eval, "value"),
        Function("eval_template", EvalTemplate, "value"),
        Function("format", c => Formatting.Format(c), "value", "format", "culture?"),
        Function("has_key", c => Boxed.Bool(HasKey(c)), "value", "key"),
        Function("has_value", HasValue, "value", "key"),
        Function("keys", Keys, "value"),
        Function("values", Values, "value"),
        Function("size", Size, "value"),
        Function("typeof", c => Kinds.General(c[0]), "value"),
        Function("kind", c => Kinds.Detailed(c[0]), "value"),
        Function("from_json", Json.Read, "json"),
        Function("to_json", Json.Write, "value"),
    }.ToDictionary(f => f.Name, f => (object)f));

    private static object? Eval(BuiltinCall call)
    {
        if (call[0] is ScriptFunction function) return call.Invoke(function);
        if (call[0] is not string text) return call[0];
        var page = Parser.ParseScript(new SourceText("object.eval", text), call.Context.Limits);
        call.Context.Charge(call.Site, 64L * text.Length);
        return Run(call, page, out var value) is { Length: > 0 } printed ? value ?? printed : value;
    }

    private static object? EvalTemplate(BuiltinCall call)
    {
        if (call[0] is ScriptFunction function) return call.Invoke(function);
        if (call[0] is not string text) return call[0];
        var page = Parser.ParseTemplate(new SourceText("object.eval_template", text), call.Context.Limits);
        call.Context.Charge(call.Site, 64L * text.Length);
        return Run(call, page, out var value) + ValueText.Of(call.Context, call.Site, value);
    }

    /// <summary>Runs evaluated source. Its text is never trusted markup: in HTML it is escaped when printed.</summary>
    private static string Run(BuiltinCall call, Block page, out object? value)
    {
        var context = call.Context;
        context.Enter(call.Site);
        var loops = context.LoopDepth;
        context.LoopDepth = 0;
        try
        {
            // A single expression keeps its kind: `"1 + 2" | object.eval` is a number.
            if (page.SingleExpression is { } expression)
            {
                value = expression.Evaluate(context);
                return string.Empty;
            }
            var printed = context.Capture(call.Site, () => page.Execute(context), out var flow);
            value = flow == Flow.Return ? context.TakeReturned() : null;
            return ValueText.Of(context, call.Site, printed);
        }
        finally
        {
            context.LoopDepth = loops;
            context.Leave();
        }
    }

    private static bool HasKey(BuiltinCall call) => call.Text(1) is { } key && call[0] switch
    {
        ScriptObject o => o.ContainsKey(key),
        BuiltinObject b => b.Get(key) is not null,
        ScriptArray { Properties: { } properties } => properties.ContainsKey(key),
        _ => false,
    };

    private static object HasValue(BuiltinCall call) =>
        Boxed.Bool(HasKey(call) && Members.Get(call.Context, call[0]!, call.Text(1)!) is not null);

    private static ScriptArray Keys(BuiltinCall call) => call[0] switch
    {
        ScriptObject o => call.Array(o.Keys),
        BuiltinObject b => call.Array(b.Keys),
        _ => new ScriptArray(),
    };

    private static ScriptArray Values(BuiltinCall call) => call[0] switch
    {
        ScriptObject o => call.Array(o.Values),
        ScriptArray a => call.Array(a),
        _ => new ScriptArray(),
    };

    private static object Size(BuiltinCall call) => call[0] switch
    {
        ScriptObject o => Boxed.Int(o.Count),
        null or string or ScriptArray or ScriptRange or TrustedMarkup => Numbers.Fit(Iterated.From(call.Context, call.Site, call[0]).Count),
        _ => Boxed.Int(0),
    };
}
