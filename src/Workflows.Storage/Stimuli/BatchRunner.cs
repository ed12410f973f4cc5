using System.Data.Common;
using Microsoft.Extensions.Logging;
using Workflows.Engine.Bursts;
using Workflows.Storage.Commit;
using Workflows.Storage.Definitions;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>How many due timers and mailbox rows may join a batch.</summary>
internal readonly record struct ClaimPlan(int Timers, int Mail)
{
    public bool IsEmpty => Timers == 0 && Mail == 0;
}

/// <summary>What the pump has to know of a batch that is through.</summary>
internal sealed class BatchReport
{
    public List<WorkItem> Deferred { get; } = [];

    public List<WorkItem> Slow { get; } = [];

    public int Claimed { get; set; }

    /// <summary>Earliest timer in the database, known where timers were claimed.</summary>
    public DateTimeOffset? NextTimer { get; set; }

    /// <summary>Earliest mailbox row in the database, known where mail was claimed.</summary>
    public DateTimeOffset? NextMail { get; set; }

    /// <summary>Earliest timer and mailbox row that this batch wrote.</summary>
    public DateTimeOffset? AddedTimer { get; set; }

    public DateTimeOffset? AddedMail { get; set; }
}

/// <summary>
/// Runs a batch: one transaction for all of its stimuli. What one of them cannot do is its own failure; what the database refuses
/// rolls the batch back, and it runs again, at last stimulus by stimulus.
/// </summary>
internal sealed class BatchRunner(
    StoreModel store,
    DefinitionCatalog catalog,
    CalendarShelf calendars,
    StimulusExecutor executor,
    FamilyCache families,
    PumpOptions options,
    TimeProvider clock,
    ILogger logger,
    IInstanceWatcher? watcher = null,
    ICommitWatcher? commits = null)
{
    private const int SharedTries = 2;
    private const int LoneTries = 8;

    private readonly CommitWriter _writer = new(store);
    private readonly PoisonRecorder _poison = new(options);

    /// <summary>Runs the callers' stimuli and what the plan claims; each is committed or has failed when this returns, but for the deferred and the slow.</summary>
    public async Task<BatchReport> RunAsync(List<WorkItem> items, ClaimPlan plan, CancellationToken cancellationToken)
    {
        var hints = new Hints();
        var work = new List<WorkItem>(items);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                BatchReport report = await AttemptAsync(work, plan, hints, cancellationToken);
                Answer(work);
                return report;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                store.Provider.Meter.RolledBack();
                bool passes = IsPassing(e);
                hints.Learn(e);
                if (passes && attempt < (work.Count <= 1 ? LoneTries : SharedTries))
                {
                    work = [.. items];
                    continue;
                }
                if (work.Count == 0)
                    throw;
                return work.Count == 1 ? await FailAsync(work[0], e) : await OneByOneAsync(work, cancellationToken);
            }
        }
    }

    private async Task<BatchReport> OneByOneAsync(List<WorkItem> work, CancellationToken cancellationToken)
    {
        logger.LogInformation("A batch of {Count} stimuli was rolled back and runs again one by one", work.Count);
        var whole = new BatchReport { NextTimer = DateTimeOffset.MinValue, NextMail = DateTimeOffset.MinValue };
        foreach (WorkItem item in work)
        {
            BatchReport report = await RunAsync([item], default, cancellationToken);
            whole.Deferred.AddRange(report.Deferred);
            whole.Slow.AddRange(report.Slow);
        }
        whole.Claimed = work.Count(i => i.Origin != WorkOrigin.Caller);
        return whole;
    }

    private async Task<BatchReport> AttemptAsync(List<WorkItem> work, ClaimPlan plan, Hints hints, CancellationToken cancellationToken)
    {
        work.ForEach(i => i.Reset());
        var report = new BatchReport();
        DateTimeOffset now = clock.GetUtcNow();
        using WriteGate.Turn turn = await store.Provider.Gate.EnterAsync(cancellationToken);
        await using StoreConnection connection = await store.Provider.OpenWriterAsync(cancellationToken);
        await connection.BeginAsync(cancellationToken);
        await catalog.RefreshAsync(connection, cancellationToken);
        await calendars.RefreshAsync(connection, cancellationToken);
        var scope = new BatchScope(store, catalog, families, connection, new SortedSet<string>(StringComparer.Ordinal));
        await scope.ResolveAsync(work, cancellationToken);
        string[] keys = [.. work.Select(i => scope.TargetOf(i).CaseKey).Concat(work.SelectMany(i => i.FurtherKeys)).Concat(hints.Keys).Where(k => k.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        await scope.Reads.LockAsync(keys, cancellationToken);
        foreach (NumberSeries series in hints.Series.Values)
            await scope.Reads.LastNumberAsync(series, cancellationToken);
        if (!plan.IsEmpty)
        {
            List<WorkItem> claimed = await ClaimAsync(connection, plan, now, cancellationToken);
            await scope.ResolveAsync(claimed, cancellationToken);
            // These rows are ours by the claim; the query reads the audit heads.
            await scope.Reads.LockAsync([.. claimed.Select(i => scope.TargetOf(i).CaseKey).Where(k => k.Length > 0 && !scope.Reads.Holds(k)).Distinct()], cancellationToken);
            work.AddRange(claimed);
        }
        await scope.MatchAsync(work, cancellationToken);
        await scope.ParentsAsync(work, cancellationToken);
        // What waits for another node's lock was not claimed after all; counted, it would be looked for again without a pause.
        report.Claimed = work.Count(i => i.Origin != WorkOrigin.Caller && !i.Deferred);
        List<WorkItem> ready = [.. work.Where(i => !i.Deferred)];
        await scope.LoadAsync(ready, cancellationToken);
        foreach (WorkItem item in ready)
            await RunOneAsync(scope, item, report, cancellationToken);
        report.Deferred.AddRange(work.Where(i => i.Deferred && i.Origin == WorkOrigin.Caller).Except(report.Slow));
        await CommitAsync(scope, work, plan, report, cancellationToken);
        return report;
    }

    private async ValueTask RunOneAsync(BatchScope scope, WorkItem item, BatchReport report, CancellationToken cancellationToken)
    {
        try
        {
            await executor.RunAsync(scope, item, cancellationToken);
        }
        catch (Exception e) when (e is not (DbException or BatchConflictException or OperationCanceledException))
        {
            if (e is BurstLimitException && !item.Slow && !options.Deterministic && item.Origin == WorkOrigin.Caller)
            {
                item.Deferred = true;
                report.Slow.Add(item);
                return;
            }
            if (e is BurstLimitException && !item.Slow && item.Origin != WorkOrigin.Caller)
            {
                // A timer or letter has its second try, with the larger budget, at once.
                item.Slow = true;
                await RunOneAsync(scope, item, report, cancellationToken);
                return;
            }
            item.Failure = e;
        }
        if (item.Failure is not null && item.Origin != WorkOrigin.Caller)
        {
            logger.LogError(item.Failure, "{Stimulus} failed", item.Stimulus.Key);
            _poison.Record(scope.Accepted, item, store.Dialect);
        }
        else if (item.Mail is { } mail)
        {
            scope.Accepted.ConsumedMail.Add(mail.Sequence);
        }
        if (item is { Timer.Attempts: > 0, Failure: null })
            scope.Accepted.Further.Add(store.Dialect.Delete("dead_letters", "id", new[] { PoisonRecorder.TimerLetter(item.Timer!.BookmarkId) }));
    }

    private async ValueTask CommitAsync(BatchScope scope, List<WorkItem> work, ClaimPlan plan, BatchReport report, CancellationToken cancellationToken)
    {
        BatchChanges changes = scope.Accepted;
        string[] chains = [.. changes.Facts.Select(f => f.Fact.CaseKey).Distinct().Where(k => !scope.Reads.Holds(k))];
        IReadOnlyList<string> busy = await scope.Reads.TryLockAsync(chains, cancellationToken);
        if (busy.Count > 0)
            throw new BatchConflictException("An audit chain is held by another node.") { BusyKeys = busy };
        List<Statement> statements = _writer.Write(changes, scope.Reads);
        await scope.Connection.ExecuteAllAsync(statements, cancellationToken);
        if (plan.Timers > 0)
            report.NextTimer = await EarliestAsync(scope.Connection, "SELECT MIN(fire_at) FROM bookmarks", cancellationToken);
        if (plan.Mail > 0)
            report.NextMail = await EarliestAsync(scope.Connection, "SELECT MIN(available_at) FROM mailbox WHERE state = 0", cancellationToken);
        if (statements.Count == 0)
        {
            await scope.Connection.RollbackAsync();
            return;
        }
        await scope.Connection.CommitAsync(cancellationToken);
        store.Provider.Meter.Committed(work.Count(i => i.Result is not null));
        Learn(changes, report);
        foreach (WorkItem item in work)
        {
            if (item.Timer is { } timer)
                store.Provider.Meter.Fired(item.Now - timer.FireAt);
        }
    }

    private void Learn(BatchChanges changes, BatchReport report)
    {
        if (changes.Instances.Count > 0)
            watcher?.Changed(changes.Instances.Keys);
        if (changes.Aggregates.Count > 0)
            commits?.Committed(changes.Aggregates.Values.Select(aggregate => aggregate.Index));
        foreach (WorkflowInstanceRow row in changes.Instances.Values.Where(r => r.BaseRevision == 0))
            families.Instance(row.Id, row.CaseKey);
        foreach (string id in changes.RemovedBookmarks)
            families.Forget(id);
        foreach (BookmarkRow row in changes.AddedBookmarks.Values)
        {
            families.Bookmark(row.Id, row.InstanceId, row.CaseKey);
            if (row.FireAt is { } due && (report.AddedTimer is null || due < report.AddedTimer))
                report.AddedTimer = due;
        }
        foreach (MailboxRow row in changes.Mailbox.Where(m => m.State == 0))
        {
            if (report.AddedMail is null || row.AvailableAt < report.AddedMail)
                report.AddedMail = row.AvailableAt;
        }
        if (changes.SignalsWoken)
            report.AddedMail = DateTimeOffset.MinValue;
        if (changes.TouchesDefinitions)
            catalog.Committed();
        if (changes.TouchesCalendars)
            calendars.Invalidate();
    }

    private async ValueTask<List<WorkItem>> ClaimAsync(StoreConnection connection, ClaimPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var claimed = new List<WorkItem>();
        if (plan.Mail > 0)
        {
            List<MailboxClaim> mail = await connection.ReadAsync(
                store.Dialect.ClaimMailbox(now.UtcTicks, plan.Mail),
                static r => new MailboxClaim(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), new DateTimeOffset(r.GetInt64(4), TimeSpan.Zero), r.GetInt32(5), r.GetString(6)), cancellationToken);
            claimed.AddRange(mail.Select(m => new WorkItem(Mail.Read(m.Kind, m.Body), now, WorkOrigin.Mailbox) { Mail = m }));
        }
        if (plan.Timers > 0)
        {
            List<TimerClaim> timers = await connection.ReadAsync(
                store.Dialect.ClaimTimers(now.UtcTicks, plan.Timers),
                static r => new TimerClaim(r.GetString(0), r.GetString(1), r.GetString(2), new DateTimeOffset(r.GetInt64(3), TimeSpan.Zero), r.GetInt32(4)), cancellationToken);
            foreach (TimerClaim timer in timers)
            {
                families.Bookmark(timer.BookmarkId, timer.InstanceId, timer.CaseKey);
                claimed.Add(new WorkItem(new TimerDue { Key = $"timer|{timer.BookmarkId}|{timer.FireAt.UtcTicks}", BookmarkId = timer.BookmarkId, DueAt = timer.FireAt }, now, WorkOrigin.Timer) { Timer = timer });
            }
        }
        return claimed;
    }

    private static async ValueTask<DateTimeOffset?> EarliestAsync(StoreConnection connection, string sql, CancellationToken cancellationToken)
    {
        List<DateTimeOffset?> rows = await connection.ReadAsync<DateTimeOffset?>(new Statement(sql, []), static r => r.IsDBNull(0) ? null : new DateTimeOffset(r.GetInt64(0), TimeSpan.Zero), cancellationToken);
        return rows[0] ?? DateTimeOffset.MaxValue;
    }

    private bool IsPassing(Exception e) =>
        e is BatchConflictException || (e is DbException db && store.Provider.IsTransient(db));

    private async Task<BatchReport> FailAsync(WorkItem item, Exception cause)
    {
        item.Failure = cause is DbException db && store.Provider.IsDuplicate(db)
            ? new RuleViolationException(RefusalKind.Conflict, "duplicate", "", "编号或标识已被占用：请换用其他编号，或刷新后重试。")
            : cause;
        if (item.Origin != WorkOrigin.Caller)
        {
            logger.LogError(cause, "{Stimulus} failed", item.Stimulus.Key);
            var changes = new BatchChanges();
            _poison.Record(changes, item, store.Dialect);
            using WriteGate.Turn turn = await store.Provider.Gate.EnterAsync(CancellationToken.None);
            await using StoreConnection connection = await store.Provider.OpenWriterAsync(CancellationToken.None);
            await connection.BeginAsync(CancellationToken.None);
            try
            {
                await connection.ExecuteAllAsync(_writer.Write(changes, new BatchReads(store, connection, [])), CancellationToken.None);
                await connection.CommitAsync(CancellationToken.None);
            }
            catch (BatchConflictException)
            {
                // Another node has dealt with the letter in the meantime.
                await connection.RollbackAsync();
            }
        }
        item.Complete();
        return new BatchReport { NextTimer = DateTimeOffset.MinValue, NextMail = DateTimeOffset.MinValue, Claimed = item.Origin == WorkOrigin.Caller ? 0 : 1 };
    }

    private static void Answer(List<WorkItem> work)
    {
        foreach (WorkItem item in work)
        {
            if (!item.Deferred)
                item.Complete();
        }
    }

    /// <summary>What earlier attempts have taught: locks to take first, in their order.</summary>
    private sealed class Hints
    {
        public HashSet<string> Keys { get; } = [];

        public SortedList<string, NumberSeries> Series { get; } = new(StringComparer.Ordinal);

        public void Learn(Exception e)
        {
            if (e is not BatchConflictException conflict)
                return;
            if (conflict.BusySeries is { } series)
                Series[BatchReads.OrderOf(series)] = series;
            Keys.UnionWith(conflict.BusyKeys);
        }
    }
}
