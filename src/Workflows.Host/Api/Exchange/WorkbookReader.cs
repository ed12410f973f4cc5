using System.IO.Compression;
using System.IO.Packaging;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Workflows.Host.Problems;
using Workflows.Supervision.Exchange;

namespace Workflows.Host.Api.Exchange;

/// <summary>
/// Reads the first sheet of an xlsx file that a stranger made. It is unpacked once to nowhere, counting, before anything looks inside; then it is read element by
/// element, so that neither its size nor its depth becomes memory. A formula is marked and its result not trusted.
/// </summary>
internal static class WorkbookReader
{
    /// <summary>Most bytes of the file when it is unpacked.</summary>
    public const long LargestUnpacked = 32 << 20;

    /// <summary>Most characters of all cells together: one text may stand in a million cells and take no room in the file.</summary>
    public const int MostCharacters = 8 << 20;

    private const int MostParts = 200;

    /// <summary>Reads the first sheet; refuses (422) what is no such file or exceeds a bound.</summary>
    public static ExchangeSheet Read(Stream stream)
    {
        try
        {
            CountUnpacked(stream);
            stream.Position = 0;
            using var document = SpreadsheetDocument.Open(stream, isEditable: false, new OpenSettings { AutoSave = false, MaxCharactersInPart = LargestUnpacked });
            var workbook = document.WorkbookPart ?? throw Unreadable();
            var texts = Texts(workbook.SharedStringTablePart);
            return ReadSheet(FirstSheet(workbook), texts);
        }
        catch (Exception broken) when (broken is InvalidDataException or FileFormatException or XmlException or OpenXmlPackageException or ArgumentException or FormatException
            or InvalidOperationException or KeyNotFoundException or IOException or NotSupportedException or OverflowException)
        {
            throw Unreadable(broken);
        }
    }

    private static void CountUnpacked(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (zip.Entries.Count > MostParts)
            throw TooLarge();
        var buffer = new byte[64 * 1024];
        var total = 0L;
        foreach (var entry in zip.Entries)
        {
            // The length that a file states of itself may be a lie.
            using var content = entry.Open();
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                if ((total += read) > LargestUnpacked)
                    throw TooLarge();
            }
        }
    }

    private static WorksheetPart FirstSheet(WorkbookPart workbook)
    {
        using var reader = OpenXmlReader.Create(workbook);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(Sheet) && reader.IsStartElement && reader.Attributes.FirstOrDefault(a => a.LocalName == "id").Value is { } id)
                return workbook.GetPartById(id) as WorksheetPart ?? throw Unreadable();
        }

        throw Unreadable();
    }

    private static List<string> Texts(SharedStringTablePart? part)
    {
        var texts = new List<string>();
        if (part is null)
            return texts;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
                texts.Add(reader.IsEndElement ? "" : TextOf(reader, typeof(SharedStringItem)));
        }

        return texts;
    }

    private static ExchangeSheet ReadSheet(WorksheetPart part, List<string> texts)
    {
        List<string>? headings = null;
        var lines = new List<ExchangeLine>();
        var (number, characters) = (0, 0);
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
                continue;
            number = Attribute(reader, "r") is { } stated ? int.Parse(stated, System.Globalization.CultureInfo.InvariantCulture) : number + 1;
            var line = reader.IsEndElement ? new ExchangeLine(number, [], []) : ReadRow(reader, number, texts, ref characters);
            if (line.Cells.All(string.IsNullOrWhiteSpace) && line.Formulas.Count == 0)
                continue;
            if (headings is null)
                headings = [.. line.Cells];
            else if (lines.Count == ExchangeSheets.MostLines)
                throw new RefusedException(new Refusal(422, "exchange-too-long", "file", $"表格超过{ExchangeSheets.MostLines}行：请拆分后再导入。"));
            else
                lines.Add(line);
        }

        return new ExchangeSheet("xlsx", headings ?? throw new RefusedException(new Refusal(422, "exchange-empty", "file", "表格是空的：请在第一行写明列名。")), lines);
    }

    private static ExchangeLine ReadRow(OpenXmlReader reader, int number, List<string> texts, ref int characters)
    {
        var (cells, formulas, next) = (new List<string>(), new List<int>(), 0);
        while (reader.Read() && !(reader.ElementType == typeof(Row) && reader.IsEndElement))
        {
            if (reader.ElementType != typeof(Cell) || !reader.IsStartElement)
                continue;
            var column = Attribute(reader, "r") is { } place ? ColumnOf(place) : next;
            if (column is < 0 or >= ExchangeSheets.MostColumns)
                throw new RefusedException(new Refusal(422, "exchange-too-wide", "file", $"第{number}行超过{ExchangeSheets.MostColumns}列：请删除多余的列。"));
            next = column + 1;
            var kind = Attribute(reader, "t");
            var (text, isFormula) = reader.IsEndElement ? ("", false) : CellOf(reader);
            if (kind == "s" && text.Length > 0)
                text = texts[int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)];
            if ((characters += text.Length) > MostCharacters)
                throw TooLarge();
            while (cells.Count <= column)
                cells.Add("");
            cells[column] = kind == "b" ? (text == "1" ? "是" : "否") : text;
            if (isFormula || kind == "e")
                formulas.Add(column);
        }

        return new ExchangeLine(number, cells, formulas);
    }

    private static (string Text, bool IsFormula) CellOf(OpenXmlReader reader)
    {
        var (text, isFormula) = ("", false);
        while (reader.Read() && !(reader.ElementType == typeof(Cell) && reader.IsEndElement))
        {
            if (!reader.IsStartElement)
                continue;
            if (reader.ElementType == typeof(CellFormula))
                isFormula = true;
            else if (reader.ElementType == typeof(CellValue))
                text = reader.GetText();
            else if (reader.ElementType == typeof(InlineString) && !reader.IsEndElement)
                text = TextOf(reader, typeof(InlineString));
        }

        return (text, isFormula);
    }

    // A text may be cut into runs; how it is spoken (phonetic runs) is no part of it.
    private static string TextOf(OpenXmlReader reader, Type end)
    {
        var text = new StringBuilder();
        var spoken = false;
        while (reader.Read() && !(reader.ElementType == end && reader.IsEndElement))
        {
            if (reader.ElementType == typeof(PhoneticRun))
                spoken = reader is { IsStartElement: true, IsEndElement: false };
            else if (reader.ElementType == typeof(Text) && reader.IsStartElement && !spoken)
                text.Append(reader.GetText());
        }

        return text.ToString();
    }

    private static string? Attribute(OpenXmlReader reader, string name) => reader.Attributes.FirstOrDefault(a => a.LocalName == name && a.NamespaceUri.Length == 0).Value;

    private static int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place.TakeWhile(char.IsAsciiLetterUpper))
            column = checked((column * 26) + letter - 'A' + 1);
        return column - 1;
    }

    private static RefusedException Unreadable(Exception? cause = null) =>
        new(new Refusal(422, "exchange-unreadable", "file", "文件不是可以读取的 xlsx：请用导出的表格填写后原样保存，或者另存为CSV。"), cause);

    private static RefusedException TooLarge() =>
        new(new Refusal(422, "exchange-too-large", "file", $"文件解压后超过{LargestUnpacked >> 20} MiB或内容过多：请拆分后再导入。"));
}
