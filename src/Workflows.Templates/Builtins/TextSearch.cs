using Workflows.Templates.Values;

namespace Workflows.Templates.Builtins;

/// <summary>Finding, replacing and splitting by plain text, with the work bounded: long patterns in long texts are refused.</summary>
internal static class TextSearch
{
    // A search compares at most this many pairs of characters; real documents stay far below.
    private const long MaximumWork = 200_000_000;

    public static int IndexOf(BuiltinCall call, string? text, string? value, StringComparison comparison = StringComparison.Ordinal)
    {
        if (text is null || value is null) return -1;
        Check(call, text, value);
        return text.IndexOf(value, comparison);
    }

    public static object? IndexOf(BuiltinCall call)
    {
        if (call.Text(0) is not { } text || call.Text(1) is not { } search) throw call.Error("index_of 需要文本");
        Check(call, text, search);
        var comparison = StringComparison.Ordinal;
        if (call.Text(4) is { } name && !Enum.TryParse(name, ignoreCase: true, out comparison)) throw call.Error($"不认识的比较方式 {name}");
        var start = call.Int(2);
        var count = call[3] is null ? text.Length - start : call.Int(3);
        if (start < 0 || start > text.Length || count < 0 || count > text.Length - start) throw call.Error("起点或长度超出文本");
        return Boxed.Int(text.IndexOf(search, start, count, comparison));
    }

    public static string? Replace(BuiltinCall call, string? text, string? match, string? replacement)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(match)) return text;
        Check(call, text, match);
        replacement ??= string.Empty;
        if (replacement.Length > match.Length)
        {
            var hits = 0L;
            for (var at = text.IndexOf(match, StringComparison.Ordinal); at >= 0; at = text.IndexOf(match, at + match.Length, StringComparison.Ordinal)) hits++;
            call.CheckText(text.Length + (hits * (replacement.Length - match.Length)));
        }
        else call.CheckText(text.Length);
        return text.Replace(match, replacement, StringComparison.Ordinal);
    }

    public static string? ReplaceOne(BuiltinCall call, string? text, string? match, string? replacement, bool last)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(match)) return text;
        Check(call, text, match);
        var at = last ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);
        if (at < 0) return text;
        call.CheckText(text.Length + (replacement?.Length ?? 0));
        return string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + match.Length));
    }

    /// <summary>The parts between the matches; empty ones are left out.</summary>
    public static object? Split(BuiltinCall call)
    {
        var text = call.Text(0);
        if (string.IsNullOrEmpty(text)) return new ScriptArray();
        var match = call.Text(1);
        if (match is not null) Check(call, text, match);
        call.Context.Charge(call.Site, 2L * text.Length);
        var parts = string.IsNullOrEmpty(match)
            ? text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : text.Split(match, StringSplitOptions.RemoveEmptyEntries);
        call.Context.ChargeArray(call.Site, parts.Length);
        call.Context.Charge(call.Site, 24L * parts.Length);
        return new ScriptArray((IEnumerable<object?>)parts);
    }

    private static void Check(BuiltinCall call, string text, string value)
    {
        if ((long)text.Length * value.Length > MaximumWork) throw call.Site.Limit("要查找的文本太长");
    }
}
