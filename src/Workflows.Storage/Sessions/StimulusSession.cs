using System.Data.Common;
using System.Text.Json;
using Workflows.Engine.Bursts;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Storage.Sessions;

/// <summary>
/// The session of one stimulus: an overlay over what the batch has read and accepted so far. Each change is kept with its undo,
/// so that the changes of one activity execution can be taken back alone.
/// </summary>
internal sealed class StimulusSession : ISupervisionSession, IRowSession, IBurstObserver
{
    private readonly BatchReads _reads;
    private readonly BatchChanges _accepted;
    private readonly IdSource _ids;
    private readonly IdSource _rowIds;
    private readonly string _caseKey;
    private readonly List<Action> _undo = [];
    private readonly Stack<(string ActivityId, string InstanceId, int Mark)> _executing = new();

    public StimulusSession(Stimulus stimulus, DateTimeOffset now, string caseKey, WorkCalendar calendar, BatchReads reads, BatchChanges accepted)
    {
        Now = now;
        Calendar = calendar;
        Actor = stimulus.Actor;
        _caseKey = caseKey;
        _reads = reads;
        _accepted = accepted;
        _ids = new IdSource(stimulus.Key);
        _rowIds = new IdSource(stimulus.Key + "|rows");
    }

    public DateTimeOffset Now { get; }

    public WorkCalendar Calendar { get; }

    public Actor Actor { get; }

    public string? ActivityId => _executing.TryPeek(out (string ActivityId, string, int) top) ? top.ActivityId : null;

    /// <summary>Identifiers of the stimulus; the engine and the domain share them.</summary>
    public IdSource Ids => _ids;

    public BatchChanges Changes { get; } = new();

    public string NewId() => _ids.Next();

    /// <summary>Identifier of a row of the store, from a sequence of its own.</summary>
    public string NewRowId() => _rowIds.Next();

    public async ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        var key = new AggregateKey(typeof(T), id);
        if (Changes.Aggregates.TryGetValue(key, out IAggregate? own))
            return (T)own;
        // Even where an earlier stimulus of the batch has changed it, the revision in the database has to be known.
        T? stored = await _reads.FindAsync<T>(id, cancellationToken);
        return _accepted.Aggregates.TryGetValue(key, out IAggregate? accepted) ? (T)accepted : stored;
    }

    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(AggregateFilter filter, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        var overlay = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (BatchChanges changes in new[] { _accepted, Changes })
        {
            foreach ((AggregateKey key, IAggregate value) in changes.Aggregates)
            {
                if (key.Type == typeof(T))
                    overlay[key.Id] = (T)value;
            }
        }
        List<T> found = await _reads.ListAsync<T>(filter, filter.Take + overlay.Count, cancellationToken);
        if (overlay.Count > 0)
        {
            found.RemoveAll(a => overlay.ContainsKey(a.Id));
            found.AddRange(overlay.Values.Where(a => AggregateSql.Matches(filter, a.Index)));
        }
        found.Sort(static (a, b) => a.Index.CreatedAt.CompareTo(b.Index.CreatedAt) is var order and not 0 ? order : string.CompareOrdinal(a.Id, b.Id));
        if (filter.Take < found.Count)
            found.RemoveRange(filter.Take.Value, found.Count - filter.Take.Value);
        return found;
    }

    public void Save<T>(T aggregate)
        where T : class, IAggregate => Set(Changes.Aggregates, new AggregateKey(typeof(T), aggregate.Id), aggregate);

    public async ValueTask<int> TakeNumberAsync(NumberSeries series, CancellationToken cancellationToken = default)
    {
        int last = Changes.Numbers.TryGetValue(series, out int own) ? own
            : _accepted.Numbers.TryGetValue(series, out int accepted) ? accepted
            : await _reads.LastNumberAsync(series, cancellationToken);
        Set(Changes.Numbers, series, last + 1);
        return last + 1;
    }

    public void Audit(AuditFact fact) => Add(Changes.Facts, new PendingFact(fact, Now, Actor, ActivityId));

    public void Send(OutboxMessage message) => Add(Changes.Outbox, new OutboxRow
    {
        Id = NewRowId(),
        Channel = message.Channel,
        Recipient = message.Recipient,
        Kind = message.Kind,
        Body = message.Text,
        CaseKey = _caseKey,
        CaseId = message.CaseId,
        ActivityId = message.ActivityId ?? ActivityId,
        Subject = message.Subject is { } subject ? JsonSerializer.Serialize(subject, StorageJson.Options) : null,
        State = "Pending",
        NextAttemptAt = message.NotBefore is { } later && later > Now ? later : Now,
        CreatedAt = Now,
    });

    public void Signal(WorkflowSignal signal) => Add(Changes.Mailbox, Mail.Signal(NewRowId(), signal, Actor, Now));

    public void Wake(DomainWake wake) => Add(Changes.Mailbox, Mail.Wake(NewRowId(), wake, Now));

    public void Start(DomainStart start) => Add(Changes.Mailbox, Mail.Start(NewRowId(), start, Actor, Now));

    public void Publish(DomainEvent published) => Add(Changes.Mailbox, Mail.Event(NewRowId(), published, Actor, Now));

    public void EndWorkflow(string rootInstanceId, string reason) => Add(Changes.Mailbox, Mail.Cancel(NewRowId(), rootInstanceId, rootInstanceId, reason, Actor, Now));

    public void Put<T>(string key, T row)
        where T : class => Set(Changes.Rows, (typeof(T), key), row);

    public void Remove<T>(string key)
        where T : class => Set(Changes.Rows, (typeof(T), key), null);

    public IReadOnlyDictionary<string, T?> Pending<T>()
        where T : class
    {
        var pending = new Dictionary<string, T?>(StringComparer.Ordinal);
        foreach (((Type type, string key), object? row) in _accepted.Rows.Concat(Changes.Rows))
        {
            if (type == typeof(T))
                pending[key] = (T?)row;
        }
        return pending;
    }

    /// <summary>Reads rows of the store through the batch's own transaction; what the batch has changed is not in them (see <see cref="Pending{T}"/>).</summary>
    public ValueTask<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> row, CancellationToken cancellationToken) => _reads.Connection.ReadAsync(statement, row, cancellationToken);

    public void Executing(string activityId, string activityInstanceId) => _executing.Push((activityId, activityInstanceId, _undo.Count));

    public void Executed(string activityId, string activityInstanceId, bool faulted)
    {
        while (_executing.TryPop(out (string ActivityId, string InstanceId, int Mark) execution))
        {
            if (execution.InstanceId != activityInstanceId)
                continue;
            if (faulted)
                BackTo(execution.Mark);
            return;
        }
    }

    private void BackTo(int mark)
    {
        for (int i = _undo.Count - 1; i >= mark; i--)
            _undo[i]();
        _undo.RemoveRange(mark, _undo.Count - mark);
    }

    private void Set<TKey, TValue>(Dictionary<TKey, TValue> changes, TKey key, TValue value)
        where TKey : notnull
    {
        _undo.Add(changes.TryGetValue(key, out TValue? before) ? () => changes[key] = before : () => changes.Remove(key));
        changes[key] = value;
    }

    private void Add<T>(List<T> changes, T item)
    {
        _undo.Add(() => changes.RemoveAt(changes.Count - 1));
        changes.Add(item);
    }
}
