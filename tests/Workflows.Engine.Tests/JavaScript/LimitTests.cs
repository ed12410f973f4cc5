using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Tests.JavaScript;

public class LimitTests
{
    /// <summary>Time enough that the other bounds decide, whatever the machine does meanwhile.</summary>
    private static readonly ScriptLimits Patient = new() { MaxTime = TimeSpan.FromMinutes(2), MaxSteps = 400_000 };

    [Theory]
    [InlineData("for(;;);")]
    [InlineData("while(true);")]
    [InlineData("let a=[]; while(true) a.push(a)")]
    [InlineData("try { for(;;); } catch(e) { 1 } finally { 2 }")]
    [InlineData("function f(){ try { f() } finally { f() } } f()")]
    [InlineData("const a=[1]; for (const x of a) a.push(x)")]
    [InlineData("let s='x'; while(true) s+=s")]
    [InlineData("let s='x'; const a=[]; while(true) { a.push(s+=s.length); s[0] }")]
    [InlineData("new Array(1e8)")]
    [InlineData("const a=[]; a[4e8]=1")]
    [InlineData("const a=[]; a.length=4e9")]
    [InlineData("'x'.repeat(5e8)")]
    [InlineData("'x'.padStart(5e8)")]
    [InlineData("Array.from({length:1e9})")]
    [InlineData("[...Array(1e7).keys()]")]
    [InlineData("'a'.repeat(1e6).split('').map(x=>x+x)")]
    [InlineData("Array(3000).fill('x'.repeat(10000)).join('')")]
    [InlineData("JSON.stringify(Array(1e5).fill({a:'x'.repeat(1000)}))")]
    [InlineData("'a'.repeat(1e5).replace(/a/g,'$`')")]
    [InlineData("let f=()=>1; for(;;) f=f.bind(null)")]
    [InlineData("const m=new Map();let i=0;while(true)m.set(i++,i)")]
    [InlineData("const o={toJSON(){for(;;);}}; JSON.stringify(o)")]
    [InlineData("[3,2,1].sort(()=>{ for(;;); })")]
    public void An_endless_or_greedy_script_reaches_a_bound_that_it_cannot_catch(string script)
    {
        Assert.Equal(ScriptErrorKind.Limit, Scripts.Fails(script, Patient).Kind);
        Assert.Equal(ScriptErrorKind.Limit, Scripts.Fails($"try {{ {script} }} catch (e) {{ 'caught' }}", Patient).Kind);
    }

    [Theory]
    [InlineData("let a=[]; for(let i=0;i<100000;i++) a=[a]; JSON.stringify(a)")]
    [InlineData("let a=[]; for(let i=0;i<100000;i++) a=[a]; String(a)")]
    [InlineData("let a=[]; for(let i=0;i<100000;i++) a=[a]; a.flat(Infinity)")]
    [InlineData("let o={}; for(let i=0;i<100000;i++) o={o}; structuredClone(o)")]
    [InlineData("JSON.parse('['.repeat(100000))")]
    [InlineData("let a=[]; for(let i=0;i<100000;i++) a=[a]; variables.x=a")]
    public void Deep_data_is_refused_and_kills_nothing(string script) => Assert.Equal(ScriptErrorKind.Limit, Scripts.Fails(script, Patient).Kind);

    [Fact]
    public void A_deep_result_is_refused_when_it_is_read()
    {
        var value = Scripts.Run("let a=[]; for(let i=0;i<100000;i++) a=[a]; a", limits: Patient);
        Assert.Equal(ScriptErrorKind.Limit, Assert.Throws<ScriptException>(() => value.ToJson()).Kind);
        Assert.Equal(ScriptErrorKind.Limit, Assert.Throws<ScriptException>(() => value.ToObject()).Kind);
    }

    [Theory]
    [InlineData("function f(n){ return n === 0 ? 0 : 1 + f(n - 1) } f(10000)")]
    [InlineData("const f=()=>[1].map(f); f()")]
    [InlineData("const o={toString(){return String(o)}}; String(o)")]
    [InlineData("const o={}; o.toString=String.bind(null,o); String(o)")]
    public void Deep_recursion_ends_as_an_error_that_a_script_may_catch(string script)
    {
        var error = Scripts.Fails(script, Patient);
        Assert.Equal((ScriptErrorKind.Limit, "RangeError"), (error.Kind, error.ErrorName));
        Assert.Equal("\"RangeError\"", Scripts.Run($"try {{ {script} }} catch (e) {{ e.name }}", limits: Patient).ToJson());
    }

