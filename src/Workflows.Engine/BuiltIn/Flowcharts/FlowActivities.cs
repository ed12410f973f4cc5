using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.Flowcharts;

/// <summary>Marks the beginning of a flowchart (Elsa concept).</summary>
[Activity("Elsa", "流程控制", "标记流程图从这里开始。", DisplayName = "开始")]
public sealed class Start : CodeActivity, IStartNode;

/// <summary>Ends its flowchart or sequence (Elsa concept).</summary>
[Activity("Elsa", "流程控制", "结束所在的流程图或顺序块，其余未完成的步骤被取消。", DisplayName = "结束")]
public sealed class End : CodeActivity, ITerminalNode;

/// <summary>Takes one of two ways (Elsa concept).</summary>
[Activity("Elsa", "流程控制", "按条件走“是”或“否”的连线。", DisplayName = "判断")]
[Port("True", DisplayName = "是")]
[Port("False", DisplayName = "否")]
public sealed class FlowDecision : Activity
{
    private static readonly string[] True = ["True"];
    private static readonly string[] False = ["False"];

    /// <summary>The condition.</summary>
    [Input(DisplayName = "条件", Description = "结果为真走“是”，否则走“否”。", DefaultSyntax = "JavaScript")]
    public Input<bool>? Condition { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) => context.CompleteActivityWithOutcomesAsync(context.Get(Condition) ? True : False);
}

/// <summary>How many cases of a switch may match.</summary>
public enum SwitchMode
{
    /// <summary>The first that matches.</summary>
    MatchFirst,

    /// <summary>All that match.</summary>
    MatchAny,
}

/// <summary>A case of a <see cref="FlowSwitch"/>: an outcome and its condition.</summary>
/// <param name="Label">Outcome.</param>
/// <param name="Condition">Null never matches.</param>
public sealed record FlowSwitchCase(string Label, Expression? Condition);

/// <summary>Takes the ways whose conditions match (Elsa concept).</summary>
[Activity("Elsa", "流程控制", "逐个检查条件，走符合的连线；都不符合时走“其他”。", DisplayName = "多路判断")]
[Port("Default", DisplayName = "其他")]
public sealed class FlowSwitch : Activity
{
    private static readonly string[] Default = ["Default"];

    /// <summary>The cases.</summary>
    [Input(DisplayName = "分支", Description = "每个分支有一个名称和一个条件。", UIHint = "flow-switch-editor")]
    public ICollection<FlowSwitchCase> Cases { get; set; } = new List<FlowSwitchCase>();

    /// <summary>How many may match.</summary>
    [Input(DisplayName = "方式", Description = "只取第一个符合的分支，或取全部。", Order = 1, DefaultValue = "MatchFirst", Options = ["MatchFirst=第一个符合的", "MatchAny=全部符合的"])]
    public Input<SwitchMode>? Mode { get; set; }

    /// <inheritdoc />
    internal override IEnumerable<string>? DynamicPorts => Cases.Select(c => c.Label);

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        Cases.Clear();
        foreach (var entry in json.List("cases").OfType<JsonObject>())
            Cases.Add(new FlowSwitchCase(entry.Text("label") ?? "", ActivityReader.ReadExpression(entry.Get("condition"))));
    }

    /// <inheritdoc />
    internal override void CollectExpressions(List<NamedExpression> expressions)
    {
        foreach (var entry in Cases)
        {
            if (entry.Condition is { } condition)
                expressions.Add(new NamedExpression($"cases[{entry.Label}]", condition, typeof(bool)));
        }
    }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var mode = context.Get(Mode);
        var matches = new List<string>();
        foreach (var entry in Cases)
        {
            if (!context.Holds(entry.Condition, $"cases[{entry.Label}]"))
                continue;
            matches.Add(entry.Label);
            if (mode == SwitchMode.MatchFirst)
                break;
        }

        return context.CompleteActivityWithOutcomesAsync(matches.Count == 0 ? Default : [.. matches]);
    }
}

/// <summary>Takes several ways at once (Elsa concept).</summary>
[Activity("Elsa", "流程控制", "同时走多条分支。", DisplayName = "并行分支")]
public sealed class FlowFork : Activity
{
    private static readonly string[] Done = ["Done"];

    /// <summary>The outcomes; none means <c>Done</c>.</summary>
    [Input(DisplayName = "分支", Description = "各分支的名称。", UIHint = "dynamic-outcomes")]
    public Input<ICollection<string>>? Branches { get; set; }

    /// <inheritdoc />
    internal override IEnumerable<string>? DynamicPorts => Branches is null ? Done : Branches.IsConstant ? Branches.Constant ?? Done : null;

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        context.CompleteActivityWithOutcomesAsync(context.Get(Branches) is { } branches ? [.. branches] : Done);
}

/// <summary>When a join goes on.</summary>
public enum FlowJoinMode
{
    /// <summary>When all ways were taken; never when one was not.</summary>
    WaitAll,

    /// <summary>When all ways that were taken have arrived.</summary>
    WaitAllActive,

    /// <summary>When the first arrives; the others are cancelled.</summary>
    WaitAny,
}

/// <summary>Joins ways (Elsa concept).</summary>
[Activity("Elsa", "流程控制", "汇合多条分支。", DisplayName = "汇合")]
public sealed class FlowJoin : CodeActivity
{
    /// <summary>When it goes on; by default at the first arrival.</summary>
    [Input(DisplayName = "方式", Description = "等全部、等走到的全部，或等任意一条。", Options = ["WaitAll=等全部", "WaitAllActive=等走到的全部", "WaitAny=等任意一条"])]
    public Input<FlowJoinMode> Mode { get; set; } = new(FlowJoinMode.WaitAny);

    internal FlowJoinMode ModeIn(ActivityExecutionContext context) => Mode is null ? FlowJoinMode.WaitAny : Mode.IsConstant ? Mode.Constant : context.Evaluate(Mode);

    /// <inheritdoc />
    protected internal override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        if (context.ParentActivityExecutionContext is not { Scope: FlowScope scope } chart)
            return;
        // Whatever the mode, what still leads here has lost its purpose.
        foreach (var sibling in chart.Children.ToArray())
        {
            if (sibling.Status == ActivityStatus.Running && !ReferenceEquals(sibling, context) && scope.Paths.IsAncestor(sibling.Node.ChildIndex, context.Node.ChildIndex))
                await sibling.CancelActivityAsync();
        }
    }
}
