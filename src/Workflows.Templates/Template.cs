using Workflows.Templates.Evaluation;
using Workflows.Templates.Parsing;
using Workflows.Templates.Syntax;

namespace Workflows.Templates;

/// <summary>A compiled template of the Scriban language: immutable, safe to share between threads, rendered any number of times.</summary>
public sealed class Template
{
    private Template(string name, Block page)
    {
        Name = name;
        Page = page;
    }

    /// <summary>The name under which errors report it.</summary>
    public string Name { get; }

    internal Block Page { get; }

    /// <summary>Compiles a template.</summary>
    /// <param name="source">The template.</param>
    /// <param name="name">Its name in messages, usually the file's.</param>
    /// <param name="limits">Bounds of source length and nesting; the usual ones unless given.</param>
    /// <exception cref="TemplateException">The source has errors (kind <see cref="TemplateErrorKind.Parse"/>, with all messages) or exceeds a bound.</exception>
    public static Template Parse(string source, string name, TemplateLimits? limits = null) =>
        new(name, Parser.ParseTemplate(new SourceText(name, source), limits ?? TemplateLimits.Default));

    /// <summary>Renders the template.</summary>
    /// <param name="model">The variables; not changed.</param>
    /// <param name="options">Escaping, bounds, clock, includes and functions.</param>
    /// <param name="cancellationToken">Looked at while loops and calls run.</param>
    /// <returns>The text.</returns>
    /// <exception cref="TemplateException">A statement failed, or a bound was reached.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public string Render(TemplateModel model, RenderOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var context = new RenderContext(model, options ?? RenderOptions.Default, cancellationToken);
        if (Page.Execute(context) == Flow.Return) context.WriteValue(Page, context.TakeReturned());
        context.CheckTime(Page);
        return context.Output.ToString();
    }
}
