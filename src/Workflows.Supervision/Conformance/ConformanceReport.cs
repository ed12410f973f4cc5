using System.Collections.Immutable;

namespace Workflows.Supervision.Conformance;

/// <summary>One expectation that was not met.</summary>
/// <param name="Place">Where it stands: a line of a CSV file or a path in a JSON document.</param>
/// <param name="Problem">What was expected and what came out.</param>
public sealed record ConformanceFailure(string Place, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}: {Problem}";
}

/// <summary>Outcome of running a file of cases against the code.</summary>
/// <param name="Passed">Number of cases whose every expectation was met.</param>
/// <param name="Failures">One entry for each case that failed, in the order of the file.</param>
public sealed record ConformanceReport(int Passed, ImmutableArray<ConformanceFailure> Failures)
{
    /// <summary>Number of cases that failed.</summary>
    public int Failed => Failures.Length;

    /// <summary>Number of cases that were run.</summary>
    public int Total => Passed + Failed;

    /// <summary>True if every case passed.</summary>
    public bool Succeeded => Failures.IsEmpty;
}
