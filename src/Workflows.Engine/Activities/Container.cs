namespace Workflows.Engine.Activities;

/// <summary>An activity that holds a list of activities and variables (Elsa concept).</summary>
public abstract class Container : Activity
{
    /// <summary>The nested activities.</summary>
    public ICollection<Activity> Activities { get; set; } = new List<Activity>();

    /// <summary>Variables that each execution declares.</summary>
    public IList<Variable> Variables { get; set; } = new List<Variable>();

    /// <inheritdoc />
    internal override IReadOnlyList<Variable> DeclaredVariables => (IReadOnlyList<Variable>)Variables;
}
