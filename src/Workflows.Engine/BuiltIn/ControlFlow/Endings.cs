using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn.ControlFlow;

/// <summary>Completes the workflow, or the workflow used as activity, with outcomes (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "完成整个流程（或作为步骤使用的子流程），并给出结果端口。", DisplayName = "完成流程")]
public sealed class Complete : Activity, ITerminalNode
{
    /// <summary>Text, a list, or JSON text of a list; by default <c>Done</c>.</summary>
    [Input(DisplayName = "结果端口", Description = "一个名称，或名称的列表。")]
    public Input<object>? Outcomes { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var given = context.Get(Outcomes);
        string[] outcomes = given switch
        {
            null => [],
            string text when text.TrimStart().StartsWith('[') && ValueConversion.TryTo(text, typeof(string[]), out var list) => (string[])list!,
            string text => [text],
            JsonArray or System.Collections.IEnumerable => ValueConversion.To<string[]>(given) ?? [],
            _ => [ValueConversion.To<string>(given) ?? ""],
        };
        outcomes = [.. outcomes.Where(o => !string.IsNullOrEmpty(o))];
        return context.SendSignalAsync(new CompleteCompositeSignal(outcomes.Length == 0 ? ["Done"] : outcomes));
    }
}

/// <summary>Ends the instance at once (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "立即结束整个流程，其余等待和排队的步骤全部作废。", DisplayName = "立即结束")]
public sealed class Finish : CodeActivity, ITerminalNode
{
    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.WorkflowExecutionContext.Finish();
}

/// <summary>Faults on purpose (Elsa concept).</summary>
[Activity("Elsa", "流程控制（嵌套）", "主动报错，登记为异常事件。", DisplayName = "报错")]
public sealed class Fault : Activity
{
    /// <summary>Code.</summary>
    [Input(DisplayName = "代码", Description = "错误代码。", Order = 0)]
    public Input<string> Code { get; set; } = new("0");

    /// <summary>Category.</summary>
    [Input(DisplayName = "类别", Description = "错误类别。", Order = 1)]
    public Input<string> Category { get; set; } = new("General");

    /// <summary>Type.</summary>
    [Input(DisplayName = "类型", Description = "错误类型。", Order = 2)]
    public Input<string> FaultType { get; set; } = new("System");

    /// <summary>Message.</summary>
    [Input(DisplayName = "说明", Description = "错误说明。", Order = 3)]
    public Input<string>? Message { get; set; }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        throw new FaultException(context.Get(Code) ?? "0", context.Get(Category) ?? "General", context.Get(FaultType) ?? "System", context.Get(Message) ?? "");
}

/// <summary>A fault that a definition raised on purpose (Elsa concept).</summary>
/// <param name="code">Code.</param>
/// <param name="category">Category.</param>
/// <param name="faultType">Type.</param>
/// <param name="message">Message.</param>
public sealed class FaultException(string code, string category, string faultType, string message) : Exception(message)
{
    /// <summary>Code.</summary>
    public string Code { get; } = code;

    /// <summary>Category.</summary>
    public string Category { get; } = category;

    /// <summary>Type.</summary>
    public string FaultType { get; } = faultType;
}
