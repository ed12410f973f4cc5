namespace Workflows.Templates.Parsing;

/// <summary>A template's name and text, able to turn an offset into a line and a column.</summary>
internal sealed class SourceText(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>The 1-based line and column of an offset; offsets past the end count as columns after the last character.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var line = 1;
        var lineStart = 0;
        var end = Math.Clamp(offset, 0, Text.Length);
        for (var i = 0; i < end; i++)
        {
            if (Text[i] != '\n') continue;
            line++;
            lineStart = i + 1;
        }
        return (line, Math.Max(offset, 0) - lineStart + 1);
    }
}

/// <summary>Where a syntax node stands: source, first offset, and the offset after its last character.</summary>
internal readonly record struct Span(SourceText Source, int Start, int End)
{
    public Span To(int end) => this with { End = end };
}
