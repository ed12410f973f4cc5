namespace Workflows.Templates.Evaluation;

/// <summary>Text made safe for HTML.</summary>
internal static class HtmlText
{
    public static string Escape(string text)
    {
        using var buffer = new OutputBuffer();
        buffer.AppendHtml(text);
        return buffer.Length == text.Length ? text : buffer.ToString();
    }

    /// <summary>The markup of a value: a marked one as it is, anything else escaped.</summary>
    public static string Of(RenderContext context, Syntax.Node site, object? value) =>
        value is TrustedMarkup markup ? markup.Html : Escape(ValueText.Of(context, site, value));
}
