namespace Workflows.Engine.Tests.JavaScript;

/// <summary>Expected values were computed by V8 (Node 20).</summary>
public class LanguageTests
{
    [Theory]
    [InlineData("const fs=[]; for (var i=0;i<3;i++) fs.push(()=>i); fs.map(f=>f())", "[3,3,3]")]
    [InlineData("const fs=[]; for (const x of [1,2,3]) fs.push(()=>x); fs.map(f=>f())", "[1,2,3]")]
    [InlineData("const fs=[]; for (const k in {a:1,b:2}) fs.push(()=>k); fs.map(f=>f())", "[\"a\",\"b\"]")]
    [InlineData("let i=0; const fs=[]; while(i<3){ let j=i; fs.push(()=>j); i++ } fs.map(f=>f())", "[0,1,2]")]
    [InlineData("typeof g; var g=1", "\"undefined\"")]
    [InlineData("f(); function f(){return 1}", "1")]
    [InlineData("{ function h(){return 3} } h()", "3")]
    [InlineData("x=5; x", "5")]
    [InlineData("function f(x){ function x(){} return typeof x } f(7)", "\"function\"")]
    [InlineData("const counter=(()=>{let c=0;return{inc:()=>++c,get:()=>c}})(); counter.inc(); counter.inc(); counter.get()", "2")]
    [InlineData("const f=function fact(n){return n<2?1:n*fact(n-1)}; f(5)", "120")]
    [InlineData("(function(){return arguments.length})(1,2,3)", "3")]
    [InlineData("const o={x:1,f(){return [1].map(()=>this.x)}}; o.f()", "[1]")]
    public void Names_are_bound_as_the_standard_says(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));

    [Theory]
    [InlineData("{ x; let x=1 }", "ReferenceError")]
    [InlineData("let x=x", "ReferenceError")]
    [InlineData("switch(1){case 0: let a=1; break; case 1: a}", "ReferenceError")]
    [InlineData("const f=()=>y; f(); let y=1", "ReferenceError")]
    [InlineData("const c=1; c++", "TypeError")]
    [InlineData("for (const i=0;i<2;i++);", "TypeError")]
    public void Names_that_are_not_ready_or_constant_fail(string script, string error) => Assert.Equal(error, Scripts.Fails(script).ErrorName);

    [Theory]
    [InlineData("const [a,b=2,...c]=[1,undefined,3,4]; [a,b,c]", "[1,2,[3,4]]")]
    [InlineData("const {a,b:{c=5,...d}={},...e}={a:1,b:{x:1,y:2},f:3,g:4}; [a,c,d,e]", "[1,5,{\"x\":1,\"y\":2},{\"f\":3,\"g\":4}]")]
    [InlineData("let a=1,b=2; [a,b]=[b,a]; [a,b]", "[2,1]")]
    [InlineData("let o={}; [o.x,o['y']]=[1,2]; o", "{\"x\":1,\"y\":2}")]
    [InlineData("const f=({a,b=2}={},[c,d]=[3,4])=>[a,b,c,d]; f({a:1})", "[1,2,3,4]")]
    [InlineData("let x,y; ({a:x,b:[y=3]}={a:1,b:[]}); [x,y]", "[1,3]")]
    [InlineData("let a; for ([a] of [[1],[2]]); a", "2")]
    [InlineData("try { throw {code:5} } catch({code}) { code }", "5")]
    public void Destructuring_takes_values_apart(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));

    [Theory]
    [InlineData("let a=1\nlet b=2\na+b", "3")]
    [InlineData("1\n+2", "3")]
    [InlineData("var a=1\nvar b=a\n++b\nb", "2")]
    [InlineData("const f = function(){ return\n1 }; f() === undefined", "true")]
    [InlineData("let a=1\n;[a]=[3]\na", "3")]
    [InlineData("let i=0; do i++; while(i<3) i", "3")]
    [InlineData("if (true) { 1 } 2", "2")]
    public void Semicolons_may_be_left_out_where_the_standard_puts_them(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));

    [Theory]
    [InlineData("let a=1 let b=2")]
    [InlineData("throw\nnew Error('x')")]
    [InlineData("a b")]
    [InlineData("for (let i=0\ni<3\n)")]
    public void Semicolons_may_not_be_left_out_elsewhere(string script) => Scripts.Refused(script);

    [Theory]
    [InlineData("1; if (true) {}", null)]
    [InlineData("1; var z=3", "1")]
    [InlineData("1; for(;false;);", null)]
    [InlineData("do { 5; break } while(0)", "5")]
    [InlineData("try { 1 } finally { 2 }", "1")]
    [InlineData("switch(3){case 1: 'a'; break; case 3: 'b'; case 4: 'c'; break; default: 'd'}", "\"c\"")]
    [InlineData("for (let i=0;i<3;i++) i", "2")]
    [InlineData("return 5; 6", "5")]
    public void The_result_is_the_last_value_or_what_is_returned(string script, string? expected) => Assert.Equal(expected, Scripts.Json(script));

    [Theory]
    [InlineData("[3,1,2].sort((a,b)=>a>b)", "[3,1,2]")]
    [InlineData("[3,1,2].sort((a,b)=>b>a)", "[3,1,2]")]
    [InlineData("[2,1,'x'].sort((a,b)=>a<b?-1:1)", "[1,2,\"x\"]")]
    [InlineData("[3,undefined,1,,2].sort()", "[1,2,3,null,null]")]
    [InlineData("Array.from({length:200},(_,i)=>({k:i%3,i})).sort((a,b)=>a.k-b.k).every((x,i,a)=>!i||a[i-1].k<x.k||a[i-1].i<x.i)", "true")]
    public void Sorting_is_stable_and_compares_in_V8s_order(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));

    [Theory]
    [InlineData("(1.005).toFixed(2)", "1.00")]
    [InlineData("(0.1).toFixed(20)", "0.10000000000000000555")]
    [InlineData("(1234.5).toFixed(0)", "1235")]
    [InlineData("(-0.0000001).toFixed(2)", "-0.00")]
    [InlineData("(1e21).toFixed(2)", "1e+21")]
    [InlineData("(0.00001).toPrecision(1)", "0.00001")]
    [InlineData("(1234567).toPrecision(2)", "1.2e+6")]
    [InlineData("(-255.75).toString(16)", "-ff.c")]
    [InlineData("(0.1).toString(3)", "0.0022002200220022002200220022002201")]
    [InlineData("'' + 1e21", "1e+21")]
    [InlineData("'' + 123456789012345680000", "123456789012345680000")]
    [InlineData("'' + 5e-324", "5e-324")]
    [InlineData("'' + 0.000001", "0.000001")]
    [InlineData("'' + 1e-7", "1e-7")]
    public void Numbers_are_written_as_V8_writes_them(string script, string expected) => Assert.Equal(expected, Scripts.Run(script).Text);

    [Theory]
    [InlineData("/\\bfoo\\b/.test('a foo b')", "true")]
    [InlineData("/\\w/.test('é')", "false")]
    [InlineData("/\\d/.test('٣')", "false")]
    [InlineData("/\\s/.test('\\u3000')", "true")]
    [InlineData("/a.c/.test('a\\rc')", "false")]
    [InlineData("/a$/.test('a\\n')", "false")]
    [InlineData("/(a)?\\1b/.test('b')", "true")]
    [InlineData("/^.$/u.test('😀')", "true")]
    [InlineData("/[]/.test('a')", "false")]
    [InlineData("'John Smith'.replace(/(?<f>\\w+)\\s(?<l>\\w+)/,'$<l> $<f>')", "\"Smith John\"")]
    [InlineData("'a1b2c'.split(/(\\d)/)", "[\"a\",\"1\",\"b\",\"2\",\"c\"]")]
    [InlineData("[...'a1b2'.matchAll(/([a-z])(\\d)/g)].map(m=>m[1]+m[2]+m.index)", "[\"a10\",\"b22\"]")]
    [InlineData("const r=/a/g; [r.test('aa'),r.lastIndex,r.test('aa'),r.lastIndex,r.test('aa'),r.lastIndex]", "[true,1,true,2,false,0]")]
    public void Regular_expressions_match_as_in_JavaScript(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));
}
