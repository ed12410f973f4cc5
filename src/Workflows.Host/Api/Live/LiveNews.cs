using System.Threading.Channels;
using Workflows.Host.Access;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;

namespace Workflows.Host.Api.Live;

/// <summary>
/// Tells open pages that something within their sight has changed, and nothing more: what it is they read again over the routes that ask who they are.
/// A page that has not yet taken its last news gets no second one, so a crowd of commits costs a slow page nothing.
/// </summary>
internal sealed class LiveNews : ICommitWatcher
{
    /// <summary>Pages that one node keeps informed; further ones ask now and then.</summary>
    public const int MostReaders = 5000;

    /// <summary>Pages of one account that a node keeps informed: one account cannot keep everybody else out.</summary>
    public const int MostOfAccount = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<Channel<bool>, (Sight Sight, string Account)> _readers = [];
    private readonly Dictionary<string, int> _accounts = new(StringComparer.Ordinal);

    /// <summary>Begins to inform a page; null where there are too many.</summary>
    /// <param name="account">Whose page it is.</param>
    /// <param name="sight">What its reader sees.</param>
    public Channel<bool>? Join(string account, Sight sight)
    {
        lock (_lock)
        {
            var open = _accounts.GetValueOrDefault(account);
            if (_readers.Count >= MostReaders || open >= MostOfAccount)
                return null;
            var reader = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
            _readers.Add(reader, (sight, account));
            _accounts[account] = open + 1;
            return reader;
        }
    }

    /// <summary>Forgets a page.</summary>
    public void Leave(Channel<bool> reader)
    {
        lock (_lock)
        {
            if (_readers.Remove(reader, out var known) && --_accounts[known.Account] == 0)
                _accounts.Remove(known.Account);
        }
    }

    /// <inheritdoc/>
    public void Committed(IEnumerable<AggregateIndex> rows)
    {
        lock (_lock)
        {
            if (_readers.Count == 0)
                return;
            // What bounds a sight are department and area: rows that share them are one row here.
            var places = rows.DistinctBy(row => (row.Department, row.Area)).ToList();
            foreach (var (reader, (sight, _)) in _readers)
            {
                if (reader.Reader.Count == 0 && places.Exists(sight.Sees))
                    reader.Writer.TryWrite(true);
            }
        }
    }

    /// <inheritdoc/>
    public void CommittedElsewhere()
    {
        lock (_lock)
        {
            foreach (var reader in _readers.Keys)
                reader.Writer.TryWrite(true);
        }
    }
}
