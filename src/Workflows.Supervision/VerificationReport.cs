using System.Collections.Immutable;

namespace Workflows.Supervision;

/// <summary>Something that an offline verifier found.</summary>
/// <param name="Place">Where: a line, a row, a field.</param>
/// <param name="Problem">Chinese text: what is wrong.</param>
public sealed record VerificationProblem(string Place, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Place}：{Problem}";
}

/// <summary>Outcome of an offline verification.</summary>
/// <param name="Checked">How many rows or entries were checked.</param>
/// <param name="Problems">All problems found, in the order of the file.</param>
public sealed record VerificationReport(int Checked, ImmutableArray<VerificationProblem> Problems)
{
    /// <summary>True if nothing was found.</summary>
    public bool IsIntact => Problems.IsEmpty;
}
