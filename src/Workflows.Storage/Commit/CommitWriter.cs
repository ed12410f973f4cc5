using Workflows.Storage.Audit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Commit;

/// <summary>Turns the changes of a batch into one statement for each table that it touched.</summary>
internal sealed class CommitWriter(StoreModel store)
{
    private readonly SqlDialect _sql = store.Dialect;

    public List<Statement> Write(BatchChanges changes, BatchReads reads)
    {
        var statements = new List<Statement>(16);
        Workflows(changes, statements);
        Domain(changes, reads, statements);
        Mail(changes, statements);
        if (changes.Outbox.Count > 0)
            statements.Add(_sql.Insert(store.Table(typeof(OutboxRow)), changes.Outbox, mustBeNew: true));
        if (changes.Answers.Count > 0)
            statements.Add(_sql.Insert(store.Table(typeof(IdempotencyRow)), changes.Answers, mustBeNew: true));
        Upsert(statements, changes.DeadLetters.GroupBy(d => d.Id).Select(g => g.Last()).ToList());
        statements.AddRange(changes.Further);
        return statements;
    }

    private void Workflows(BatchChanges changes, List<Statement> statements)
    {
        if (changes.Instances.Count > 0)
            statements.Add(_sql.Upsert(store.Table(typeof(WorkflowInstanceRow)), [.. changes.Instances.Values]));
        if (changes.RemovedBookmarks.Count > 0)
            statements.Add(_sql.Delete("bookmarks", "id", changes.RemovedBookmarks));
        if (changes.AddedBookmarks.Count > 0)
            statements.Add(_sql.Insert(store.Table(typeof(BookmarkRow)), [.. changes.AddedBookmarks.Values], mustBeNew: true));
        if (changes.SpentTimers.Count > 0)
            statements.Add(new Statement($"UPDATE bookmarks SET fire_at = NULL WHERE {_sql.In("id", "@keys")}", [_sql.List("@keys", changes.SpentTimers)]));
        if (changes.Journal.Count > 0)
            statements.Add(_sql.Insert(store.Table(typeof(JournalRow)), changes.Journal, mustBeNew: true));
        Upsert(statements, changes.Executions.Values);
    }

    private void Domain(BatchChanges changes, BatchReads reads, List<Statement> statements)
    {
        foreach (IGrouping<Type, KeyValuePair<AggregateKey, IAggregate>> group in changes.Aggregates.GroupBy(c => c.Key.Type))
        {
            AggregateTable table = store.Aggregates[group.Key];
            List<object> rows = [.. group.Select(c => table.ToRow(c.Value, reads.RevisionOf(c.Key)))];
            statements.Add(_sql.Upsert(store.Table(table.RowType), rows));
        }
        Upsert(statements, changes.Numbers.Select(n => new NumberSeriesRow { Organ = n.Key.Organ, Form = n.Key.Form, Year = n.Key.Year, Value = n.Value }).ToList());
        foreach (IGrouping<Type, KeyValuePair<(Type Type, string Key), object?>> group in changes.Rows.GroupBy(r => r.Key.Type))
        {
            Upsert(statements, group.Where(r => r.Value is not null).Select(r => r.Value!).ToList(), group.Key);
            string[] removed = [.. group.Where(r => r.Value is null).Select(r => r.Key.Key)];
            TableMap table = store.Table(group.Key);
            if (removed.Length > 0)
                statements.Add(_sql.Delete(table.Name, table.Keys.Single().Name, removed));
        }
        Facts(changes, reads, statements);
    }

    private void Facts(BatchChanges changes, BatchReads reads, List<Statement> statements)
    {
        if (changes.Facts.Count == 0)
            return;
        var entries = new List<object>(changes.Facts.Count);
        var heads = new Dictionary<string, CaseLockRow>();
        foreach (PendingFact pending in changes.Facts)
        {
            string chain = pending.Fact.CaseKey;
            CaseLockRow head = heads.TryGetValue(chain, out CaseLockRow? known) ? known : reads.HeadOf(chain);
            AuditEntryRow entry = AuditChaining.Next(head, pending);
            heads[chain] = new CaseLockRow { CaseKey = chain, AuditSequence = entry.Sequence, AuditHash = entry.Hash, AuditAt = entry.At };
            entries.Add(entry);
        }
        statements.Add(_sql.Insert(store.Table(typeof(AuditEntryRow)), entries, mustBeNew: true));
        Upsert(statements, heads.Values);
    }

    private void Mail(BatchChanges changes, List<Statement> statements)
    {
        if (changes.ConsumedMail.Count > 0)
            statements.Add(_sql.Delete("mailbox", "sequence", changes.ConsumedMail, changes.ConsumedMail.Count));
        if (changes.Mailbox.Count > 0)
        {
            // A family must have its lock row before anybody can claim mail for it.
            if (!store.Provider.SingleWriter)
            {
                List<object> locks = [.. changes.Mailbox.Select(m => m.CaseKey).Distinct().Order(StringComparer.Ordinal).Select(k => new CaseLockRow { CaseKey = k })];
                statements.Add(_sql.Insert(store.Table(typeof(CaseLockRow)), locks, mustBeNew: false));
            }
            statements.Add(_sql.Insert(store.Table(typeof(MailboxRow)), changes.Mailbox, mustBeNew: true));
        }
        // Signals that came before their wait began are ready now.
        if (changes.AddedBookmarks.Count > 0)
        {
            string[] hashes = [.. changes.AddedBookmarks.Values.Select(b => b.Hash).Distinct()];
            statements.Add(new Statement($"UPDATE mailbox SET state = 0 WHERE state = 1 AND {_sql.In("hash", "@keys")}", [_sql.List("@keys", hashes)]) { Affected = n => changes.SignalsWoken |= n > 0 });
        }
        bool work = changes.Mailbox.Count > 0 || changes.AddedBookmarks.Values.Any(b => b.FireAt is not null) || changes.TouchesDefinitions || changes.TouchesCalendars;
        if ((work || changes.Instances.Count > 0) && _sql.Notify(work) is { } notify)
            statements.Add(notify);
    }

    private void Upsert<T>(List<Statement> statements, IReadOnlyCollection<T> rows, Type? type = null)
        where T : class
    {
        if (rows.Count > 0)
            statements.Add(_sql.Upsert(store.Table(type ?? typeof(T)), [.. rows]));
    }
}
