using System.Security.Cryptography;
using System.Threading.Channels;
using Workflows.Host.CommandLine;
using Workflows.Host.Composition;
using Workflows.Host.Idempotency;
using Workflows.Host.Problems;

namespace Workflows.Host.Trials;

/// <summary>
/// The trials of this node: one runs, few wait, few are kept for a day. They touch nothing of the service's own database, so not
/// even the idempotency keys of their requests are stored there; a restart forgets them.
/// </summary>
internal sealed class TrialDesk(ServeSettings settings, ILogger<TrialDesk> log) : BackgroundService
{
    private const string FolderPrefix = "workflows-trials-";
    private const int IdBytes = 16;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<Trial> _trials = [];
    private readonly Dictionary<(string Scope, string Key), (string BodyHash, string TrialId)> _keys = [];
    private readonly Channel<Trial> _queue = Channel.CreateUnbounded<Trial>(new UnboundedChannelOptions { SingleReader = true });
    private string? _root;

    private DateTimeOffset Now => settings.WallClock.GetUtcNow();

    /// <summary>Takes a trial in, or gives back that of an earlier request with the same key.</summary>
    /// <param name="key">The caller's key.</param>
    /// <param name="make">Makes the trial with an id and a folder; not called for a request that was answered before.</param>
    /// <returns>The trial, and whether it is of an earlier request.</returns>
    /// <exception cref="RefusedException">Too many wait (429), or the key was used for something else (422).</exception>
    public async Task<(Trial Trial, bool Replayed)> SubmitAsync(RequestKey key, Func<string, string, Task<Trial>> make)
    {
        if (Earlier(key) is { } earlier)
            return (earlier, true);
        RequireRoom();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var trial = await make(id, Path.Combine(Root(), id));
        lock (_lock)
        {
            // Somebody may have sent the same request meanwhile.
            if (_keys.TryGetValue((key.Scope, key.Key), out var known))
            {
                trial.Dispose();
                return (_trials.First(one => one.Id == known.TrialId), true);
            }

            _trials.Add(trial);
            _keys[(key.Scope, key.Key)] = (key.BodyHash, id);
        }

        _queue.Writer.TryWrite(trial);
        Sweep();
        return (trial, false);
    }

    /// <summary>A trial.</summary>
    /// <exception cref="RefusedException">There is none (404), or none any more (410).</exception>
    public Trial Find(string id)
    {
        Sweep();
        lock (_lock)
        {
            if (_trials.FirstOrDefault(trial => trial.Id == id) is { } found)
                return found;
        }

        throw new RefusedException(id.Length == IdBytes * 2 && id.All(char.IsAsciiHexDigitLower)
            ? new Refusal(410, "trial-gone", "id", $"此试运行已清除：结果至多保留一天和最近{TrialLimits.MostKept}次，服务重启后清除，且只在受理的节点上。请重新试运行。")
            : new Refusal(404, "not-found", "id", "没有此试运行：请核对编号。"));
    }

    /// <summary>All trials of this node, newest first.</summary>
    public IReadOnlyList<Trial> All()
    {
        Sweep();
        lock (_lock)
            return [.. _trials.OrderByDescending(trial => trial.AskedAt).ThenByDescending(trial => trial.Id, StringComparer.Ordinal)];
    }

    /// <summary>As callers see it.</summary>
    public TrialView View(Trial trial)
    {
        lock (_lock)
            return trial.View(_trials.Count(one => one.State == TrialState.Running || (one.State == TrialState.Queued && _trials.IndexOf(one) < _trials.IndexOf(trial))));
    }

    /// <summary>Calls a trial off; one that has ended is thrown away with its results.</summary>
    public void Remove(Trial trial)
    {
        if (trial.EndedAt is null)
        {
            trial.CallOff(Now);
            return;
        }

        lock (_lock)
            Forget(trial);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        lock (_lock)
        {
            _trials.ForEach(trial => trial.Dispose());
            _trials.Clear();
        }

        if (_root is not null && Directory.Exists(_root))
            Directory.Delete(_root, recursive: true);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ThrowAwayLeftovers();
        await foreach (var trial in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            if (trial.Begin(Now))
                await Task.Run(() => RunAsync(trial, stoppingToken), CancellationToken.None);
        }
    }

