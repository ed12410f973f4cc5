using System.Text.Json.Nodes;
using Workflows.Engine.BuiltIn.Flowcharts;
using Workflows.Engine.Compilation;

namespace Workflows.Engine.Alterations;

/// <summary>
/// Carries the counts of a flowchart over to another version of it. What has been done stays done: a line that the new version draws behind
/// a step that the instance has passed counts as visited and not followed, and a step that only such lines reach as skipped. So a join of
/// the new version waits for nothing that can no longer come.
/// </summary>
internal sealed class CounterMigration
{
    private readonly Flowchart _from;
    private readonly Flowchart _to;
    private readonly FlowMove _move;
    private readonly ActivityNode[] _now;
    private readonly FlowPaths _paths;
    private readonly int[] _visits;
    private readonly int[] _open;
    private readonly int[] _edgeVisits;
    private readonly bool[] _followed;
    private readonly bool[] _known;
    private readonly bool[] _knownEdges;

    private CounterMigration(Flowchart from, Flowchart to, int start, FlowMove move)
    {
        _from = from;
        _to = to;
        _move = move;
        _now = to.ChartNode.Children;
        _paths = to.PathsFrom(start);
        _visits = new int[_now.Length];
        _open = new int[_now.Length];
        _known = new bool[_now.Length];
        _edgeVisits = new int[to.Graph.Edges.Length];
        _followed = new bool[_edgeVisits.Length];
        _knownEdges = new bool[_edgeVisits.Length];
    }

    public static JsonNode Carry(Flowchart from, Flowchart to, JsonNode memory, FlowMove move)
    {
        if (memory["tokens"] is JsonArray)
            return Tokens(from, to, memory, move);
        var start = memory["start"]?.GetValue<string>() is { } id ? Array.FindIndex(to.ChartNode.Children, c => c.Id == move.IdOf(id)) : -1;
        if (start < 0)
            start = to.UsualStart;
        if (start < 0)
        {
            move.Problems.Add(new MigrationProblem("flowchart-empty", to.ChartNode.Id, $"新版本的流程图“{to.ChartNode.Id}”是空的：请先补上步骤。"));
            return memory.DeepClone();
        }

        return new CounterMigration(from, to, start, move).Carry((JsonObject)memory);
    }

    // Tokens stand on lines and merge modes decide with them: only a chart with the same lines gives them the same meaning.
    private static JsonNode Tokens(Flowchart from, Flowchart to, JsonNode memory, FlowMove move)
    {
        if (!Keys(from, move.IdOf).SetEquals(Keys(to, static id => id)) || move.Withdrawn.Count > 0)
            move.Problems.Add(new MigrationProblem("token-flowchart", to.ChartNode.Id, $"流程图“{to.ChartNode.Id}”按令牌运行，新版本改动了其连线：运行中的实例不能迁移，请让其在原版本办结。"));
        return memory.DeepClone();
    }

    private static HashSet<string> Keys(Flowchart chart, Func<string, string> idOf) =>
        [.. chart.Graph.Edges.Select(e => $"{idOf(chart.ChartNode.Children[e.Source].Id)}:{e.Port}->{idOf(chart.ChartNode.Children[e.Target].Id)}")];

    private JsonObject Carry(JsonObject memory)
    {
        CarrySteps(memory);
        CarryLines(memory);
        Withdraw();
        CountNewLines();
        SkipNewSteps();
        foreach (var id in _move.Live)
        {
            if (Array.FindIndex(_now, c => c.Id == id) is >= 0 and var live && !_paths.IsReachable[live])
                _move.Problems.Add(new MigrationProblem("unreachable", id, $"新版本中从起点到不了步骤“{id}”：请补上连线，或用 activityMap 指明去向。"));
        }

        return Save();
    }

    private void CarrySteps(JsonObject memory)
    {
        foreach (var child in _from.ChartNode.Children)
        {
            var index = IndexOf(child.Id);
            if (index < 0)
                continue;
            _known[index] = true;
            _visits[index] = Number(memory, "visits", child.Id);
            _open[index] = Math.Max(0, Number(memory, "open", child.Id) - _move.Withdrawn.Count(id => id == child.Id));
        }
    }

