using System.Text;
using static Workflows.Templates.Tests.Rendering;

namespace Workflows.Templates.Tests;

/// <summary>Hostile templates: each ends with an error of kind limit at a line and column, quickly and in little memory.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("\n{{ while true }}{{ end }}", 2, 4)]
    [InlineData("{{ for i in 1..1000000000000 }}x{{ end }}", 1, 4)]
    [InlineData("{{ for i in 1..90000; for j in 1..90000; end; end }}", 1, 23)]
    [InlineData("{{ func f; f; end; f }}", 1, 12)]
    [InlineData("{{ func a; b; end; func b; a; end; a }}", 1, 28)]
    [InlineData("{{ f(x) = f(x + 1) + 1; f 1 }}", 1, 11)]
    [InlineData("{{ a = {}; a.a = a; a }}", 1, 21)]
    [InlineData("{{ a = []; a[0] = a; a }}", 1, 22)]
    [InlineData("{{ a = {}; a.a = a; a | object.to_json }}", 1, 25)]
    [InlineData("{{ a = [1]; a[0] = a; b = [1]; b[0] = b; a == b }}", 1, 44)]
    [InlineData("{{ s = 'xxxxxxxxxx'; for i in 1..100; s = s + s; end }}", 1, 45)]
    [InlineData("{{ 'x' * 2000000000 }}", 1, 8)]
    [InlineData("{{ 'x' | string.pad_left 2000000000 }}", 1, 10)]
    [InlineData("{{ a = [1]; for i in 1..100; a = a + a; end }}", 1, 36)]
    [InlineData("{{ [1,2,3] * 1000000000 }}", 1, 12)]
    [InlineData("{{ a = []; a[2000000000] = 1 }}", 1, 12)]
    [InlineData("{{ [] | array.insert_at 2000000000 1 }}", 1, 9)]
    [InlineData("{{ 1..1000000000000 | array.join ',' }}", 1, 23)]
    [InlineData("{{ 1..1000000000000 }}", 1, 5)]
    [InlineData("{{ (1..1000000000000) | array.sort }}", 1, 25)]
    [InlineData("{{ x = 3; for i in 1..100; x = x * x; end }}", 1, 34)]
    [InlineData("{{ 1 << 2000000000 }}", 1, 6)]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match `^(a+)+(?!b)$` }}", 1, 49)]
    [InlineData("{{ for i in 1..1000; for j in 1..1000; 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; end; end }}", 1, 40)]
    [InlineData("{{ a = []; for i in 1..90000; a[i] = 'x' * 900000; end }}", 1, 42)]
    [InlineData("{{ a = []; s = 'x' * 900000; for i in 1..90000; a[i] = s | string.upcase; end }}", 1, 60)]
    [InlineData("{{ a = 'a' * 500000; b = 'a' * 250000 + 'b'; a | string.index_of b }}", 1, 50)]
    [InlineData("{{ 'x' | regex.replace '' ('y' * 900000) | regex.replace '' ('z' * 900000) }}", 1, 10)]
    [InlineData("{{ '{{ x | object.eval_template }}' | object.eval_template }}{{ x = '{{ x | object.eval_template }}'; x | object.eval_template }}", 1, 8)]
    [InlineData("{{ func w; wrap w; $$; end; end; wrap w; 1; end }}", 1, 17)]
    public void A_bound_is_an_error_with_its_place(string template, int line, int column)
    {
        var before = GC.GetTotalAllocatedBytes();
        var error = Fails(template, options: new RenderOptions { Limits = TemplateLimits.Default with { RegexTime = TimeSpan.FromMilliseconds(200) } });
        Assert.Equal(TemplateErrorKind.Limit, error.Kind);
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 2_000_000_000);
    }

    public static TheoryData<string> DeepSources() =>
    [
        "{{ " + new string('(', 100_000),
        "{{ " + new string('(', 100_000) + "1" + new string(')', 100_000) + " }}",
        "{{ " + new string('[', 100_000),
        "{{ " + new string('!', 100_000) + "1 }}",
        "{{ " + new string('-', 100_001) + "1 }}",
        "{{ " + Repeat("{a:", 30_000),
        Repeat("{{ if true }}", 30_000),
        Repeat("{{ for i in x }}", 30_000),
        Repeat("{{ func f }}", 30_000),
        "{{ " + Repeat("do;", 30_000),
        "{{ x = " + Repeat("a ? b : ", 30_000) + "c }}",
        "{{ x = " + Repeat("a ? ", 30_000),
        "{{ 1" + Repeat("+1", 100_000) + " }}",
        "{{ 1" + Repeat("+(1", 50_000) + " }}",
        "{{ x" + Repeat(".a", 100_000) + " }}",
        "{{ x" + Repeat("[0]", 100_000) + " }}",
        "{{ x" + Repeat("|f", 100_000) + " }}",
        "{{ f" + Repeat(" 1", 100_000) + " }}",
        "{{ a" + Repeat("??a", 100_000) + " }}",
        "{{ " + Repeat("$\"{", 30_000),
        new('x', 600_000),
    ];

    [Theory]
    [MemberData(nameof(DeepSources))]
    public void Deep_or_long_sources_are_refused_when_they_are_parsed(string source)
    {
        var error = Assert.Throws<TemplateException>(() => Template.Parse(source, "deep"));
        Assert.NotEmpty(error.Messages);
        Assert.True(error is { Line: 1, Column: >= 1 });
    }

    [Fact]
    public void Ten_thousand_parentheses_are_a_limit_error() =>
        Assert.Equal(TemplateErrorKind.Limit, Assert.Throws<TemplateException>(() => Template.Parse("{{ " + new string('(', 10_000), "deep")).Kind);

    [Fact]
    public void What_the_parser_accepts_renders_without_using_up_a_small_stack()
    {
        var deep = "{{ func f(n); " + Repeat("(", 60) + "n <= 0 ? 0 : [f(n - 1)][0]" + Repeat(")", 60) + "; ret " + Repeat("(", 60) + "n <= 0 ? 0 : [f(n - 1)][0]" + Repeat(")", 60) + "; end; f 90 }}";
        var chain = "{{ 1" + Repeat(" + 1", 1900) + " }}";
        Exception? failure = null;
        string? sum = null;
        var thread = new Thread(() =>
        {
            failure = Record.Exception(() => Render(deep, options: new RenderOptions { Limits = TemplateLimits.Default with { RecursionDepth = 1000 } }));
            sum = Record.Exception(() => Render(chain)) is null ? "1901" : "limit";
        }, 512 * 1024);
        thread.Start();
        thread.Join();
        Assert.True(failure is null or TemplateException { Kind: TemplateErrorKind.Limit });
        Assert.NotNull(sum);
    }

    [Fact]
    public void Many_branches_are_not_deep() =>
        Assert.Equal("x", Render("{{ if false }}" + Repeat("{{ else if false }}", 5000) + "{{ else }}x{{ end }}"));

    private sealed class RacingClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks += TimeSpan.TicksPerSecond;
    }

    [Fact]
    public void The_total_time_ends_a_rendering()
    {
        var options = new RenderOptions { Clock = new RacingClock(), Limits = TemplateLimits.Default with { TotalTime = TimeSpan.FromSeconds(5) } };
        var error = Fails("{{ for i in 1..90000; end }}", options: options);
        Assert.Equal((TemplateErrorKind.Limit, 4), (error.Kind, error.Column));
        Assert.Equal("x", Render("x", options: options));
    }

    [Fact]
    public void A_cancelled_rendering_stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => Template.Parse("{{ while true; end }}", "t").Render(TemplateModel.Empty, null, source.Token));
    }

    [Fact]
    public void A_template_that_includes_itself_ends_with_a_limit_error()
    {
        var options = new RenderOptions { Loader = new Self("{{ include 'again' }}") };
        Assert.Equal(TemplateErrorKind.Limit, Fails("{{ include 'again' }}", options: options).Kind);
    }

    [Fact]
    public void Arrays_of_some_thousand_elements_can_be_built_one_by_one() =>
        Assert.Equal("9000 3000", Render("{{ a = []; for i in 0..<9000; a[i] = i * 2000; end; b = []; for i in 1..3000; b = b | array.add i; end; a.size }} {{ b.size }}"));

    [Fact]
    public void A_thousand_lines_are_well_within_the_bounds()
    {
        var text = Render("{{ for i in 1..2000 }}line {{ i }}\n{{ end }}");
        Assert.Equal(2000, text.Count(c => c == '\n'));
    }

    private sealed class Self(string source) : ITemplateLoader
    {
        private readonly Template _template = Template.Parse(source, "again");

        public Template? Load(string name) => _template;
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
