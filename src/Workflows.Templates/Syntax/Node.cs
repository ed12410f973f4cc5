using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;

namespace Workflows.Templates.Syntax;

/// <summary>A node of a compiled template; immutable and shared by all renderings.</summary>
internal abstract class Node(Span span)
{
    public Span Span { get; } = span;

    public TemplateException Error(string message, Exception? inner = null) => At(TemplateErrorKind.Runtime, Span.Start, message, inner);

    /// <summary>An error about what is missing behind the node.</summary>
    public TemplateException ErrorAfter(string message) => At(TemplateErrorKind.Runtime, Span.End, message);

    public TemplateException Limit(string message) => At(TemplateErrorKind.Limit, Span.Start, message);

    protected TemplateException At(TemplateErrorKind kind, int offset, string message, Exception? inner = null)
    {
        var (line, column) = Span.Source.Locate(offset);
        return new TemplateException(kind, Span.Source.Name, [new TemplateMessage(line, column, message)], inner);
    }
}

/// <summary>How a statement ended.</summary>
internal enum Flow { Next, Break, Continue, Return }

internal abstract class Statement(Span span) : Node(span)
{
    public abstract Flow Execute(RenderContext context);
}

internal abstract class Expression(Span span) : Node(span)
{
    /// <summary>The value; a function is called without arguments.</summary>
    public abstract object? Evaluate(RenderContext context);

    /// <summary>The value; a function stays a function.</summary>
    public virtual object? EvaluateRaw(RenderContext context) => Evaluate(context);

    /// <summary>Set where the template allows for the value's absence, so that it is not reported as missing.</summary>
    public bool Guarded { get; private set; }

    /// <summary>Marks this expression as one whose absence the template handles.</summary>
    public virtual Expression Guard()
    {
        Guarded = true;
        return this;
    }
}
