using System.Text.Json.Nodes;
using Workflows.Engine.Activities;
using Workflows.Engine.BuiltIn;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Execution;

public sealed partial class ActivityExecutionContext
{
    private static readonly List<VariableBlock> NoVariables = [];

    /// <summary>Values of the variables that this execution declares.</summary>
    internal List<VariableBlock>? Variables { get; set; }

    /// <summary>The value of an input.</summary>
    public T? Get<T>(Input<T>? input)
    {
        if (input is null)
            return default;
        if (input.IsConstant)
            return input.Constant;
        if (InputValues is { } values && input.Slot >= 0 && ReferenceEquals(Node.Inputs[input.Slot], input) && values[input.Slot] is { } value)
            return value is T same ? same : ValueConversion.To<T>(value);
        return InputsEvaluated && input.Slot >= 0 && Array.IndexOf(Node.EvaluatedSlots, input.Slot) >= 0 ? default : Evaluate(input);
    }

    /// <summary>Computes an input anew, as loops do with their condition.</summary>
    /// <exception cref="InputEvaluationException">The expression failed.</exception>
    public T? Evaluate<T>(Input<T>? input)
    {
        if (input is null)
            return default;
        try
        {
            return input.Evaluate(this) is T value ? value : default;
        }
        catch (Exception e) when (WorkflowExecutionContext.BecomesIncident(e))
        {
            throw new InputEvaluationException(NameOf(input), e);
        }
    }

    /// <summary>The value that an output was given in this execution.</summary>
    public T? Get<T>(Output<T>? output) =>
        output is { Slot: >= 0 } && OutputValues is { } values ? ValueConversion.To<T>(values[output.Slot]) : default;

    /// <summary>Gives an output its value: within the burst for expressions, and for good to the variable that it is bound to.</summary>
    public void Set<T>(Output<T>? output, T? value) => Set((Output?)output, value);

    /// <summary>As <see cref="Set{T}(Output{T}, T)"/>, for an output of unknown type.</summary>
    public void Set(Output? output, object? value)
    {
        if (output is null)
            return;
        if (output.Slot >= 0)
        {
            OutputValues ??= new object?[Node.Outputs.Length];
            OutputValues[output.Slot] = value;
        }

        WorkflowExecutionContext.RecordOutput(this, output, value);
        if (output.VariableId is { } id)
            SetVariableById(id, value);
    }

    /// <summary>Gives the output named <c>Result</c> its value.</summary>
    public void SetResult(object? value) => Set(Array.Find(Node.Outputs, o => o.Name == "Result"), value);

    /// <summary>Gives a variable in scope a value.</summary>
    public void Set(Variable variable, object? value) => SetVariableById(variable.Id, value);

    /// <summary>The value of the nearest variable with this name; null where there is none.</summary>
    public object? GetVariable(string name) => FindVariable(name)?.Value;

    /// <summary>The value of the nearest variable with this name, converted.</summary>
    public T? GetVariable<T>(string name) => ValueConversion.To<T>(GetVariable(name));

    /// <summary>Sets the nearest variable with this name; where there is none it is created on the nearest container.</summary>
    public void SetVariable(string name, object? value)
    {
        var block = FindVariable(name);
        if (block is null)
        {
            var container = this;
            while (container.Activity is not (Container or Workflow) && container.ParentActivityExecutionContext is { } parent)
                container = parent;
            block = new VariableBlock(new Variable(name), null);
            (container.Variables ??= []).Add(block);
        }

        block.Set(value);
    }

    /// <summary>The workflow input with this name as a value; inside a workflow used as activity, that activity's input.</summary>
    public object? GetInputValue(string name)
    {
        for (var context = this; context is not null; context = context.ParentActivityExecutionContext)
        {
            if (context.Activity is WorkflowDefinitionActivity && !ReferenceEquals(context, this) && context.FindOwnVariable(name) is { } block)
                return block.Value;
        }

