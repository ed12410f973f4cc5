using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Workflows.Supervision.Exchange;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Exchange;

/// <summary>Writes a sheet as xlsx: every cell is text, so that nothing in it is ever computed; what the other side fills in is coloured, words that it may choose are offered.</summary>
internal static class WorkbookWriter
{
    private const uint Plain = 1;
    private const uint Heading = 2;
    private const uint FilledHeading = 3;
    private const int MostListed = 255;
    private static readonly System.Buffers.SearchValues<char> NotInNames = System.Buffers.SearchValues.Create("[]:*?/\\");

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(ExchangeMapping mapping, ExchangeSheet sheet)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var styles = workbook.AddNewPart<WorkbookStylesPart>("styles");
            styles.Stylesheet = Styles();
            var part = workbook.AddNewPart<WorksheetPart>("sheet");
            using (var writer = OpenXmlWriter.Create(part))
                WriteSheet(writer, mapping, sheet);
            workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = NameOf(mapping.Title), SheetId = 1, Id = "sheet" }));
        }

        return file.ToArray();
    }

    /// <summary>The bytes of a plain list.</summary>
    /// <param name="title">Name of the sheet.</param>
    /// <param name="headings">Headings of the columns.</param>
    /// <param name="lines">The cells of each row.</param>
    public static byte[] Write(string title, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> lines)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            using (var writer = OpenXmlWriter.Create(workbook.AddNewPart<WorksheetPart>("sheet")))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", State = PaneStateValues.Frozen, ActivePane = PaneValues.BottomLeft }) { WorkbookViewId = 0 }));
                writer.WriteElement(new Columns(new Column { Min = 1, Max = (uint)headings.Count, Width = 22, CustomWidth = true, Style = Plain }));
                writer.WriteStartElement(new SheetData());
                WriteRow(writer, 1, headings, _ => Heading);
                for (var index = 0; index < lines.Count; index++)
                    WriteRow(writer, index + 2, [.. lines[index].Select(PlainText.Of)], _ => Plain);
                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            workbook.Workbook = new Workbook(new Sheets(new Sheet { Name = NameOf(title), SheetId = 1, Id = "sheet" }));
        }

        return file.ToArray();
    }

    private static void WriteSheet(OpenXmlWriter writer, ExchangeMapping mapping, ExchangeSheet sheet)
    {
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", State = PaneStateValues.Frozen, ActivePane = PaneValues.BottomLeft }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(mapping.Columns.Select((column, index) =>
            new Column { Min = (uint)index + 1, Max = (uint)index + 1, Width = column.Filled ? 18 : 22, CustomWidth = true, Style = Plain })));
        writer.WriteStartElement(new SheetData());
        WriteRow(writer, 1, sheet.Headings, index => mapping.Columns[index].Filled ? FilledHeading : Heading);
        foreach (var line in sheet.Lines)
            WriteRow(writer, line.Line, line.Cells, _ => Plain);
        writer.WriteEndElement();
        if (Lists(mapping, sheet.Lines.Count) is { Count: > 0 } lists)
            writer.WriteElement(new DataValidations(lists) { Count = (uint)lists.Count });
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, int number, IReadOnlyList<string> cells, Func<int, uint> style)
    {
        writer.WriteStartElement(new Row { RowIndex = (uint)number });
        for (var index = 0; index < cells.Count; index++)
        {
            writer.WriteElement(new Cell(new InlineString(new Text(Allowed(cells[index])) { Space = SpaceProcessingModeValues.Preserve }))
            {
                CellReference = NameOf(index) + number.ToString(CultureInfo.InvariantCulture), DataType = CellValues.InlineString, StyleIndex = style(index),
            });
        }

        writer.WriteEndElement();
    }

    private static List<DataValidation> Lists(ExchangeMapping mapping, int rows)
    {
        var lists = new List<DataValidation>();
        for (var index = 0; index < mapping.Columns.Count; index++)
        {
            var column = mapping.Columns[index];
            var words = string.Join(',', column.Values.Select(value => value.Theirs).Distinct(StringComparer.Ordinal));
            if (!column.Filled || words.Length is 0 or > MostListed - 2 || words.Contains('"', StringComparison.Ordinal))
                continue;
            lists.Add(new DataValidation(new Formula1($"\"{words}\""))
            {
                Type = DataValidationValues.List, AllowBlank = true, ShowErrorMessage = true,
                SequenceOfReferences = new ListValue<StringValue> { InnerText = $"{NameOf(index)}2:{NameOf(index)}{Math.Max(rows + 1, 2)}" },
            });
        }

        return lists;
    }

    private static Stylesheet Styles() => new(
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "宋体" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "宋体" })),
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFFFF2CC" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(
            new CellFormat(),
            // 49 is “text”: what is typed into such a cell stays as it was typed.
            new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 49, FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 49, FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true }));

    // XML forbids control characters even when they are escaped.
    private static string Allowed(string text) => text.All(System.Xml.XmlConvert.IsXmlChar) ? text
        : string.Concat(text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || System.Xml.XmlConvert.IsXmlChar((char)rune.Value)));

    private static string NameOf(string title) => title.AsSpan().ContainsAny(NotInNames) || title.Length is 0 or > 31 ? "数据" : title;

    private static string NameOf(int index) => index < 26 ? ((char)('A' + index)).ToString() : $"{(char)('A' + (index / 26) - 1)}{(char)('A' + (index % 26))}";
}
