using Workflows.Engine.Activities;

namespace Workflows.Engine.Compilation;

/// <summary>An activity at its place in a compiled workflow. Immutable once compiled.</summary>
internal sealed class ActivityNode(CompiledWorkflow workflow, Activity activity, ActivityType type, ActivityNode? parent, string port, int index)
{
    public CompiledWorkflow Workflow { get; } = workflow;

    public Activity Activity { get; } = activity;

    public ActivityType Type { get; } = type;

    public ActivityNode? Parent { get; } = parent;

    /// <summary>Slot of the parent that holds it, such as <c>Body</c>.</summary>
    public string Port { get; } = port;

    /// <summary>Position among all nodes of the workflow.</summary>
    public int Index { get; } = index;

    /// <summary>Position among the parent's children.</summary>
    public int ChildIndex { get; set; }

    public string Id { get; } = activity.Id;

    /// <summary>Ids from the workflow down, joined by ":".</summary>
    public string NodeId { get; } = parent is null ? activity.Id : $"{parent.NodeId}:{activity.Id}";

    public string TypeName { get; init; } = type.TypeName;

    public int TypeVersion { get; init; } = type.Version;

    public ActivityNode[] Children { get; set; } = [];

    /// <summary>All inputs by slot; null where the activity has none there.</summary>
    public Input?[] Inputs { get; set; } = [];

    /// <summary>Names of the inputs by slot.</summary>
    public string[] InputNames { get; set; } = [];

    /// <summary>Slots to evaluate before each execution, in the descriptor's order; constants are not among them.</summary>
    public int[] EvaluatedSlots { get; set; } = [];

    /// <summary>Slots whose values stay out of state and records.</summary>
    public HashSet<int> SensitiveSlots { get; } = [];

    public Output[] Outputs { get; set; } = [];

    public IReadOnlyList<Variable> Variables { get; set; } = [];

    public bool IsTerminal { get; } = activity is ITerminalNode;

    public bool CompletesItself { get; } = activity.CompletesItself;

    /// <summary>Depth below the workflow, 0 for the workflow.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;
}
