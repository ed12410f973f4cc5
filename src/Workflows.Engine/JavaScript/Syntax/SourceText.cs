namespace Workflows.Engine.JavaScript.Syntax;

/// <summary>Places in a source.</summary>
internal static class SourceText
{
    public static (int Line, int Column) Locate(string source, int position)
    {
        int line = 1, start = 0;
        position = Math.Min(position, source.Length);
        for (var i = 0; i < position; i++)
        {
            if (Values.TextSpace.IsLineEnd(source[i]))
            {
                if (source[i] == '\r' && i + 1 < source.Length && source[i + 1] == '\n')
                {
                    if (i + 1 >= position)
                    {
                        break;
                    }

                    i++;
                }

                line++;
                start = i + 1;
            }
        }

        return (line, position - start + 1);
    }

    public static ScriptException Error(string source, ScriptErrorKind kind, string reason, int position)
    {
        var (line, column) = Locate(source, position);
        return new ScriptException(kind, reason, line, column);
    }
}
