using System.Text.Json.Nodes;
using Workflows.Activities.Documents;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Documents;

public sealed class ChineseTextTests
{
    [Theory]
    [InlineData("0", "零元整")]
    [InlineData("1000", "壹仟元整")]
    [InlineData("200", "贰佰元整")]
    [InlineData("3000.5", "叁仟元伍角整")]
    [InlineData("105.04", "壹佰零伍元零肆分")]
    [InlineData("0.36", "叁角陆分")]
    [InlineData("0.05", "伍分")]
    [InlineData("10000", "壹万元整")]
    [InlineData("10500", "壹万零伍佰元整")]
    [InlineData("100010", "壹拾万零壹拾元整")]
    [InlineData("300000000", "叁亿元整")]
    [InlineData("100000001", "壹亿零壹元整")]
    [InlineData("1409.50", "壹仟肆佰零玖元伍角整")]
    [InlineData("6007.14", "陆仟零柒元壹角肆分")]
    [InlineData("16409.02", "壹万陆仟肆佰零玖元零贰分")]
    [InlineData("1200000000000", "壹万贰仟亿元整")]
    [InlineData("1000000000000", "壹万亿元整")]
    public void Money_stands_in_capitals_as_on_bank_forms(string amount, string expected) =>
        Assert.Equal(expected, CapitalAmount.Of(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("-1")]
    [InlineData("0.005")]
    [InlineData("10000000000000000")]
    public void An_amount_that_cannot_be_written_is_refused(string amount) =>
        Assert.Equal("amount-out-of-range", Assert.Throws<RuleViolationException>(
            () => CapitalAmount.Of(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture))).Code);

    [Theory]
    [InlineData("330203199001011234", "330203********1234")]
    [InlineData("G12345678", "*******78")]
    [InlineData("12", "**")]
    public void An_identity_number_hides_the_birthday(string number, string expected) =>
        Assert.Equal(expected, PersonalData.IdentityNumber(number));

    [Theory]
    [InlineData("13812348888", "138****8888")]
    [InlineData("0574-00000088", "0574-****0088")]
    [InlineData("8888", "****")]
    public void A_telephone_number_keeps_its_end(string number, string expected) => Assert.Equal(expected, PersonalData.Phone(number));

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("𠮷田一郎", "𠮷***")]
    [InlineData("㐂", "*")]
    public void A_name_keeps_its_first_character(string name, string expected) => Assert.Equal(expected, PersonalData.Name(name));

    [Theory]
    [InlineData("{{ '2026-12-03' | cn.date }}", "2026年12月3日")]
    [InlineData("{{ '2026-12-31T16:05:00Z' | cn.date }}", "2027年1月1日")]
    [InlineData("{{ '2026-12-31T16:05:00Z' | cn.datetime }}", "2027年1月1日0时05分")]
    [InlineData("{{ '2026-10-20' | cn.date_upper }}", "二〇二六年十月二十日")]
    [InlineData("{{ 3000 | cn.money }}", "叁仟元整")]
    [InlineData("{{ 3 | cn.number }}", "三")]
    [InlineData("{{ true | cn.checkbox }}{{ false | cn.checkbox }}", "☑□")]
    [InlineData("{{ '0574-00000088' | cn.mask_phone }}", "0574-****0088")]
    [InlineData("{{ '同意' | cn.sentence }}{{ '同意。' | cn.sentence }}", "同意。同意。")]
    [InlineData("{{ cn.cite base }}", "《中华人民共和国消防法》第六十条第一款第（三）项")]
    [InlineData("{{ cn.cite notice }}", "《关于样例的通知》（样例发〔2023〕82号）")]
    public void Templates_have_the_functions_of_official_writing(string source, string expected)
    {
        var templates = new DocumentTemplateSet(new Dictionary<string, string> { ["f"] = source });
        var model = new JsonObject
        {
            ["base"] = new JsonObject { ["law"] = "中华人民共和国消防法", ["article"] = 60, ["paragraph"] = 1, ["item"] = 3 },
            ["notice"] = new JsonObject { ["law"] = "关于样例的通知", ["documentNumber"] = "样例发〔2023〕82号" },
        };

        Assert.Equal(expected, SampleDocuments.Render(templates, "f", model).Html);
    }

    [Theory]
    [InlineData("{{ '2026/12/03' | cn.date }}")]
    [InlineData("{{ '2026-12-03' | cn.datetime }}")]
    [InlineData("{{ 'x' | cn.money }}")]
    public void A_value_that_is_no_date_or_number_is_refused_with_its_place(string source)
    {
        var templates = new DocumentTemplateSet(new Dictionary<string, string> { ["f"] = source });

        Assert.Equal("template-failed", Assert.Throws<RuleViolationException>(() => SampleDocuments.Render(templates, "f", [])).Code);
    }
}
