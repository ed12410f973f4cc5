using Workflows.Engine.Activities;

namespace Workflows.Engine.Execution;

/// <summary>Status of one activity execution (Elsa concept).</summary>
public enum ActivityStatus
{
    /// <summary>Created, or its precondition failed.</summary>
    Pending,

    /// <summary>Executing or waiting.</summary>
    Running,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Cancelled.</summary>
    Canceled,

    /// <summary>Ended by an exception.</summary>
    Faulted,
}

/// <summary>Called on the activity when one of its bookmarks is resumed; must be a method of the activity's class, for its name is stored.</summary>
/// <param name="context">The waiting execution.</param>
public delegate ValueTask ExecuteActivityDelegate(ActivityExecutionContext context);

/// <summary>Called on the scheduling activity when a scheduled child has completed; must be a method of the activity's class, for its name is stored.</summary>
/// <param name="context">Owner and child.</param>
public delegate ValueTask ActivityCompletionCallback(ActivityCompletedContext context);

/// <summary>A child that completed.</summary>
/// <param name="TargetContext">The execution that scheduled it.</param>
/// <param name="ChildContext">The child's execution; the scheduling one itself where nothing was scheduled.</param>
/// <param name="Outcomes">Its explicit outcomes, or null.</param>
/// <param name="Tag">What was given when it was scheduled.</param>
public readonly record struct ActivityCompletedContext(
    ActivityExecutionContext TargetContext, ActivityExecutionContext ChildContext, IReadOnlyList<string>? Outcomes, object? Tag);

/// <summary>A signal on its way up.</summary>
/// <param name="receiver">The execution that sees it now.</param>
/// <param name="sender">The execution that sent it.</param>
public sealed class SignalContext(ActivityExecutionContext receiver, ActivityExecutionContext sender)
{
    /// <summary>The execution that sees it now.</summary>
    public ActivityExecutionContext ReceiverActivityExecutionContext { get; internal set; } = receiver;

    /// <summary>The execution that sent it.</summary>
    public ActivityExecutionContext SenderActivityExecutionContext { get; } = sender;

    internal bool IsStopped { get; private set; }

    /// <summary>Ancestors further up do not see it.</summary>
    public void StopPropagation() => IsStopped = true;
}

/// <summary>Asks the nearest loop to end.</summary>
public sealed record BreakSignal;

/// <summary>Asks the nearest workflow, or workflow used as activity, to complete.</summary>
/// <param name="Outcomes">Outcomes to complete with; null for none.</param>
public sealed record CompleteCompositeSignal(IReadOnlyList<string>? Outcomes);

/// <summary>Asks the flowchart around the sender to follow outcomes although the sender is not complete (Elsa concept).</summary>
/// <param name="Outcomes">Names of the outcomes.</param>
public sealed record ScheduleActivityOutcomesSignal(IReadOnlyList<string> Outcomes);

/// <summary>Tells that a child was cancelled.</summary>
public sealed record CancelSignal;

/// <summary>Tells that a child faulted; an ancestor that sets <see cref="IsHandled"/> undoes the fault.</summary>
/// <param name="Exception">What went wrong.</param>
public sealed record FaultSignal(Exception Exception)
{
    /// <summary>The fault was dealt with.</summary>
    public bool IsHandled { get; set; }
}

/// <summary>How a bookmark is made.</summary>
public sealed record CreateBookmarkArgs
{
    /// <summary>Stimulus name; by default the activity's type name.</summary>
    public string? BookmarkName { get; init; }

    /// <summary>What is hashed with the name; null for nothing. Keep it free of case data: it is stored and shown.</summary>
    public object? Stimulus { get; init; }

    /// <summary>Method of the activity to call on resumption; null completes the activity with <c>Done</c>.</summary>
    public ExecuteActivityDelegate? Callback { get; init; }

    /// <summary>Whether the hash contains the execution, so that only this one wait matches (default).</summary>
    public bool IncludeActivityInstanceId { get; init; } = true;

    /// <summary>Removed when resumed (default).</summary>
    public bool AutoBurn { get; init; } = true;

    /// <summary>Without a callback, resumption completes the activity (default).</summary>
    public bool AutoComplete { get; init; } = true;

    /// <summary>Further data, never hashed.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>When the wait ends by itself, or null.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What is waited for, in the users' language.</summary>
    public string? WaitName { get; init; }

    /// <summary>Who has to act, or null for the clock.</summary>
    public string? WaitOwner { get; init; }

    /// <summary>
    /// Ids (in the definition) of activities on other branches: when one of them completes or is cancelled after this bookmark was made,
    /// the bookmark is resumed with the input <c>{"Watched": id}</c>.
    /// </summary>
    public IReadOnlyList<string>? CompletesWith { get; init; }

    /// <summary>The id to use; by default a new one.</summary>
    public string? BookmarkId { get; init; }
}

/// <summary>A variable that one scheduled child sees in addition, such as the current item of a loop.</summary>
/// <param name="Name">Name under which expressions find it.</param>
/// <param name="Value">Its value.</param>
public readonly record struct DynamicVariable(string Name, object? Value);

/// <summary>The value of a declared variable in one execution.</summary>
internal sealed class VariableBlock(Variable declaration, object? value)
{
    public Variable Declaration { get; } = declaration;

    public object? Value { get; private set; } = value;

    /// <summary>Belongs to one scheduled child rather than to a declaration in the definition.</summary>
    public bool IsDynamic { get; init; }

    public void Set(object? value) => Value = Declaration.Type == typeof(object) ? Expressions.ValueConversion.FromNode(value) : Expressions.ValueConversion.To(value, Declaration.Type);
}
