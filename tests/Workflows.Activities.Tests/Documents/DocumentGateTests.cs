using System.Text.Json.Nodes;
using Workflows.Supervision.Documents;
using Workflows.Supervision.Sessions;

namespace Workflows.Activities.Tests.Documents;

public sealed class DocumentGateTests
{
    [Theory]
    [InlineData("rectification-order", "party.name")]
    [InlineData("rectification-order", "document.number")]
    [InlineData("rectification-order", "order.items[1].due")]
    [InlineData("rectification-order", "order.findings[0].facts")]
    [InlineData("rectification-order", "order.findings[1].violates")]
    [InlineData("rectification-order", "remedies.court")]
    [InlineData("rectification-order", "order.officers[1].certificateNumber")]
    [InlineData("rectification-package", "package.orders[2].number")]
    [InlineData("extension-decision", "extension.items[0].newDue")]
    [InlineData("leniency-decision", "leniency.education")]
    [InlineData("leniency-decision", "leniency.query.result")]
    [InlineData("inspection-notice", "check.visitOfYear")]
    [InlineData("inspection-notice", "organ.supervisionPhone")]
    [InlineData("inspection-record", "record.sections[0].items[1].facts")]
    [InlineData("inspection-record", "record.recusalAnswer")]
    [InlineData("reinspection-opinion", "reinspection.items[0].found")]
    [InlineData("proof-of-service", "service.servedOn")]
    [InlineData("proof-of-service", "service.receiver")]
    [InlineData("case-filing-approval", "filing.legalReview.opinion")]
    [InlineData("supervision-order", "supervision.receiverPower")]
    [InlineData("publication-table", "publication.rows[2].creditCode")]
    [InlineData("inspection-plan", "plan.draw.exclusions[1].count")]
    public void A_missing_field_is_named_and_shown(string sample, string path)
    {
        var model = SampleDocuments.Model(sample);
        Remove(model, path);

        var document = SampleDocuments.Render(sample, model);

        Assert.Equal(path, Assert.Single(document.MissingFields));
        Assert.Contains($"本文书缺少下列内容，不得签发：{path}", document.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_left_at_the_residence_needs_a_witness_or_a_video()
    {
        var model = SampleDocuments.Model("proof-of-service-left");
        Remove(model, "service.witness");
        Assert.Empty(SampleDocuments.Render("proof-of-service-left", model).MissingFields);

        Remove(model, "service.videoNumber");
        Assert.Equal(["service.witness"], SampleDocuments.Render("proof-of-service-left", model).MissingFields);
    }

    [Fact]
    public void Markup_in_a_name_is_shown_and_never_executed()
    {
        var model = SampleDocuments.Model("rectification-order");
        model["party"]!["name"] = "<script>alert('x')</script>\"><b>酒店";

        var html = SampleDocuments.Render("rectification-order", model).Html;

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>酒店", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("𠮷野㐂")]
    [InlineData("㼆𰻝䶮")]
    public void Rare_characters_reach_the_page_unchanged(string name)
    {
        var model = SampleDocuments.Model("rectification-order");
        model["party"]!["representative"] = name;

        Assert.Contains($"<td>{name}</td>", SampleDocuments.Render("rectification-order", model).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_has_no_number_and_bears_a_watermark()
    {
        var model = SampleDocuments.Model("rectification-order");
        model["document"]!["draft"] = true;
        Remove(model, "document.number");

        var document = SampleDocuments.Render("rectification-order", model);

        Assert.Empty(document.MissingFields);
        Assert.Contains("<div class=\"draft-mark\"><span>草稿</span></div>", document.Html, StringComparison.Ordinal);
        Assert.Contains("（草稿，签发时编号）", document.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("盖章处", document.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_is_masked_in_public_and_in_the_party_block()
    {
        var order = SampleDocuments.Model("rectification-order");
        order["party"] = new JsonObject
        {
            ["isIndividual"] = true, ["name"] = "样例人乙", ["identityNumber"] = "330203199001011234", ["address"] = "宁波市海曙区", ["phone"] = "13800008888",
        };
        var html = SampleDocuments.Render("rectification-order", order).Html;
        Assert.Contains("330203********1234", html, StringComparison.Ordinal);
        Assert.DoesNotContain("19900101", html, StringComparison.Ordinal);

        var table = SampleDocuments.Render("publication-table").Html;
        Assert.Contains("<td>样***</td>", table, StringComparison.Ordinal);
        Assert.DoesNotContain("样例人𠮷", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_provisional_date_carries_its_note()
    {
        Assert.Contains("于2027年1月11日<br>前改正（含当日）※", SampleDocuments.Render("rectification-order-long").Html, StringComparison.Ordinal);
        Assert.Contains("※ 该期限跨入尚未公布节假日安排的年度", SampleDocuments.Render("rectification-order-long").Html, StringComparison.Ordinal);
        Assert.DoesNotContain("※", SampleDocuments.Render("rectification-order").Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ while true }}x{{ end }}")]
    [InlineData("{{ for i in 1..100000000 }}x{{ end }}")]
    [InlineData("{{ include 'rectification-order' }}")]
    [InlineData("{{ for }}")]
    public void A_hostile_or_broken_template_is_refused_with_its_place(string source)
    {
        var templates = new DocumentTemplateSet(new Dictionary<string, string> { ["rectification-order"] = source });

        var refusal = Assert.Throws<RuleViolationException>(() => SampleDocuments.Render(templates, "rectification-order", []));

        Assert.Equal("template-failed", refusal.Code);
        Assert.Matches("^rectification-order:1:[0-9]+$", refusal.Field);
    }

    [Fact]
    public void An_unknown_form_is_refused_by_name()
    {
        var refusal = Assert.Throws<RuleViolationException>(() => SampleDocuments.Render(SampleDocuments.Templates, "no-such-form", []));

        Assert.Equal("template-unknown", refusal.Code);
        Assert.Contains("no-such-form", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_replaces_a_template_or_a_part_and_the_hash_tells()
    {
        var sources = new Dictionary<string, string> { ["a"] = "{{ include \"_p\" }}", ["_p"] = "共同", ["b"] = "乙" };
        var common = new DocumentTemplateSet(sources);
        var own = new DocumentTemplateSet(new Dictionary<string, string>(sources) { ["esports-hotel/_p"] = "电竞" });
        var other = new DocumentTemplateSet(new Dictionary<string, string>(sources) { ["b"] = "丙" });

        Assert.Equal("共同", SampleDocuments.Render(common, "a", []).Html);
        Assert.Equal("电竞", SampleDocuments.Render(own, "a", []).Html);
        Assert.NotEqual(common.Sha256("esports-hotel", "a"), own.Sha256("esports-hotel", "a"));
        Assert.Equal(common.Sha256("reservoir", "a"), own.Sha256("reservoir", "a"));
        Assert.Equal(common.Sha256("esports-hotel", "a"), other.Sha256("esports-hotel", "a"));
    }

    private static void Remove(JsonObject model, string path)
    {
        JsonNode node = model;
        var parts = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        foreach (var part in parts[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!;
        }

        Assert.True(node.AsObject().Remove(parts[^1]), $"{path} is not in the sample.");
    }
}
