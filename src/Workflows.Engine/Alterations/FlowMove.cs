namespace Workflows.Engine.Alterations;

/// <summary>What the migration of one flowchart's memory has to know, and what it finds.</summary>
internal sealed class FlowMove
{
    /// <summary>Id in the new version of a child of the old one.</summary>
    public required Func<string, string> IdOf { get; init; }

    /// <summary>Children of which an execution is withdrawn; one entry for each execution.</summary>
    public required IReadOnlyList<string> Withdrawn { get; init; }

    /// <summary>Children of the new version that run on or begin.</summary>
    public required IReadOnlyCollection<string> Live { get; init; }

    public required List<MigrationProblem> Problems { get; init; }

    /// <summary>Children of the new version that may have become ready, because what they waited for is no longer there.</summary>
    public HashSet<string> Affected { get; } = [];
}
