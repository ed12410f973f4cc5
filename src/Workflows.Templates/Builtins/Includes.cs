using Workflows.Templates.Evaluation;
using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Builtins;

/// <summary><c>include</c> and <c>include_join</c>: other templates rendered into text.</summary>
internal static class Includes
{
    public static object? Include(BuiltinCall call)
    {
        var name = call.Text(0);
        if (string.IsNullOrEmpty(name)) throw call.Error("include 需要模板名");
        return Render(call, name, new CallArguments(call.Arguments[1..], call.Named));
    }

    public static object? Join(BuiltinCall call)
    {
        var parts = new List<object?>();
        foreach (var name in call.Items(0)) parts.Add(Render(call, ValueText.Of(call.Context, call.Site, name), CallArguments.None));
        if (parts.TrueForAll(p => ValueText.Of(call.Context, call.Site, p).Length == 0)) return string.Empty;
        var separator = Delimiter(call, 1);
        using var buffer = new OutputBuffer();
        Append(call, buffer, Delimiter(call, 2));
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0) Append(call, buffer, separator);
            Append(call, buffer, parts[i]);
        }
        Append(call, buffer, Delimiter(call, 3));
        call.CheckText(buffer.Length);
        return call.Context.Html ? new TrustedMarkup(buffer.ToString()) : buffer.ToString();
    }

    private static void Append(BuiltinCall call, OutputBuffer buffer, object? part)
    {
        buffer.Append(call.Context.Html ? HtmlText.Of(call.Context, call.Site, part) : ValueText.Of(call.Context, call.Site, part));
        if (buffer.Length > call.Context.Limits.StringLength) throw call.Site.Limit($"字符串长度超过上限 {call.Context.Limits.StringLength}");
    }

    private static object? Delimiter(BuiltinCall call, int index)
    {
        var text = call.Text(index);
        return text is not null && text.StartsWith("tpl:", StringComparison.Ordinal) ? Render(call, text[4..], CallArguments.None) : call[index];
    }

    private static object Render(BuiltinCall call, string name, in CallArguments arguments)
    {
        var context = call.Context;
        var loader = context.Options.Loader ?? throw call.Error($"不能包含模板 {name}：没有设置模板加载器");
        var template = loader.Load(name) ?? throw call.Error($"找不到模板 {name}");
        context.Enter(call.Site);
        var locals = context.SwapLocals(new LocalFrame(arguments));
        var loops = context.LoopDepth;
        context.LoopDepth = 0;
        try
        {
            return context.Capture(call.Site, () => template.Page.Execute(context), out _);
        }
        finally
        {
            context.Returned = null;
            context.LoopDepth = loops;
            context.SwapLocals(locals);
            context.Leave();
        }
    }
}
