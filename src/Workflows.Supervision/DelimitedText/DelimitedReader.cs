using System.Text;

namespace Workflows.Supervision.DelimitedText;

/// <summary>Bounds for reading delimited text from outside.</summary>
/// <param name="MaxRows">Most rows, the header included.</param>
/// <param name="MaxFields">Most fields in a row.</param>
/// <param name="MaxFieldLength">Most characters (UTF-16 units) in a field.</param>
internal readonly record struct DelimitedBounds(int MaxRows, int MaxFields, int MaxFieldLength)
{
    public static DelimitedBounds Usual => new(1_100_000, 64, 4_000);
}

/// <summary>A row with the line on which it begins; a quoted field may span lines.</summary>
internal sealed record DelimitedRow(int Line, IReadOnlyList<string> Fields);

/// <summary>What is wrong with the text as a whole; reading stops there.</summary>
/// <param name="line">Line on which the row at fault begins, from 1.</param>
/// <param name="problem">Chinese text: what is wrong and what to do.</param>
public sealed class DelimitedTextException(int line, string problem) : Exception(problem)
{
    /// <summary>Line on which the row at fault begins, from 1.</summary>
    public int Line { get; } = line;
}

/// <summary>
/// Reads CSV (RFC 4180: quotes, doubled quotes, line breaks in quotes, CRLF or LF) row by row within bounds.
/// Blank lines are skipped.
/// </summary>
internal static class DelimitedReader
{
    public static IEnumerable<DelimitedRow> Read(TextReader text, DelimitedBounds bounds)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var rows = 0;
        for (var line = 1; text.Peek() >= 0;)
        {
            var begin = line;
            ReadRow(text, bounds, fields, field, ref line);
            if (fields is [""])
            {
                continue;
            }

            if (++rows > bounds.MaxRows)
            {
                throw new DelimitedTextException(begin, $"行数超过 {bounds.MaxRows}，请拆分文件后再导入。");
            }

            yield return new DelimitedRow(begin, fields.ToArray());
        }
    }

    private static void ReadRow(TextReader text, DelimitedBounds bounds, List<string> fields, StringBuilder field, ref int line)
    {
        fields.Clear();
        field.Clear();
        var quoted = false;
        var begin = line;
        while (true)
        {
            var next = text.Read();
            if (next < 0)
            {
                if (quoted)
                {
                    throw new DelimitedTextException(begin, "引号没有成对，请检查该行的双引号。");
                }

                Close(bounds, fields, field, begin);
                return;
            }

            var c = (char)next;
            if (quoted)
            {
                if (c == '"' && text.Peek() == '"')
                {
                    text.Read();
                    Append(bounds, field, '"', begin);
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    line += c == '\n' ? 1 : 0;
                    Append(bounds, field, c, begin);
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == ',')
            {
                Close(bounds, fields, field, begin);
            }
            else if (c == '\n')
            {
                line++;
                Close(bounds, fields, field, begin);
                return;
            }
            else if (c != '\r' || text.Peek() != '\n')
            {
                Append(bounds, field, c, begin);
            }
        }
    }

    private static void Append(DelimitedBounds bounds, StringBuilder field, char c, int line)
    {
        if (field.Length >= bounds.MaxFieldLength)
        {
            throw new DelimitedTextException(line, $"单元格超过 {bounds.MaxFieldLength} 个字符，请缩短内容或检查双引号。");
        }

        field.Append(c);
    }

    private static void Close(DelimitedBounds bounds, List<string> fields, StringBuilder field, int line)
    {
        if (fields.Count >= bounds.MaxFields)
        {
            throw new DelimitedTextException(line, $"列数超过 {bounds.MaxFields}，请检查分隔符。");
        }

        fields.Add(field.ToString());
        field.Clear();
    }
}
