using Workflows.Engine.Activities;
using Workflows.Engine.Execution;

namespace Workflows.Engine.Conformance;

/// <summary>Does nothing.</summary>
[NotDiscovered]
[Activity("Test", IsBrowsable = false)]
internal sealed class Tick : CodeActivity;

/// <summary>Throws.</summary>
[NotDiscovered]
[Activity("Test", IsBrowsable = false)]
internal sealed class Fail : CodeActivity
{
    public Input<string> Message { get; set; } = new("boom");

    protected override void Execute(ActivityExecutionContext context) => throw new InvalidOperationException(context.Get(Message));
}

/// <summary>Completes with a list of outcomes, or without explicit ones.</summary>
[NotDiscovered]
[Activity("Test", IsBrowsable = false)]
internal sealed class Emit : Activity
{
    public Input<ICollection<string>>? Outcomes { get; set; }

    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context) =>
        context.Get(Outcomes) is { } outcomes ? context.CompleteActivityWithOutcomesAsync([.. outcomes]) : context.CompleteActivityAsync();
}

/// <summary>Waits; completes when resumed, with an outcome if given.</summary>
[NotDiscovered]
[Activity("Test", IsBrowsable = false)]
internal sealed class Block : Activity
{
    public Input<string>? Outcome { get; set; }

    protected internal override ValueTask ExecuteAsync(ActivityExecutionContext context)
    {
        context.CreateBookmark(ResumedAsync);
        return default;
    }

    private ValueTask ResumedAsync(ActivityExecutionContext context) =>
        context.Get(Outcome) is { Length: > 0 } outcome ? context.CompleteActivityWithOutcomesAsync(outcome) : context.CompleteActivityAsync();
}

/// <summary>Its text in upper case.</summary>
[NotDiscovered]
[Activity("Test", IsBrowsable = false)]
internal sealed class Upper : CodeActivity<string>
{
    public Input<string>? Text { get; set; }

    protected override void Execute(ActivityExecutionContext context) => context.Set(Result, context.Get(Text)?.ToUpperInvariant());
}
