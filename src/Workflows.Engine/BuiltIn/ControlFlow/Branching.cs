using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn.Flowcharts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.ControlFlow;

/// <summary>Runs one of two activities (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "条件成立执行一个步骤，否则执行另一个。", DisplayName = "如果")]
public sealed class If : Activity
{
    private readonly ActivityCompletionCallback _completed = CompletedAsync;

    /// <summary>The condition.</summary>
    [Input(DisplayName = "条件", Description = "为真执行“则”，否则执行“否则”。", DefaultSyntax = "JavaScript")]
    public Input<bool>? Condition { get; set; }

    /// <summary>Runs when the condition holds.</summary>
    public Activity? Then { get; set; }

    /// <summary>Runs when it does not.</summary>
    public Activity? Else { get; set; }

    /// <summary>The condition's value.</summary>
    [Output(DisplayName = "结果", Description = "条件的值。")]
    public Output<bool>? Result { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var holds = context.Get(Condition);
        context.Set(Result, holds);
        return context.ScheduleActivityAsync(holds ? Then : Else, _completed);
    }

    private static ValueTask CompletedAsync(ActivityCompletedContext completed) => completed.TargetContext.CompleteActivityAsync();
}

/// <summary>A case of a <see cref="Switch"/>.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Condition">Null never matches.</param>
/// <param name="Activity">Runs when it matches; null for nothing.</param>
public sealed record SwitchCase(string Label, Expression? Condition, Activity? Activity);

/// <summary>Runs the activities whose conditions match (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "逐个检查条件，执行符合的步骤；都不符合时执行“其他”。", DisplayName = "多路选择")]
public sealed class Switch : Activity
{
    private readonly ActivityCompletionCallback _completed = CompletedAsync;

    /// <summary>The cases.</summary>
    [Input(DisplayName = "分支", Description = "每个分支有名称、条件和步骤。", UIHint = "switch-editor")]
    public ICollection<SwitchCase> Cases { get; set; } = new List<SwitchCase>();

    /// <summary>How many may match.</summary>
    [Input(DisplayName = "方式", Description = "只取第一个符合的分支，或取全部。", Order = 1, DefaultValue = "MatchFirst", Options = ["MatchFirst=第一个符合的", "MatchAny=全部符合的"])]
    public Input<SwitchMode>? Mode { get; set; }

    /// <summary>Runs when nothing matches.</summary>
    public Activity? Default { get; set; }

    /// <summary>Labels of the cases that matched.</summary>
    [Output(DisplayName = "结果", Description = "符合的分支。")]
    public Output<object>? Output { get; set; }

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        Cases.Clear();
        foreach (var entry in json.List("cases").OfType<JsonObject>())
            Cases.Add(new SwitchCase(entry.Text("label") ?? "", ActivityReader.ReadExpression(entry.Get("condition")), reader.ReadOptional(entry.Get("activity"))));
    }

    /// <inheritdoc />
    internal override void CollectChildren(List<EmbeddedActivity> children)
    {
        foreach (var entry in Cases)
        {
            if (entry.Activity is { } activity)
                children.Add(new EmbeddedActivity(entry.Label, activity));
        }
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
    protected internal override async ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var mode = context.Get(Mode);
        var matches = new List<SwitchCase>();
        foreach (var entry in Cases)
        {
            if (!context.Holds(entry.Condition, $"cases[{entry.Label}]"))
                continue;
            matches.Add(entry);
            if (mode == SwitchMode.MatchFirst)
                break;
        }

        context.Set(Output, matches.Select(m => m.Label).ToArray());
        var activities = matches.Count == 0 ? [Default] : matches.Select(m => m.Activity).ToArray();
        context.Counter = activities.Length;
        foreach (var activity in activities)
            await context.ScheduleActivityAsync(activity, _completed);
    }

    private static ValueTask CompletedAsync(ActivityCompletedContext completed) =>
        --completed.TargetContext.Counter == 0 ? completed.TargetContext.CompleteActivityAsync() : default;
}
