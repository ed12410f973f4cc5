using System.Text.Json.Nodes;
using Workflows.Engine.Alterations;
using Workflows.Engine.Compilation;
using Workflows.Engine.Execution;
using Workflows.Engine.Expressions;

namespace Workflows.Engine.Activities;

/// <summary>
/// One step of a workflow (Elsa concept). The object is a shared, immutable part of the compiled definition: what belongs to one
/// execution stands in the <see cref="ActivityExecutionContext"/>. An <see cref="Activity"/> completes itself; a <see cref="CodeActivity"/>
/// is completed for it.
/// </summary>
public abstract class Activity
{
    /// <summary>Id within the definition; given by the compiler where empty.</summary>
    public string Id { get; set; } = "";

    /// <summary>Name given by the analyst, or null.</summary>
    public string? Name { get; set; }

    /// <summary>Whether it may start the workflow.</summary>
    public bool CanStartWorkflow { get; set; }

    /// <summary>Further properties of the definition, such as <c>mergeMode</c>; null for none.</summary>
    public JsonObject? CustomProperties { get; set; }

    /// <summary>Its place in the compiled workflow.</summary>
    internal ActivityNode? Node { get; set; }

    /// <summary>Completed by the engine after it executed, unless it waits.</summary>
    internal virtual bool CompletesItself => false;

    /// <summary>Whether its precondition holds; false leaves it pending.</summary>
    protected internal virtual ValueTask<bool> CanExecuteAsync(ActivityExecutionContext context) => new(true);

    /// <summary>Does its work.</summary>
    protected internal virtual ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        Execute(context);
        return default;
    }

    /// <summary>Does its work where nothing is awaited.</summary>
    protected virtual void Execute(ActivityExecutionContext context)
    {
    }

    /// <summary>Called when it is cancelled, before its bookmarks go: gives back what it holds outside the workflow.</summary>
    protected internal virtual ValueTask OnCanceledAsync(ActivityExecutionContext context) => default;

    /// <summary>Called when the instance goes on under another version of its definition while this activity waits: renews what it waits for.</summary>
    protected internal virtual ValueTask OnMigratedAsync(ActivityExecutionContext context, MigrationContext migration) => default;

    /// <summary>Place among the activities that are told of a migration; what others take their times from comes first.</summary>
    protected internal virtual int MigrationOrder => 1;

    /// <summary>Receives a signal that bubbles from itself or from a descendant.</summary>
    protected internal virtual ValueTask OnSignalReceivedAsync(object signal, SignalContext context) => default;

    /// <summary>Variables that each of its executions declares.</summary>
    internal virtual IReadOnlyList<Variable> DeclaredVariables => [];

    /// <summary>Reads what the general reader cannot: connections, cases and the like.</summary>
    internal virtual void ReadJson(JsonObject json, ActivityReader reader)
    {
    }

    /// <summary>Nested activities that stand elsewhere than in a property of their own or in a list.</summary>
    internal virtual void CollectChildren(List<EmbeddedActivity> children)
    {
    }

    /// <summary>Expressions that stand elsewhere than in an <see cref="Input"/>.</summary>
    internal virtual void CollectExpressions(List<NamedExpression> expressions)
    {
    }

    /// <summary>Inputs that its class does not declare, by name: those of a workflow used as activity.</summary>
    internal virtual IEnumerable<(string Name, Input Input)> FurtherInputs => [];

    /// <summary>The type name in the definition where it differs from the class's.</summary>
    internal virtual string? StoredTypeName => null;

    /// <summary>Called once when the graph around it is complete.</summary>
    internal virtual void Compiled(ActivityNode node)
    {
    }

    /// <summary>Outcomes that depend on its settings, such as the labels of cases; null when only the descriptor speaks.</summary>
    internal virtual IEnumerable<string>? DynamicPorts => null;

    /// <summary>Writes what it keeps in the context's scope object.</summary>
    internal virtual JsonNode? SaveScope(ActivityExecutionContext context) => null;

    /// <summary>Reads what <see cref="SaveScope"/> wrote.</summary>
    internal virtual void LoadScope(ActivityExecutionContext context, JsonNode scope)
    {
    }
}

/// <summary>A nested activity and the slot that holds it.</summary>
internal readonly record struct EmbeddedActivity(string Port, Activity Activity);

/// <summary>An expression and the property that holds it.</summary>
internal readonly record struct NamedExpression(string Property, Expression Expression, Type Type);

/// <summary>An activity that is complete when its method returns, unless it created a bookmark (Elsa concept).</summary>
public abstract class CodeActivity : Activity
{
    /// <inheritdoc />
    internal override bool CompletesItself => true;
}

/// <summary>A <see cref="CodeActivity"/> with one result.</summary>
/// <typeparam name="T">Type of the result.</typeparam>
public abstract class CodeActivity<T> : CodeActivity
{
    /// <summary>The result.</summary>
    [Output(DisplayName = "结果", Description = "本步骤的结果。")]
    public Output<T>? Result { get; set; }
}
