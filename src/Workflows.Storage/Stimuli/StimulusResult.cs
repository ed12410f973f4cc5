using Workflows.Engine.Bursts;

namespace Workflows.Storage.Stimuli;

/// <summary>What became of a stimulus.</summary>
public enum StimulusOutcome
{
    /// <summary>It was carried out and is durable.</summary>
    Done,

    /// <summary>It found nothing to do: bookmark burned, instance finished, start repeated.</summary>
    NothingToDo,

    /// <summary>It had been carried out before; the answer is the one of then.</summary>
    Replayed,
}

/// <summary>The answer to a stimulus, given after its commit.</summary>
public sealed record StimulusResult
{
    /// <summary>What became of it.</summary>
    public required StimulusOutcome Outcome { get; init; }

    /// <summary>Instances that it started or resumed.</summary>
    public IReadOnlyList<string> InstanceIds { get; init; } = [];

    /// <summary>Waits that its bursts began and that are still open.</summary>
    public IReadOnlyList<string> BookmarkIds { get; init; } = [];

    /// <summary>Sub-status of the last of them, or null.</summary>
    public string? SubStatus { get; init; }

    /// <summary>Result of a domain command as it came; null when replayed.</summary>
    public object? Value { get; init; }

    /// <summary>Result as JSON: of a domain command, or the instance ids; null where there is none.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether it wrote letters to other instances, which are carried out after its commit.</summary>
    public bool WroteLetters { get; init; }

    /// <summary>HTTP answer written by the workflow, or null.</summary>
    public HttpResponseEffect? Response { get; init; }

    /// <summary>Lines written by the bursts.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}

/// <summary>An idempotency key was used before for another request (422).</summary>
public sealed class IdempotencyConflictException(IdempotencyKey key)
    : Exception($"幂等键“{key.Key}”已用于另一请求：请换用新的幂等键，或重发与原来相同的请求。")
{
    /// <summary>The key.</summary>
    public IdempotencyKey Key { get; } = key;
}

/// <summary>A workflow, instance or definition that a stimulus names does not exist (404).</summary>
public sealed class UnknownWorkflowException(string message) : Exception(message);
