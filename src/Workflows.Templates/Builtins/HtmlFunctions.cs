using System.Net;
using System.Text;
using Workflows.Templates.Evaluation;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>html</c>, and <c>html.raw</c>, the explicit way out of escaping.</summary>
internal static class HtmlFunctions
{
    private const string Unescaped = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:/?#[]@!$&'()*+,;=";

    public static BuiltinObject Create() => new("html", new[]
    {
        Function("strip", c => Strip(c), "text"),
        Function("escape", Escape, "text"),
        Function("newline_to_br", NewLineToBreak, "text"),
        Function("url_encode", c => c.Text(0) is { } text ? c.Checked(UrlEncode(text)) : null, "text"),
        Function("url_escape", c => c.Text(0) is { } text ? c.Checked(UrlEscape(text)) : null, "text"),
        Function("raw", c => c[0] is null ? null : new TrustedMarkup(c.Text(0)!), "markup"),
    }.ToDictionary(f => f.Name, f => (object)f));

    /// <summary>In an HTML document the result is marked, so that it is not escaped a second time.</summary>
    private static object? Escape(BuiltinCall call)
    {
        if (call[0] is null) return null;
        if (!call.Context.Html) return call.Checked(WebUtility.HtmlEncode(call.Text(0)!));
        return call[0] is TrustedMarkup markup ? markup : new TrustedMarkup(call.Checked(HtmlText.Escape(call.Text(0)!)));
    }

    private static object? NewLineToBreak(BuiltinCall call)
    {
        if (call[0] is null) return null;
        var text = call.Context.Html ? HtmlText.Of(call.Context, call.Site, call[0]) : call.Text(0)!;
        call.CheckText(text.Length * 2L);
        var result = new StringBuilder(text.Length + 64);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r' || (c == '\n' && (i == 0 || text[i - 1] != '\r'))) result.Append("<br />");
            result.Append(c);
        }
        var marked = call.Checked(result.ToString());
        return call.Context.Html ? new TrustedMarkup(marked) : marked;
    }

    /// <summary>Removes tags, comments, scripts and styles. Not a sanitiser: in an HTML document the result is still escaped.</summary>
    private static string? Strip(BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var result = new StringBuilder(text.Length);
        var unclosed = new bool[Elements.Length];
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            var close = open < 0 ? -1 : TagEnd(text, open, unclosed);
            if (close < 0) break;
            result.Append(text, at, open - at);
            at = close;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    private static readonly (string Start, string End)[] Elements = [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>")];

    /// <summary>Where the tag ends; what was once found to have no end is not looked for again, so that the whole stays linear.</summary>
    private static int TagEnd(string text, int open, bool[] unclosed)
    {
        for (var i = 0; i < Elements.Length; i++)
        {
            var (start, end) = Elements[i];
            if (unclosed[i] || !text.AsSpan(open).StartsWith(start, StringComparison.OrdinalIgnoreCase)) continue;
            var close = text.IndexOf(end, open, StringComparison.OrdinalIgnoreCase);
            if (close >= 0) return close + end.Length;
            unclosed[i] = true;
        }
        var tag = text.IndexOf('>', open);
        return tag < 0 ? -1 : tag + 1;
    }

    // Lone surrogates become the replacement character instead of an error.
    private static string UrlEncode(string text) => Percent(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    private static string UrlEscape(string text) => Percent(text, Unescaped);

    private static string Percent(string text, string kept)
    {
        var result = new StringBuilder(text.Length * 2);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b < 128 && kept.Contains((char)b, StringComparison.Ordinal)) result.Append((char)b);
            else result.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
        return result.ToString();
    }
}
