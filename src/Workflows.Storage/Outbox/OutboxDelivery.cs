using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Outbox;

/// <summary>
/// Delivers the outbox: claims what is due for the time of a lease, hands it to its channel, and reports the outcome through the gate. Each channel works off what it was
/// given, at most <see cref="Slice"/> at a time, before it is given more; one that hangs holds no other up.
/// A node that dies leaves its lease to run out, and another delivers again.
/// </summary>
public sealed class OutboxDelivery : IBackgroundLoop, IDisposable
{
    private const int Slice = 64;
    private const string Columns = "id, channel, recipient, kind, body, case_key, case_id, activity_id, bookmark_id, attempts, created_at, subject";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly StoreModel _store;
    private readonly IStimulusGate _gate;
    private readonly Dictionary<string, IOutboxChannel> _channels;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly WakeSignal _wake;
    private CancellationTokenSource? _stopping;
    private readonly HashSet<string> _atWork = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _busy = new(StringComparer.Ordinal);
    private Task _loop = Task.CompletedTask;
    private Task _longWork = Task.CompletedTask;

    internal OutboxDelivery(StoreModel store, IStimulusGate gate, IEnumerable<IOutboxChannel> channels, TimeProvider clock, ILogger<OutboxDelivery>? logger = null)
    {
        _store = store;
        _gate = gate;
        _channels = channels.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _clock = clock;
        _logger = logger ?? NullLogger<OutboxDelivery>.Instance;
        _wake = new WakeSignal(clock);
    }

