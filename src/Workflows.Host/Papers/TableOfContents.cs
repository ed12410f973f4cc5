using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Workflows.Host.Papers;

/// <summary>
/// Puts page numbers into a table of contents: a text is printed once, the pages on which its parts begin are read from the PDF, and it is printed again.
/// Knows the plain objects that Chromium writes: the tree of pages and the names of the destinations of links.
/// </summary>
internal static partial class TableOfContents
{
    private const int MostPages = 20_000;

    /// <summary>Place of the page number of a part, to be filled in.</summary>
    /// <param name="part">Id of the part: letters, digits and hyphens.</param>
    public static string Place(string part) => $"<span class=\"toc-page\" data-part=\"{part}\">000</span>";

    /// <summary>Whether a text has places to fill in.</summary>
    public static bool IsIn(string html) => PlaceForm().IsMatch(html);

    /// <summary>The text with the page numbers of a PDF that was printed from it; a part that is not found keeps a dash.</summary>
    public static string Filled(string html, byte[] pdf)
    {
        var pages = PagesOf(pdf);
        return PlaceForm().Replace(html, place => $"<span class=\"toc-page\">{(pages.TryGetValue(place.Groups[1].Value, out var page) ? page.ToString(CultureInfo.InvariantCulture) : "—")}</span>");
    }

    /// <summary>The pages, from 1, on which named parts begin.</summary>
    public static IReadOnlyDictionary<string, int> PagesOf(byte[] pdf)
    {
        // The objects that are looked at are ASCII; Latin-1 keeps every byte in its place.
        var text = Encoding.Latin1.GetString(pdf);
        var nodes = NodeForm().Matches(text).ToDictionary(match => match.Groups[1].Value, match => (IReadOnlyList<string>)[.. ReferenceForm().Matches(match.Groups[2].Value).Select(reference => reference.Groups[1].Value)]);
        var inside = nodes.Values.SelectMany(kids => kids).ToHashSet(StringComparer.Ordinal);
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        var open = new Stack<string>(nodes.Keys.Where(node => !inside.Contains(node)));
        while (open.TryPop(out var node) && order.Count < MostPages)
        {
            if (nodes.Remove(node, out var kids))
            {
                foreach (var kid in kids.Reverse())
                    open.Push(kid);
            }
            else
            {
                order.TryAdd(node, order.Count + 1);
            }
        }

        var parts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (Match part in DestinationForm().Matches(text))
        {
            if (order.TryGetValue(part.Groups[2].Value, out var page))
                parts.TryAdd(part.Groups[1].Value, page);
        }

        return parts;
    }

    [GeneratedRegex("<span class=\"toc-page\" data-part=\"([A-Za-z0-9-]{1,40})\">000</span>")]
    private static partial Regex PlaceForm();

    [GeneratedRegex(@"(?<![0-9])([0-9]{1,9}) 0 obj\s*<<\s*/Type\s*/Pages\s(?:(?!endobj|/Kids).){0,200}/Kids\s*\[([0-9R\s]{0,400000})\]", RegexOptions.Singleline)]
    private static partial Regex NodeForm();

    [GeneratedRegex("([0-9]{1,9}) 0 R")]
    private static partial Regex ReferenceForm();

    [GeneratedRegex(@"/(part-[0-9]{1,6}) \[([0-9]{1,9}) 0 R /XYZ")]
    private static partial Regex DestinationForm();
}
