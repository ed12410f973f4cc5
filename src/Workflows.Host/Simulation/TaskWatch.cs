using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;
using Workflows.Supervision.Work;

namespace Workflows.Host.Simulation;

/// <summary>Hears of steps as they come up, so that people need not look for them. What was dropped again is found out when somebody wants to do it.</summary>
internal sealed class TaskWatch
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<WorkTask> _new = [];

    /// <summary>Steps that came up since the last call, in the order in which they did.</summary>
    public IReadOnlyList<WorkTask> TakeNew()
    {
        WorkTask[] taken = [.. _new];
        _new.Clear();
        return taken;
    }

    /// <summary>A session that tells this watch.</summary>
    public ISupervisionSession Over(ISupervisionSession session) => new Watched(session, this);

    private void Note(WorkTask task)
    {
        if (task.State == TaskState.Open && _known.Add(task.Id))
        {
            _new.Add(task);
        }
    }

    private sealed class Watched(ISupervisionSession inner, TaskWatch watch) : ISupervisionSession
    {
        public DateTimeOffset Now => inner.Now;

        public WorkCalendar Calendar => inner.Calendar;

        public Actor Actor => inner.Actor;

        public string? ActivityId => inner.ActivityId;

        public string NewId() => inner.NewId();

        public ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken = default)
            where T : class, IAggregate => inner.FindAsync<T>(id, cancellationToken);

        public ValueTask<IReadOnlyList<T>> ListAsync<T>(AggregateFilter filter, CancellationToken cancellationToken = default)
            where T : class, IAggregate => inner.ListAsync<T>(filter, cancellationToken);

        public void Save<T>(T aggregate)
            where T : class, IAggregate
        {
            inner.Save(aggregate);
            if (aggregate is WorkTask task)
            {
                watch.Note(task);
            }
        }

        public ValueTask<int> TakeNumberAsync(NumberSeries series, CancellationToken cancellationToken = default) => inner.TakeNumberAsync(series, cancellationToken);

        public void Audit(AuditFact fact) => inner.Audit(fact);

        public void Send(OutboxMessage message) => inner.Send(message);

        public void Signal(WorkflowSignal signal) => inner.Signal(signal);

        public void Wake(DomainWake wake) => inner.Wake(wake);

        public void Start(DomainStart start) => inner.Start(start);

        public void Publish(DomainEvent published) => inner.Publish(published);

        public void EndWorkflow(string rootInstanceId, string reason) => inner.EndWorkflow(rootInstanceId, reason);
    }
}
