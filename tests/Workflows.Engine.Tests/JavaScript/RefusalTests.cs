using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Tests.JavaScript;

public class RefusalTests
{
    [Theory]
    [InlineData("class A {}", "class")]
    [InlineData("const a = class {}", "class")]
    [InlineData("function* g() {}", "function*")]
    [InlineData("const o = {*g() {}}", "function*")]
    [InlineData("async function f() {}", "async")]
    [InlineData("const f = async () => 1", "async")]
    [InlineData("const f = async x => 1", "async")]
    [InlineData("const o = {async f() {}}", "async")]
    [InlineData("await x", "await")]
    [InlineData("yield x", "yield")]
    [InlineData("eval('1')", "eval")]
    [InlineData("new Function('return 1')", "Function")]
    [InlineData("Function('return 1')()", "Function")]
    [InlineData("({}).__proto__", "__proto__")]
    [InlineData("({__proto__: null})", "__proto__")]
    [InlineData("Array.prototype.x = 1", "prototype")]
    [InlineData("''.constructor", "constructor")]
    [InlineData("''?.constructor", "constructor")]
    [InlineData("new Foo()", "new")]
    [InlineData("with (a) {}", "with")]
    [InlineData("import x from 'y'", "import")]
    [InlineData("import('y')", "import")]
    [InlineData("export const a = 1", "export")]
    [InlineData("({get a() { return 1 }})", "getter")]
    [InlineData("({set a(v) {}})", "getter")]
    [InlineData("debugger", "debugger")]
    [InlineData("Symbol('x')", "Symbol")]
    [InlineData("10n", "BigInt")]
    [InlineData("new Promise(r => r())", "Promise")]
    [InlineData("new Proxy({}, {})", "Proxy")]
    [InlineData("globalThis.x", "globalThis")]
    [InlineData("process.exit()", "process")]
    [InlineData("require('fs')", "require")]
    [InlineData("setTimeout(() => 1, 5)", "setTimeout")]
    [InlineData("Object.defineProperty({}, 'a', {})", "Object.defineProperty")]
    [InlineData("Object.create(null)", "Object.create")]
    [InlineData("f`x`", "模板")]
    [InlineData("a.#b", "#")]
    public void A_construct_that_workflows_refuse_is_named_with_its_place(string script, string construct)
    {
        var error = Scripts.Refused("1;\n  " + script);
        Assert.Equal(ScriptErrorKind.Refused, error.Kind);
        Assert.Contains(construct, error.Reason, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
        Assert.True(error.Column >= 3);
    }

    [Theory]
    [InlineData("const process = 1; process", "1")]
    [InlineData("((require) => require + 1)(1)", "2")]
    [InlineData("({class: 1, new: 2, get: 3, async: 4}).class", "1")]
    [InlineData("const async = 1, of = 2, get = 3; async + of + get", "6")]
    public void Words_that_only_look_like_it_are_allowed(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));

    [Fact]
    public void The_ways_around_by_computed_names_lead_nowhere()
    {
        Assert.True(Scripts.Run("''['constr' + 'uctor']").IsUndefined);
        Assert.True(Scripts.Run("({})['__pro' + 'to__']").IsUndefined);
        Assert.True(Scripts.Run("Array['proto' + 'type']").IsUndefined);
        Assert.Equal("1", Scripts.Json("Math.PI = 3; Math.x = 1; Math.PI > 3.1 && Math.x === undefined ? 1 : 2"));
    }

    [Theory]
    [InlineData("let a = 1;\nlet b = ;", 2, 9)]
    [InlineData("x ==== 1", 1, 6)]
    [InlineData("(1", 1, 3)]
    [InlineData("if (a > 1，b) 1", 1, 10)]
    [InlineData("`${", 1, 4)]
    [InlineData("a ?? b || c", 1, 8)]
    [InlineData("-1 ** 2", 1, 4)]
    [InlineData("let a; let a", 1, 12)]
    [InlineData("/(/", 1, 1)]
    public void A_syntax_error_names_line_and_column(string script, int line, int column)
    {
        var error = Scripts.Refused(script);
        Assert.Equal((ScriptErrorKind.Parse, line, column), (error.Kind, error.Line, error.Column));
    }

    [Theory]
    [InlineData("let a = 1;\n  a.b.c", 2, 7, "TypeError", "Cannot read properties of undefined (reading 'c')")]
    [InlineData("nope", 1, 1, "ReferenceError", "nope is not defined")]
    [InlineData("1;\n\nthrow new RangeError('x')", 3, 1, "RangeError", "x")]
    [InlineData("const f = () => {\n  return JSON.parse('{') };\nf()", 2, 15, "SyntaxError", "Expected property name or '}' in JSON at position 1")]
    [InlineData("variables.x.y", 1, 13, "TypeError", "Cannot read properties of undefined (reading 'y')")]
    [InlineData("({}).f()", 1, 6, "TypeError", "{}.f is not a function")]
    public void An_uncaught_error_names_line_and_column(string script, int line, int column, string name, string message)
    {
        var error = Scripts.Fails(script);
        Assert.Equal((ScriptErrorKind.Runtime, line, column, name, message), (error.Kind, error.Line, error.Column, error.ErrorName, error.ErrorMessage));
    }
}
