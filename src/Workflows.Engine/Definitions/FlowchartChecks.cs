using System.Globalization;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn.Flowcharts;

namespace Workflows.Engine.Definitions;

/// <summary>Checks the lines of a flowchart: ends, ports, start, ways to every activity, loops, time limits.</summary>
internal sealed class FlowchartChecks(ActivityRegistry registry, List<ValidationProblem> problems)
{
    /// <summary>Loops are looked at from this many starts; more would only serve to hold the validator up.</summary>
    private const int MaxStartsForLoops = 32;

    public void Check(Flowchart chart, JsonObject json, List<EmbeddedActivity> children)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < children.Count; i++)
            positions.TryAdd(children[i].Activity.Id, i);
        var edges = ReadEdges(chart, json, children, positions);
        if (children.Count == 0)
        {
            Report(chart.Id, "activities", ValidationCodes.NoStart, "流程图中没有任何步骤。");
            return;
        }

        var graph = new FlowGraph(children.Count, edges);
        var starts = FindStarts(children, graph);
        if (starts.Count == 0)
        {
            Report(chart.Id, "activities", ValidationCodes.NoStart, "流程图没有起点：没有“开始”步骤，没有触发步骤，每个步骤都有连线指向它。请放入一个“开始”步骤。");
            starts.Add(0);
        }

        ReportUnreachable(children, positions, graph, starts);
        foreach (var start in starts.Take(MaxStartsForLoops))
            ReportLoops(children, graph, start);
        ReportTimeLimits(children, graph);
    }

    /// <summary>Where a run may begin: the start of a run without a trigger, and each trigger.</summary>
    private static List<int> FindStarts(List<EmbeddedActivity> children, FlowGraph graph)
    {
        var triggers = Enumerable.Range(0, children.Count).Where(i => children[i].Activity.CanStartWorkflow).ToList();
        var usual = children.FindIndex(c => c.Activity is IStartNode);
        if (usual < 0 && triggers.Count == 0)
            usual = Enumerable.Range(0, children.Count).FirstOrDefault(i => graph.Inbound[i].Length == 0, -1);
        if (usual >= 0 && !triggers.Contains(usual))
            triggers.Insert(0, usual);
        return triggers;
    }

    private List<FlowEdge> ReadEdges(Flowchart chart, JsonObject json, List<EmbeddedActivity> children, Dictionary<string, int> positions)
    {
        var edges = new List<FlowEdge>();
        var index = -1;
        foreach (var node in json.List("connections"))
        {
            index++;
            var property = string.Create(CultureInfo.InvariantCulture, $"connections[{index}]");
            if (node is not JsonObject entry || ConnectionReference.TryRead(entry) is not { } reference)
            {
                Report(chart.Id, property, ValidationCodes.DanglingConnection, "连线缺少起点或终点。");
                continue;
            }

            var knownSource = positions.TryGetValue(reference.Source, out var source);
            var knownTarget = positions.TryGetValue(reference.Target, out var target);
            if (!knownSource || !knownTarget)
            {
                Report(knownSource ? reference.Source : chart.Id, property, ValidationCodes.DanglingConnection,
                    $"连线指向不存在的步骤：{(knownSource ? "" : "起点 " + reference.Source)}{(knownSource || knownTarget ? "" : "，")}{(knownTarget ? "" : "终点 " + reference.Target)}。");
                continue;
            }

            edges.Add(new FlowEdge(edges.Count, source, target, reference.SourcePort, property));
            CheckPort(children[source].Activity, reference.SourcePort, property);
        }

        return edges;
    }

    private void CheckPort(Activity source, string? port, string property)
    {
        if (port is null)
            return;
        var declared = registry.Of(source).Descriptor.Ports.Where(p => p.Kind == PortKind.Flow).Select(p => p.Name).ToList();
        var dynamic = source.DynamicPorts?.ToList();
        // An activity that declares nothing may complete with any outcome.
        if (declared.Count == 0 && dynamic is null)
            return;
        // Outcomes that an expression decides are not known here.
        if (dynamic is null && registry.Of(source).Descriptor.Inputs.Any(i => i.UIHint is "dynamic-outcomes" or "http-status-codes"))
            return;
        if (!declared.Contains(port) && dynamic?.Contains(port) is not true)
            Report(source.Id, property, ValidationCodes.UnknownPort, $"步骤没有端口“{port}”，这条连线永远不会走到。可用的端口：{string.Join("、", declared.Concat(dynamic ?? []).Distinct())}。");
    }

    private void ReportUnreachable(List<EmbeddedActivity> children, Dictionary<string, int> positions, FlowGraph graph, List<int> starts)
    {
        var reached = new bool[children.Count];
        var open = new Stack<int>(starts);
        foreach (var start in starts)
            reached[start] = true;
        while (open.TryPop(out var node))
        {
            foreach (var edge in graph.Outbound[node])
            {
                if (!reached[edge.Target])
                {
                    reached[edge.Target] = true;
                    open.Push(edge.Target);
                }
            }
        }

        for (var i = 0; i < children.Count; i++)
        {
            // Of several activities with one id the lines belong to the first; the others are reported as duplicates.
            if (!reached[i] && positions[children[i].Activity.Id] == i)
                Report(children[i].Activity.Id, null, ValidationCodes.Unreachable, "没有任何路径能走到这个步骤，请连线或删除它。");
        }
    }

    private void ReportLoops(List<EmbeddedActivity> children, FlowGraph graph, int start)
    {
        var paths = new FlowPaths(graph, start);
        foreach (var edge in graph.Edges)
        {
            if (paths.IsBackward[edge.Index] && !paths.IsValidBackward(edge) && !problems.Exists(p => p.Code == ValidationCodes.InvalidLoop && p.Property == edge.Key && p.ActivityId == children[edge.Source].Activity.Id))
            {
                Report(children[edge.Source].Activity.Id, edge.Key, ValidationCodes.InvalidLoop,
                    $"返回“{children[edge.Target].Activity.Id}”的连线无效：从起点到本步骤有不经过它的路径，执行到这里会出错。");
            }
        }
    }

    private void ReportTimeLimits(List<EmbeddedActivity> children, FlowGraph graph)
    {
        for (var i = 0; i < children.Count; i++)
        {
            foreach (var port in registry.Of(children[i].Activity).Descriptor.Ports)
            {
                if (port.MeansTimeLimitPassed && !Array.Exists(graph.Outbound[i], e => e.Port == port.Name))
                {
                    Report(children[i].Activity.Id, port.Name, ValidationCodes.TimeLimitPortUnconnected,
                        $"期限端口“{port.DisplayName}”没有连线：期限过后流程将无人处理，请连接后续步骤。");
                }
            }
        }
    }

    private void Report(string? activityId, string? property, string code, string message) => problems.Add(new ValidationProblem(activityId, property, code, message));
}
