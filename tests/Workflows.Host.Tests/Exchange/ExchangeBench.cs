using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Workflows.Host.Tests.Serving;

namespace Workflows.Host.Tests.Exchange;

/// <summary>Sheets as a stranger sees them: xlsx is read and changed as zip and XML here, without the library of the product.</summary>
internal static class ExchangeBench
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>A sheet that went out.</summary>
    public static async Task<byte[]> SheetAsync(this HttpClient person, string path)
    {
        using var answer = await person.GetAsync(new Uri(path, UriKind.Relative));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
        return bytes;
    }

    /// <summary>Hands a file in.</summary>
    public static async Task<HttpResponseMessage> ImportAsync(this HttpClient person, string path, byte[] file, string? key = null)
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(file);
        form.Add(content, "file", "sheet");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("Idempotency-Key", key ?? "import-" + Guid.NewGuid());
        return await person.SendAsync(request);
    }

    /// <summary>The cells of the first sheet, all of them inline text.</summary>
    public static List<List<string>> Cells(byte[] xlsx)
    {
        using var zip = new ZipArchive(new MemoryStream(xlsx));
        using var part = SheetPart(zip).Open();
        var rows = new List<List<string>>();
        foreach (var row in XDocument.Load(part).Descendants(Main + "row"))
        {
            var cells = Enumerable.Repeat("", rows.Count > 0 ? rows[0].Count : row.Elements(Main + "c").Count()).ToList();
            foreach (var cell in row.Elements(Main + "c"))
                cells[Column(cell.Attribute("r")!.Value)] = string.Concat(cell.Descendants(Main + "t").Select(t => t.Value));
            rows.Add(cells);
        }

        return rows;
    }

    /// <summary>Fills cells as people do in a spreadsheet: by heading, for each line.</summary>
    public static byte[] Fill(byte[] xlsx, Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> fill)
    {
        var rows = Cells(xlsx);
        for (var line = 1; line < rows.Count; line++)
        {
            var named = rows[0].Zip(rows[line]).ToDictionary(pair => pair.First, pair => pair.Second);
            foreach (var (heading, value) in fill(named))
                rows[line][rows[0].IndexOf(heading)] = value;
        }

        return Write(rows, xlsx);
    }

    /// <summary>The lines as CSV.</summary>
    public static byte[] Csv(IEnumerable<IReadOnlyList<string>> rows) => Encoding.UTF8.GetBytes(
        string.Concat(rows.Select(row => string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n")));

    /// <summary>Replaces the first sheet's data by shared strings, as spreadsheets save it.</summary>
    public static byte[] Write(List<List<string>> rows, byte[] template)
    {
        using var file = new MemoryStream();
        file.Write(template);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = SheetPart(zip);
            XDocument sheet;
            using (var part = entry.Open())
                sheet = XDocument.Load(part);
            var data = sheet.Descendants(Main + "sheetData").Single();
            data.ReplaceNodes(rows.Select((row, r) => new XElement(Main + "row", new XAttribute("r", r + 1), row.Select((cell, c) => (cell, c)).Where(pair => pair.cell.Length > 0).Select(pair =>
                pair.cell.StartsWith("<f>", StringComparison.Ordinal)
                    ? new XElement(Main + "c", new XAttribute("r", Name(pair.c) + (r + 1)), new XElement(Main + "f", pair.cell[3..]), new XElement(Main + "v", "1"))
                    : new XElement(Main + "c", new XAttribute("r", Name(pair.c) + (r + 1)), new XAttribute("t", "inlineStr"), new XElement(Main + "is", new XElement(Main + "t", pair.cell)))))));
            var name = entry.FullName;
            entry.Delete();
            using var written = zip.CreateEntry(name).Open();
            sheet.Save(written);
        }

        return file.ToArray();
    }

    /// <summary>The report of an import, from the answer or from its refusal.</summary>
    public static async Task<JsonObject> ReportAsync(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {text}");
        var body = JsonNode.Parse(text)!.AsObject();
        return status == 200 ? body : body["report"]!.AsObject();
    }

    private static int Column(string place) => place.TakeWhile(char.IsAsciiLetterUpper).Aggregate(0, (column, letter) => (column * 26) + letter - 'A' + 1) - 1;

    private static string Name(int column) => column < 26 ? ((char)('A' + column)).ToString() : $"{(char)('A' + (column / 26) - 1)}{(char)('A' + (column % 26))}";

    private static ZipArchiveEntry SheetPart(ZipArchive zip) => zip.Entries.Single(entry => entry.FullName.Contains("worksheets/", StringComparison.Ordinal) && entry.FullName.EndsWith(".xml", StringComparison.Ordinal));
}
