using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>What the host sees: models, functions, threads, and that nothing but the documented exceptions escapes.</summary>
public sealed class HostTests
{
    private static readonly RenderOptions WithFunctions = new()
    {
        Functions = new TemplateFunctions()
            .Add("amount", 1, 1, a => $"{a[0]}{a[1] ?? "元"}")
            .Add("cn.date", 1, 0, a => a[0] is DateTime d ? $"{d.Year}年{d.Month}月{d.Day}日" : null)
            .Add("date.quarter", 1, 0, a => (((DateTime)a[0]!).Month + 2) / 3)
            .Add("count", 1, 0, a => ((IReadOnlyList<object?>)a[0]!).Count)
            .Add("badge", 1, 0, a => new TrustedMarkup($"<b>{a[0]}</b>"))
            .Add("boom", 0, 0, _ => throw new InvalidOperationException("nope")),
    };

    [Theory]
    [InlineData("{{ 5 | amount }}{{ amount 5 '角' }}", "5元5角")]
    [InlineData("{{ date.parse '2026-11-21' | cn.date }}", "2026年11月21日")]
    [InlineData("{{ '2026-11-21' | date.parse | date.quarter }}{{ date.parse '2026-01-02' | date.to_string '%F' }}", "42026-01-02")]
    [InlineData("{{ count [1,2] }}{{ badge 1 }}", "2<b>1</b>")]
    public void Host_functions_extend_the_language(string template, string expected) =>
        Assert.Equal(expected, Render(template, options: WithFunctions with { Escaping = Escaping.Html }));

    [Fact]
    public void A_failing_host_function_is_an_error_at_its_call()
    {
        var error = Fails("\n {{ boom }}", options: WithFunctions);
        Assert.Equal((TemplateErrorKind.Runtime, 2, 5), (error.Kind, error.Line, error.Column));
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public void A_model_is_made_of_dictionaries_and_json()
    {
        var fields = new Dictionary<string, object?>
        {
            ["d"] = new DateTime(2026, 11, 21), ["day"] = new DateOnly(2026, 11, 22), ["list"] = new[] { 1, 2 }, ["money"] = 12.30m,
            ["json"] = new JsonObject { ["a"] = 1 }, ["nested"] = new Dictionary<string, object?> { ["x"] = true }, ["on"] = DayOfWeek.Friday,
        };
        Assert.Equal(
            "21 Nov 2026|22 Nov 2026|[1, 2]|12.30|1|true|Friday",
            Template.Parse("{{ d }}|{{ day }}|{{ list }}|{{ money }}|{{ json.a }}|{{ nested.x }}|{{ on }}", "t").Render(TemplateModel.From(fields)));
        Assert.Throws<ArgumentException>(() => TemplateModel.From(new Dictionary<string, object?> { ["bad"] = new object() }));
        Assert.Throws<ArgumentException>(() => TemplateModel.From(System.Text.Json.JsonSerializer.SerializeToElement(5)));
    }

    [Fact]
    public void What_a_rendering_changes_stays_in_that_rendering()
    {
        var model = TemplateModel.From(new JsonObject { ["o"] = new JsonObject { ["list"] = new JsonArray(1, 2) } });
        var template = Template.Parse("{{ o.list[0] = o.list[0] + 1; o.n = (o.n ?? 0) + 1; x = (x ?? 0) + 1; p = o; p.list[1] = 7; o.list }}{{ o.n }}{{ x }}", "t");
        Assert.Equal("[2, 7]11", template.Render(model));
        Assert.Equal("[2, 7]11", template.Render(model));
    }

    [Fact]
    public void One_template_and_one_model_serve_many_threads()
    {
        var model = TemplateModel.From(new JsonObject { ["items"] = new JsonArray(Enumerable.Range(0, 50).Select(i => (JsonNode)new JsonObject { ["n"] = i }).ToArray()) });
        var template = Template.Parse("{{ func f(x); ret x * 2; end; for it in items; it.n += 1; f it.n; array.cycle ['a', 'b']; end }}", "t");
        var expected = template.Render(model);
        Assert.Equal(string.Concat(Enumerable.Range(1, 50).Select(i => $"{i * 2}{(i % 2 == 1 ? 'a' : 'b')}")), expected);
        Parallel.For(0, 400, _ => Assert.Equal(expected, template.Render(model)));
    }

    private static readonly string[] Fragments =
    [
        "{{", "}}", "{{-", "~}}", "if ", "else ", "end ", "for x in ", "case ", "when ", "func f(a) ", "do ", "ret ", "wrap f ", "capture c ", "with o ", "while ",
        "tablerow t in ", "import o", "include 'x'", ";", "\n", "(", ")", "[", "]", "{", "}", "'s'", "\"", "`", "$'{", "$x", "$", "$$", "1", "0.5", "x", "o", ".a", "?.", "??", "?", ":",
        "|", "@", "^", "!", "-", "+", "*", "/", "//", "%", "==", "<", "..", "=", "+=", "++", ",", "string.upcase", "array.map", "array.sort", "regex.match", "date.parse", "object.eval",
        "math.format", "#", "##", "{%{", "}%}", "text", " ", "null", "true", "this", "for.index", "break", "continue", "\\", "0x", "1e", "5m", "empty?",
    ];

    [Fact]
    public void Whatever_stands_in_a_template_only_template_errors_come_out()
    {
        var options = new RenderOptions { Limits = TemplateLimits.Default with { Steps = 2000, Memory = 1 << 20, RegexTime = TimeSpan.FromMilliseconds(50) } };
        var model = TemplateModel.From(new JsonObject { ["x"] = new JsonArray(1, "b", null), ["o"] = new JsonObject { ["a"] = 2.5 } });
        var sources = Gen.Choose(0, Fragments.Length - 1).ArrayOf().Resize(40).Select(picks => "{{" + string.Concat(picks.Select(i => Fragments[i])));
        Prop.ForAll(sources.ToArbitrary(), source =>
        {
            try
            {
                Template.Parse(source, "fuzz").Render(model, options);
            }
            catch (TemplateException e)
            {
                Assert.True(e is { Line: >= 1, Column: >= 1 });
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(4000));
    }

    [Fact]
    public void Text_without_braces_renders_as_itself() =>
        Prop.ForAll<NonNull<string>>(text =>
        {
            var plain = text.Get.Replace("{", string.Empty, StringComparison.Ordinal);
            return Render(plain) == plain;
        }).QuickCheckThrowOnFailure();
}
