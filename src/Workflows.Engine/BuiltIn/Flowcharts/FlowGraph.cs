using Workflows.Engine.Definitions;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>A connection with its position; source and target are positions among the flowchart's children.</summary>
internal sealed record FlowEdge(int Index, int Source, int Target, string? Port, string Key);

/// <summary>The lines of a flowchart as arrays, without regard to where it starts.</summary>
internal sealed class FlowGraph
{
    public FlowGraph(int nodeCount, IReadOnlyList<FlowEdge> edges)
    {
        NodeCount = nodeCount;
        Edges = [.. edges];
        Outbound = Group(edges, nodeCount, e => e.Source);
        Inbound = Group(edges, nodeCount, e => e.Target);
    }

    public int NodeCount { get; }

    public FlowEdge[] Edges { get; }

    public FlowEdge[][] Outbound { get; }

    public FlowEdge[][] Inbound { get; }

    private static FlowEdge[][] Group(IReadOnlyList<FlowEdge> edges, int nodeCount, Func<FlowEdge, int> key)
    {
        var lists = new List<FlowEdge>?[nodeCount];
        foreach (var edge in edges)
            (lists[key(edge)] ??= []).Add(edge);
        return [.. lists.Select(l => l is null ? [] : l.ToArray())];
    }
}

/// <summary>
/// A flowchart seen from one start activity: which activities can be reached, and which lines lead back.
/// Lines are taken breadth first in the order of the definition; one that would close a cycle of the lines taken so far leads back.
/// </summary>
internal sealed class FlowPaths
{
    /// <summary>Bound on the work of splitting the lines, so that no definition can hold the engine up.</summary>
    private const int MaxWork = 50_000_000;

    private readonly FlowGraph _graph;
    /// <summary>Per line: 0 not yet known, 1 valid, 2 not. Written by any thread, always with the same result.</summary>
    private readonly byte[] _valid;
    private int _work;

    public FlowPaths(FlowGraph graph, int start)
    {
        _graph = graph;
        Start = start;
        IsReachable = new bool[graph.NodeCount];
        IsBackward = new bool[graph.Edges.Length];
        _valid = new byte[graph.Edges.Length];
        Split();
        ForwardInbound = new FlowEdge[graph.NodeCount][];
        for (var node = 0; node < graph.NodeCount; node++)
            ForwardInbound[node] = [.. graph.Inbound[node].Where(e => IsReachable[e.Source] && !IsBackward[e.Index])];
    }

    public int Start { get; }

    public bool[] IsReachable { get; }

    public bool[] IsBackward { get; }

    /// <summary>Lines that lead forward to each activity, from activities that can be reached.</summary>
    public FlowEdge[][] ForwardInbound { get; }

    /// <summary>A line may lead back only to an activity that every path to its source passes through.</summary>
    public bool IsValidBackward(FlowEdge edge)
    {
        if (_valid[edge.Index] == 0)
            _valid[edge.Index] = ReachesAround(edge.Target, edge.Source) ? (byte)2 : (byte)1;
        return _valid[edge.Index] == 1;
    }

    /// <summary>Whether a path of forward lines leads from <paramref name="from"/> to <paramref name="to"/>.</summary>
    public bool IsAncestor(int from, int to) => from != to && Leads(from, to, edge => IsReachable[edge.Source] && !IsBackward[edge.Index], bounded: false);

    private bool ReachesAround(int avoided, int target) =>
        Start != avoided && (Start == target || Leads(Start, target, edge => edge.Target != avoided, bounded: true));

    private void Split()
    {
        var taken = new bool[_graph.Edges.Length];
        var queue = new Queue<int>();
        IsReachable[Start] = true;
        queue.Enqueue(Start);
        while (queue.TryDequeue(out var node))
        {
            foreach (var edge in _graph.Outbound[node])
            {
                if (!IsReachable[edge.Target])
                {
                    IsReachable[edge.Target] = true;
                    queue.Enqueue(edge.Target);
                    taken[edge.Index] = true;
                }
                else if (edge.Target == node || Leads(edge.Target, node, e => taken[e.Index], bounded: true))
                {
                    IsBackward[edge.Index] = true;
                }
                else
                {
                    taken[edge.Index] = true;
                }
            }
        }
    }

    private bool Leads(int from, int to, Func<FlowEdge, bool> follows, bool bounded)
    {
        var seen = new bool[_graph.NodeCount];
        seen[from] = true;
        var open = new Stack<int>();
        open.Push(from);
        while (open.TryPop(out var node))
        {
            foreach (var edge in _graph.Outbound[node])
            {
                if (bounded && ++_work > MaxWork)
                    throw new DefinitionFormatException("流程图的连线过于错综复杂，无法分析。");
                if (!follows(edge))
                    continue;
                if (edge.Target == to)
                    return true;
                if (!seen[edge.Target])
                {
                    seen[edge.Target] = true;
                    open.Push(edge.Target);
                }
            }
        }

        return false;
    }
}
