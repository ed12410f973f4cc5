using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Workflows.Host.Tests.Papers;

/// <summary>What a PDF of Chromium says of its pages and fonts. Its objects lie in the file one by one; only their streams are packed.</summary>
internal sealed partial class PrintedPages
{
    private const RegexOptions Whole = RegexOptions.Singleline | RegexOptions.CultureInvariant;

    private readonly byte[] _pdf;
    private readonly Dictionary<int, (string Text, int At)> _objects;

    public PrintedPages(byte[] pdf)
    {
        _pdf = pdf;
        _objects = Objects().Matches(Encoding.Latin1.GetString(pdf)).ToDictionary(one => Number(one.Groups[1].Value), one => (one.Groups[2].Value, one.Groups[2].Index));
    }

    /// <summary>Width and height of each page, pt.</summary>
    public IReadOnlyList<(double Width, double Height)> Sizes =>
        [.. _objects.Values.Select(one => Boxes().Match(one.Text)).Where(box => box.Success).Select(box => (Length(box.Groups[1].Value), Length(box.Groups[2].Value)))];

    /// <summary>Fonts whose letters the reader's machine would have to have: neither a file of the font nor the drawing of each letter is in the PDF.</summary>
    public IReadOnlyList<string> NotEmbedded
    {
        get
        {
            var drawn = Fonts().Where(font => font.Contains("/CharProcs", StringComparison.Ordinal)).Select(DescriptorOf).ToHashSet();
            return [.. _objects.Where(one => one.Value.Text.Contains("/Type /FontDescriptor", StringComparison.Ordinal) && !drawn.Contains(one.Key) && !one.Value.Text.Contains("/FontFile", StringComparison.Ordinal)).Select(one => one.Value.Text)];
        }
    }

    /// <summary>Names of the fonts that draw a letter, as their tables of letters say.</summary>
    public IReadOnlyList<string> FontsOf(char letter)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"<{(int)letter:X4}>");
        return [.. Fonts().Where(font => Reference(font, "ToUnicode") is { } table && StreamOf(table).Contains(code, StringComparison.OrdinalIgnoreCase)).Select(NameOf).Distinct(StringComparer.Ordinal)];
    }

    private IEnumerable<string> Fonts() => _objects.Values.Select(one => one.Text).Where(text => FontObjects().IsMatch(text));

    // A composite font has its descriptor in the one that it is made of.
    private int? DescriptorOf(string font) =>
        Reference(font, "FontDescriptor") ?? (Descendants().Match(font) is { Success: true } part ? DescriptorOf(_objects[Number(part.Groups[1].Value)].Text) : null);

    private string NameOf(string font) => DescriptorOf(font) is { } descriptor ? Names().Match(_objects[descriptor].Text).Groups[1].Value : "";

    private string StreamOf(int number)
    {
        var (text, at) = _objects[number];
        var begins = text.IndexOf("stream\n", StringComparison.Ordinal) + "stream\n".Length;
        using var packed = new ZLibStream(new MemoryStream(_pdf, at + begins, text.IndexOf("endstream", begins, StringComparison.Ordinal) - begins), CompressionMode.Decompress);
        using var reader = new StreamReader(packed, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static int? Reference(string text, string name) => Regex.Match(text, $@"/{name} (\d+) 0 R", Whole) is { Success: true } found ? Number(found.Groups[1].Value) : null;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Length(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=^|\n)(\d+) 0 obj\n(.*?)endobj", Whole)]
    private static partial Regex Objects();

    [GeneratedRegex(@"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", Whole)]
    private static partial Regex Boxes();

    [GeneratedRegex(@"/Type /Font\n", Whole)]
    private static partial Regex FontObjects();

    [GeneratedRegex(@"/DescendantFonts \[(\d+) 0 R\]", Whole)]
    private static partial Regex Descendants();

    [GeneratedRegex(@"/FontName /([^\s/]+)", Whole)]
    private static partial Regex Names();
}
