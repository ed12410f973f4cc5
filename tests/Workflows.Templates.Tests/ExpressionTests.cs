using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>Literals, variables, operators and calls; the language reference, sections 3 to 8.</summary>
public sealed class ExpressionTests
{
    [Theory]
    [InlineData("{{ 0x1ef }} {{ 0x80000000u }} {{ 1.5f }} {{ 2.5d }} {{ 100.0m }} {{ 1.0e-3 }}", "495 2147483648 1.5 2.5 100.0 0.001")]
    [InlineData("{{ 2147483647 + 1 }} {{ 9223372036854775807 + 1 }} {{ 99999999999999999999 }}", "2147483648 9223372036854775808 99999999999999999999")]
    [InlineData("{{ 3 / 2 }} {{ 7 // 2 }} {{ 7.5 // 2 }} {{ -7 % 3 }} {{ 1.5 + 1 }} {{ 0.1m + 0.2m }}", "1.5 3 4 -1 2.5 0.3")]
    [InlineData("{{ $\"sum {1 + 2} and {\"Hello\"}\" }}", "sum 3 and Hello")]
    [InlineData("{{ $'{ {a: 1}.a }{`x`}' }}", "1x")]
    [InlineData("{{ `\\s+` }}", "\\s+")]
    public void Literals(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ 'ab' + 'c' }} {{ 'a' * 5 }} {{ 2 * 'xy' }} {{ 'aaaa' + null }}| {{ 'n' + true }}", "abc aaaaa xyxy aaaa| ntrue")]
    [InlineData("{{ null == null }} {{ null != 1 }} {{ null < 1 }} {{ null + 1 }}|", "true true false |")]
    [InlineData("{{ 1 == 1.0 }} {{ 1 == '1' }} {{ 'B' < 'a' }} {{ true == false }}", "true true false false")]
    [InlineData("{{ 1 ?? 2 }} {{ null ?? 2 }} {{ 1 ?! 2 }} {{ null ?! 2 }}|", "1 2 2 |")]
    [InlineData("{{ true ? 1 : 2 }} {{ false ? 1 : true ? 3 : 4 }}", "1 3")]
    [InlineData("{{ 1 << 40 }} {{ 1 + 1..3 | array.size }}", "1099511627776 2")]
    [InlineData("{{ !true || !false && true }} {{ -(-3) }} {{ +4 }}", "true 3 4")]
    [InlineData("{{ [1,2] * 2 }} {{ [1,2,3] - [2] }} {{ [1,2] == [1,2] }} {{ [1] < [2] }} {{ [1] << 2 }}", "[1, 2, 1, 2] [1, 3] true true [1, 2]")]
    [InlineData("{{ [] * 2147483647 }} {{ '' * 2147483647 }}| {{ [1] * -1 }}", "[] | []")]
    [InlineData("{{ 3..1 }} {{ 1..<1 }} {{ (1..3).size }}", "[3, 2, 1] [] 3")]
    public void Operators(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ x = 10; x //= 3; x }} {{ x %= 2; x }} {{ x /= 4; x }}", "3 1 0.25")]
    [InlineData("{{ o = {n: 1}; o.n++; o.n; --o.n; o['n'] += 4; o.n }}", "1215")]
    [InlineData("{{ a = []; a[2] = 'x'; a }} {{ a.size }} {{ a[9] }}|{{ a[-1] }}", "[null, null, \"x\"] 3 |x")]
    [InlineData("{{ a = [5,6,7]; a.x = 'yes'; a.x + a[0] }}", "yes5")]
    [InlineData("{{ a = 5; a; this.a = 6; a; this['a'] = 7; a }}", "567")]
    public void Assignments(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ a = {}; b = [1, 2]; a == empty }} {{ b == empty }} {{ a.empty? }} {{ b.empty? }} {{ a.empty? ? 'e' : 'f' }}", "true false true false e")]
    [InlineData("{{ m = {a: {}}; m.a?.b?.c ?? 'nothing' }}", "nothing")]
    [InlineData("{{ {\"k\": [1, {z: null}], } }}", "{k: [1, {z: null}]}")]
    [InlineData("{{ ['a\"b\\n'] }}", "[\"a\\\"b\\n\"]")]
    [InlineData("{{ x = {a: {b: 1}}}}{{ x.a.b }}", "1")]
    public void Objects_and_arrays(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("{{ \"text\"   |\n  string.append \"END\"  |\n  string.prepend \"START\"\n-}}\n", "STARTtextEND")]
    [InlineData("{{ 'abc' |> string.upcase }} {{ '123' | string.to_int + 1 }}", "ABC 124")]
    [InlineData("{{ func f; ret $0 + '-' + $.b + '-' + $['c']; end; f 'x' b: 1 c: 2 }}", "x-1-2")]
    [InlineData("{{ f(a, b) = a * 10 + b; f(1, 2) }} {{ f b:1 a:2 }} {{ f ^[3, 4] }} {{ 5 | f 6 }}", "12 21 34 56")]
    [InlineData("{{ func v(x, y...); ret x - (y[0] ?? 0) - (y[1] ?? 0); end; v 5 1 -1 }} {{ 5 | v 1 -1 }} {{ v 5 1 (-1) }}", "5 5 5")]
    [InlineData("{{ func o(x, y, z = 1, w = 2); ret x - y - z - w; end; o 5 1 }} {{ 5 | o 1 0 }}", "1 2")]
    [InlineData("{{ sub = do; ret $0 - $1; end; 1 | sub 3 }}", "-2")]
    [InlineData("{{ func launch; ret $0 1 2; end\nlaunch do\n ret $0 + $1\nend }}", "3")]
    [InlineData("{{ o = {}; o.inc = @inc; func inc; ret $0 + 1; end; o.inc = @inc; x = 1 | o.inc; x }}", "2")]
    [InlineData("{{ 'hello' | string.slice 1 length:3 }} {{ math.abs (-2) }} {{ string.size 'a' + 'b' }}", "ell 2 2")]
    [InlineData("{{ f = @string.upcase; f 'a' }}{{ [' a'] | array.each @string.strip }}", "A[\"a\"]")]
    [InlineData("{{ func g; ret $[-1]; end; g 1 2 3 }}", "3")]
    public void Calls_and_pipes(string template, string expected) => Assert.Equal(expected, Render(template));

    [Fact]
    public void An_operator_behind_an_argument_belongs_to_the_argument() =>
        // a b || c is a(b || c), and so is a b + c
        Assert.Equal("5", Render("{{ func id; ret $0; end; id 2 + 3 }}"));

    [Theory]
    [InlineData("{{ x.y = 1 }}", 1, 6)]
    [InlineData("a\n{{ nope 1 }}", 2, 4)]
    [InlineData("{{ 1 // 0 }}", 1, 6)]
    [InlineData("{{ [1] - {} }}", 1, 8)]
    [InlineData("{{ func f(a); end; f 1 2 }}", 1, 20)]
    [InlineData("{{ func f(a); end; f }}", 1, 21)]
    [InlineData("{{ for x in 5; end }}", 1, 13)]
    [InlineData("{{ break }}", 1, 4)]
    public void Runtime_errors_name_their_place(string template, int line, int column)
    {
        var error = Fails(template);
        Assert.Equal((TemplateErrorKind.Runtime, line, column), (error.Kind, error.Line, error.Column));
    }

    [Theory]
    [InlineData("{{ (1 + 2 }}", 1, 11)]
    [InlineData("{{ 'open }}", 1, 4)]
    [InlineData("x\n{{ a = }}", 2, 8)]
    [InlineData("{{ 1 = 2 }}", 1, 4)]
    [InlineData("{{ f a:1 2 }}", 1, 10)]
    [InlineData("{%{ never closed", 1, 1)]
    public void Syntax_errors_name_their_place(string template, int line, int column)
    {
        var error = Assert.Throws<TemplateException>(() => Template.Parse(template, "bad"));
        Assert.Equal((TemplateErrorKind.Parse, line, column, "bad"), (error.Kind, error.Line, error.Column, error.TemplateName));
    }

    [Fact]
    public void All_syntax_errors_are_reported_at_once()
    {
        var error = Assert.Throws<TemplateException>(() => Template.Parse("{{ 1 + }}\n{{ ok }}\n{{ [1, }}\n{{ x = * }}", "t"));
        Assert.Equal([1, 3, 4], error.Messages.Select(m => m.Line));
    }

    [Fact]
    public void Strict_variables_make_an_unknown_variable_an_error()
    {
        var error = Fails("{{ unknown }}", options: new RenderOptions { StrictVariables = true });
        Assert.Contains("unknown", error.Message, StringComparison.Ordinal);
        Assert.Equal("1", Render("{{ known }}", """{"known":1}""", new RenderOptions { StrictVariables = true }));
    }
}
