using Microsoft.AspNetCore.SignalR;
using Workflows.Host.Elsa.Executions;

namespace Workflows.Host.Elsa.RealTime;

/// <summary>
/// One connection. It holds at most the latest news of each instance that it observes, and one send at a time: a client that reads slowly
/// skips what is outdated, one that does not read at all is cut off.
/// </summary>
internal sealed class InstanceObserver(ISingleClientProxy client, Action abort, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, NodeStatsList> _news = new(StringComparer.Ordinal);
    private bool _sending;
    private bool _isGone;

    /// <summary>Instances that it observes; guarded by the broadcast.</summary>
    public HashSet<string> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>News that wait to be sent: never more than one for each instance.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _news.Count;
        }
    }

    /// <summary>Gives it news, and sends them unless it is at it already.</summary>
    public void Offer(string instanceId, NodeStatsList stats)
    {
        lock (_lock)
        {
            if (_isGone)
                return;
            _news[instanceId] = stats;
            if (_sending)
                return;
            _sending = true;
        }

        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        while (Next() is var (instanceId, stats))
        {
            try
            {
                await TellAsync(instanceId, stats).WaitAsync(Patience, clock);
            }
            catch (Exception)
            {
                // Gone, or does not read: either way nothing more is kept for it.
                lock (_lock)
                {
                    _isGone = true;
                    _news.Clear();
                }

                abort();
                return;
            }
        }
    }

    private async Task TellAsync(string instanceId, NodeStatsList stats)
    {
        await client.SendAsync("WorkflowInstanceUpdatedAsync", new { workflowInstanceId = instanceId });
        await client.SendAsync("WorkflowExecutionLogUpdatedAsync", new { });
        await client.SendAsync("ActivityExecutionLogUpdatedAsync", stats);
    }

    private (string InstanceId, NodeStatsList Stats)? Next()
    {
        lock (_lock)
        {
            if (_news.Count == 0)
            {
                _sending = false;
                return null;
            }

            var (instanceId, stats) = _news.First();
            _news.Remove(instanceId);
            return (instanceId, stats);
        }
    }
}
