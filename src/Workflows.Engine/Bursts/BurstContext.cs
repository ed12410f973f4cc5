namespace Workflows.Engine.Bursts;

/// <summary>
/// What a burst may know of the outside: its time, its identifiers and the services of its activities.
/// A burst is repeatable: with the same context and state it does the same again.
/// </summary>
public sealed record BurstContext
{
    /// <summary>The time of the stimulus, UTC. Every "now" inside the burst is this.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Source of identifiers and randomness, derived from the stimulus.</summary>
    public required IdSource Ids { get; init; }

    /// <summary>Services that activities ask for; bound to the batch's transaction by the store.</summary>
    public IServiceProvider Services { get; init; } = EmptyServices.Instance;

    /// <summary>Told before and after each activity execution, so that the changes of a faulted one can be dropped.</summary>
    public IBurstObserver? Observer { get; init; }

    /// <summary>
    /// Says which exceptions refuse the whole stimulus (a person's bad input) instead of becoming an incident;
    /// such an exception leaves the burst as it came and nothing of the burst counts.
    /// </summary>
    public Func<Exception, bool> Refuses { get; init; } = static _ => false;

    /// <summary>Resolves a published workflow by definition id, for workflows used as activities. Synchronous: the store warms its cache before the burst.</summary>
    public Func<WorkflowReference, CompiledWorkflow?>? ResolveWorkflow { get; init; }

    /// <summary>Bounds on activity executions and on wall-clock time of one burst.</summary>
    public BurstLimits Limits { get; init; } = BurstLimits.Default;

    private sealed class EmptyServices : IServiceProvider
    {
        public static readonly EmptyServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>Names a workflow definition: one version of it where <paramref name="VersionId"/> or <paramref name="Version"/> is given, else the published one.</summary>
/// <param name="DefinitionId">Logical id shared by all versions.</param>
/// <param name="VersionId">Id of one version; wins over the other two.</param>
/// <param name="Version">Version number, 1 or more.</param>
public sealed record WorkflowReference(string? DefinitionId, string? VersionId = null, int? Version = null);

/// <summary>Bounds of one burst.</summary>
/// <param name="MaxActivityExecutions">Executions in one burst; beyond it the burst throws <see cref="BurstLimitException"/>.</param>
/// <param name="MaxTime">Wall-clock time of one burst.</param>
/// <param name="Clock">The monotonic clock that measures <paramref name="MaxTime"/>.</param>
public sealed record BurstLimits(int MaxActivityExecutions, TimeSpan MaxTime, TimeProvider Clock)
{
    /// <summary>100,000 executions, two seconds.</summary>
    public static BurstLimits Default { get; } = new(100_000, TimeSpan.FromSeconds(2), TimeProvider.System);
}

/// <summary>A burst reached one of its bounds; the store runs its stimulus alone or records an incident.</summary>
/// <param name="message">Which bound, in the users' language.</param>
public sealed class BurstLimitException(string message) : Exception(message);

/// <summary>Told around each activity execution of a burst.</summary>
public interface IBurstObserver
{
    /// <summary>The activity is about to execute or to resume: mark a savepoint.</summary>
    void Executing(string activityId, string activityInstanceId);

    /// <summary>The execution returned or threw: with <paramref name="faulted"/> the changes since the savepoint are dropped.</summary>
    void Executed(string activityId, string activityInstanceId, bool faulted);
}
