using System.Text;
using Workflows.Supervision.DelimitedText;
using Workflows.Supervision.Rosters;

namespace Workflows.Supervision.Exchange;

/// <summary>Sheets as CSV (RFC 4180). What comes in may be UTF-8 or GBK; what goes out is UTF-8 with a mark, which spreadsheets need to read Chinese.</summary>
public static class ExchangeCsv
{
    /// <summary>Reads a file within bounds.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="largest">Most bytes.</param>
    /// <returns>The sheet; null where the file is too large or empty.</returns>
    /// <exception cref="DelimitedTextException">It is no CSV within the bounds; the line is named.</exception>
    public static ExchangeSheet? Read(Stream stream, int largest)
    {
        if (RosterText.Decode(stream, largest) is not var (text, encoding))
        {
            return null;
        }

        using var reader = new StringReader(text);
        List<string>? headings = null;
        var lines = new List<ExchangeLine>();
        foreach (var row in DelimitedReader.Read(reader, new DelimitedBounds(ExchangeSheets.MostLines + 1, ExchangeSheets.MostColumns, ExchangeSheets.LongestCell + 1)))
        {
            if (headings is null)
            {
                headings = [.. row.Fields];
            }
            else
            {
                lines.Add(new ExchangeLine(row.Line, row.Fields, []));
            }
        }

        return headings is null ? null : new ExchangeSheet("csv " + encoding, headings, lines);
    }

    /// <summary>The bytes of a file.</summary>
    public static byte[] Write(ExchangeSheet sheet)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var cells in sheet.Lines.Select(line => line.Cells).Prepend(sheet.Headings))
        {
            text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
