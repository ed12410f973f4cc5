using System.Text.Json.Nodes;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>What one execution of a flowchart remembers, and how it decides what runs next.</summary>
internal abstract class FlowScope(Flowchart chart, FlowPaths paths)
{
    private static readonly WorkItemDetails Backward = new() { Backward = true };

    public Flowchart Chart { get; } = chart;

    public FlowPaths Paths { get; } = paths;

    /// <summary>Nothing that the scope itself keeps holds the flowchart open.</summary>
    public virtual bool MayComplete => true;

    public static FlowScope Load(Flowchart chart, ActivityExecutionContext context, JsonNode json)
    {
        var start = json["start"]?.GetValue<string>();
        var child = Array.Find(chart.ChartNode.Children, c => c.Id == start);
        var paths = chart.PathsFrom(child?.ChildIndex ?? Math.Max(0, chart.UsualStart));
        return json["tokens"] is JsonArray tokens ? TokenScope.Load(chart, paths, tokens) : CounterScope.Load(chart, paths, (JsonObject)json);
    }

    /// <summary>No child is running or faulted and none is queued.</summary>
    public static bool HasNothingPending(ActivityExecutionContext context)
    {
        if (context.QueuedWork > 0)
            return false;
        foreach (var child in context.Children)
        {
            if (child.Status is ActivityStatus.Running or ActivityStatus.Faulted)
                return false;
        }

        return true;
    }

    public abstract ValueTask ChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, IReadOnlyList<string>? outcomes);

    public abstract ValueTask ChildCanceledAsync(ActivityExecutionContext context, int child);

    public abstract JsonObject Save();

    public void Schedule(ActivityExecutionContext context, int target, bool backward)
    {
        Scheduled(target);
        context.Schedule(new WorkItem(Chart.ChartNode.Children[target], context, Chart.OnChildCompleted, backward ? Backward : null));
    }

    /// <summary>Runs what outcomes of an activity lead to while the activity itself goes on; joins do not count such a visit.</summary>
    public void ScheduleOutcomes(ActivityExecutionContext context, int source, IReadOnlyList<string> outcomes)
    {
        foreach (var edge in Chart.Graph.Outbound[source])
        {
            if (Follows(edge, outcomes))
                Schedule(context, edge.Target, backward: false);
        }
    }

    /// <summary>Explicit outcomes replace the usual ones; without them both "Done" and lines without a port are followed. Ordinal, as in Elsa.</summary>
    protected static bool Follows(FlowEdge edge, IReadOnlyList<string>? outcomes)
    {
        if (outcomes is null)
            return edge.Port is null or "Done";
        if (edge.Port is null)
            return false;
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i] == edge.Port)
                return true;
        }

        return false;
    }

    /// <summary>Cancels the running children that lead to the join; what is only queued still runs, as in Elsa.</summary>
    protected async ValueTask CancelAncestorsAsync(ActivityExecutionContext context, int join)
    {
        foreach (var child in context.Children.ToArray())
        {
            if (child.Status == ActivityStatus.Running && child.Node.ChildIndex != join && Paths.IsAncestor(child.Node.ChildIndex, join))
                await child.CancelActivityAsync();
        }
    }

    protected virtual void Scheduled(int target)
    {
    }
}