    /// <summary>Looks for messages at once.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Delivers what is due now, once.</summary>
    /// <returns>Number of tries made.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        List<OutboxItem> items = await ClaimAsync([], cancellationToken);
        await Task.WhenAll(Short(items).Select(item => DeliverAsync(item, cancellationToken)));
        return items.Count;
    }

    // Begins what takes long and returns the rest.
    private List<OutboxItem> Short(List<OutboxItem> items)
    {
        ILookup<bool, OutboxItem> byLength = items.ToLookup(item => _channels.TryGetValue(item.Channel, out IOutboxChannel? channel) && channel.TakesLong);
        foreach (OutboxItem item in byLength[true])
            Begin(item);
        return [.. byLength[false]];
    }

    // One look: what is due is handed to channels that are free, and nobody is waited for.
    private async Task<int> HandOutAsync()
    {
        List<OutboxItem> items = await ClaimAsync([.. _busy.Keys], CancellationToken.None);
        foreach (IGrouping<string, OutboxItem> part in Short(items).GroupBy(item => item.Channel, StringComparer.Ordinal))
        {
            var begins = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _busy[part.Key] = WorkOffAsync(begins.Task, part.Key, [.. part]);
            begins.SetResult();
        }

        return items.Count;
    }

    private async Task WorkOffAsync(Task begins, string channel, List<OutboxItem> items)
    {
        await begins;
        try
        {
            await Task.WhenAll(items.Select(item => DeliverAsync(item, CancellationToken.None)));
        }
        catch (Exception e)
        {
            // What could not be handed in comes again when its lease has run out.
            _logger.LogError(e, "The results of {Channel} could not be handed in", channel);
        }
        finally
        {
            _busy.TryRemove(channel, out _);
            _wake.Set();
        }
    }

    /// <summary>Ends when the long computations that have begun are through.</summary>
    internal Task LongWorkAsync()
    {
        lock (_atWork)
            return _longWork;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _stopping = new CancellationTokenSource();
        _loop = Task.Run(() => LoopAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes up at once what a process that died had begun, where this is the only process that can have.</summary>
    internal async Task TakeUpAsync(CancellationToken cancellationToken = default)
    {
        if (!_store.Provider.SingleWriter)
            return;
        using WriteGate.Turn turn = await _store.Provider.Gate.EnterAsync(cancellationToken);
        await using StoreConnection connection = await _store.Provider.OpenWriterAsync(cancellationToken);
        await connection.BeginAsync(cancellationToken);
        await connection.ExecuteAsync(
            new Statement(
                "UPDATE outbox SET next_attempt_at = @now WHERE state = 'Pending' AND attempts > 0 AND last_error IS NULL AND next_attempt_at > @now",
                [_store.Dialect.Value("@now", _clock.GetUtcNow().UtcTicks)]),
            cancellationToken);
        await connection.CommitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stopping is null)
            return;
        await _stopping.CancelAsync();
        await _loop.WaitAsync(cancellationToken);
        try
        {
            await Task.WhenAll(_busy.Values).WaitAsync(cancellationToken);
            await LongWorkAsync().WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _logger.LogInformation("What is under way is given up with the process; it is done again after the next start");
        }
        _stopping.Dispose();
        _stopping = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wake.Dispose();
        _stopping?.Dispose();
    }

    private async Task LoopAsync(CancellationToken stopping)
    {
        try
        {
            await TakeUpAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            // The leases run out by themselves.
            _logger.LogWarning(e, "What was under way before could not be taken up at once");
        }
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await HandOutAsync() < Slice)
                    await _wake.PauseAsync(LookAgain, stopping);
            }
            catch (Exception e)
            {
                // Whatever fails here fails for one look; the rows are still there at the next.
                _logger.LogError(e, "The outbox could not be delivered");
                await _wake.PauseAsync(LookAgain, stopping);
            }
        }
    }

    private async Task<List<OutboxItem>> ClaimAsync(List<string> busy, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (_store.Provider.SingleWriter && !await AnyDueAsync(now, busy, cancellationToken))
            return [];
        SqlDialect sql = _store.Dialect;
        using WriteGate.Turn turn = await _store.Provider.Gate.EnterAsync(cancellationToken);
        await using StoreConnection connection = await _store.Provider.OpenWriterAsync(cancellationToken);
        await connection.BeginAsync(cancellationToken);
        List<OutboxItem> items = await connection.ReadAsync(
            sql.ClaimOutbox(now.UtcTicks, Slice, Columns, busy),
            static r => new OutboxItem(
                r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6),
                r.IsDBNull(7) ? null : r.GetString(7), r.IsDBNull(8) ? null : r.GetString(8), r.GetInt32(9), new DateTimeOffset(r.GetInt64(10), TimeSpan.Zero),
                r.IsDBNull(11) ? null : JsonSerializer.Deserialize<OutboxSubject>(r.GetString(11), StorageJson.Options)),
            cancellationToken);
        if (items.Count == 0)
            return items;
        await connection.ExecuteAsync(
            new Statement(
                $"UPDATE outbox SET next_attempt_at = @until, attempts = attempts + 1 WHERE {sql.In("id", "@keys")}",
                [sql.Value("@until", (now + Lease).UtcTicks), sql.List("@keys", [.. items.Select(i => i.Id)])]),
            cancellationToken);
        await connection.CommitAsync(cancellationToken);
        return items;
    }

    // A look that finds nothing must not take the writer's turn.
    private async Task<bool> AnyDueAsync(DateTimeOffset now, List<string> busy, CancellationToken cancellationToken)
    {
        SqlDialect sql = _store.Dialect;
        await using StoreConnection reader = await _store.Provider.OpenReaderAsync(cancellationToken);
        List<int> found = await reader.ReadAsync(
            new Statement($"SELECT EXISTS (SELECT 1 FROM outbox WHERE next_attempt_at <= @now{sql.Without("channel", "@busy", busy)})", sql.With([sql.Value("@now", now.UtcTicks)], "@busy", busy)),
            static r => r.GetInt32(0), cancellationToken);
        return found[0] == 1;
    }

    // A lease that ran out while the work goes on here is no reason to begin it twice.
    private void Begin(OutboxItem item)
    {
        lock (_atWork)
        {
            if (_atWork.Add(item.Id))
                _longWork = WorkAfterAsync(_longWork, item);
        }
    }

    private async Task WorkAfterAsync(Task before, OutboxItem item)
    {
        await before;
        try
        {
            await Task.Run(() => DeliverAsync(item, CancellationToken.None));
        }
        catch (Exception e)
        {
            _logger.LogError(e, "The result of {Channel} {Id} could not be handed in", item.Channel, item.Id);
        }
        lock (_atWork)
            _atWork.Remove(item.Id);
    }

    private async Task DeliverAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        OutboxAnswer answer;
        _channels.TryGetValue(item.Channel, out IOutboxChannel? channel);
        if (channel?.Release(item, _clock.GetUtcNow()) is { } later && later > _clock.GetUtcNow())
        {
            await _gate.SendAsync(
                new OutboxResult { Key = $"outbox|{item.Id}|{item.Attempts}|{later.UtcTicks}", Item = item, Error = null, Input = OutboxAnswer.Delivered.Input, PostponedTo = later }, cancellationToken);
            return;
        }

        try
        {
            answer = channel is not null
                ? await channel.DeliverAsync(item, cancellationToken)
                : OutboxAnswer.Failed($"没有名为“{item.Channel}”的发送渠道。");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            answer = OutboxAnswer.Failed($"{e.GetType().Name}: {e.Message}");
        }
        if (answer.Error is not null)
            _logger.LogWarning("Message {Id} could not be delivered: {Error}", item.Id, answer.Error);
        await _gate.SendAsync(new OutboxResult { Key = $"outbox|{item.Id}|{item.Attempts}", Item = item, Error = answer.Error, Input = answer.Input, Release = channel is null ? null : channel.Release }, cancellationToken);
    }
}