        return WorkflowInput.TryGetValue(name, out var value) || WorkflowExecutionContext.Input.TryGetValue(name, out value)
            ? ValueConversion.FromJson(value)
            : WorkflowExecutionContext.InputDefault(name);
    }

    /// <summary>Whether a condition that stands by itself is true; a missing one is not.</summary>
    internal bool Holds(Expression? condition, string property)
    {
        try
        {
            return condition?.Compiled is { } compiled && ValueConversion.To<bool>(compiled.Evaluate(this));
        }
        catch (Exception e) when (WorkflowExecutionContext.BecomesIncident(e))
        {
            throw new InputEvaluationException(property, e);
        }
    }

    internal void EvaluateInputs()
    {
        InputsEvaluated = true;
        var slots = Node.EvaluatedSlots;
        if (slots.Length == 0)
            return;
        InputValues = new object?[Node.Inputs.Length];
        foreach (var slot in slots)
        {
            try
            {
                InputValues[slot] = Node.Inputs[slot]!.Evaluate(this);
            }
            catch (Exception e) when (WorkflowExecutionContext.BecomesIncident(e))
            {
                throw new InputEvaluationException(Node.InputNames[slot], e);
            }
        }
    }

    internal VariableBlock? FindVariable(string name)
    {
        for (var context = this; context is not null; context = context.ParentActivityExecutionContext)
        {
            if (context.FindOwnVariable(name) is { } block)
                return block;
        }

        return null;
    }

    internal VariableBlock? FindVariableById(string id)
    {
        for (var context = this; context is not null; context = context.ParentActivityExecutionContext)
        {
            if (context.FindOwnVariableById(id) is { } block)
                return block;
        }

        return null;
    }

    internal VariableBlock? FindOwnVariableById(string id)
    {
        foreach (var block in Variables ?? NoVariables)
        {
            if (block.Declaration.Id == id)
                return block;
        }

        return null;
    }

    internal void SetVariableById(string id, object? value)
    {
        if (FindVariableById(id) is { } block)
        {
            block.Set(value);
            return;
        }

        if (WorkflowExecutionContext.TrySetWorkflowOutput(this, id, value))
            return;
        block = new VariableBlock(new Variable(id), null);
        block.Set(value);
        (Variables ??= []).Add(block);
    }

    internal void DeclareVariables(IReadOnlyList<Variable> declarations)
    {
        Variables ??= new List<VariableBlock>(declarations.Count);
        foreach (var declaration in declarations)
            Variables.Add(new VariableBlock(declaration, declaration.DefaultValue is JsonNode node ? node.DeepClone() : declaration.DefaultValue));
    }

    internal void DeclareDynamic(DynamicVariable[] variables)
    {
        Variables ??= new List<VariableBlock>(variables.Length);
        foreach (var variable in variables)
            Variables.Add(new VariableBlock(new Variable(variable.Name), variable.Value) { IsDynamic = true });
    }

    /// <summary>Declares or sets a variable of this very execution.</summary>
    internal void SetOwnVariable(string name, object? value, string? id = null)
    {
        if (FindOwnVariable(name) is { } block)
        {
            block.Set(value);
            return;
        }

        block = new VariableBlock(new Variable(name, id: id), null) { IsDynamic = true };
        block.Set(value);
        (Variables ??= []).Add(block);
    }

    internal VariableBlock? FindOwnVariable(string name)
    {
        if (Variables is not { } blocks)
            return null;
        foreach (var block in blocks)
        {
            if (block.Declaration.Name == name)
                return block;
        }

        return null;
    }

    private string NameOf(Input input) => input.Slot >= 0 && input.Slot < Node.InputNames.Length ? Node.InputNames[input.Slot] : "?";
}

/// <summary>An input could not be evaluated; the activity faults (Elsa concept).</summary>
/// <param name="inputName">Name of the input.</param>
/// <param name="innerException">Why.</param>
public sealed class InputEvaluationException(string inputName, Exception innerException)
    : Exception($"Failed to evaluate activity input '{inputName}'", innerException)
{
    /// <summary>Name of the input.</summary>
    public string InputName { get; } = inputName;
}
