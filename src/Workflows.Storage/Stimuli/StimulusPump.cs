using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;

namespace Workflows.Storage.Stimuli;

/// <summary>
/// Takes what is there (callers' stimuli, due timers, mailbox rows), runs it as one batch and answers. While one batch commits the
/// next gathers: a lone request waits for nobody, a crowd shares a commit.
/// </summary>
public sealed class StimulusPump : IStimulusGate, IBackgroundLoop, IAsyncDisposable
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(50);

    // Rounds of letters and their letters that a caller waits for; the longest chain of the diagrams has three.
    private const int SettlingRounds = 16;

    private readonly ConcurrentQueue<WorkItem> _queue = new();
    private readonly BatchRunner _runner;
    private readonly PumpOptions _options;
    private readonly StoreModel _store;
    private readonly DefinitionCatalog _catalog;
    private readonly CalendarShelf _calendars;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly IInstanceWatcher? _watcher;
    private readonly ICommitWatcher? _commits;
    private readonly SlowLane _slowLane;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WakeSignal _wake;
    private readonly WakeSignal _listenAgain;
    private CancellationTokenSource? _stopping;
    private Task _loop = Task.CompletedTask;
    private Task _listener = Task.CompletedTask;
    private DateTimeOffset _nextTimer = DateTimeOffset.MinValue;
    private DateTimeOffset _nextMail = DateTimeOffset.MinValue;
    private DateTimeOffset _nextPoll = DateTimeOffset.MinValue;
    private int _asked;
    private volatile PumpPause? _pause;

    internal StimulusPump(StoreModel store, DefinitionCatalog catalog, CalendarShelf calendars, IBurstRunner runner, IServiceProvider services, PumpOptions options, TimeProvider clock, ILogger<StimulusPump>? logger = null, IInstanceWatcher? watcher = null, ICommitWatcher? commits = null)
    {
        _store = store;
        _catalog = catalog;
        _calendars = calendars;
        _options = options;
        _clock = clock;
        _watcher = watcher;
        _commits = commits;
        _logger = logger ?? NullLogger<StimulusPump>.Instance;
        _wake = new WakeSignal(clock);
        _listenAgain = new WakeSignal(clock);
        _runner = new BatchRunner(store, catalog, calendars, new StimulusExecutor(catalog, calendars, runner, services, options, store.Dialect), new FamilyCache(), options, clock, _logger, watcher, commits);
        _slowLane = new SlowLane(_runner, AfterSlow, _logger);
        store.Provider.Meter.Watch(() => _queue.Count, () => _pause is not null);
    }

    /// <summary>Test signal: told after each batch with the number of its stimuli.</summary>
    internal Action<int>? BatchDone { get; set; }

    /// <inheritdoc/>
    public async ValueTask<StimulusResult> SendAsync(Stimulus stimulus, CancellationToken cancellationToken = default)
    {
        if (_queue.Count >= _options.MaxQueue)
            throw new StoreBusyException();
        if (_pause is not null && stimulus is StartWorkflow or SignalWorkflows { Starts: true })
            throw new StoreBusyException("流程引擎已暂停，不启动新的流程：请在恢复后重试。");
        var item = new WorkItem(stimulus, _clock.GetUtcNow(), WorkOrigin.Caller);
        _queue.Enqueue(item);
        if (_options.Deterministic)
        {
            while (!item.Answer.IsCompleted)
                await InlineAsync(claims: false, cancellationToken);
        }
        else
        {
            _wake.Set();
        }
        return await item.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>Why this node does not go on by itself, or null when it does.</summary>
    public PumpPause? Pausing => _pause;

    /// <summary>Callers' stimuli that wait for their turn.</summary>
    public int QueueDepth => _queue.Count;

    /// <summary>
    /// From now on this node takes no timers and letters and starts nothing new (<see cref="StoreBusyException"/>); people's steps go on, and their
    /// letters wait. It ends with <see cref="Resume"/> or with the process. Other nodes go on.
    /// </summary>
    /// <param name="reason">Why, as people read it.</param>
    /// <param name="actorId">Who paused it.</param>
    public void Pause(string reason, string actorId)
    {
        _pause = new PumpPause(reason, actorId, _clock.GetUtcNow());
        _logger.LogWarning("The pump of this node is paused by {Actor}: {Reason}", actorId, reason);
    }

    /// <summary>Goes on: what has become due in the meantime is carried out at once.</summary>
    public void Resume()
    {
        if (_pause is null)
            return;
        _pause = null;
        _logger.LogInformation("The pump of this node goes on");
        Wake();
    }

    /// <summary>Carries out what callers have asked for already; to be called while it is paused.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        while ((await InlineAsync(claims: false, cancellationToken)).Worked)
        {
            // Until nobody waits.
        }
    }

    /// <summary>Looks for work at once; to be called when the clock was moved by hand.</summary>
    public void Wake()
    {
        Interlocked.Exchange(ref _asked, 1);
        _wake.Set();
    }

    /// <summary>Runs everything that is due now, consequences included, in the order of arrival for letters and of (due, family, id) for timers.</summary>
    /// <returns>Number of timers and letters that were carried out.</returns>
    public async Task<int> RunUntilIdleAsync(CancellationToken cancellationToken = default)
    {
        int done = 0;
        while (await InlineAsync(claims: true, cancellationToken) is (var claimed, true))
            done += claimed;
        return done;
    }

    /// <summary>
    /// Carries out the letters that are ready, and those that they cause, so that a caller finds what its stimulus has brought about.
    /// Bounded, and no promise: what is left goes on in the background.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        if (_pause is not null)
            return;
        try
        {
            int claimed = 1;
            for (int round = 0; round < SettlingRounds && claimed > 0; round++)
            {
                await _turn.WaitAsync(cancellationToken);
                try
                {
                    claimed = await RunBatchAsync([], new ClaimPlan(0, _options.MaxClaims));
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The caller's own stimulus is committed; the letters are tried again by the loop.
            _logger.LogWarning(e, "Letters could not be carried out at once");
        }
        // The loop sleeps until a time that it knew before.
        _wake.Set();
    }

    /// <summary>When the next timer is due, or the next letter is to be tried again; null when nothing is planned.</summary>
    public async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        await using Providers.StoreConnection connection = await _store.Provider.OpenReaderAsync(cancellationToken);
        var rows = await connection.ReadAsync(
            new Providers.Statement("SELECT (SELECT MIN(fire_at) FROM bookmarks), (SELECT MIN(available_at) FROM mailbox WHERE state = 0)", []),
            static r => (r.IsDBNull(0) ? long.MaxValue : r.GetInt64(0), r.IsDBNull(1) ? long.MaxValue : r.GetInt64(1)), cancellationToken);
        long next = Math.Min(rows[0].Item1, rows[0].Item2);
        return next == long.MaxValue ? null : new DateTimeOffset(next, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.Deterministic || _stopping is not null)
            return Task.CompletedTask;
        _stopping = new CancellationTokenSource();
        _loop = Task.Run(() => LoopAsync(_stopping.Token), CancellationToken.None);
        _listener = Task.Run(() => ListenAsync(_stopping.Token), CancellationToken.None);
        _slowLane.Start(_stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping is null)
            return;
        await _stopping.CancelAsync();
        _wake.Set();
        await Task.WhenAll(_loop, _listener, _slowLane.Completion).WaitAsync(cancellationToken);
        while (_queue.TryDequeue(out WorkItem? left))
        {
            left.Failure = new StoreBusyException();
            left.Complete();
        }
        _stopping.Dispose();
        _stopping = null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _turn.Dispose();
        _wake.Dispose();
        _listenAgain.Dispose();
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await LoopTurnAsync(stopping) is { } nextLook)
                    await _wake.WaitAsync(nextLook, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The pump outlives every failure of the store: it says so, pauses and tries again.
                _logger.LogError(e, "The pump could not reach the store");
                _nextTimer = _nextMail = _clock.GetUtcNow() + TimeSpan.FromSeconds(1);
                await _wake.PauseAsync(TimeSpan.FromSeconds(1), stopping);
            }
        }
    }

    private void Hear(bool work)
    {
        if (work)
            Wake();
        _watcher?.ChangedElsewhere();
        _commits?.CommittedElsewhere();
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _store.Provider.ListenAsync(Hear, stopping);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _logger.LogWarning(e, "Listening for other nodes was interrupted; polling goes on");
                await _listenAgain.PauseAsync(_options.PollInterval, stopping);
            }
        }
    }

    // One batch of the loop, or the time until which there is nothing to do.
    private async Task<DateTimeOffset?> LoopTurnAsync(CancellationToken stopping)
    {
        await _turn.WaitAsync(stopping);
        try
        {
            List<WorkItem> items = Take();
            ClaimPlan plan = Plan(_clock.GetUtcNow(), items.Count > 0);
            bool paused = _pause is not null;
            if (paused)
                plan = default;
            if (items.Count == 0 && plan.IsEmpty)
                return !paused ? NextLook() : _store.Provider.SharesDatabase ? _nextPoll : DateTimeOffset.MaxValue;
            await RunBatchAsync(items, plan);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(int Claimed, bool Worked)> InlineAsync(bool claims, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            List<WorkItem> items = Take();
            claims &= _pause is null;
            // Letters are consequences of what has happened and come before the timers of the same moment.
            int claimed = 0;
            if (items.Count > 0 || claims)
                claimed = await RunBatchAsync(items, new ClaimPlan(0, claims ? _options.MaxClaims : 0));
            if (claims && claimed == 0 && items.Count == 0)
                claimed = await RunBatchAsync([], new ClaimPlan(_options.MaxClaims, 0));
            return (claimed, claimed > 0 || items.Count > 0);
        }
        finally
        {
            _turn.Release();
        }
    }

    // Only in one's turn. A batch that has begun is carried through: others wait for the answers to their stimuli in it.
    private async Task<int> RunBatchAsync(List<WorkItem> items, ClaimPlan plan)
    {
        BatchReport report = await _runner.RunAsync(items, plan, CancellationToken.None);
        Note(report, plan);
        BatchDone?.Invoke(items.Count + report.Claimed);
        return report.Claimed;
    }

    private List<WorkItem> Take()
    {
        var items = new List<WorkItem>();
        while (items.Count < _options.MaxBatch && _queue.TryDequeue(out WorkItem? item))
            items.Add(item);
        return items;
    }

    private ClaimPlan Plan(DateTimeOffset now, bool callersWait)
    {
        if (Interlocked.Exchange(ref _asked, 0) == 1 || (_store.Provider.SharesDatabase && now >= _nextPoll))
        {
            _nextTimer = _nextMail = DateTimeOffset.MinValue;
            _nextPoll = now + _options.PollInterval;
            if (_store.Provider.SharesDatabase)
            {
                _catalog.Invalidate();
                _calendars.Invalidate();
            }
        }
        // People's requests stay fast: timers and letters come in slices beside them.
        int slice = callersWait ? _options.MaxClaims : _options.MaxClaims * 4;
        return new ClaimPlan(now >= _nextTimer ? slice : 0, now >= _nextMail ? slice : 0);
    }

    private DateTimeOffset NextLook()
    {
        DateTimeOffset next = _nextTimer < _nextMail ? _nextTimer : _nextMail;
        return _store.Provider.SharesDatabase && _nextPoll < next ? _nextPoll : next;
    }

    // Comes from the slow lane's own thread: the loop looks for itself what there is now.
    private void AfterSlow(BatchReport report)
    {
        report.Deferred.ForEach(_queue.Enqueue);
        Wake();
    }

    private void Note(BatchReport report, ClaimPlan plan)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (report.NextTimer is { } timer)
            _nextTimer = Later(timer, now, report.Claimed, plan);
        if (report.NextMail is { } mail)
            _nextMail = Later(mail, now, report.Claimed, plan);
        if (report.AddedTimer < _nextTimer)
            _nextTimer = report.AddedTimer.Value;
        if (report.AddedMail < _nextMail)
            _nextMail = report.AddedMail.Value;
        foreach (WorkItem item in report.Deferred)
            _queue.Enqueue(item);
        report.Slow.ForEach(_slowLane.Add);
    }

    // Something is due that could not be claimed: another node is at it. Look again soon, but do not spin.
    private static DateTimeOffset Later(DateTimeOffset next, DateTimeOffset now, int claimed, ClaimPlan plan) =>
        claimed == 0 && next <= now && !plan.IsEmpty ? now + BusyPause : next;
}

/// <summary>Too much is waiting, or the service is stopping: try again shortly (503).</summary>
/// <param name="message">What the caller reads.</param>
public sealed class StoreBusyException(string message = "服务繁忙：请稍后重试。") : Exception(message);

/// <summary>A pause of the pump of one node.</summary>
/// <param name="Reason">Why, as people read it.</param>
/// <param name="ActorId">Who paused it.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record PumpPause(string Reason, string ActorId, DateTimeOffset Since);