    [Fact]
    public void A_text_longer_than_any_engine_makes_is_an_error_as_in_V8()
    {
        Assert.Equal(ScriptErrorKind.Limit, Scripts.Fails("'x'.repeat(2**30)").Kind);
        Assert.Equal("\"Invalid string length\"", Scripts.Json("try { 'x'.repeat(2**30) } catch (e) { e.message }"));
    }

    [Fact]
    public void Recursion_within_the_bound_works() =>
        Assert.Equal("900", Scripts.Json("function f(n){ return n === 0 ? 0 : 1 + f(n - 1) } f(900)"));

    public static TheoryData<string> DeepSources() => new()
    {
        new string('(', 20_000) + "1" + new string(')', 20_000),
        new string('[', 20_000),
        new string('{', 20_000),
        new string('!', 20_000) + "1",
        string.Concat(Enumerable.Repeat("a=>", 20_000)) + "1",
        string.Concat(Enumerable.Repeat("1**", 20_000)) + "1",
        string.Concat(Enumerable.Repeat("1?2:", 20_000)) + "1",
        string.Concat(Enumerable.Repeat("a=", 20_000)) + "1",
        string.Concat(Enumerable.Repeat("if(1);else ", 20_000)) + ";",
        string.Concat(Enumerable.Repeat("`${", 20_000)),
        string.Concat(Enumerable.Repeat("function f(){", 20_000)),
        "x" + string.Concat(Enumerable.Repeat(".a", 20_000)),
        "x" + string.Concat(Enumerable.Repeat("()", 20_000)),
    };

    [Theory]
    [MemberData(nameof(DeepSources))]
    public void A_deeply_nested_source_is_refused_and_kills_nothing(string source) =>
        Assert.Equal(ScriptErrorKind.Limit, Scripts.Refused(source, new ScriptLimits { MaxSourceLength = 1_000_000 }).Kind);

    [Fact]
    public void A_long_chain_of_operators_is_only_long()
    {
        var limits = new ScriptLimits { MaxSourceLength = 1_000_000, MaxTime = Patient.MaxTime };
        Assert.Equal("100000", Scripts.Run(string.Join('+', Enumerable.Repeat("1", 100_000)), limits: limits).ToJson());
        Assert.Equal("1", Scripts.Run(string.Join("&&", Enumerable.Repeat("1", 100_000)), limits: limits).ToJson());
        Assert.Equal(100_000, Scripts.Run("let a='x';" + string.Join('+', Enumerable.Repeat("a", 100_000)), limits: limits).Text!.Length);
    }

    [Fact]
    public void A_source_that_is_too_long_is_refused() =>
        Assert.Equal(ScriptErrorKind.Limit, Scripts.Refused(new string(' ', 65_537)).Kind);

    [Theory]
    [InlineData("/(?=(a+)+$)x|^(a+)+\\1$/.test('a'.repeat(40)+'b')")]
    [InlineData("/(?<!x)(a|aa|a+)+$/.test('a'.repeat(50)+'b')")]
    public void A_regular_expression_that_explodes_is_stopped(string script) => Assert.Equal(ScriptErrorKind.Limit, Scripts.Fails(script, Patient).Kind);

    [Fact]
    public void The_usual_exploding_expressions_run_in_linear_time() =>
        Assert.Equal("false", Scripts.Json("/^(a+)+$/.test('a'.repeat(20000)+'b')"));

    [Fact]
    public void Time_is_bounded_even_where_steps_are_not()
    {
        var limits = new ScriptLimits { MaxSteps = long.MaxValue / 2, MaxTime = TimeSpan.FromMilliseconds(20) };
        Assert.Equal(ScriptErrorKind.Limit, Scripts.Fails("for(;;);", limits).Kind);
    }

    [Fact]
    public void Cancellation_ends_an_evaluation()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var script = Script.Parse("for(;;);", Patient);
        Assert.Throws<OperationCanceledException>(() => script.Evaluate(new TestEnvironment(), null, cancelled.Token));
    }

    [Fact]
    public void Building_a_long_text_piece_by_piece_is_within_the_bounds() =>
        Assert.Equal("200000", Scripts.Json("let s='';for(let i=0;i<200000;i++) s+='x'; s.length"));
}
