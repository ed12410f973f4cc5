using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Engine.Conformance;

namespace Workflows.Engine.Tests.Conformance;

public class ElsaConformanceTests
{
    [Fact]
    public void Every_case_of_the_shared_file_goes_as_the_genuine_engine_went()
    {
        using var cases = JsonDocument.Parse(RepositoryFiles.Read("tests", "conformance", "elsa.json"));
        var report = ElsaConformance.Run(cases);
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures));
        Assert.Equal(58, report.Passed);
    }

    [Fact]
    public void A_falsified_expectation_is_reported_as_exactly_that_case()
    {
        var cases = JsonNode.Parse(RepositoryFiles.Read("tests", "conformance", "elsa.json"))!.AsArray();
        var falsified = cases.First(c => c!["name"]!.GetValue<string>() == "40-terminal-End")!;
        falsified["steps"]![0]!["unfinished"]!["B"] = "Running";
        using var document = JsonDocument.Parse(cases.ToJsonString());
        var failure = Assert.Single(ElsaConformance.Run(document).Failures);
        Assert.Equal(("40-terminal-End", 1), (failure.Case, failure.Step));
        Assert.Contains("B=Canceled", failure.Difference, StringComparison.Ordinal);
    }
}
