using System.Text.Json.Nodes;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>How an activity of a token-based flowchart merges what arrives (Elsa's <c>mergeMode</c>).</summary>
internal enum MergeMode
{
    None,
    Stream,
    Merge,
    Converge,
    Cascade,
    Race,
}

/// <summary>Token-based joins (on request): each followed line carries a token to its target.</summary>
internal sealed class TokenScope(Flowchart chart, FlowPaths paths) : FlowScope(chart, paths)
{
    private readonly List<Token> _tokens = [];

    /// <summary>A token that lives and is not blocked holds the flowchart open.</summary>
    public override bool MayComplete => !_tokens.Exists(t => !t.Blocked);

    public static TokenScope Load(Flowchart chart, FlowPaths paths, JsonArray json)
    {
        var scope = new TokenScope(chart, paths);
        foreach (var entry in json.OfType<JsonObject>())
        {
            var edge = Array.Find(chart.Graph.Edges, e => KeyOf(chart, e) == entry.Text("edge"));
            if (edge is not null)
                scope._tokens.Add(new Token(edge) { Blocked = entry.Flag("blocked") });
        }

        return scope;
    }

    public override JsonObject Save() => new()
    {
        ["start"] = Chart.ChartNode.Children[Paths.Start].Id,
        ["tokens"] = new JsonArray([.. _tokens.Select(t => new JsonObject { ["edge"] = KeyOf(Chart, t.Edge), ["blocked"] = t.Blocked })]),
    };

    public override async ValueTask ChildCompletedAsync(ActivityExecutionContext context, ActivityExecutionContext child, IReadOnlyList<string>? outcomes)
    {
        var node = child.Node.ChildIndex;
        var followed = new List<FlowEdge>();
        foreach (var edge in Chart.Graph.Outbound[node])
        {
            if (!Follows(edge, outcomes))
                continue;
            followed.Add(edge);
            // Where an earlier arrival has run already, this one spends its block instead of adding a token.
            if (_tokens.FindIndex(t => t.Blocked && t.Edge.Index == edge.Index) < 0)
                _tokens.Add(new Token(edge));
        }

        _tokens.RemoveAll(t => !t.Blocked && t.Edge.Target == node);
        foreach (var edge in followed)
            await ArriveAsync(context, edge);
    }

    public override async ValueTask ChildCanceledAsync(ActivityExecutionContext context, int child)
    {
        _tokens.RemoveAll(t => !t.Blocked && t.Edge.Target == child);
        if (HasNothingPending(context) && MayComplete)
            await context.CompleteActivityAsync();
    }

    private static string KeyOf(Flowchart chart, FlowEdge edge)
    {
        var children = chart.ChartNode.Children;
        return $"{children[edge.Source].Id}:{edge.Port}->{children[edge.Target].Id}";
    }

    private static MergeMode ModeOf(ActivityExecutionContext context, ActivityNode node)
    {
        if (node.Activity is FlowJoin join)
            return join.ModeIn(context) == FlowJoinMode.WaitAny ? MergeMode.Race : MergeMode.Merge;
        return Enum.TryParse<MergeMode>(node.Activity.CustomProperties?.Text("mergeMode"), ignoreCase: true, out var mode) ? mode : MergeMode.None;
    }

    private async ValueTask ArriveAsync(ActivityExecutionContext context, FlowEdge edge)
    {
        var target = edge.Target;
        switch (ModeOf(context, Chart.ChartNode.Children[target]))
        {
            case MergeMode.Merge:
                if (Paths.ForwardInbound[target] is { Length: > 1 } forward && !HasTokenOnEach(forward))
                    return;
                break;
            case MergeMode.Converge:
                if (Chart.Graph.Inbound[target] is { Length: > 1 } inbound && !HasTokenOnEach(inbound))
                    return;
                break;
            case MergeMode.Cascade or MergeMode.Race:
                var blocked = _tokens.FindIndex(t => t.Blocked && t.Edge.Index == edge.Index);
                if (blocked >= 0)
                {
                    _tokens.RemoveAt(blocked);
                    return;
                }

                foreach (var other in Paths.ForwardInbound[target])
                {
                    if (other.Index != edge.Index)
                        _tokens.Add(new Token(other) { Blocked = true });
                }

                Schedule(context, target, backward: false);
                if (ModeOf(context, Chart.ChartNode.Children[target]) == MergeMode.Race)
                    await CancelAncestorsAsync(context, target);
                return;
            default:
                if (IsAwaited(target))
                    return;
                break;
        }

        Schedule(context, target, backward: Paths.IsBackward[edge.Index]);
    }

    /// <summary>A token still travels to one of the sources of the lines that lead here.</summary>
    private bool IsAwaited(int target)
    {
        foreach (var inbound in Paths.ForwardInbound[target])
        {
            if (_tokens.Exists(t => !t.Blocked && t.Edge.Target == inbound.Source))
                return true;
        }

        return false;
    }

    private bool HasTokenOnEach(FlowEdge[] edges) => Array.TrueForAll(edges, e => _tokens.Exists(t => !t.Blocked && t.Edge.Index == e.Index));

    private sealed record Token(FlowEdge Edge)
    {
        public bool Blocked { get; init; }
    }
}
