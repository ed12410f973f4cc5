namespace Workflows.Supervision.Leads;

/// <summary>一长六员: in what capacity somebody of the grid reports. They find, report and help; none of them decides.</summary>
public static class GridCapacity
{
    /// <summary>网格长: answers for the grid.</summary>
    public const string Head = "网格长";

    /// <summary>The seven capacities.</summary>
    public static IReadOnlyList<string> All { get; } = [Head, "网格员", "联络员", "督察员", "巡查员", "信息员", "法律服务员"];

    /// <summary>Whether a text names one of them.</summary>
    public static bool Knows(string capacity) => All.Contains(capacity, StringComparer.Ordinal);
}
