using Workflows.Templates.Syntax;
using Workflows.Templates.Values;

namespace Workflows.Templates.Evaluation;

/// <content>Printing, with indentation carried over to the further lines of a value.</content>
internal sealed partial class RenderContext
{
    /// <summary>Indentation of the running code block, or null.</summary>
    public string? Indent { get; set; }

    /// <summary>Indentation of the code block that called the running function, or null.</summary>
    public string? OuterIndent { get; set; }

    /// <summary>Prints text of the template.</summary>
    public void WriteText(Node site, string text)
    {
        if (Indent is null) Output.Append(text);
        else WriteIndented(text);
        CheckOutput(site);
    }

    /// <summary>Prints a value, escaped when the document is HTML.</summary>
    public void WriteValue(Node site, object? value)
    {
        switch (value)
        {
            case null: return;
            case string text when Indent is null && !Html: Output.Append(text); break;
            case string text when Indent is null: Output.AppendHtml(text); break;
            case int number: Output.AppendFormatted(number, default, System.Globalization.CultureInfo.InvariantCulture); break;
            case TrustedMarkup markup: Print(markup.Html, false); break;
            default: Print(ValueText.Of(this, site, value), Html); break;
        }
        CheckOutput(site);
    }

    private void Print(string text, bool escape)
    {
        if (Indent is not null) WriteIndented(escape ? HtmlText.Escape(text) : text);
        else if (escape) Output.AppendHtml(text);
        else Output.Append(text);
    }

    private void WriteIndented(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && Output.Last == '\n') Output.Append(Indent);
        while (true)
        {
            var at = text.IndexOf('\n');
            if (at < 0 || at == text.Length - 1) break;
            Output.Append(text[..(at + 1)]);
            Output.Append(Indent);
            text = text[(at + 1)..];
            if (Output.Length > Limits.OutputLength) return;
        }
        Output.Append(text);
    }

    private void CheckOutput(Node site)
    {
        if (Output.Length > Limits.OutputLength) throw site.Limit($"输出超过上限 {Limits.OutputLength} 个字符");
    }

    /// <summary>Runs a body and returns what it prints: a marked value in HTML, since its parts are escaped already.</summary>
    public object Capture(Node site, Func<Flow> body, out Flow flow)
    {
        using var buffer = new OutputBuffer();
        var previous = SwapOutput(buffer);
        var (indent, outer) = (Indent, OuterIndent);
        (Indent, OuterIndent) = (null, null);
        try
        {
            flow = body();
        }
        finally
        {
            SwapOutput(previous);
            (Indent, OuterIndent) = (indent, outer);
        }
        Charge(site, 32 + (2L * buffer.Length));
        var text = buffer.ToString();
        return Html ? new TrustedMarkup(text) : text;
    }
}
