using Workflows.Supervision.Time;

namespace Workflows.Supervision.Scenarios;

/// <summary>From when a milestone of a project is counted.</summary>
public enum MilestoneStart
{
    /// <summary>登记之日.</summary>
    Registration,

    /// <summary>开工之日.</summary>
    Start,

    /// <summary>竣工之日.</summary>
    End,
}

/// <summary>节点 of a project: when it is expected, and what the patrol looks at.</summary>
/// <param name="Code">Code, such as <c>M1</c>.</param>
/// <param name="Title">Title, such as 进场拆改.</param>
/// <param name="From">From when it is counted.</param>
/// <param name="After">How long after; null for the day itself.</param>
/// <param name="Items">Items that the patrol looks at.</param>
public sealed record Milestone(string Code, string Title, MilestoneStart From, LegalPeriod? After, IReadOnlyList<string> Items);
