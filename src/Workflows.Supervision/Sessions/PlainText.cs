using System.Buffers;

namespace Workflows.Supervision.Sessions;

/// <summary>
/// Takes out of a text what no reader sees and what changes how the rest is shown or read: control characters but for tab and line ends, and the marks that turn the direction of
/// writing (Unicode 9, 3.2 and 3.3: with them a text shows other words than it has).
/// </summary>
public static class PlainText
{
    private static readonly SearchValues<char> s_hidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Where(code => code is < 0x20 and not (0x09 or 0x0A or 0x0D) or >= 0x7F).Concat(Enumerable.Range(0x202A, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(code => (char)code)]);

    /// <summary>The text without them; the same text where there are none.</summary>
    public static string Of(string text) => text.AsSpan().ContainsAny(s_hidden) ? string.Concat(text.Where(c => !s_hidden.Contains(c))) : text;
}
