using System.Globalization;
using System.Text;
using Workflows.Templates.Evaluation;
using Workflows.Templates.Values;
using static Workflows.Templates.Builtins.Builtin;

namespace Workflows.Templates.Builtins;

/// <summary>The functions of <c>string</c>.</summary>
internal static class StringFunctions
{
    public static BuiltinObject Create() => new("string", ((BuiltinFunction[])
    [
        Function("escape", c => Literal(c, quoted: false), "text"),
        Function("literal", c => Literal(c, quoted: true), "text"),
        Function("append", c => c.Checked(c.Text(0) + c.Text(1)), "text", "with"),
        Function("prepend", c => c.Checked(c.Text(1) + c.Text(0)), "text", "by"),
        Function("capitalize", c => Capitalize(c.Text(0)), "text"),
        Function("capitalizewords", CapitalizeWords, "text"),
        Function("downcase", c => c.Text(0)?.ToLowerInvariant(), "text"),
        Function("upcase", c => c.Text(0)?.ToUpperInvariant(), "text"),
        Function("contains", c => Boxed.Bool(TextSearch.IndexOf(c, c.Text(0), c.Text(1)) >= 0), "text", "value"),
        Function("starts_with", c => Boxed.Bool(Both(c) is var (text, value) && text.StartsWith(value, StringComparison.Ordinal)), "text", "value"),
        Function("ends_with", c => Boxed.Bool(Both(c) is var (text, value) && text.EndsWith(value, StringComparison.Ordinal)), "text", "value"),
        Function("equals_ignore_case", c => Boxed.Bool(string.Equals(c.Text(0), c.Text(1), StringComparison.OrdinalIgnoreCase)), "text", "value"),
        Function("empty", c => Boxed.Bool(string.IsNullOrEmpty(c.Text(0))), "text"),
        Function("whitespace", c => Boxed.Bool(string.IsNullOrWhiteSpace(c.Text(0))), "text"),
        Function("handleize", c => Handleize(c.Text(0)), "text"),
        Function("strip", c => c.Text(0)?.Trim(), "text"),
        Function("lstrip", c => c.Text(0)?.TrimStart(), "text"),
        Function("rstrip", c => c.Text(0)?.TrimEnd(), "text"),
        Function("strip_newlines", c => c.Text(0)?.Replace("\r", string.Empty, StringComparison.Ordinal).Replace("\n", string.Empty, StringComparison.Ordinal), "text"),
        Function("pluralize", c => Numbers.IsNumber(c[0]) && Numbers.ToDouble(c[0]!) == 1 ? c[1] : c[2], "number", "singular", "plural"),
        Function("remove", c => TextSearch.Replace(c, c.Text(0), c.Text(1), string.Empty), "text", "remove"),
        Function("remove_first", c => TextSearch.ReplaceOne(c, c.Text(0), c.Text(1), string.Empty, last: false), "text", "remove"),
        Function("remove_last", c => TextSearch.ReplaceOne(c, c.Text(0), c.Text(1), string.Empty, last: true), "text", "remove"),
        Function("replace", c => TextSearch.Replace(c, c.Text(0), c.Text(1), c.Text(2)), "text", "match", "replace"),
        Function("replace_first", c => TextSearch.ReplaceOne(c, c.Text(0), c.Text(1), c.Text(2), Comparison.IsTrue(c[3])), "text", "match", "replace", "fromEnd?"),
        Function("size", c => Boxed.Int(c.Text(0)?.Length ?? 0), "text"),
        Function("slice", c => Slice(c.Text(0), c.Int(1), c.Int(2)), "text", "start", "length?"),
        Function("slice1", c => Slice(c.Text(0), c.Int(1), c.Int(2, 1)), "text", "start", "length?"),
        Function("split", TextSearch.Split, "text", "match"),
        Function("to_int", c => int.TryParse(c.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var i) ? Boxed.Int(i) : null, "text"),
        Function("to_long", c => long.TryParse(c.Text(0), NumberStyles.Integer, CultureInfo.InvariantCulture, out var l) ? l : null, "text"),
        Function("to_float", c => float.TryParse(c.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var f) ? f : null, "text"),
        Function("to_double", c => double.TryParse(c.Text(0), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var d) ? d : null, "text"),
        Function("truncate", Truncate, "text", "length", "ellipsis?"),
        Function("truncatewords", TruncateWords, "text", "count", "ellipsis?"),
        Function("pad_left", c => Pad(c, left: true), "text", "width"),
        Function("pad_right", c => Pad(c, left: false), "text", "width"),
        Function("index_of", TextSearch.IndexOf, "text", "search", "startIndex?", "count?", "stringComparison?"),
        .. TextDigests.Functions(),
    ]).ToDictionary(f => f.Name, f => (object)f));

    private static (string Text, string Value)? Both(BuiltinCall call) => call.Text(0) is { } text && call.Text(1) is { } value ? (text, value) : null;

    private static string? Literal(BuiltinCall call, bool quoted)
    {
        if (call.Text(0) is not { } text) return quoted ? "null" : null;
        call.CheckText(text.Length);
        using var buffer = new OutputBuffer();
        if (quoted) ValueText.AppendLiteral(buffer, text);
        else ValueText.AppendEscaped(buffer, text);
        return buffer.ToString();
    }

    private static string? Capitalize(string? text) =>
        string.IsNullOrEmpty(text) || char.IsUpper(text[0]) ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));

    private static string? CapitalizeWords(BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        call.CheckText(text.Length);
        return string.Create(text.Length, text, static (span, source) =>
        {
            var start = true;
            for (var i = 0; i < source.Length; i++)
            {
                span[i] = start ? char.ToUpperInvariant(source[i]) : source[i];
                start = char.IsWhiteSpace(source[i]);
            }
        });
    }

    private static string? Handleize(string? text)
    {
        if (text is null) return null;
        var handle = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) handle.Append(char.ToLowerInvariant(c));
            else if (handle.Length > 0 && handle[^1] != '-') handle.Append('-');
        }
        return handle.ToString().TrimEnd('-');
    }

    /// <summary>A part of the text; a negative start counts from the end, a length of zero takes the rest.</summary>
    private static string? Slice(string? text, int start, int length)
    {
        if (string.IsNullOrEmpty(text)) return text;
        var from = start < 0 ? (long)start + text.Length : start;
        var count = length <= 0 ? Math.Max(text.Length - from, 0) : length;
        if (from < 0)
        {
            count += from;
            from = 0;
        }
        if (count <= 0 || from >= text.Length) return string.Empty;
        return text.Substring((int)from, (int)Math.Min(count, text.Length - from));
    }

    private static string? Truncate(BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var length = call.Int(1);
        var ellipsis = call.Text(2) ?? "...";
        if (length < 0) return string.Empty;
        if (text.Length <= length) return text;
        return string.Concat(text.AsSpan(0, Math.Max(length - ellipsis.Length, 0)), ellipsis);
    }

    private static string? TruncateWords(BuiltinCall call)
    {
        if (call.Text(0) is not { } text) return null;
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        call.Context.ChargeArray(call.Site, words.Length);
        var count = Math.Max(call.Int(1), 0);
        // Scriban appends the ellipsis even when nothing was cut off.
        return string.Join(' ', words.Take(count)) + (call.Text(2) ?? "...");
    }

    private static string? Pad(BuiltinCall call, bool left)
    {
        var text = call.Text(0) ?? string.Empty;
        var width = Math.Max(call.Int(1), 0);
        call.CheckText(Math.Max(width, text.Length));
        return left ? text.PadLeft(width) : text.PadRight(width);
    }
}
