using System.Text;
using Workflows.Host.Problems;
using Workflows.Supervision.Exchange;

namespace Workflows.Host.Api.Exchange;

/// <summary>A table that somebody hands in: delimited text as it is, a workbook as the lines of its first sheet.</summary>
internal static class TableFile
{
    /// <summary>An xlsx file is a zip archive, whatever its name says.</summary>
    public static bool IsWorkbook(Stream content)
    {
        Span<byte> head = stackalloc byte[4];
        var read = content.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        content.Position = 0;
        return read == 4 && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>The table as delimited text; every line keeps its number, so that a report names what its sender sees.</summary>
    /// <param name="content">The file; it can be read from its beginning again.</param>
    /// <exception cref="RefusedException">The workbook cannot be read, or a cell holds a formula, whose value nobody vouches for (422).</exception>
    public static Stream AsDelimited(Stream content)
    {
        if (!IsWorkbook(content))
            return content;
        var sheet = WorkbookReader.Read(content);
        if (sheet.Lines.FirstOrDefault(line => line.Formulas.Count > 0) is { } computed)
            throw new RefusedException(new Refusal(422, "table-formula", "file", $"第{computed.Line}行“{HeadingOf(sheet, computed.Formulas[0])}”是公式：请复制后“选择性粘贴—数值”，再导入。") { Line = computed.Line });
        var text = new StringBuilder();
        Write(text, sheet.Headings);
        var next = 2;
        foreach (var line in sheet.Lines)
        {
            if (line.Line > ExchangeSheets.MostLines)
                throw new RefusedException(new Refusal(422, "table-too-long", "file", $"内容写到了第{ExchangeSheets.MostLines}行以后：请删除空行或者拆分后再导入。") { Line = line.Line });
            for (; next < line.Line; next++)
                text.Append('\n');
            Write(text, line.Cells);
            next++;
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string HeadingOf(ExchangeSheet sheet, int column) => column < sheet.Headings.Count ? sheet.Headings[column] : $"第{column + 1}列";

    private static void Write(StringBuilder text, IReadOnlyList<string> cells) =>
        text.AppendJoin(',', cells.Select(cell => '"' + cell.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ") + '"')).Append('\n');
}
