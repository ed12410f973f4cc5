namespace Workflows.Engine.JavaScript.Values;

/// <summary>White space and line ends as ECMA-262 defines them; .NET's differ in a few characters.</summary>
internal static class TextSpace
{
    public static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    public static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r') or '\u00A0' or '\uFEFF' or '\u1680'
        or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    public static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (from < text.Length && IsSpace(text[from]))
        {
            from++;
        }

        return text[from..];
    }

    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        var to = text.Length;
        while (to > 0 && IsSpace(text[to - 1]))
        {
            to--;
        }

        return text[..to];
    }

    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => TrimStart(TrimEnd(text));
}
