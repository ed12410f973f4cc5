using System.Globalization;
using System.Text.RegularExpressions;

namespace Workflows.Supervision.LegalBases;

/// <summary>A place in a law: 条, 条之一, 款, 项, 目. A part may be absent only if those below it are absent too, save that an item may stand without a paragraph.</summary>
/// <param name="Article">条, 1 or more.</param>
/// <param name="Inserted">之一, 之二 … of an inserted article; null for none.</param>
/// <param name="Paragraph">款.</param>
/// <param name="Item">项.</param>
/// <param name="SubItem">目.</param>
public sealed partial record ArticleReference(int Article, int? Inserted = null, int? Paragraph = null, int? Item = null, int? SubItem = null)
{
    /// <summary>
    /// Reads the short form of scenario files: <c>60</c>, <c>60.1</c> (款), <c>60.1.3</c> (款、项), <c>60.1.3.2</c> (目),
    /// <c>133-1</c> (之一), <c>60.0.3</c> (项 without 款).
    /// </summary>
    /// <param name="text">The short form.</param>
    /// <exception cref="DomainRuleException">Not of that form (<c>article-invalid</c>).</exception>
    public static ArticleReference Parse(string text)
    {
        var match = Short().Match(text);
        if (!match.Success)
        {
            throw new DomainRuleException("article-invalid", $"条款“{text}”的写法无效，请写作 60、60.1、60.1.3 或 133-1。", "article");
        }

        int? Part(string name) => match.Groups[name].Success && int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) is > 0 and var part ? part : null;
        return new ArticleReference(
            Part("article") ?? throw new DomainRuleException("article-invalid", $"条款“{text}”的条号应从 1 起。", "article"),
            Part("inserted"), Part("paragraph"), Part("item"), Part("sub"));
    }

    /// <summary>The reference in Chinese numerals: 第六十条第一款第（三）项.</summary>
    public override string ToString() => ArticleText + Rest;

    internal string ArticleText => $"第{ChineseNumeral.Of(Article)}条{(Inserted is { } inserted ? $"之{ChineseNumeral.Of(inserted)}" : "")}";

    internal string Rest => ParagraphText + ItemText;

    internal string ParagraphText => Paragraph is { } paragraph ? $"第{ChineseNumeral.Of(paragraph)}款" : "";

    internal string ItemText =>
        (Item is { } item ? $"第（{ChineseNumeral.Of(item)}）项" : "") + (SubItem is { } sub ? $"第{sub}目" : "");

    [GeneratedRegex(@"\A(?<article>\d{1,4})(-(?<inserted>\d{1,2}))?(\.(?<paragraph>\d{1,2})(\.(?<item>\d{1,2})(\.(?<sub>\d{1,2}))?)?)?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Short();
}
