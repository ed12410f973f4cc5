namespace Workflows.Storage.Stimuli;

/// <summary>Where a stimulus came from.</summary>
internal enum WorkOrigin
{
    Caller,
    Timer,
    Mailbox,
}

/// <summary>A stimulus on its way through the pump, with what became of it in the current attempt.</summary>
internal sealed class WorkItem(Stimulus stimulus, DateTimeOffset now, WorkOrigin origin)
{
    private readonly TaskCompletionSource<StimulusResult>? _caller =
        origin == WorkOrigin.Caller ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;

    public Stimulus Stimulus { get; } = stimulus;

    /// <summary>Its time; the same in every attempt.</summary>
    public DateTimeOffset Now { get; } = stimulus.At ?? now;

    public WorkOrigin Origin { get; } = origin;

    public MailboxClaim? Mail { get; init; }

    public TimerClaim? Timer { get; init; }

    /// <summary>Families to lock although the stimulus does not name them, learnt in an earlier attempt.</summary>
    public HashSet<string> FurtherKeys { get; } = [];

    /// <summary>Whether it has the slow lane's budget.</summary>
    public bool Slow { get; set; }

    public StimulusResult? Result { get; set; }

    public Exception? Failure { get; set; }

    public bool Deferred { get; set; }

    public Task<StimulusResult> Answer => _caller!.Task;

    public void Reset()
    {
        Result = null;
        Failure = null;
        Deferred = false;
    }

    /// <summary>Answers the caller, after the commit.</summary>
    public void Complete()
    {
        if (_caller is null)
            return;
        if (Failure is not null)
            _caller.TrySetException(Failure);
        else
            _caller.TrySetResult(Result!);
    }
}

/// <summary>A due timer.</summary>
internal sealed record TimerClaim(string BookmarkId, string InstanceId, string CaseKey, DateTimeOffset FireAt, int Attempts);

/// <summary>A ready mailbox row.</summary>
internal sealed record MailboxClaim(long Sequence, string Id, string Kind, string CaseKey, DateTimeOffset CreatedAt, int Attempts, string Body);