    private void CarryLines(JsonObject memory)
    {
        var children = _from.ChartNode.Children;
        var start = Array.FindIndex(children, c => c.Id == memory["start"]?.GetValue<string>());
        var before = _from.PathsFrom(start < 0 ? Math.Max(0, _from.UsualStart) : start);
        foreach (var edge in _from.Graph.Edges)
        {
            var (source, target) = (children[edge.Source].Id, children[edge.Target].Id);
            var key = $"{source}:{edge.Port}->{target}";
            var visits = Number(memory, "edges", key);
            var followed = memory["followed"]?[key]?.GetValue<bool>() ?? false;
            var (from, to) = (IndexOf(source), IndexOf(target));
            var now = Array.Find(_to.Graph.Edges, e => e.Source == from && e.Target == to && e.Port == edge.Port);
            if (now is not null)
            {
                _knownEdges[now.Index] = true;
                _edgeVisits[now.Index] = visits;
                _followed[now.Index] = followed;
                continue;
            }

            var waiting = followed && !before.IsBackward[edge.Index] && visits > Number(memory, "visits", target) && Number(memory, "open", target) == 0;
            if (waiting)
                _move.Problems.Add(new MigrationProblem("pending-arrival", target, $"“{source}”已经到达汇合点“{target}”并在等待其余分支，新版本没有这条连线：请保留从“{source}”到“{target}”的连线。"));
            else if (to >= 0)
                _move.Affected.Add(_now[to].Id);
        }
    }

    private void Withdraw()
    {
        foreach (var id in _move.Withdrawn)
        {
            if (IndexOf(id) is not (>= 0 and var index))
                continue;
            foreach (var edge in _to.Graph.Outbound[index].Where(e => !_paths.IsBackward[e.Index]))
            {
                _edgeVisits[edge.Index]++;
                _followed[edge.Index] = false;
                _move.Affected.Add(_now[edge.Target].Id);
            }
        }
    }

    private void CountNewLines()
    {
        foreach (var edge in _to.Graph.Edges)
        {
            if (!_knownEdges[edge.Index] && _known[edge.Source] && !_paths.IsBackward[edge.Index] && _edgeVisits[edge.Index] == 0)
                _edgeVisits[edge.Index] = _visits[edge.Source];
        }
    }

    private void SkipNewSteps()
    {
        var again = true;
        while (again)
        {
            again = false;
            for (var node = 0; node < _now.Length; node++)
            {
                var inbound = _paths.ForwardInbound[node];
                if (_known[node] || _visits[node] > 0 || inbound.Length == 0 || _move.Live.Contains(_now[node].Id)
                    || inbound.Any(e => _edgeVisits[e.Index] == 0 || _followed[e.Index]))
                    continue;
                _visits[node] = inbound.Min(e => _edgeVisits[e.Index]);
                foreach (var edge in _to.Graph.Outbound[node].Where(e => !_paths.IsBackward[e.Index]))
                    _edgeVisits[edge.Index] = _visits[node];
                again = true;
            }
        }
    }

    private JsonObject Save()
    {
        var (visits, open, edges, followed) = (new JsonObject(), new JsonObject(), new JsonObject(), new JsonObject());
        for (var i = 0; i < _now.Length; i++)
        {
            if (_visits[i] > 0)
                visits[_now[i].Id] = _visits[i];
            if (_open[i] > 0)
                open[_now[i].Id] = _open[i];
        }

        foreach (var edge in _to.Graph.Edges.Where(e => _edgeVisits[e.Index] > 0))
        {
            var key = $"{_now[edge.Source].Id}:{edge.Port}->{_now[edge.Target].Id}";
            edges[key] = _edgeVisits[edge.Index];
            followed[key] = _followed[edge.Index];
        }

        return new JsonObject { ["start"] = _now[_paths.Start].Id, ["visits"] = visits, ["open"] = open, ["edges"] = edges, ["followed"] = followed };
    }

    private int IndexOf(string oldId)
    {
        var id = _move.IdOf(oldId);
        return Array.FindIndex(_now, c => c.Id == id);
    }

    private static int Number(JsonObject memory, string table, string key) => memory[table]?[key]?.GetValue<int>() ?? 0;
}
