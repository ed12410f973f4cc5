using Workflows.Engine.Conformance;
using Workflows.Engine.Definitions;
using Workflows.Host.CommandLine;
using Workflows.Activities.Planning;
using Workflows.Engine.Activities;

namespace Workflows.Host.Benchmarks;

/// <summary>Measures the engine alone, in memory, on one core.</summary>
internal static class EngineLine
{
    /// <summary>Runs a definition, or the flowchart of ten activities, for a while.</summary>
    /// <param name="definitionPath">File of the definition, or null.</param>
    /// <param name="duration">How long to measure.</param>
    /// <returns>One JSON line.</returns>
    /// <exception cref="BadInputException">The file is no definition that can be run.</exception>
    public static string Measure(string? definitionPath, TimeSpan duration)
    {
        if (definitionPath is null)
        {
            return Line(EngineBenchmark.Run(null, duration));
        }

        try
        {
            var definition = WorkflowDefinition.Parse(InputFile.ReadText(definitionPath, "--definition"));
            return Line(EngineBenchmark.Run(definition, duration, new ActivityRegistry().RegisterFrom(typeof(PackageVersions).Assembly)));
        }
        catch (DefinitionFormatException e)
        {
            throw new BadInputException($"--definition：{e.Message}");
        }
    }

    private static string Line(double rate) => BenchmarkLine.Of(new { Bench = "engine", ActivitiesPerSecond = BenchmarkLine.Rate(rate) });
}
