using System.Buffers;

namespace Workflows.Templates.Evaluation;

/// <summary>Growing text on a rented array.</summary>
internal sealed class OutputBuffer : IDisposable
{
    private char[] _chars = ArrayPool<char>.Shared.Rent(1024);

    public int Length { get; private set; }

    public char Last => Length == 0 ? '\0' : _chars[Length - 1];

    public void Append(ReadOnlySpan<char> text)
    {
        if (text.Length > _chars.Length - Length) Grow(text.Length);
        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    public void Append(char c)
    {
        if (Length == _chars.Length) Grow(1);
        _chars[Length++] = c;
    }

    public void AppendFormatted<T>(T value, ReadOnlySpan<char> format, IFormatProvider culture) where T : ISpanFormattable
    {
        int written;
        while (!value.TryFormat(_chars.AsSpan(Length), out written, format, culture)) Grow(_chars.Length - Length + 32);
        Length += written;
    }

    /// <summary>Appends text so that it is plain text in HTML, also between quotes.</summary>
    public void AppendHtml(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var at = text.IndexOfAny(HtmlSpecial);
            if (at < 0) break;
            Append(text[..at]);
            Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&#39;" });
            text = text[(at + 1)..];
        }
        Append(text);
    }

    public void Truncate(int length) => Length = length;

    public ReadOnlySpan<char> Slice(int start) => _chars.AsSpan(start, Length - start);

    public override string ToString() => new(_chars, 0, Length);

    public void Dispose()
    {
        var chars = _chars;
        _chars = [];
        Length = 0;
        if (chars.Length > 0) ArrayPool<char>.Shared.Return(chars);
    }

    private static readonly SearchValues<char> HtmlSpecial = SearchValues.Create("&<>\"'");

    private void Grow(int needed)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + needed, _chars.Length * 2));
        _chars.AsSpan(0, Length).CopyTo(larger);
        if (_chars.Length > 0) ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
