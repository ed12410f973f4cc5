using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Values;

namespace Workflows.Templates.Syntax;

/// <summary>The parameters of <c>for</c> and <c>tablerow</c> behind the iterated expression.</summary>
internal sealed record LoopOptions(Expression? Offset, Expression? Limit, bool Reversed, Expression? Columns);

/// <summary><c>for</c> and <c>tablerow</c>.</summary>
internal sealed class ForStatement(Span span, string variable, Expression source, LoopOptions options, Statement body, Statement? otherwise, bool isTable) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var items = Iterated.From(context, source, source.Evaluate(context));
        var offset = Math.Clamp(Option(context, options.Offset, 0), 0, items.Count);
        var count = Math.Min(items.Count - offset, Math.Max(Option(context, options.Limit, long.MaxValue), 0));
        if (count <= 0) return otherwise?.Execute(context) ?? Flow.Next;

        var slot = new LoopVariable(variable, source);
        var isLocal = variable[0] == '$';
        var state = new LoopState(count);
        var outer = context.For;
        context.For = state;
        context.LoopDepth++;
        context.PushLoopVariable(slot);
        try
        {
            return Run(context, items, offset, count, slot, isLocal, state);
        }
        finally
        {
            context.PopLoopVariable();
            if (isLocal) context.Locals.Remove(variable);
            context.LoopDepth--;
            context.For = outer;
        }
    }

    private Flow Run(RenderContext context, Iterated items, long offset, long count, LoopVariable slot, bool isLocal, LoopState state)
    {
        var table = isTable ? new TableWriter(Option(context, options.Columns, 1)) : null;
        object? previous = null;
        for (var i = 0L; i < count; i++)
        {
            if (i >= context.Limits.LoopIterations) throw Limit($"循环超过上限 {context.Limits.LoopIterations} 次");
            context.Step(this);
            var at = options.Reversed ? offset + count - 1 - i : offset + i;
            if (items.CreatesEntries) context.Charge(this, 160);
            var value = items.At(at);
            state.Index = i;
            state.Changed = i == 0 || !Comparison.AreEqual(context, this, previous, value);
            previous = value;
            slot.Value = value;
            slot.Index = at;
            if (isLocal) context.Locals.Set(variable, value);
            table?.Open(context, this, i);
            var flow = body.Execute(context);
            table?.Close(context, this, i, i == count - 1 || flow is Flow.Break or Flow.Return);
            if (flow == Flow.Break) break;
            if (flow == Flow.Return) return flow;
        }
        return Flow.Next;
    }

    private static long Option(RenderContext context, Expression? option, long missing)
    {
        if (option is null) return missing;
        return Numbers.TryInt64(option.Evaluate(context), out var value) ? value : throw option.Error("循环参数必须是整数");
    }
}

/// <summary>The rows and cells of <c>tablerow</c>.</summary>
internal sealed class TableWriter(long columns)
{
    private readonly long _columns = Math.Max(columns, 1);

    public void Open(RenderContext context, Node site, long index)
    {
        if (index % _columns == 0) context.WriteText(site, $"<tr class=\"row{(index / _columns) + 1}\">");
        context.WriteText(site, $"<td class=\"col{(index % _columns) + 1}\">");
    }

    public void Close(RenderContext context, Node site, long index, bool last)
    {
        context.WriteText(site, "</td>");
        if (last || index % _columns == _columns - 1) context.WriteText(site, "</tr>\n");
    }
}

internal sealed class WhileStatement(Span span, Expression condition, Statement body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var state = new LoopState(null);
        var outer = context.While;
        context.While = state;
        context.LoopDepth++;
        try
        {
            for (var i = 0; Comparison.IsTrue(condition.Evaluate(context)); i++)
            {
                if (i >= context.Limits.LoopIterations) throw Limit($"循环超过上限 {context.Limits.LoopIterations} 次");
                context.Step(this);
                state.Index = i;
                var flow = body.Execute(context);
                if (flow == Flow.Break) break;
                if (flow == Flow.Return) return flow;
            }
            return Flow.Next;
        }
        finally
        {
            context.LoopDepth--;
            context.While = outer;
        }
    }
}
