using Workflows.Supervision.LegalBases;

namespace Workflows.Supervision.Tests.LegalBases;

public class CitationTests
{
    private static readonly LegalBasisSet Angling = new(
    [
        ("RS-04", new LegalBasis("水污染防治法", ArticleReference.Parse("91"), null, new DateOnly(2026, 8, 14))),
        ("RS-04", new LegalBasis("生态环境法典", ArticleReference.Parse("1145"), new DateOnly(2026, 8, 15))),
        ("EH-06", new LegalBasis("未成年人保护法", ArticleReference.Parse("58"))),
    ]);

    [Theory]
    [InlineData(1, "一")]
    [InlineData(10, "十")]
    [InlineData(15, "十五")]
    [InlineData(20, "二十")]
    [InlineData(60, "六十")]
    [InlineData(100, "一百")]
    [InlineData(101, "一百零一")]
    [InlineData(110, "一百一十")]
    [InlineData(117, "一百一十七")]
    [InlineData(320, "三百二十")]
    [InlineData(1000, "一千")]
    [InlineData(1001, "一千零一")]
    [InlineData(1010, "一千零一十")]
    [InlineData(1100, "一千一百")]
    [InlineData(1145, "一千一百四十五")]
    [InlineData(9999, "九千九百九十九")]
    public void Numbers_are_written_as_laws_write_them(int number, string text) => Assert.Equal(text, ChineseNumeral.Of(number));

    [Theory]
    [InlineData("60.1.3", "《消防法》第六十条第一款第（三）项")]
    [InlineData("60", "《消防法》第六十条")]
    [InlineData("60.2", "《消防法》第六十条第二款")]
    [InlineData("60.0.3", "《消防法》第六十条第（三）项")]
    [InlineData("133-1", "《消防法》第一百三十三条之一")]
    [InlineData("15.1.10.2", "《消防法》第十五条第一款第（十）项第2目")]
    public void A_reference_is_cited_to_its_item(string reference, string citation) =>
        Assert.Equal(citation, CitationFormatter.Cite(new LegalBasis("消防法", ArticleReference.Parse(reference))));

    [Fact]
    public void References_to_one_law_stand_together_and_items_share_their_paragraph()
    {
        string[] fire = ["28", "60.1.3", "60.1.6", "60.2"];
        var bases = fire.Select(r => new LegalBasis("消防法", ArticleReference.Parse(r)))
            .Append(new LegalBasis("《未成年人保护法》", ArticleReference.Parse("58")))
            .Append(new LegalBasis("消防法", ArticleReference.Parse("28")));
        Assert.Equal("《消防法》第二十八条、第六十条第一款第（三）项、第（六）项、第六十条第二款、《未成年人保护法》第五十八条", CitationFormatter.Cite(bases));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("60.")]
    [InlineData("第60条")]
    [InlineData("60.1.3.2.1")]
    [InlineData("60.1.3\n")]
    public void Another_form_is_refused(string reference) =>
        Assert.Equal("article-invalid", Assert.Throws<DomainRuleException>(() => ArticleReference.Parse(reference)).Code);

    [Theory]
    [InlineData("2026-08-10", "《水污染防治法》第九十一条")]
    [InlineData("2026-08-14", "《水污染防治法》第九十一条")]
    [InlineData("2026-08-15", "《生态环境法典》第一千一百四十五条")]
    [InlineData("2026-08-20", "《生态环境法典》第一千一百四十五条")]
    public void The_date_of_the_violation_chooses_the_law(string violatedOn, string citation)
    {
        var choice = Angling.Choose("RS-04", DateOnly.Parse(violatedOn), new DateOnly(2026, 9, 1));
        Assert.Equal(citation, CitationFormatter.Cite(choice.Decide(false, null)));
        Assert.Equal(DateOnly.Parse(violatedOn) < new DateOnly(2026, 8, 15), choice.NeedsComparison);
    }

    [Fact]
    public void A_milder_new_rule_is_an_officers_choice_with_a_reason()
    {
        var choice = Angling.Choose("RS-04", new DateOnly(2026, 8, 10), new DateOnly(2026, 9, 1));
        Assert.Equal("milder-rule-without-reason", Assert.Throws<DomainRuleException>(() => choice.Decide(true, " ")).Code);
        Assert.Equal("生态环境法典", choice.Decide(true, "新规定罚款上限较低")[0].Law);
        var same = Angling.Choose("EH-06", new DateOnly(2026, 8, 10), new DateOnly(2026, 9, 1));
        Assert.False(same.NeedsComparison);
        Assert.Equal("milder-rule-without-change", Assert.Throws<DomainRuleException>(() => same.Decide(true, "x")).Code);
    }

    [Fact]
    public void A_matter_without_a_basis_on_the_day_is_refused()
    {
        Assert.Equal("basis-not-in-force", Assert.Throws<DomainRuleException>(() => Angling.Choose("RS-99", new DateOnly(2026, 8, 10), new DateOnly(2026, 9, 1))).Code);
        Assert.Equal("basis-dates-reversed", Assert.Throws<DomainRuleException>(
            () => new LegalBasisSet([("X", new LegalBasis("某法", ArticleReference.Parse("1"), new DateOnly(2026, 2, 1), new DateOnly(2026, 1, 1)))])).Code);
    }
}
