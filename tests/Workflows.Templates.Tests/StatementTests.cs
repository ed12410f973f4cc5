using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>Statements; the language reference, section 9.</summary>
public sealed class StatementTests
{
    private const string Products = """{"products":[{"title":"Orange"},{"title":"Apple"},{"title":"Sofa"}]}""";

    [Theory]
    [InlineData("{{ for $i in (4..9) offset:2 }}{{ $i }},{{ end }}{{ $i }}", "6,7,8,9,")]
    [InlineData("{{ for $i in (4..9) limit:2 }}{{ $i }},{{ end }}", "4,5,")]
    [InlineData("{{ for $i in (1..3) reversed }}{{ $i }}{{ end }}", "321")]
    [InlineData("{{ for x in [1,2,3,4] reversed offset:1 limit:2 }}{{ x }}{{ for.index }} {{ end }}", "30 21 ")]
    [InlineData("{{ for x in [1,2] }}{{ for y in 'ab' }}{{ for.index }}{{ end }}{{ for.index }}{{ end }}{{ x }}", "010011", "{}")]
    [InlineData("{{ for p in products | array.sort 'title' }}{{ p.title }} {{ end }}", "Apple Orange Sofa ", Products)]
    [InlineData("{{ for x in null }}a{{ else }}b{{ end }}", "b")]
    [InlineData("{{ for x in 1..3 }}{{ if x > 1 }}{{ break }}{{ end }}[{{ x }}]{{ end }}", "[1]")]
    [InlineData("{{ x = 'outer'; for x in 1..2; x; end; x }}", "12outer")]
    public void For(string template, string expected, string model = "{}") => Assert.Equal(expected, Render(template, model));

    [Fact]
    public void While_has_its_own_loop_variables() =>
        Assert.Equal("0truetruefalse 1falsefalsetrue ", Render("{{ i = 0; while i < 2 }}{{ while.index }}{{ while.first }}{{ while.even }}{{ while.odd }} {{ i += 1 }}{{ end }}"));

    [Theory]
    [InlineData("<table>\n  {{~ tablerow $p in products | array.sort \"title\" -}}\n    {{ $p.title -}}\n  {{ end ~}}\n</table>", "<table>\n<tr class=\"row1\"><td class=\"col1\">Apple</td></tr>\n<tr class=\"row2\"><td class=\"col1\">Orange</td></tr>\n<tr class=\"row3\"><td class=\"col1\">Sofa</td></tr>\n</table>")]
    [InlineData("{{ tablerow p in (products | array.sort 'title') limit: 3 cols: 2 }}{{ p.title }}{{ end }}", "<tr class=\"row1\"><td class=\"col1\">Apple</td><td class=\"col2\">Orange</td></tr>\n<tr class=\"row2\"><td class=\"col1\">Sofa</td></tr>\n")]
    public void Tablerow(string template, string expected) => Assert.Equal(expected, Render(template, Products));

    [Theory]
    [InlineData("5", "Value is 5")]
    [InlineData("2", "Value is 1 or 2 or 3")]
    [InlineData("9", "Value is 9")]
    public void Case_takes_the_first_match(string x, string expected) =>
        Assert.Equal(expected, Render("{{\n case x\n when 1, 2 || 3\n \"Value is 1 or 2 or 3\"\n when 5\n \"Value is 5\"\n else\n \"Value is \" + x\n end\n}}", $$"""{"x":{{x}}}"""));

    [Theory]
    [InlineData("{{ if a; 1; else if b; 2; else; 3; end }}", "2")]
    [InlineData("{{ if !a }}no{{ end }}{{ if b }}yes{{ end }}", "noyes")]
    public void If(string template, string expected) => Assert.Equal(expected, Render(template, """{"a":false,"b":true}"""));

    [Theory]
    [InlineData("{{ capture t }}a{{ 1 + 1 }}{{ end }}[{{ t }}]", "[a2]")]
    [InlineData("{{ capture o.t }}x{{ end }}{{ o.t }}", "x")]
    [InlineData("{{ with o; y = 2; b = this; end; b }}|{{ o.b.y }}", "|2")]
    [InlineData("{{ z = 1; with o; z; z = 2; end; z }}{{ o.z }}", "112")]
    [InlineData("{{ import o; x }}", "1")]
    [InlineData("{{ x = 5; readonly x; import o; x }}", "5")]
    [InlineData("{{ func w; for $i in 1..<$0; $$; end; end; wrap w 4; $i + '.'; end }}", "1.2.3.")]
    [InlineData("a{{ if true; ret; end }}b", "a")]
    [InlineData("{{ func t }}text {{ $0 }}{{ end }}{{ t 1 }}|{{ t 2 }}", "text 1|text 2")]
    [InlineData("{{ func early; for i in 1..9; if i == 3; ret i; end; end; end; early }}", "3")]
    [InlineData("{{ a = 1; func simple; a = 2; end; func own(x); a = 3; end; simple; own 1; a }}", "2")]
    [InlineData("{{ func f(it); ret it; end; for it in [1,2]; f (it * 10); end }}", "1020")]
    public void Blocks(string template, string expected) => Assert.Equal(expected, Render(template, """{"o":{"x":1}}"""));

    private sealed class Templates(params (string Name, string Source)[] all) : ITemplateLoader
    {
        public Template? Load(string name) => all.Where(t => t.Name == name).Select(t => Template.Parse(t.Source, t.Name)).FirstOrDefault();
    }

    [Theory]
    [InlineData("{{ y = 0; include 'counter'; x = include 'counter'; x + ' modified' }}", "value 1\nvalue 2\n modified")]
    [InlineData("{{ include 'args' 'A' b:'B' }}{{ $0 }}", "A-B")]
    [InlineData("{{ include 'early' }}!", "before!")]
    [InlineData("{{ include_join ['one', 'two'] '<br/>' 'tpl:begin' 'tpl:end' }}", "[1<br/>2]")]
    [InlineData("{{ include_join ['one', 'two'] 'tpl:begin' '<div>' '</div>' }}", "<div>1[2</div>")]
    [InlineData("{{ include_join ['none'] ',' 'a' 'b' }}|", "|")]
    [InlineData("<\n  {{ include 'lines' }}\n>", "<\n  a\n  b\n>")]
    public void Include(string template, string expected)
    {
        var loader = new Templates(
            ("counter", "{{ y = y + 1 ~}}\nvalue {{ y }}\n"), ("args", "{{ $0 }}-{{ $.b }}"), ("early", "before{{ ret }}after"),
            ("one", "1"), ("two", "2"), ("begin", "["), ("end", "]"), ("none", ""), ("lines", "a\nb"));
        Assert.Equal(expected, Render(template, options: new RenderOptions { Loader = loader }));
    }

    [Fact]
    public void An_error_in_an_included_template_names_that_template()
    {
        var loader = new Templates(("inner", "x\n{{ 'a' - 1 }}"));
        var error = Fails("{{ include 'inner' }}", options: new RenderOptions { Loader = loader });
        Assert.Equal(("inner", 2, 8), (error.TemplateName, error.Line, error.Column));
    }
}
