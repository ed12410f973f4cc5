using Workflows.Supervision.LegalBases;

namespace Workflows.Supervision.Scenarios;

/// <summary>What reading a scenario with its law brought.</summary>
/// <param name="Package">Both; null if there is any problem.</param>
/// <param name="Problems">Every problem; those of the catalogue of law begin with <c>legalBases:</c>.</param>
public sealed record ScenarioPackageReading(ScenarioPackage? Package, IReadOnlyList<ScenarioProblem> Problems);

/// <summary>Reads a scenario and its catalogue of law together, and checks that each code that the one names stands in the other.</summary>
public static class ScenarioPackageReader
{
    /// <summary>Codes of legal bases that the scenario names and the catalogue does not have.</summary>
    /// <param name="scenario">A scenario without problems of its own.</param>
    /// <param name="law">Its catalogue of law.</param>
    public static IReadOnlyList<ScenarioProblem> CheckLaw(Scenario scenario, LegalCatalogue law) => [.. ScenarioConsistency.CheckLaw(scenario, law.Knows)];

    /// <summary>Factors of the draw that nothing decides: they would weigh nobody.</summary>
    /// <param name="scenario">A scenario without problems of its own.</param>
    public static IReadOnlyList<ScenarioProblem> CheckFactors(Scenario scenario) =>
    [
        .. scenario.Draw.Factors.Select((factor, i) => (factor, i)).Where(one => !one.factor.HasSource).Select(one => new ScenarioProblem(
            $"$.draw.factors[{one.i}].when", $"风险因素“{one.factor.Title}”没有写明以什么数据判断，不会影响任何对象的权重：请填写 when（如名录标签 {{\"tags\": [\"{one.factor.Code}\"]}}）、items、scoreBelow 或者 promise")),
    ];

    /// <summary>Reads both files.</summary>
    /// <param name="scenario">Content of <c>scenario.json</c>.</param>
    /// <param name="law">Content of the file that its <c>legalBases</c> names.</param>
    public static ScenarioPackageReading Read(ReadOnlyMemory<byte> scenario, ReadOnlyMemory<byte> law)
    {
        var (read, catalogue) = (ScenarioReader.Read(scenario), LegalCatalogueReader.Read(law));
        var problems = read.Problems.Concat(catalogue.Problems.Select(p => p with { Path = $"legalBases:{p.Path}" })).ToList();
        if (read.Scenario is { } known && catalogue.Catalogue is { } bases)
        {
            problems.AddRange(ScenarioConsistency.CheckLaw(known, bases.Knows));
            return new ScenarioPackageReading(problems.Count == 0 ? new ScenarioPackage(known, bases) : null, problems);
        }

        return new ScenarioPackageReading(null, problems);
    }
}
