using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.Bursts;
using Workflows.Engine.Compilation;
using Workflows.Engine.Definitions;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.BuiltIn;

/// <summary>A published workflow used as a step of another (Elsa concept): runs inside the same instance.</summary>
[Activity("Elsa", "流程", "把一个已发布的流程作为步骤执行。", DisplayName = "子流程", IsBrowsable = false)]
public sealed class WorkflowDefinitionActivity : Activity
{
    /// <summary>Deepest nesting of workflows used as activities.</summary>
    private const int MaxNesting = 16;

    private readonly ActivityCompletionCallback _innerCompleted = InnerCompletedAsync;
    private readonly Dictionary<string, Input<object>> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _outputs = new(StringComparer.Ordinal);
    private string? _typeName;

    /// <summary>Logical id of the workflow.</summary>
    public string? WorkflowDefinitionId { get; set; }

    /// <summary>Id of one version; wins over the other two.</summary>
    public string? WorkflowDefinitionVersionId { get; set; }

    /// <summary>Number of the version, or null.</summary>
    public int? DefinitionVersion { get; set; }

    /// <inheritdoc />
    internal override string? StoredTypeName => _typeName;

    /// <inheritdoc />
    internal override IEnumerable<(string Name, Input Input)> FurtherInputs => _inputs.Select(p => (p.Key, (Input)p.Value));

    internal WorkflowReference Reference => new(WorkflowDefinitionId, WorkflowDefinitionVersionId, DefinitionVersion);

    /// <inheritdoc />
    internal override void ReadJson(JsonObject json, ActivityReader reader)
    {
        _typeName = json.Text("type");
        WorkflowDefinitionId = json.Text("workflowDefinitionId");
        WorkflowDefinitionVersionId = json.Text("workflowDefinitionVersionId");
        DefinitionVersion = json.Number("version");
        foreach (var (name, node) in json)
        {
            if (node is not JsonObject value)
                continue;
            if (value.Get("expression") is JsonObject)
                _inputs[JsonReading.Pascal(name)] = new Input<object>(ActivityReader.ReadExpression(value)!);
            else if (value.Get("memoryReference") is JsonObject reference && reference.Text("id") is { } id)
                _outputs[JsonReading.Pascal(name)] = id;
        }
    }

    /// <inheritdoc />
    internal override JsonNode? SaveScope(ActivityExecutionContext context) => context.InnerWorkflow?.VersionId;

    /// <inheritdoc />
    internal override void LoadScope(ActivityExecutionContext context, JsonNode scope)
    {
        context.Scope = this;
        context.InnerWorkflow = context.WorkflowExecutionContext.Burst.ResolveWorkflow?.Invoke(new WorkflowReference(WorkflowDefinitionId, scope.GetValue<string>()))
            ?? throw new InvalidOperationException($"找不到子流程版本 {scope.GetValue<string>()}，流程实例无法继续。");
    }

    /// <summary>Takes a value that the inner workflow gives out.</summary>
    internal bool TrySetOutput(ActivityExecutionContext context, string idOrName, object? value)
    {
        if (context.InnerWorkflow?.Outputs.FirstOrDefault(o => o.Name == idOrName || o.Id == idOrName) is not { } output)
            return false;
        context.SetOwnVariable(output.Name, value);
        if (_outputs.TryGetValue(JsonReading.Pascal(output.Name), out var variableId))
            context.ParentActivityExecutionContext!.SetVariableById(variableId, value);
        return true;
    }

    /// <inheritdoc />
    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        var nesting = 0;
        for (var outer = context.ParentActivityExecutionContext; outer is not null; outer = outer.ParentActivityExecutionContext)
            nesting += outer.Activity is WorkflowDefinitionActivity ? 1 : 0;
        if (nesting >= MaxNesting)
            throw new InvalidOperationException($"子流程嵌套超过 {MaxNesting} 层，可能互相引用成环。");
        var inner = context.WorkflowExecutionContext.Burst.ResolveWorkflow?.Invoke(Reference)
            ?? throw new ActivityNotFoundException($"找不到作为步骤使用的流程 {WorkflowDefinitionVersionId ?? WorkflowDefinitionId}。");
        context.InnerWorkflow = inner;
        context.Scope = this;
        foreach (var argument in inner.Inputs)
        {
            var value = _inputs.TryGetValue(JsonReading.Pascal(argument.Name), out var input) ? context.Get(input) : ValueConversion.FromJson(argument.DefaultValue);
            context.SetOwnVariable(argument.Name, ValueConversion.To(value, TypeAliases.Resolve(argument.TypeName)));
        }

        foreach (var output in inner.Outputs)
            context.SetOwnVariable(output.Name, null, output.Id);
        context.Schedule(new WorkItem(inner.Root, context, _innerCompleted, null));
        return default;
    }

    // The outcomes with which the inner workflow completes are those of the step.
    private static ValueTask InnerCompletedAsync(ActivityCompletedContext completed) => completed.TargetContext.CompleteAsync(completed.Outcomes);
}
