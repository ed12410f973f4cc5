namespace Workflows.Supervision.Scenarios;

/// <summary>Names that the table <c>limits</c> of a scenario may hold; each is read by a service. Other limits stand in the diagram, or are fixed by law.</summary>
public static class LimitNames
{
    /// <summary>回避: decision on a recusal (行政处罚法 43).</summary>
    public const string Recusal = "recusal";

    /// <summary>节点确认: confirmation of a milestone, where the step of the diagram names no days.</summary>
    public const string MilestoneConfirmation = "milestoneConfirmation";

    /// <summary>All names of periods.</summary>
    public static IReadOnlyList<string> All { get; } = [Recusal, MilestoneConfirmation];
}
