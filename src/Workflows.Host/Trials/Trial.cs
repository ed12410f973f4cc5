using Workflows.Host.Packages;
using Workflows.Host.Trials.Replays;
using Workflows.Host.Trials.Results;

namespace Workflows.Host.Trials;

/// <summary>State of a trial, by name as callers read it.</summary>
internal static class TrialState
{
    /// <summary>Waits for the one that runs.</summary>
    public const string Queued = "queued";

    /// <summary>Runs.</summary>
    public const string Running = "running";

    /// <summary>Its results are there.</summary>
    public const string Done = "done";

    /// <summary>It ended with a reason and without results.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody called it off.</summary>
    public const string Cancelled = "cancelled";
}

/// <summary>A trial as callers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>simulation</c> or <c>replay</c>.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Code">Why it failed, in kebab case, or null.</param>
/// <param name="Message">The same for people, or null.</param>
/// <param name="Progress">From 0 to 1.</param>
/// <param name="Reached">How far virtual time has come, UTC, or null.</param>
/// <param name="Waiting">Trials before it, while it is queued.</param>
/// <param name="PackageHash">Hash over all files of what is tried.</param>
/// <param name="Simulation">What was asked for, for a simulation.</param>
/// <param name="Replay">What was asked for, for a replay.</param>
/// <param name="By">Who asked.</param>
/// <param name="AskedAt">When, UTC.</param>
/// <param name="StartedAt">When it began to run, UTC, or null.</param>
/// <param name="EndedAt">When it ended, UTC, or null.</param>
/// <param name="KeptUntil">When its results are thrown away at the latest, UTC; null before it has ended.</param>
/// <param name="Summary">What a simulation came to, or null.</param>
/// <param name="ReplaySummary">What a replay came to, or null.</param>
internal sealed record TrialView(
    string Id, string Kind, string State, string? Code, string? Message, double Progress, DateTimeOffset? Reached, int? Waiting, string PackageHash, TrialPlan? Simulation, ReplayPlan? Replay, string By,
    DateTimeOffset AskedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? KeptUntil, TrialSummary? Summary, ReplaySummary? ReplaySummary);

/// <summary>What a trial does when its turn comes.</summary>
internal interface ITrialWork
{
    /// <summary>Runs it.</summary>
    /// <param name="trial">The trial, for its folder and to tell how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A <see cref="SimulationResults"/> or a <see cref="ReplayResults"/>.</returns>
    Task<object> RunAsync(Trial trial, CancellationToken cancellationToken);
}

/// <summary>One trial of a node: what was asked, how it stands and what it came to. It lives in memory and a temporary folder only.</summary>
internal sealed class Trial : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _state = TrialState.Queued;
    private (string Code, string Message)? _reason;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _endedAt;
    private object? _results;
    private volatile Func<(double Share, DateTimeOffset Reached)>? _progress;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its folder.</summary>
    public required string Folder { get; init; }

    /// <summary>What it does.</summary>
    public required ITrialWork Work { get; init; }

    /// <summary>What is tried: kept, because a draft may have changed by the time somebody looks at the results.</summary>
    public required PackageFiles Package { get; init; }

    /// <summary>Hash over the files of the package.</summary>
    public required string PackageHash { get; init; }

    /// <summary>What was asked for, for a simulation.</summary>
    public TrialPlan? Simulation { get; init; }

    /// <summary>What was asked for, for a replay.</summary>
    public ReplayPlan? Replay { get; init; }

    /// <summary>Who asked.</summary>
    public required string By { get; init; }

    /// <summary>Area of the real cases it may have read; null for the whole city.</summary>
    public required string? Area { get; init; }

    /// <summary>Whether it reads real cases.</summary>
    public bool ReadsCases => Replay is not null || Simulation?.Source == TrialSource.LastMonth;

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it ended, UTC, or null.</summary>
    public DateTimeOffset? EndedAt
    {
        get
        {
            lock (_lock)
                return _endedAt;
        }
    }

    /// <summary>State.</summary>
    public string State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    /// <summary>Ends it.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Done when it has ended, whichever way.</summary>
    public Task Ended => _ended.Task;

    /// <summary>The results of a kind, or null.</summary>
    public T? Results<T>()
        where T : class
    {
        lock (_lock)
            return _results as T;
    }

    /// <summary>Tells how far it is, whenever somebody asks.</summary>
    public void Tells(Func<(double Share, DateTimeOffset Reached)> progress) => _progress = progress;

    /// <summary>It begins to run; false when it was called off before.</summary>
    public bool Begin(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_state != TrialState.Queued)
                return false;
            (_state, _startedAt) = (TrialState.Running, now);
            return true;
        }
    }

    /// <summary>It has ended with results.</summary>
    public void Succeed(object results, DateTimeOffset now) => End(TrialState.Done, null, results, now);

    /// <summary>It has ended with a reason.</summary>
    public void Fail(string code, string message, DateTimeOffset now) => End(TrialState.Failed, (code, message), null, now);

    /// <summary>Calls it off; what has ended stays as it is.</summary>
    public void CallOff(DateTimeOffset now)
    {
        End(TrialState.Cancelled, ("cancelled", "试运行已取消。"), null, now);
        _cancel.Cancel();
    }

    /// <summary>As callers see it.</summary>
    public TrialView View(int? waiting)
    {
        lock (_lock)
        {
            var progress = _state == TrialState.Running ? _progress?.Invoke() : null;
            return new TrialView(
                Id, Replay is null ? "simulation" : "replay", _state, _reason?.Code, _reason?.Message, _state == TrialState.Done ? 1 : Math.Round(progress?.Share ?? 0, 3), progress?.Reached,
                _state == TrialState.Queued ? waiting : null, PackageHash, Simulation, Replay, By, AskedAt, _startedAt, _endedAt, _endedAt + TrialLimits.Kept,
                (_results as SimulationResults)?.Summary, (_results as ReplayResults)?.Summary);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancel.Dispose();
        try
        {
            if (Directory.Exists(Folder))
                Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A page of it is being read; the folder of the whole node goes when the service stops.
        }
    }

    private void End(string state, (string, string)? reason, object? results, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_state is TrialState.Queued or TrialState.Running)
                (_state, _reason, _results, _endedAt) = (state, reason, results, now);
        }

        _ended.TrySetResult();
    }
}
