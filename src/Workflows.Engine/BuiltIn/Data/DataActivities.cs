using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;

namespace Workflows.Engine.BuiltIn.Data;

/// <summary>Sets a variable (Elsa concept).</summary>
[Activity("Elsa", "数据与变量", "给变量赋值。", DisplayName = "设置变量")]
public sealed class SetVariable : CodeActivity
{
    /// <summary>The variable.</summary>
    [Input(DisplayName = "变量", Description = "要赋值的变量。", UIHint = "variable-picker", IsRequired = true)]
    public Variable? Variable { get; set; }

    /// <summary>The value.</summary>
    [Input(DisplayName = "值", Description = "新的值。", Order = 1)]
    public Input<object>? Value { get; set; }

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        // Studio stores the variable as an object, older definitions as JSON text or as the bare id.
        Variable = json.Get("variable") switch
        {
            JsonObject o => VariableReader.Read(o, ""),
            JsonValue v when v.TryGetValue(out string? text) && text.TrimStart().StartsWith('{') && Parse(text) is { } o => VariableReader.Read(o, ""),
            JsonValue v when v.TryGetValue(out string? id) => new Variable(id),
            _ => null,
        };
    }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var block = (Variable is { Id.Length: > 0 } variable ? context.FindVariableById(variable.Id) : null)
            ?? throw new InvalidOperationException($"Variable '{Variable?.Id}' not found.");
        block.Set(context.Get(Value));
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

/// <summary>Sets an output of the workflow (Elsa concept).</summary>
[Activity("Elsa", "数据与变量", "给流程的输出赋值。", DisplayName = "设置输出")]
public sealed class SetOutput : CodeActivity
{
    /// <summary>Name of the output.</summary>
    [Input(DisplayName = "输出", Description = "输出的名称。", UIHint = "output-picker", Order = 0, IsRequired = true)]
    public Input<string>? OutputName { get; set; }

    /// <summary>The value.</summary>
    [Input(DisplayName = "值", Description = "输出的值。", Order = 1)]
    public Input<object>? OutputValue { get; set; }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        var name = context.Get(OutputName) ?? "";
        var value = context.Get(OutputValue);
        if (!context.WorkflowExecutionContext.TrySetWorkflowOutput(context, name, value))
            context.WorkflowExecutionContext.SetOutput(name, value);
    }
}

/// <summary>Names the instance (Elsa concept).</summary>
[Activity("Elsa", "数据与变量", "设置流程实例的名称。", DisplayName = "设置名称")]
public sealed class SetName : CodeActivity
{
    /// <summary>The name.</summary>
    [Input(DisplayName = "名称", Description = "实例的名称。", IsRequired = true)]
    public Input<string>? Value { get; set; }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.WorkflowExecutionContext.Name = context.Get(Value);
}

/// <summary>Sets the correlation id of the instance (Elsa concept).</summary>
[Activity("Elsa", "数据与变量", "设置关联号，事件按它找到流程实例。", DisplayName = "设置关联号")]
public sealed class Correlate : CodeActivity
{
    /// <summary>The id.</summary>
    [Input(DisplayName = "关联号", Description = "例如案件编号。", IsRequired = true)]
    public Input<string>? CorrelationId { get; set; }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context) => context.CorrelationId = context.Get(CorrelationId);
}

/// <summary>Writes a line (Elsa concept).</summary>
[Activity("Elsa", "数据与变量", "输出一行文字，用于调试。", DisplayName = "输出文字")]
public sealed class WriteLine : CodeActivity
{
    /// <summary>The text; null writes nothing.</summary>
    [Input(DisplayName = "文字", Description = "要输出的文字。")]
    public Input<string>? Text { get; set; }

    /// <inheritdoc />
    protected override void Execute(ActivityExecutionContext context)
    {
        if (context.Get(Text) is { } text)
            context.WorkflowExecutionContext.WriteLine(text);
    }
}

/// <summary>Runs a script (Elsa concept).</summary>
[Activity("Elsa", "数据与变量", "执行一段 JavaScript。", DisplayName = "执行脚本")]
public sealed class RunJavaScript : Activity
{
    /// <summary>The script; its value is the result.</summary>
    [Input(DisplayName = "脚本", Description = "JavaScript 源码，最后一个值为结果；setOutcome(名称) 选择端口。", UIHint = "code-editor", DefaultSyntax = "JavaScript", AutoEvaluate = false, IsRequired = true)]
    public Input<string>? Script { get; set; }

    /// <summary>Outcomes that the script may choose.</summary>
    [Input(DisplayName = "可能的结果", Description = "脚本可以选择的端口；不选时走“完成”。", UIHint = "dynamic-outcomes", Order = 1)]
    public Input<ICollection<string>>? PossibleOutcomes { get; set; }

    /// <summary>Value of the script.</summary>
    [Output(DisplayName = "结果", Description = "脚本的值。")]
    public Output<object>? Result { get; set; }

    /// <inheritdoc />
    internal override IEnumerable<string>? DynamicPorts => PossibleOutcomes is { IsConstant: true, Constant: { Count: > 0 } outcomes } ? [PortNames.Done, .. outcomes] : [PortNames.Done];

    /// <inheritdoc />
    internal override void CollectExpressions(List<NamedExpression> expressions)
    {
        if (ScriptExpression is { } script)
            expressions.Add(new NamedExpression("script", script, typeof(object)));
    }

    private Expressions.Expression? ScriptExpression => _script ??= Script switch
    {
        { Expression: { Type: "JavaScript" } expression } => expression,
        // The source usually stands as a literal.
        { Expression: { Type: "Literal", Value: { } value } } => new Expressions.Expression("JavaScript", value.DeepClone()),
        { Constant: { } source } => Expressions.Expression.OfJavaScript(source),
        _ => null,
    };

    private Expressions.Expression? _script;

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        object? result = null;
        context.WorkflowExecutionContext.ChosenOutcomes = null;
        try
        {
            var compiled = ScriptExpression?.Compiled;
            result = compiled?.Evaluate(context);
        }
        catch (Exception e) when (context.WorkflowExecutionContext.BecomesIncident(e))
        {
            throw new InputEvaluationException(nameof(Script), e);
        }

        context.Set(Result, result);
        var outcomes = context.WorkflowExecutionContext.ChosenOutcomes;
        context.WorkflowExecutionContext.ChosenOutcomes = null;
        return context.CompleteAsync(outcomes);
    }
}
