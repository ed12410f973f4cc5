namespace Workflows.Engine.Activities;

/// <summary>An output of an activity, perhaps bound to a variable (Elsa concept).</summary>
public abstract class Output
{
    private protected Output(string? variableId)
    {
        VariableId = variableId;
    }

    /// <summary>Id of the variable or workflow output that receives the value, or null.</summary>
    public string? VariableId { get; }

    /// <summary>Type of the value.</summary>
    public abstract Type Type { get; }

    /// <summary>Name of the property that holds it, set by the compiler.</summary>
    internal string Name { get; set; } = "";

    /// <summary>Position among the outputs of its activity, set by the compiler.</summary>
    internal int Slot { get; set; } = -1;
}

/// <summary>An output of type <typeparamref name="T"/>.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class Output<T> : Output
{
    /// <summary>An output that no variable receives; <c>getOutputFrom</c> still reads it within the burst.</summary>
    public Output()
        : base(null)
    {
    }

    /// <summary>An output received by the variable with this id.</summary>
    public Output(string variableId)
        : base(variableId)
    {
    }

    /// <summary>An output received by a variable.</summary>
    public Output(Variable variable)
        : base(variable.Id)
    {
    }

    /// <inheritdoc />
    public override Type Type => typeof(T);
}
