using System.Text.Json.Nodes;

namespace Workflows.Engine.Activities;

/// <summary>What sets a trigger off.</summary>
public enum TriggerKind
{
    /// <summary>A stimulus with its hash, such as an event.</summary>
    Event,

    /// <summary>An interval (<c>Elsa.Timer</c>).</summary>
    Timer,

    /// <summary>A cron expression (<c>Elsa.Cron</c>).</summary>
    Cron,

    /// <summary>One point in time (<c>Elsa.StartAt</c>).</summary>
    StartAt,

    /// <summary>An HTTP request (<c>Elsa.HttpEndpoint</c>).</summary>
    Http,
}

/// <summary>A way in which a definition starts: one per activity with <c>canStartWorkflow</c> and payload (Elsa's StoredTrigger).</summary>
/// <param name="ActivityId">Id of the activity.</param>
/// <param name="Name">Stimulus name: the activity's type name.</param>
/// <param name="Hash">Stimulus hash of name and payload, without an instance.</param>
/// <param name="Payload">Payload, or null.</param>
/// <param name="Kind">What sets it off.</param>
public sealed record WorkflowTrigger(string ActivityId, string Name, string Hash, JsonNode? Payload, TriggerKind Kind);

/// <summary>An activity that can start a workflow (Elsa concept).</summary>
public abstract class Trigger : Activity
{
    /// <summary>What sets it off.</summary>
    protected internal virtual TriggerKind TriggerKind => TriggerKind.Event;

    /// <summary>The payloads to register when the definition is published.</summary>
    protected internal abstract IEnumerable<object?> GetTriggerPayloads(TriggerIndexingContext context);
}

/// <summary>A <see cref="Trigger"/> with one result.</summary>
/// <typeparam name="T">Type of the result.</typeparam>
public abstract class Trigger<T> : Trigger
{
    /// <summary>The result.</summary>
    [Output(DisplayName = "结果", Description = "触发时收到的内容。")]
    public Output<T>? Result { get; set; }
}

/// <summary>Reads the inputs of a trigger outside any instance: only constant inputs have a value there.</summary>
public sealed class TriggerIndexingContext
{
    internal TriggerIndexingContext()
    {
    }

    /// <summary>The constant value of an input; the type's default where it is not constant.</summary>
    public T? Get<T>(Input<T>? input) => input is { IsConstant: true } ? input.Constant : default;
}
