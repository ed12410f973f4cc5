namespace Workflows.Templates;

/// <summary>What kind of error a template has.</summary>
public enum TemplateErrorKind
{
    /// <summary>The source is not a valid template; found by <see cref="Template.Parse"/>.</summary>
    Parse,

    /// <summary>A statement or expression failed while the template was rendered.</summary>
    Runtime,

    /// <summary>A bound of <see cref="TemplateLimits"/> was reached, while parsing or rendering.</summary>
    Limit,
}

/// <summary>One message about a place in a template.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column, in UTF-16 characters.</param>
/// <param name="Text">What is wrong there, in Chinese.</param>
public sealed record TemplateMessage(int Line, int Column, string Text);

/// <summary>A template that does not parse, fails, or reaches a bound. Names the template, the line and the column.</summary>
public sealed class TemplateException : Exception
{
    internal TemplateException(TemplateErrorKind kind, string templateName, IReadOnlyList<TemplateMessage> messages, Exception? inner = null)
        : base($"模板“{templateName}”第 {messages[0].Line} 行第 {messages[0].Column} 列：{messages[0].Text}", inner)
    {
        Kind = kind;
        TemplateName = templateName;
        Messages = messages;
    }

    /// <summary>Whether the source, the rendering or a bound failed.</summary>
    public TemplateErrorKind Kind { get; }

    /// <summary>1-based line of the first message.</summary>
    public int Line => Messages[0].Line;

    /// <summary>1-based column of the first message, in UTF-16 characters.</summary>
    public int Column => Messages[0].Column;

    /// <summary>The name given to <see cref="Template.Parse"/>; for an included template, its own.</summary>
    public string TemplateName { get; }

    /// <summary>All messages: every syntax error for <see cref="TemplateErrorKind.Parse"/>, otherwise exactly one.</summary>
    public IReadOnlyList<TemplateMessage> Messages { get; }
}
