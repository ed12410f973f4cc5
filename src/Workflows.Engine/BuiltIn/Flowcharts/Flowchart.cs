using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>Runs activities along connections (Elsa concept): one start, joins at every activity, loops through connections that lead back.</summary>
[Activity("Elsa", "流程控制", "按连线依次执行各步骤。", DisplayName = "流程图", IsBrowsable = false)]
public sealed class Flowchart : Container
{
    private readonly ActivityCompletionCallback _childCompleted;
    private readonly ConcurrentDictionary<int, FlowPaths> _paths = new();
    private List<ConnectionReference>? _references;
    private int _usualStart = -1;

    /// <summary>Creates an empty flowchart.</summary>
    public Flowchart()
    {
        _childCompleted = ChildCompletedAsync;
    }

    /// <summary>The activity that begins (workflows built in C# only: <c>start</c> in JSON is ignored, as in Elsa).</summary>
    public Activity? Start { get; set; }

    /// <summary>Lines between activities (workflows built in C#).</summary>
    public ICollection<Connection> Connections { get; } = new List<Connection>();

    internal FlowGraph Graph { get; private set; } = new(0, []);

    internal ActivityNode ChartNode { get; private set; } = null!;

    internal ActivityCompletionCallback OnChildCompleted => _childCompleted;

    /// <summary>Position of the activity that begins where nothing was triggered; -1 for an empty flowchart.</summary>
    internal int UsualStart => _usualStart;

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        // The general reader has filled the property; JSON does not decide the start.
        Start = null;
        _references = [.. ConnectionReference.ReadAll(json)];
    }

    /// <inheritdoc />
    internal override void CollectChildren(List<EmbeddedActivity> children)
    {
        // The start also stands among the activities and is not a child of its own.
        children.RemoveAll(c => c.Port == nameof(Start));
    }

    /// <inheritdoc />
    internal override void Compiled(ActivityNode node)
    {
        ChartNode = node;
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var child in node.Children)
            positions.TryAdd(child.Id, child.ChildIndex);
        var edges = new List<FlowEdge>();
        var seen = new HashSet<(int, string?, int, string?)>();
        foreach (var reference in _references ?? [])
        {
            // Lines to nowhere are dropped, as Elsa does; validation reports them.
            if (positions.TryGetValue(reference.Source, out var source) && positions.TryGetValue(reference.Target, out var target)
                && seen.Add((source, reference.SourcePort, target, reference.TargetPort)))
                edges.Add(NewEdge(edges.Count, source, target, reference.SourcePort, reference.TargetPort));
        }

        foreach (var connection in Connections)
        {
            if (connection.Source.Node is { } source && connection.Target.Node is { } target && ReferenceEquals(source.Parent, node) && ReferenceEquals(target.Parent, node)
                && seen.Add((source.ChildIndex, connection.SourcePort, target.ChildIndex, null)))
                edges.Add(NewEdge(edges.Count, source.ChildIndex, target.ChildIndex, connection.SourcePort, null));
        }

        Graph = new FlowGraph(node.Children.Length, edges);
        _usualStart = FindUsualStart(node);
        if (_usualStart >= 0)
            PathsFrom(_usualStart);
    }

    /// <inheritdoc />
    internal override JsonNode? SaveScope(ActivityExecutionContext context) => ((FlowScope)context.Scope!).Save();

    /// <inheritdoc />
    internal override void LoadScope(ActivityExecutionContext context, JsonNode scope) => context.Scope = FlowScope.Load(this, context, scope);

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var start = StartOf(context);
        if (start < 0)
            return context.CompleteActivityAsync();
        FlowScope scope = ModeOf(context) == FlowchartExecutionMode.TokenBased ? new TokenScope(this, PathsFrom(start)) : new CounterScope(this, PathsFrom(start));
        context.Scope = scope;
        scope.Schedule(context, start, backward: false);
        return default;
    }

    /// <inheritdoc />
    protected internal override ValueTask OnSignalReceivedAsync(object signal, SignalContext context)
    {
        var receiver = context.ReceiverActivityExecutionContext;
        var sender = context.SenderActivityExecutionContext;
        switch (signal)
        {
            case BreakSignal:
                receiver.IsBreaking = true;
                return default;
            case ScheduleActivityOutcomesSignal scheduled when ReferenceEquals(sender.ParentActivityExecutionContext, receiver) && receiver.Scope is FlowScope scope:
                context.StopPropagation();
                scope.ScheduleOutcomes(receiver, sender.Node.ChildIndex, scheduled.Outcomes);
                return default;
            case CancelSignal when ReferenceEquals(sender.ParentActivityExecutionContext, receiver) && receiver.Scope is FlowScope scope:
                return scope.ChildCanceledAsync(receiver, sender.Node.ChildIndex);
            default:
                return default;
        }
    }

    internal FlowPaths PathsFrom(int start) => _paths.GetOrAdd(start, static (s, graph) => new FlowPaths(graph, s), Graph);

    private static async ValueTask ChildCompletedAsync(ActivityCompletedContext completed)
    {
        var context = completed.TargetContext;
        var child = completed.ChildContext;
        if (child.Node.IsTerminal || context.IsBreaking)
        {
            await context.CompleteActivityAsync();
            return;
        }

        var scope = (FlowScope)context.Scope!;
        await scope.ChildCompletedAsync(context, child, completed.Outcomes);
        if (FlowScope.HasNothingPending(context) && scope.MayComplete)
            await context.CompleteActivityAsync();
    }

    private static FlowEdge NewEdge(int index, int source, int target, string? port, string? targetPort) =>
        new(index, source, target, port, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{source}:{port}->{target}:{targetPort}"));

    private FlowchartExecutionMode ModeOf(ActivityExecutionContext context)
    {
        var run = context.WorkflowExecutionContext;
        var mode = FlowchartExecutionMode.Default;
        if (run.Properties?["Flowchart:ExecutionMode"] is { } property)
            mode = ValueConversion.To<FlowchartExecutionMode>(ValueConversion.FromJson(property));
        return mode == FlowchartExecutionMode.Default ? run.Engine.Options.DefaultFlowchartMode : mode;
    }

    private int StartOf(ActivityExecutionContext context)
    {
        if (context.WorkflowExecutionContext is { TriggerActivityId: { } trigger, IsStarting: true })
        {
            foreach (var child in ChartNode.Children)
            {
                if (child.Id == trigger)
                    return child.ChildIndex;
            }
        }

        return _usualStart;
    }

    private int FindUsualStart(ActivityNode node)
    {
        if (node.Children.Length == 0)
            return -1;
        var candidates = node.Children;
        if (Start is not null && Array.Find(candidates, c => ReferenceEquals(c.Activity, Start)) is { } given)
            return given.ChildIndex;
        return Array.Find(candidates, c => c.Activity is IStartNode)?.ChildIndex
            ?? Array.Find(candidates, c => c.Activity.CanStartWorkflow)?.ChildIndex
            ?? Array.Find(candidates, c => Graph.Inbound[c.ChildIndex].Length == 0)?.ChildIndex
            ?? 0;
    }
}
