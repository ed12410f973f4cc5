using Microsoft.AspNetCore.SignalR;
using Workflows.Host.Composition;
using Workflows.Host.Elsa.Executions;
using Workflows.Storage.Providers;
using Workflows.Storage.Queries.Instances;
using Workflows.Storage.Stimuli;

namespace Workflows.Host.Elsa.RealTime;

/// <summary>
/// Tells observers when their instances have gone on: after commits of this node at once; where other nodes share the database, after their
/// word or within the interval of polling. It works only while somebody observes, and only on what is observed.
/// </summary>
internal sealed class InstanceBroadcast(InstanceReader instances, HistoryReader history, StoreProvider store, PumpOptions pump, IServiceProvider services, ServeSettings settings, ILogger<InstanceBroadcast> log)
    : BackgroundService, IInstanceWatcher
{
    private const int MostConnections = 2000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, InstanceObserver> _observers = new(StringComparer.Ordinal);

    /// <summary>Observed instances: who observes, and the revision of which they were last told.</summary>
    private readonly Dictionary<string, (HashSet<string> Connections, long Revision)> _observed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);
    private bool _elsewhere;

    /// <summary>Adds an instance to what a connection observes.</summary>
    /// <returns>False where it observes too many already, or there are too many connections.</returns>
    public bool Observe(string connectionId, Action abort, string instanceId)
    {
        lock (_lock)
        {
            if (!_observers.TryGetValue(connectionId, out var observer))
            {
                if (_observers.Count >= MostConnections)
                    return false;
                // The hub's context is made from the hub, which is made from this.
                var hub = services.GetRequiredService<IHubContext<InstanceHub>>();
                _observers[connectionId] = observer = new InstanceObserver(hub.Clients.Client(connectionId), abort, settings.WallClock);
            }

            if (observer.Instances.Count >= InstanceHub.MostInstances && !observer.Instances.Contains(instanceId))
                return false;
            observer.Instances.Add(instanceId);
            if (!_observed.TryGetValue(instanceId, out var observed))
                _observed[instanceId] = observed = ([], -1);
            observed.Connections.Add(connectionId);
            _changed.Add(instanceId);
        }

        Wake();
        return true;
    }

    /// <summary>Whether anybody observes an instance.</summary>
    public bool IsObserved(string instanceId)
    {
        lock (_lock)
            return _observed.ContainsKey(instanceId);
    }

    /// <summary>Forgets a connection.</summary>
    public void Leave(string connectionId)
    {
        lock (_lock)
        {
            if (!_observers.Remove(connectionId, out var observer))
                return;
            foreach (var instance in observer.Instances)
            {
                var connections = _observed[instance].Connections;
                connections.Remove(connectionId);
                if (connections.Count == 0)
                    _observed.Remove(instance);
            }
        }
    }

    /// <inheritdoc/>
    public void Changed(IReadOnlyCollection<string> instanceIds)
    {
        lock (_lock)
        {
            if (_observed.Count == 0)
                return;
            var before = _changed.Count;
            _changed.UnionWith(instanceIds.Where(_observed.ContainsKey));
            if (_changed.Count == before)
                return;
        }

        Wake();
    }

    /// <inheritdoc/>
    public void ChangedElsewhere()
    {
        lock (_lock)
        {
            if (_observed.Count == 0)
                return;
            _elsewhere = true;
        }

        Wake();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _signal.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var rung = await _signal.WaitAsync(store.SharesDatabase ? pump.PollInterval : Timeout.InfiniteTimeSpan, stoppingToken);
                await TellAsync(lookElsewhere: !rung, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The store may be away for a moment; clients have their polling.
                log.LogWarning(fault, "Observers could not be told of changes");
            }
        }
    }

    private async Task TellAsync(bool lookElsewhere, CancellationToken cancellationToken)
    {
        string[] changed;
        string[] observed;
        lock (_lock)
        {
            lookElsewhere |= _elsewhere;
            _elsewhere = false;
            changed = [.. _changed.Where(_observed.ContainsKey)];
            _changed.Clear();
            observed = lookElsewhere ? [.. _observed.Keys] : changed;
        }

        foreach (var part in observed.Chunk(500))
        {
            foreach (var (id, revision) in await instances.RevisionsAsync(part, cancellationToken))
                await TellAsync(id, revision, changed.Contains(id), cancellationToken);
        }
    }

    private async Task TellAsync(string id, long revision, bool asked, CancellationToken cancellationToken)
    {
        InstanceObserver[] observers;
        lock (_lock)
        {
            if (!_observed.TryGetValue(id, out var observed) || (observed.Revision == revision && !asked))
                return;
            _observed[id] = observed with { Revision = revision };
            observers = [.. observed.Connections.Select(connection => _observers[connection])];
        }

        var stats = new NodeStatsList([.. (await history.ReportAsync(id, null, cancellationToken)).Select(NodeStats.Of)]);
        foreach (var observer in observers)
            observer.Offer(id, stats);
    }

    private void Wake()
    {
        try
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else has just rung.
        }
    }
}
