using Workflows.Supervision.Sessions;
using Workflows.Supervision.Time;

namespace Workflows.Supervision.Tests.Sessions;

/// <summary>A session over dictionaries. Everything that is saved goes through JSON, as it does in a store.</summary>
public sealed class InMemorySession : ISupervisionSession
{
    private readonly Dictionary<(Type Type, string Id), (int Order, string Json)> _rows = [];
    private readonly Dictionary<NumberSeries, int> _numbers = [];
    private int _ids;

    public static WorkCalendar China { get; } = LoadChina();

    public DateTimeOffset Now { get; set; } = new(2026, 12, 1, 1, 0, 0, TimeSpan.Zero);

    public WorkCalendar Calendar { get; set; } = China;

    public Actor Actor { get; set; } = Actor.Clock;

    public string? ActivityId { get; set; } = "activity-1";

    public List<AuditFact> Facts { get; } = [];

    public List<OutboxMessage> Outbox { get; } = [];

    public List<WorkflowSignal> Signals { get; } = [];

    public List<DomainWake> Wakes { get; } = [];

    public List<DomainStart> Starts { get; } = [];

    public List<DomainEvent> Events { get; } = [];

    public List<(string InstanceId, string Reason)> EndedWorkflows { get; } = [];

    public IReadOnlyDictionary<NumberSeries, int> Numbers => _numbers;

    public string NewId() => $"id-{++_ids:0000}";

    public ValueTask<T?> FindAsync<T>(string id, CancellationToken cancellationToken = default)
        where T : class, IAggregate =>
        ValueTask.FromResult(_rows.TryGetValue((typeof(T), id), out var row) ? Read<T>(row.Json) : null);

    public ValueTask<IReadOnlyList<T>> ListAsync<T>(AggregateFilter filter, CancellationToken cancellationToken = default)
        where T : class, IAggregate
    {
        var rows = _rows.Where(r => r.Key.Type == typeof(T)).OrderBy(r => r.Value.Order).Select(r => Read<T>(r.Value.Json)).Where(a => Matches(a.Index, filter));
        return ValueTask.FromResult<IReadOnlyList<T>>([.. filter.Take is { } take ? rows.Take(take) : rows]);
    }

    public void Save<T>(T aggregate)
        where T : class, IAggregate
    {
        var key = (typeof(T), aggregate.Id);
        var order = _rows.TryGetValue(key, out var row) ? row.Order : _rows.Count;
        _rows[key] = (order, System.Text.Json.JsonSerializer.Serialize(aggregate, SupervisionJson.Options));
    }

    public ValueTask<int> TakeNumberAsync(NumberSeries series, CancellationToken cancellationToken = default)
    {
        _numbers[series] = _numbers.GetValueOrDefault(series) + 1;
        return ValueTask.FromResult(_numbers[series]);
    }

    public void Audit(AuditFact fact) => Facts.Add(fact);

    public void Send(OutboxMessage message) => Outbox.Add(message);

    public void Signal(WorkflowSignal signal) => Signals.Add(signal);

    public void Wake(DomainWake wake) => Wakes.Add(wake);

    public void Start(DomainStart start) => Starts.Add(start);

    public void Publish(DomainEvent published) => Events.Add(published);

    public void EndWorkflow(string rootInstanceId, string reason) => EndedWorkflows.Add((rootInstanceId, reason));

    private static T Read<T>(string json) => System.Text.Json.JsonSerializer.Deserialize<T>(json, SupervisionJson.Options)!;

    private static bool Matches(AggregateIndex i, AggregateFilter f) =>
        (f.CaseKey is null || f.CaseKey == i.CaseKey) && (f.CaseId is null || f.CaseId == i.CaseId) && (f.PlanId is null || f.PlanId == i.PlanId) && (f.TargetId is null || f.TargetId == i.TargetId)
        && (f.Departments is null || f.Departments.Contains(i.Department)) && (f.AreaPrefix is null || i.Area?.StartsWith(f.AreaPrefix, StringComparison.Ordinal) == true)
        && (f.Owners is null || f.Owners.Contains(i.Owner)) && (f.Kinds is null || f.Kinds.Contains(i.Kind)) && (f.States is null || f.States.Contains(i.State))
        && (f.DueBefore is null || i.DueAt < f.DueBefore) && (f.CreatedFrom is null || i.CreatedAt >= f.CreatedFrom) && (f.Reference is null || f.Reference == i.Reference);

    private static WorkCalendar LoadChina()
    {
        using var published = RepositoryFiles.Open("calendars/china.json");
        using var statutory = RepositoryFiles.Open("calendars/statutory-days.json");
        return WorkCalendar.WeekendsOnly.Load(published, new DateOnly(2026, 11, 21)).Load(statutory, new DateOnly(2026, 11, 21));
    }
}
