using System.IO.Compression;
using System.Xml.Linq;

namespace Workflows.EndToEnd.Desking;

/// <summary>A sheet (.xlsx) that somebody fills in: read and changed as zip and XML, without the library of the product.</summary>
internal static class SheetFile
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>Writes these values under their headings into each line.</summary>
    public static byte[] Fill(byte[] sheet, IReadOnlyDictionary<string, string> values)
    {
        using var file = new MemoryStream();
        file.Write(sheet);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries.Single(part => part.FullName.Contains("worksheets/", StringComparison.Ordinal) && part.FullName.EndsWith(".xml", StringComparison.Ordinal));
            XDocument content;
            using (var part = entry.Open())
                content = XDocument.Load(part);
            var rows = content.Descendants(Main + "row").ToList();
            var places = rows[0].Elements(Main + "c").Where(cell => values.ContainsKey(TextOf(cell))).ToDictionary(ColumnOf, cell => values[TextOf(cell)], StringComparer.Ordinal);
            Assert.Equal(values.Count, places.Count);
            foreach (var (row, index) in rows.Skip(1).Select((row, index) => (row, index + 2)))
            {
                var cells = row.Elements(Main + "c").ToDictionary(ColumnOf, TextOf, StringComparer.Ordinal);
                foreach (var (column, value) in places)
                    cells[column] = value;
                row.ReplaceNodes(cells.OrderBy(cell => cell.Key.Length).ThenBy(cell => cell.Key, StringComparer.Ordinal).Select(cell =>
                    new XElement(Main + "c", new XAttribute("r", cell.Key + index), new XAttribute("t", "inlineStr"), new XElement(Main + "is", new XElement(Main + "t", cell.Value)))));
            }

            var name = entry.FullName;
            entry.Delete();
            using var written = zip.CreateEntry(name).Open();
            content.Save(written);
        }

        return file.ToArray();
    }

    private static string ColumnOf(XElement cell) => string.Concat(cell.Attribute("r")!.Value.TakeWhile(char.IsAsciiLetterUpper));

    private static string TextOf(XElement cell) => string.Concat(cell.Descendants(Main + "t").Select(text => text.Value));
}
