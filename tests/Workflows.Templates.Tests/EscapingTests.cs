using FsCheck;
using FsCheck.Fluent;
using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

public sealed class EscapingTests
{
    private const string Model = """{"x":"<script>alert(\"1\")</script>&'"}""";
    private const string Safe = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;";

    [Theory]
    [InlineData("{{ x }}", Safe)]
    [InlineData("<b title=\"{{ x }}\">", "<b title=\"" + Safe + "\">")]
    [InlineData("{{ [x] | array.first }}", Safe)]
    [InlineData("{{ $'{x}' }}", Safe)]
    [InlineData("{{ '<b>' + x }}", "&lt;b&gt;" + Safe)]
    [InlineData("{{ func f; ret x; end; f }}", Safe)]
    [InlineData("{{ func f }}<i>{{ x }}</i>{{ end; f }}", "<i>" + Safe + "</i>")]
    [InlineData("{{ capture c }}<i>{{ x }}</i>{{ end }}{{ c }}", "<i>" + Safe + "</i>")]
    [InlineData("{{ capture c }}<i>{{ x }}</i>{{ end }}{{ c + x }}", "<i>" + Safe + "</i>" + Safe)]
    [InlineData("{{ capture c }}<i>{{ end }}{{ c | string.upcase }}", "&lt;I&gt;")]
    [InlineData("{{ func w; $$; end; wrap w }}<u>{{ x }}</u>{{ end }}", "<u>" + Safe + "</u>")]
    [InlineData("{{ x | html.escape }}", Safe)]
    [InlineData("{{ x | html.strip }}", "&amp;&#39;")]
    [InlineData("{{ \"<a>\\n\" | html.newline_to_br }}", "&lt;a&gt;<br />\n")]
    [InlineData("{{ x | html.raw }}", "<script>alert(\"1\")</script>&'")]
    [InlineData("{{ '<b>' | html.raw | string.append x }}", "&lt;b&gt;" + Safe)]
    [InlineData("{{ [x] }}", "[&quot;&lt;script&gt;alert(\\&quot;1\\&quot;)&lt;/script&gt;&amp;&#39;&quot;]")]
    [InlineData("{{ '{{ x }}<b>' | object.eval_template }}", "&amp;lt;script&amp;gt;alert(&amp;quot;1&amp;quot;)&amp;lt;/script&amp;gt;&amp;amp;&amp;#39;&lt;b&gt;")]
    [InlineData("{{ tablerow c in [x] }}{{ c }}{{ end }}", "<tr class=\"row1\"><td class=\"col1\">" + Safe + "</td></tr>\n")]
    [InlineData("  {{ x + \"\\n\" + x }}", "  " + Safe + "\n  " + Safe)]
    public void In_html_every_printed_value_is_escaped_unless_the_template_says_otherwise(string template, string expected) =>
        Assert.Equal(expected, Render(template, Model, Html));

    [Fact]
    public void Without_escaping_values_are_printed_as_they_are() =>
        Assert.Equal("<script>alert(\"1\")</script>&'", Render("{{ x }}", Model));

    [Fact]
    public void Included_templates_are_escaped_once()
    {
        var options = Html with { Loader = new One("<i>{{ x }}</i>") };
        Assert.Equal("<i>" + Safe + "</i>", Render("{{ include 'any' }}", Model, options));
        Assert.Equal("<i>" + Safe + "</i>|<i>" + Safe + "</i>", Render("{{ include_join ['a', 'b'] '|' }}", Model, options));
        Assert.Equal("<i>" + Safe + "</i>&lt;<i>" + Safe + "</i>", Render("{{ include_join ['a', 'b'] '<' }}", Model, options));
    }

    [Fact]
    public void No_text_of_a_model_reaches_html_as_markup() =>
        Prop.ForAll<NonNull<string>>(text =>
        {
            var model = TemplateModel.From(new Dictionary<string, object?> { ["x"] = text.Get });
            var html = Template.Parse("{{ x }}{{ capture c; x; end; c }}{{ x | html.escape }}", "t").Render(model, Html);
            return html.IndexOfAny(['<', '>', '"', '\'']) < 0
                && System.Net.WebUtility.HtmlDecode(html) == string.Concat(Enumerable.Repeat(text.Get, 3));
        }).QuickCheckThrowOnFailure();

    private sealed class One(string source) : ITemplateLoader
    {
        public Template? Load(string name) => Template.Parse(source, name);
    }
}
