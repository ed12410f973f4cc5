using System.Text.Json.Nodes;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>
/// Counter-based joins (Elsa's default): each activity and each line counts its visits; a line that is not followed is visited too,
/// and an activity none of whose lines was followed is skipped together with what depends on it.
/// </summary>
internal sealed class CounterScope(Flowchart chart, FlowPaths paths) : FlowScope(chart, paths)
{
    private readonly int[] _visits = new int[chart.Graph.NodeCount];
    private readonly int[] _edgeVisits = new int[chart.Graph.Edges.Length];
    private readonly bool[] _followed = new bool[chart.Graph.Edges.Length];

    /// <summary>Executions of each activity that are queued or running.</summary>
    private readonly int[] _open = new int[chart.Graph.NodeCount];

    private Queue<FlowEdge>? _dead;

    public static CounterScope Load(Flowchart chart, FlowPaths paths, JsonObject json)
    {
        var scope = new CounterScope(chart, paths);
        foreach (var child in chart.ChartNode.Children)
        {
            scope._visits[child.ChildIndex] = json["visits"]?[child.Id]?.GetValue<int>() ?? 0;
            scope._open[child.ChildIndex] = json["open"]?[child.Id]?.GetValue<int>() ?? 0;
        }

        foreach (var edge in chart.Graph.Edges)
        {
            var key = KeyOf(chart, edge);
            scope._edgeVisits[edge.Index] = json["edges"]?[key]?.GetValue<int>() ?? 0;
            scope._followed[edge.Index] = json["followed"]?[key]?.GetValue<bool>() ?? false;
        }

        return scope;
    }

    public override JsonObject Save()
    {
        var children = Chart.ChartNode.Children;
        var visits = new JsonObject();
        var open = new JsonObject();
        for (var i = 0; i < children.Length; i++)
        {
            if (_visits[i] > 0)
                visits[children[i].Id] = _visits[i];
            if (_open[i] > 0)
                open[children[i].Id] = _open[i];
        }

        var edges = new JsonObject();
        var followed = new JsonObject();
        foreach (var edge in Chart.Graph.Edges)
        {
            if (_edgeVisits[edge.Index] == 0)
                continue;
            var key = KeyOf(Chart, edge);
            edges[key] = _edgeVisits[edge.Index];
            followed[key] = _followed[edge.Index];
        }

        return new JsonObject { ["start"] = children[Paths.Start].Id, ["visits"] = visits, ["open"] = open, ["edges"] = edges, ["followed"] = followed };
    }

    public override async ValueTask ChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, IReadOnlyList<string>? outcomes)
    {
        var node = child.Node.ChildIndex;
        if (!Paths.IsReachable[node])
            throw new InvalidOperationException($"Activity '{child.ActivityId}' is not reachable from the flowchart's start activity.");
        if (_open[node] > 0)
            _open[node]--;
        if (!child.IsBackward)
            _visits[node]++;
        foreach (var edge in Chart.Graph.Outbound[node])
        {
            var followed = Follows(edge, outcomes);
            var visit = VisitAsync(context, edge, followed);
            if (!visit.IsCompletedSuccessfully)
                await visit;
        }

        if (_dead is { Count: > 0 })
            await SkipDeadPathsAsync(context);
    }

    /// <summary>After a migration: decides again on targets that waited for what is no longer there.</summary>
    public async ValueTask SettleAsync(ActivityExecutionContext context, IEnumerable<string> affected)
    {
        foreach (var id in affected)
        {
            var target = Array.FindIndex(Chart.ChartNode.Children, c => c.Id == id);
            if (target >= 0 && _open[target] == 0 && Paths.ForwardInbound[target].Length > 0)
                Decide(context, target, Chart.ChartNode.Children[target].Activity is FlowJoin join ? join.ModeIn(context) : FlowJoinMode.WaitAllActive);
        }

        await SkipDeadPathsAsync(context);
    }

    public override async ValueTask ChildCanceledAsync(ActivityExecutionContext context, int child)
    {
        if (_open[child] > 0)
            _open[child]--;
        if (HasNothingPending(context))
        {
            await context.CompleteActivityAsync();
            return;
        }

        foreach (var edge in Chart.Graph.Outbound[child])
            await VisitAsync(context, edge, false);
        await SkipDeadPathsAsync(context);
    }

    protected override void Scheduled(int target) => _open[target]++;

    private static string KeyOf(Flowchart chart, FlowEdge edge)
    {
        var children = chart.ChartNode.Children;
        return $"{children[edge.Source].Id}:{edge.Port}->{children[edge.Target].Id}";
    }

    private async ValueTask SkipDeadPathsAsync(ActivityExecutionContext context)
    {
        // Iterative on purpose: a dead path may be as long as the definition.
        while (_dead is { } dead && dead.TryDequeue(out var edge))
            await VisitAsync(context, edge, false);
    }

    private ValueTask VisitAsync(ActivityExecutionContext context, FlowEdge edge, bool followed)
    {
        _edgeVisits[edge.Index]++;
        _followed[edge.Index] = followed;
        if (Paths.IsBackward[edge.Index])
        {
            if (!followed)
                return default;
            if (!Paths.IsValidBackward(edge))
                throw new InvalidOperationException($"Invalid backward connection from '{Chart.ChartNode.Children[edge.Source].Id}' to '{Chart.ChartNode.Children[edge.Target].Id}': not every path to its source passes through its target.");
            Schedule(context, edge.Target, backward: true);
            return default;
        }

        return Chart.ChartNode.Children[edge.Target].Activity is FlowJoin join
            ? JoinAsync(context, edge, followed, join.ModeIn(context))
            : JoinAsync(context, edge, followed, FlowJoinMode.WaitAllActive);
    }

    private async ValueTask JoinAsync(ActivityExecutionContext context, FlowEdge edge, bool followed, FlowJoinMode mode)
    {
        var target = edge.Target;
        var round = _visits[target];
        if (mode == FlowJoinMode.WaitAny)
        {
            // Later arrivals of a round find the join running or its round counted; Elsa's second run of the join is not copied.
            if (_open[target] > 0 || _edgeVisits[edge.Index] <= round)
                return;
            if (followed)
            {
                Schedule(context, target, backward: false);
                await CancelAncestorsAsync(context, target);
                return;
            }
        }

        Decide(context, target, mode);
    }

    /// <summary>Runs or skips a target once all lines that lead to it have been visited in this round.</summary>
    private void Decide(ActivityExecutionContext context, int target, FlowJoinMode mode)
    {
        var round = _visits[target];
        var highest = 0;
        var any = false;
        var all = true;
        foreach (var inbound in Paths.ForwardInbound[target])
        {
            var visits = _edgeVisits[inbound.Index];
            if (visits <= round)
                return;
            all &= _followed[inbound.Index];
            if (visits > highest)
            {
                highest = visits;
                any = _followed[inbound.Index];
            }
            else if (visits == highest)
            {
                any |= _followed[inbound.Index];
            }
        }

        var runs = mode switch { FlowJoinMode.WaitAll => all, FlowJoinMode.WaitAny => false, _ => any };
        if (runs)
            Schedule(context, target, backward: false);
        else if (mode != FlowJoinMode.WaitAny || !any)
            Skip(target);
    }

    private void Skip(int target)
    {
        _visits[target]++;
        foreach (var edge in Chart.Graph.Outbound[target])
        {
            // A dead line that leads back starts nothing.
            if (!Paths.IsBackward[edge.Index])
                (_dead ??= new Queue<FlowEdge>()).Enqueue(edge);
        }
    }
}
