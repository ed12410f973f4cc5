using Workflows.Templates.Syntax;

namespace Workflows.Templates.Evaluation;

/// <summary>Tells the host which fields of the model were needed and absent, under the names that the model has for them.</summary>
internal static class MissingFields
{
    private const int MaximumReports = 1000;

    public static void Report(RenderContext context, PathExpression path)
    {
        if (context.Missing.Count >= MaximumReports || Of(context, path) is not { } text || !context.Missing.Add((path, text))) return;
        var (line, column) = path.Span.Source.Locate(path.Span.Start);
        context.Options.OnMissing!(new MissingField(text, path.Span.Source.Name, line, column));
    }

    /// <summary>A variable that the template sets itself is no field of the model from then on.</summary>
    public static void Assigned(RenderContext context, string name)
    {
        if (context.Options.OnMissing is not null) context.OwnVariables.Add(name);
    }

    /// <summary>The path as the template writes it.</summary>
    public static string Text(Expression expression) => expression switch
    {
        VariablePath v => v.Name,
        LocalPath l => l.Name,
        ThisPath => "this",
        MemberPath m => $"{Text(m.Target)}.{m.Name}",
        IndexPath i => $"{Text(i.Target)}[…]",
        GroupExpression g => Text(g.Inner),
        _ => "表达式的结果",
    };

    private static string? Of(RenderContext context, Expression expression, int depth = 0)
    {
        if (depth > 16) return null;
        switch (expression)
        {
            case GroupExpression group: return Of(context, group.Inner, depth + 1);
            case ThisPath: return string.Empty;
            case MemberPath member:
                var parent = Of(context, member.Target, depth + 1);
                return parent is null ? null : parent.Length == 0 ? member.Name : $"{parent}.{member.Name}";
            case IndexPath index:
                var list = Of(context, index.Target, depth + 1);
                return list is null ? null : $"{list}[{(index.Index is LiteralExpression l ? ValueText.Of(context, index, l.Value) : "…")}]";
            case LocalPath local: return Loop(context, local.Name, depth);
            case VariablePath variable when context.FindLoopVariable(variable.Name) is not null: return Loop(context, variable.Name, depth);
            case VariablePath variable:
                if (context.OwnVariables.Contains(variable.Name)) return null;
                if (!context.IsScoped(variable.Name, out var scope)) return variable.Name;
                // A parameter has no expression: its value was reported where it was passed.
                return scope is not null && Of(context, scope, depth + 1) is { Length: > 0 } outer ? $"{outer}.{variable.Name}" : null;
            default: return null;
        }
    }

    private static string? Loop(RenderContext context, string name, int depth)
    {
        if (context.FindLoopVariable(name) is not { } loop) return null;
        return Of(context, loop.Source, depth + 1) is { } source ? $"{source}[{loop.Index}]" : null;
    }
}
