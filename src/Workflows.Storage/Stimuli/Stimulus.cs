using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Workflows.Engine.Bursts;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>Something that may change a case. Everything that a burst needs to be repeatable stands in it.</summary>
public abstract record Stimulus
{
    /// <summary>Key of its identifiers and randomness: random when it comes from outside, unique for what must act once, from the seed in a simulation.</summary>
    public required string Key { get; init; }

    /// <summary>Its time, UTC; null takes the time at which it is sent.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Who causes it.</summary>
    public Actor Actor { get; init; } = Actor.Clock;

    /// <summary>
    /// What is answered, made while the transaction is open of what the stimulus has done; kept with the key and given again word for word.
    /// Null answers the result of a command as JSON, else the instances.
    /// </summary>
    [JsonIgnore]
    public Func<ISupervisionSession, StimulusResult, CancellationToken, ValueTask<string>>? Answering { get; init; }

    /// <summary>Under which key its answer is kept and replayed; null for none.</summary>
    [JsonIgnore]
    public IdempotencyKey? Idempotency { get; init; }
}

/// <summary>The key under which an answer is kept for seven days.</summary>
/// <param name="Scope">Who asks for what, such as user and route: keys of different scopes do not meet.</param>
/// <param name="Key">The caller's key.</param>
/// <param name="BodyHash">Hash of the request; the same key with another hash is refused with <see cref="IdempotencyConflictException"/>.</param>
public sealed record IdempotencyKey(string Scope, string Key, string BodyHash);

/// <summary>Starts a workflow. A second start with the same <see cref="InstanceId"/> does nothing.</summary>
public sealed record StartWorkflow : Stimulus
{
    /// <summary>What to start.</summary>
    public required WorkflowReference Workflow { get; init; }

    /// <summary>Id of the new instance; null derives it from the key.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Family it joins; null founds its own, named as the instance.</summary>
    public string? CaseKey { get; init; }

    /// <summary>Correlation id, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Name of the instance, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Workflow inputs.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Instance that dispatched it, or null.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Bookmark to resume at its end, or null.</summary>
    public string? ReportBookmarkId { get; init; }

    /// <summary>Trigger activity that starts it, or null for the ordinary start.</summary>
    public string? TriggerActivityId { get; init; }
}

/// <summary>Resumes one bookmark. One that is gone is nothing to do.</summary>
public sealed record ResumeBookmark : Stimulus
{
    /// <summary>The bookmark.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>What the resumed activity receives.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = new Dictionary<string, JsonNode?>();
}

/// <summary>Resumes the bookmark of a timer that is due. Sent by the pump; sent from outside it fires an overdue timer at once.</summary>
public sealed record TimerDue : Stimulus
{
    /// <summary>The bookmark.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>When it was due.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>Resumes every bookmark with a name and payload, and starts what is triggered by them (Elsa's stimulus).</summary>
public sealed record SignalWorkflows : Stimulus
{
    /// <summary>Name of the stimulus.</summary>
    public required string Name { get; init; }

    /// <summary>What is hashed with the name, as JSON text; null for nothing.</summary>
    public string? Payload { get; init; }

    /// <summary>Only bookmarks of this family; null for all.</summary>
    public string? CaseKey { get; init; }

    /// <summary>Only instances with this correlation id; null for all.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only this instance; null for all.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Whether triggers start instances too.</summary>
    public bool Starts { get; init; } = true;

    /// <summary>Whether a signal that nobody waits for is kept until somebody does (Elsa's bookmark queue).</summary>
    public bool Keep { get; init; }

    /// <summary>What the resumed or started workflow receives.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = new Dictionary<string, JsonNode?>();
}

/// <summary>
/// Cancels an instance and, by a letter to each in the same commit, what it has started (Elsa: cancelling goes down the tree). The root instance of an
/// open case or plan is not cancelled: sent directly this is refused, come by letter it leaves the instance to go on.
/// </summary>
public sealed record CancelInstance : Stimulus
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Why, as it stands in the journal.</summary>
    public string Reason { get; init; } = "cancelled";
}

/// <summary>
/// Executes faulted activities of an instance again from their beginning (Elsa's retry): their incidents go; what the failed try left standing is
/// withdrawn; an instance that ended by the fault runs again. Where nothing has faulted there is nothing to do.
/// </summary>
public sealed record RetryIncident : Stimulus
{
    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Executions to retry; null for all that faulted.</summary>
    public IReadOnlyList<string>? ActivityInstanceIds { get; init; }
}

/// <summary>A time has come that the domain set (<see cref="ISupervisionSession.Wake"/>): its handler is asked under the lock of the family.</summary>
public sealed record WakeDue : Stimulus
{
    /// <summary>What was set.</summary>
    public required DomainWake Wake { get; init; }
}

/// <summary>Changes the domain under the lock of one family; it may signal workflows in the same commit.</summary>
public sealed record DomainCommand : Stimulus
{
    /// <summary>Family that it changes: a case key, or the id of one of its instances.</summary>
    public required string CaseKey { get; init; }

    /// <summary>
    /// What to do. It may run more than once before it commits and therefore touches nothing but the session.
    /// Its result is the answer; it is kept as JSON where the stimulus has an idempotency key.
    /// </summary>
    [JsonIgnore]
    public required Func<ISupervisionSession, IServiceProvider, CancellationToken, ValueTask<object?>> Execute { get; init; }
}
