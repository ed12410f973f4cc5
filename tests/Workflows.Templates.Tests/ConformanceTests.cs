using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Templates.Conformance;

namespace Workflows.Templates.Tests;

public sealed class ConformanceTests
{
    private static string File(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "conformance"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "conformance", name);
    }

    [Fact]
    public void Every_case_of_the_shared_file_holds()
    {
        using var cases = JsonDocument.Parse(System.IO.File.ReadAllBytes(File("scriban.json")));
        var result = ScribanConformance.Run(cases);
        Assert.Equal(128, result.Total);
        Assert.Equal(string.Empty, string.Join('\n', result.Failures.Select(f => $"{f.Name}: {f.Reason}")));
    }

    [Theory]
    [InlineData("simple", "expected")]
    [InlineData("err-div0", "expected")]
    [InlineData("err-syntax", "column")]
    public void A_falsified_expectation_is_reported_as_exactly_that_case(string name, string property)
    {
        var cases = JsonNode.Parse(System.IO.File.ReadAllBytes(File("scriban.json")))!.AsArray();
        var target = cases.Single(c => (string)c!["name"]! == name)!;
        target[property] = property == "column" ? 999 : "falsch";
        using var document = JsonDocument.Parse(cases.ToJsonString());
        Assert.Equal([name], ScribanConformance.Run(document).Failures.Select(f => f.Name));
    }

    [Theory]
    [InlineData("""[{"template":"x","expected":"x"}]""", "第 1 个用例", "name")]
    [InlineData("""[{"name":"a","expected":"x"}]""", "a", "template")]
    [InlineData("""[{"name":"a","template":"x"}]""", "a", "expected")]
    [InlineData("""[{"name":"a","template":"x","expected":"x","model":[]}]""", "a", "model")]
    [InlineData("""[{"name":"a","template":"x","error":"odd"}]""", "a", "odd")]
    [InlineData("[7]", "第 1 个用例", "对象")]
    public void A_malformed_case_is_reported_with_what_it_lacks(string json, string name, string word)
    {
        using var document = JsonDocument.Parse(json);
        var failure = Assert.Single(ScribanConformance.Run(document).Failures);
        Assert.Equal(name, failure.Name);
        Assert.Contains(word, failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_array_is_refused()
    {
        using var document = JsonDocument.Parse("{}");
        Assert.Throws<FormatException>(() => ScribanConformance.Run(document));
    }
}
