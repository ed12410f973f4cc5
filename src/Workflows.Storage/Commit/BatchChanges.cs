using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Commit;

/// <summary>An aggregate's identity.</summary>
internal readonly record struct AggregateKey(Type Type, string Id);

/// <summary>A fact on its way into its chain.</summary>
internal sealed record PendingFact(AuditFact Fact, DateTimeOffset At, Actor Actor, string? ActivityId);

/// <summary>Everything that a stimulus, or all stimuli of a batch, changed. Written by <see cref="CommitWriter"/>.</summary>
internal sealed class BatchChanges
{
    public Dictionary<AggregateKey, IAggregate> Aggregates { get; } = [];

    public Dictionary<string, WorkflowInstanceRow> Instances { get; } = [];

    public Dictionary<string, BookmarkRow> AddedBookmarks { get; } = [];

    public HashSet<string> RemovedBookmarks { get; } = [];

    public HashSet<string> SpentTimers { get; } = [];

    public List<JournalRow> Journal { get; } = [];

    public Dictionary<string, ActivityExecutionRow> Executions { get; } = [];

    public List<MailboxRow> Mailbox { get; } = [];

    public List<long> ConsumedMail { get; } = [];

    public List<OutboxRow> Outbox { get; } = [];

    public List<DeadLetterRow> DeadLetters { get; } = [];

    public List<PendingFact> Facts { get; } = [];

    public List<IdempotencyRow> Answers { get; } = [];

    public Dictionary<NumberSeries, int> Numbers { get; } = [];

    /// <summary>Other rows of the model by table and key; null deletes.</summary>
    public Dictionary<(Type Type, string Key), object?> Rows { get; } = [];

    public List<Statement> Further { get; } = [];

    /// <summary>Whether definitions or their triggers change, which nodes keep in memory.</summary>
    public bool TouchesDefinitions => Rows.Keys.Any(k => k.Type == typeof(WorkflowDefinitionRow) || k.Type == typeof(TriggerRow));

    /// <summary>Whether a calendar changes, which nodes keep in memory.</summary>
    public bool TouchesCalendars => Rows.Keys.Any(k => k.Type == typeof(CalendarRow));

    /// <summary>Whether kept signals became ready because their waits began; known after the write.</summary>
    public bool SignalsWoken { get; set; }

    public bool IsEmpty =>
        Aggregates.Count == 0 && Instances.Count == 0 && AddedBookmarks.Count == 0 && RemovedBookmarks.Count == 0 && SpentTimers.Count == 0
        && Journal.Count == 0 && Executions.Count == 0 && Mailbox.Count == 0 && ConsumedMail.Count == 0 && Outbox.Count == 0
        && DeadLetters.Count == 0 && Facts.Count == 0 && Answers.Count == 0 && Numbers.Count == 0 && Rows.Count == 0 && Further.Count == 0;

    /// <summary>Adds what a later stimulus of the same batch changed.</summary>
    public void Merge(BatchChanges later)
    {
        Put(Aggregates, later.Aggregates);
        foreach (WorkflowInstanceRow row in later.Instances.Values)
        {
            // Several bursts of one batch are one new revision, built on the one that was read.
            if (Instances.TryGetValue(row.Id, out WorkflowInstanceRow? earlier))
            {
                row.BaseRevision = earlier.BaseRevision;
                row.Revision = earlier.Revision;
            }
            Instances[row.Id] = row;
        }
        foreach (string id in later.RemovedBookmarks)
        {
            if (!AddedBookmarks.Remove(id))
                RemovedBookmarks.Add(id);
        }
        Put(AddedBookmarks, later.AddedBookmarks);
        SpentTimers.UnionWith(later.SpentTimers);
        Journal.AddRange(later.Journal);
        Put(Executions, later.Executions);
        Mailbox.AddRange(later.Mailbox);
        ConsumedMail.AddRange(later.ConsumedMail);
        Outbox.AddRange(later.Outbox);
        DeadLetters.AddRange(later.DeadLetters);
        Facts.AddRange(later.Facts);
        Answers.AddRange(later.Answers);
        Put(Numbers, later.Numbers);
        Put(Rows, later.Rows);
        Further.AddRange(later.Further);
    }

    private static void Put<TKey, TValue>(Dictionary<TKey, TValue> target, Dictionary<TKey, TValue> source)
        where TKey : notnull
    {
        foreach ((TKey key, TValue value) in source)
            target[key] = value;
    }
}
