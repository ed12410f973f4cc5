using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Tests.JavaScript;

public class HostTests
{
    [Fact]
    public void Variables_are_asked_for_by_name_and_only_when_used()
    {
        var environment = new TestEnvironment { Variables = { ["A"] = 1, ["B"] = 2 } };
        Assert.Equal("2", Scripts.Json("variables.A + getA()", environment));
        Assert.Equal(["A"], environment.Log);
    }

    [Fact]
    public void Variables_are_set_by_each_of_the_three_ways()
    {
        var environment = new TestEnvironment { Variables = { ["A"] = 1, ["lower"] = 0 } };
        Scripts.Run("variables.A = 2; setVariable('B', 'x'); setLower([1, {a: null}])", environment);
        Assert.Equal(2L, environment.Variables["A"]);
        Assert.Equal("x", environment.Variables["B"]);
        Assert.Equal("[1,{\"a\":null}]", JsonSerializer.Serialize(environment.Variables["lower"]));
    }

    [Fact]
    public void What_is_changed_in_place_is_written_back()
    {
        var environment = new TestEnvironment { Variables = { ["Items"] = new List<object?> { new Dictionary<string, object?> { ["n"] = 1 } }, ["Other"] = new List<object?> { 1 } } };
        Scripts.Run("variables.Items[0].n = 5; variables.Items.push(7); variables.Other.length; variables.New = {}; variables.New.x = 1", environment);
        Assert.Equal("[{\"n\":5},7]", JsonSerializer.Serialize(environment.Variables["Items"]));
        Assert.Equal("{\"x\":1}", JsonSerializer.Serialize(environment.Variables["New"]));
        Assert.Equal(1, Assert.IsType<List<object?>>(environment.Variables["Other"])[0]);
    }

    [Fact]
    public void Many_variables_and_repeated_setting_keep_the_last_value()
    {
        var environment = new TestEnvironment();
        Scripts.Run("for (let i = 0; i < 50; i++) variables['v' + i] = i; const old = []; variables.v1 = old; variables.v1 = [2]; old.push(9); variables.v1.push(3); variables.v2 = variables.v2 + 1", environment);
        Assert.Equal(50, environment.Variables.Count);
        Assert.Equal("[2,3]", JsonSerializer.Serialize(environment.Variables["v1"]));
        Assert.Equal(3L, environment.Variables["v2"]);
    }

    [Fact]
    public void Inputs_are_read_by_name_or_accessor()
    {
        var environment = new TestEnvironment { Inputs = { ["Limit"] = 10 } };
        Assert.Equal("[10,10,null]", Scripts.Json("[getInput('Limit'), getLimit(), getInput('Nope')]", environment));
        Assert.Equal("ReferenceError", Scripts.Fails("setLimit(1)").ErrorName);
    }

    [Fact]
    public void The_host_offers_values_and_functions()
    {
        HostFunction join = arguments => string.Join('-', arguments);
        HostFunction fail = _ => throw new InvalidOperationException("nothing there");
        var environment = new TestEnvironment { Globals = { ["join"] = join, ["fail"] = fail, ["answer"] = 42 } };
        Assert.Equal("\"1-a-42\"", Scripts.Json("join(1, 'a', answer)", environment));
        Assert.Equal("\"nothing there\"", Scripts.Json("try { fail() } catch (e) { e.message }", environment));
        Assert.Equal("3", Scripts.Json("Math.max(1, 3)", new TestEnvironment { Globals = { ["Math"] = "mine" } }));
    }

    [Fact]
    public void Values_of_the_host_become_values_of_the_script()
    {
        var environment = new TestEnvironment
        {
            Variables =
            {
                ["Decimal"] = 1.1m,
                ["Float"] = 0.1f,
                ["Moment"] = new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.FromHours(8)),
                ["Local"] = new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Unspecified),
                ["Day"] = new DateOnly(2026, 12, 2),
                ["Id"] = Guid.Empty,
                ["Span"] = TimeSpan.FromMinutes(90),
                ["Node"] = JsonNode.Parse("{\"a\":[1,{\"b\":null}]}"),
                ["Bytes"] = new byte[] { 1, 2 },
                ["Record"] = new { Name = "n" },
            },
        };
        Assert.Equal(
            "[1.1,0.1,true,true,\"2026-12-02\",\"00000000-0000-0000-0000-000000000000\",\"01:30:00\",{\"a\":[1,{\"b\":null}]},2,\"n\"]",
            Scripts.Json("const v = variables; [v.Decimal, v.Float, v.Moment.getTime() === v.Local.getTime(), v.Moment instanceof Date, v.Day, v.Id, v.Span, v.Node, v.Bytes[1], v.Record.Name]", environment));
    }

    [Fact]
    public void Values_of_the_script_become_values_of_the_host()
    {
        Assert.Equal(5L, Scripts.Run("5").ToObject());
        Assert.Equal(5.5, Scripts.Run("5.5").ToObject());
        Assert.Equal(-0.0, Scripts.Run("-0").ToObject());
        Assert.Equal("x", Scripts.Run("'x'").ToObject());
        Assert.Null(Scripts.Run("null").ToObject());
        Assert.Same(ScriptUndefined.Value, Scripts.Run("undefined").ToObject());
        Assert.Equal(new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero), Scripts.Run("new Date('2026-12-02')").ToObject());
        var members = Assert.IsType<Dictionary<string, object?>>(Scripts.Run("({a:[1,undefined,()=>1],b:undefined,c:new Set([1]),d:new Map([[1,2]])})").ToObject());
        Assert.Equal(["a", "c", "d"], members.Keys);
        Assert.Equal("{\"a\":[1,null,null],\"c\":[1],\"d\":{\"1\":2}}", JsonSerializer.Serialize(members));
    }

    [Theory]
    [InlineData("toJson({a:[1]})", "\"{\\\"a\\\":[1]}\"")]
    [InlineData("[isNullOrEmpty(''), isNullOrEmpty(null), isNullOrEmpty(' '), isNullOrWhiteSpace(' ')]", "[true,true,false,true]")]
    [InlineData("stringFromBase64(stringToBase64('中文'))", "\"中文\"")]
    [InlineData("bytesToString(bytesFromBase64('5Lit'))", "\"中\"")]
    [InlineData("bytesToBase64(bytesFromString('中'))", "\"5Lit\"")]
    [InlineData("parseGuid('6F9619FF-8B86-D011-B42D-00CF4FC964FF')", "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"")]
    public void The_helpers_of_Elsa_are_there(string script, string expected) => Assert.Equal(expected, Scripts.Json(script));

    [Fact]
    public void One_script_runs_on_many_threads_at_once()
    {
        var script = Script.Parse("let s = 0; for (let i = 0; i < variables.N; i++) { s += ((x) => x + i)(1) } s");
        var results = Enumerable.Range(0, 200).AsParallel().Select(n => (n, script.Evaluate(new TestEnvironment { Variables = { ["N"] = n } }).Number)).ToList();
        Assert.All(results, r => Assert.Equal((r.n * (r.n - 1) / 2) + r.n, r.Number));
    }
}
