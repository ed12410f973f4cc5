using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.JavaScript;

namespace Workflows.Engine.Tests.JavaScript;

public class ConformanceTests
{
    private static readonly string Cases = File.ReadAllText(Find());

    [Fact]
    public void Every_shared_case_answers_as_V8_does()
    {
        using var file = JsonDocument.Parse(Cases);
        var report = JavaScriptConformance.Run(file);

        Assert.Empty(report.Failures);
        Assert.Equal(189, report.Total);
    }

    [Fact]
    public void A_falsified_expectation_is_reported_as_exactly_that_case()
    {
        var root = JsonNode.Parse(Cases)!;
        var cases = root["cases"]!.AsArray();
        foreach (var at in new[] { 15, 100, 188 })
        {
            var copy = JsonNode.Parse(Cases)!;
            var falsified = copy["cases"]![at]!.AsObject();
            foreach (var key in new[] { "value", "number", "undefined", "error" })
            {
                falsified.Remove(key);
            }

            falsified["value"] = "falsified";
            using var file = JsonDocument.Parse(copy.ToJsonString());
            var failure = Assert.Single(JavaScriptConformance.Run(file).Failures);
            Assert.Equal(cases[at]!["name"]!.GetValue<string>(), failure.Name);
        }
    }

    [Theory]
    [InlineData("""{"name":"a","script":"setCount(7)","undefined":true,"changed":{"Count":8}}""")]
    [InlineData("""{"name":"a","script":"1","value":1,"changed":{"Count":8}}""")]
    [InlineData("""{"name":"a","script":"setCount(7); 1","value":1}""")]
    [InlineData("""{"name":"a","script":"1","value":"1"}""")]
    [InlineData("""{"name":"a","script":"0","number":"-0"}""")]
    [InlineData("""{"name":"a","script":"null","undefined":true}""")]
    [InlineData("""{"name":"a","script":"1","error":"runtime"}""")]
    [InlineData("""{"name":"a","script":"nope","error":"parse"}""")]
    [InlineData("""{"name":"a","script":"(","error":"runtime"}""")]
    public void A_wrong_expectation_fails(string test)
    {
        using var file = JsonDocument.Parse("""{"context":{"variables":{"Count":1}},"cases":[TEST]}""".Replace("TEST", test, StringComparison.Ordinal));
        Assert.Equal("a", Assert.Single(JavaScriptConformance.Run(file).Failures).Name);
    }

    [Fact]
    public void Each_case_starts_from_the_same_context()
    {
        using var file = JsonDocument.Parse(
            """
            {"context":{"variables":{"Items":[1]}},"cases":[
              {"name":"a","script":"variables.Items.push(2); variables.Items.length","value":2,"changed":{"Items":[1,2]}},
              {"name":"b","script":"variables.Items","value":[1]}]}
            """);
        Assert.Empty(JavaScriptConformance.Run(file).Failures);
    }

    private static string Find([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "conformance", "javascript.json");
}
