using System.Text;

namespace Workflows.Supervision.LegalBases;

/// <summary>
/// Citations as official documents write them: <c>《消防法》第二十八条、第六十条第一款第（三）项</c>. References to one law stand
/// together, and items of one paragraph share its name.
/// </summary>
public static class CitationFormatter
{
    /// <summary>Cites one provision.</summary>
    public static string Cite(LegalBasis basis) => Cite([basis]);

    /// <summary>Cites several provisions in the order given; laws are joined by 、.</summary>
    public static string Cite(IEnumerable<LegalBasis> bases)
    {
        var text = new StringBuilder();
        foreach (var law in bases.DistinctBy(b => (b.Law, b.Reference)).GroupBy(b => b.Law, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "、").Append('《').Append(law.Key.Trim('《', '》')).Append('》');
            ArticleReference? before = null;
            foreach (var reference in law.Select(b => b.Reference))
            {
                text.Append(before is null ? "" : "、").Append(
                    before?.ItemText.Length > 0 && reference.ItemText.Length > 0
                    && before.ArticleText == reference.ArticleText && before.ParagraphText == reference.ParagraphText
                        ? reference.ItemText
                        : reference.ToString());
                before = reference;
            }
        }

        return text.ToString();
    }
}
