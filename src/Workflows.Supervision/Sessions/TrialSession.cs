using Workflows.Supervision.Time;

namespace Workflows.Supervision.Sessions;

/// <summary>What would happen under another calendar: reads what is there, sees its own changes, and leaves nothing behind.</summary>
/// <param name="inner">The session that reads.</param>
/// <param name="calendar">The calendar that is tried.</param>
public sealed class TrialSession(ISupervisionSession inner, WorkCalendar calendar) : ISupervisionSession
{
    private readonly Dictionary<(Type Kind, string Id), IAggregate> _changed = [];
    private int _ids;

    /// <inheritdoc/>
    public DateTimeOffset Now => inner.Now;

    /// <inheritdoc/>
    public WorkCalendar Calendar => calendar;

    /// <inheritdoc/>
    public Actor Actor => inner.Actor;

    /// <inheritdoc/>
    public string? ActivityId => inner.ActivityId;

    /// <inheritdoc/>
    public string NewId() => $"trial-{++_ids}";

    /// <inheritdoc/>
    public async ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken = default)
        where T : class, IAggregate => _changed.TryGetValue((typeof(T), id), out var changed) ? (T)changed : await inner.FindAsync<T>(id, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<T>> ListAsync<T>(AggregateFilter filter, CancellationToken cancellationToken = default)
        where T : class, IAggregate =>
        [.. (await inner.ListAsync<T>(filter, cancellationToken)).Select(one => _changed.TryGetValue((typeof(T), one.Id), out var changed) ? (T)changed : one)];

    /// <inheritdoc/>
    public void Save<T>(T aggregate)
        where T : class, IAggregate => _changed[(typeof(T), aggregate.Id)] = aggregate;

    /// <summary>Numbers are not taken for a trial.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask<int> TakeNumberAsync(NumberSeries series, CancellationToken cancellationToken = default) => throw new NotSupportedException("A trial takes no number.");

    /// <inheritdoc/>
    public void Audit(AuditFact fact)
    {
    }

    /// <inheritdoc/>
    public void Send(OutboxMessage message)
    {
    }

    /// <inheritdoc/>
    public void Signal(WorkflowSignal signal)
    {
    }

    /// <inheritdoc/>
    public void Wake(DomainWake wake)
    {
    }

    /// <inheritdoc/>
    public void Start(DomainStart start)
    {
    }

    /// <inheritdoc/>
    public void Publish(DomainEvent published)
    {
    }

    /// <inheritdoc/>
    public void EndWorkflow(string rootInstanceId, string reason)
    {
    }
}