    private async Task RunAsync(Trial trial, CancellationToken stopping)
    {
        using var tooLong = new CancellationTokenSource(TrialLimits.LongestRun, TimeProvider.System);
        using var tooLarge = new CancellationTokenSource();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(trial.Cancelled, tooLong.Token, tooLarge.Token, stopping);
        var watch = WatchSizeAsync(trial.Folder, tooLarge.Cancel, ended.Token);
        try
        {
            Directory.CreateDirectory(trial.Folder);
            trial.Succeed(await trial.Work.RunAsync(trial, stop.Token), Now);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Somebody who called it off has set its state already.
            var (code, message) = tooLong.IsCancellationRequested ? ("time-budget", $"试运行超过{TrialLimits.LongestRun.TotalMinutes:0}分钟，已停止：请缩短天数、减少对象，或检查流程图中有无不停循环的步骤。")
                : tooLarge.IsCancellationRequested ? ("memory-budget", "试运行占用的空间过大，已停止：请缩短天数、减少对象，或检查流程图中有无不停循环的步骤。")
                : ("stopped", "服务停止，试运行未完成：请重新试运行。");
            trial.Fail(code, message, Now);
        }
        catch (BadInputException bad)
        {
            trial.Fail("package", bad.Message, Now);
        }
        catch (RefusedException refused)
        {
            trial.Fail(refused.Refusal.Code, refused.Refusal.Detail, Now);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Trial {Id} failed", trial.Id);
            trial.Fail("internal", "试运行因内部错误中断，已记录：请告知管理员。", Now);
        }
        finally
        {
            await ended.CancelAsync();
            await watch;
            DropDatabase(trial.Folder);
        }
    }

    private static async Task WatchSizeAsync(string folder, Action tooLarge, CancellationToken ended)
    {
        var before = GC.GetTotalMemory(forceFullCollection: false);
        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                var bytes = Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) : 0;
                if (bytes > TrialLimits.MostBytes || GC.GetTotalMemory(forceFullCollection: false) - before > TrialLimits.MostHeapGrowth)
                    tooLarge();
            }
        }
        catch (OperationCanceledException)
        {
            // The trial has ended.
        }
        catch (FileNotFoundException)
        {
            // A file went between being listed and being measured: the trial is being thrown away.
        }
    }

    private Trial? Earlier(RequestKey key)
    {
        lock (_lock)
        {
            if (!_keys.TryGetValue((key.Scope, key.Key), out var known))
                return null;
            return known.BodyHash == key.BodyHash ? _trials.First(trial => trial.Id == known.TrialId) : throw new RefusedException(RequestKey.Reused);
        }
    }

    private void RequireRoom()
    {
        lock (_lock)
        {
            if (_trials.Count(trial => trial.State == TrialState.Queued) >= TrialLimits.MostWaiting)
                throw new RefusedException(new Refusal(429, "trials-busy", "", $"已有{TrialLimits.MostWaiting}次试运行在排队：请等待其中一次结束，或取消不需要的。"));
        }
    }

    // Results older than a day, and all but the newest few, go.
    private void Sweep()
    {
        lock (_lock)
        {
            var ended = _trials.Where(trial => trial.EndedAt is not null).OrderByDescending(trial => trial.EndedAt).ToList();
            foreach (var trial in ended.Where((trial, place) => place >= TrialLimits.MostKept || trial.EndedAt + TrialLimits.Kept <= Now))
                Forget(trial);
        }
    }

    private void Forget(Trial trial)
    {
        _trials.Remove(trial);
        foreach (var key in _keys.Where(entry => entry.Value.TrialId == trial.Id).Select(entry => entry.Key).ToList())
            _keys.Remove(key);
        trial.Dispose();
    }

    private string Root()
    {
        lock (_lock)
            return _root ??= Directory.CreateTempSubdirectory(FolderPrefix).FullName;
    }

    private static void DropDatabase(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.db*"))
            File.Delete(file);
    }

    // A service that was killed leaves its folder behind.
    private void ThrowAwayLeftovers()
    {
        foreach (var left in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(FolderPrefix + "*"))
        {
            try
            {
                if (left.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - TrialLimits.Kept - TrialLimits.LongestRun)
                    left.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogInformation(e, "A folder of an earlier service cannot be removed: {Folder}", left.FullName);
            }
        }
    }
}
