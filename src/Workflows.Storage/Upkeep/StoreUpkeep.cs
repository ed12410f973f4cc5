using Workflows.Storage.Commit;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Storage.Stimuli;
using Workflows.Supervision.Messages;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Upkeep;

/// <summary>The store's nightly work besides the audit seal; called by the scheduler.</summary>
public sealed class StoreUpkeep
{
    private static readonly TimeSpan AnswersKept = TimeSpan.FromDays(7);
    private static readonly TimeSpan SignalsKept = TimeSpan.FromDays(30);

    // A pair lies a quarter of an hour apart at most; reports of what happened some days ago still come in.
    private static readonly TimeSpan TracesKept = TimeSpan.FromDays(7);

    private readonly StoreModel _store;
    private readonly IStimulusGate _gate;

    internal StoreUpkeep(StoreModel store, IStimulusGate gate)
    {
        _store = store;
        _gate = gate;
    }

    /// <summary>Deletes messages in the lists of accounts that came, and texts that were delivered to the outside, before a time.</summary>
    /// <param name="key">Key of the stimulus, such as the scheduled time.</param>
    /// <param name="messagesBefore">Messages that came before; null keeps all.</param>
    /// <param name="deliveredBefore">Texts delivered before; null keeps all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask DropOldAsync(string key, DateTimeOffset? messagesBefore, DateTimeOffset? deliveredBefore, CancellationToken cancellationToken = default) =>
        await _gate.CommandAsync(key, "upkeep", Actor.Clock, (session, _) =>
        {
            SqlDialect sql = _store.Dialect;
            List<Statement> further = ((StimulusSession)session).Changes.Further;
            if (messagesBefore is { } came)
                further.Add(new Statement($"DELETE FROM {_store.Aggregates[typeof(PersonalMessage)].Name} WHERE created_at < @before", [sql.Value("@before", came.UtcTicks)]));
            if (deliveredBefore is { } delivered)
                further.Add(new Statement("DELETE FROM outbox WHERE state = 'Delivered' AND delivered_at < @before", [sql.Value("@before", delivered.UtcTicks)]));
            return ValueTask.FromResult(true);
        }, cancellationToken: cancellationToken);

    /// <summary>Drops answers kept for replay and traces of leads older than seven days, and turns signals for which nobody has waited in 30 days into dead letters.</summary>
    /// <param name="key">Key of the stimulus, such as the scheduled time.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask RunAsync(string key, CancellationToken cancellationToken = default) =>
        await _gate.CommandAsync(key, "upkeep", Actor.Clock, (session, _) =>
        {
            SqlDialect sql = _store.Dialect;
            List<Statement> further = ((StimulusSession)session).Changes.Further;
            further.Add(new Statement("DELETE FROM idempotency WHERE created_at < @before", [sql.Value("@before", (session.Now - AnswersKept).UtcTicks)]));
            further.Add(new Statement(
                "INSERT INTO dead_letters (id, kind, case_key, instance_id, body, error, created_at) SELECT id, kind, case_key, NULL, body, '30日内没有流程等待此信号', @now FROM mailbox WHERE state = 1 AND created_at < @before",
                [sql.Value("@now", session.Now.UtcTicks), sql.Value("@before", (session.Now - SignalsKept).UtcTicks)]));
            further.Add(new Statement("DELETE FROM lead_traces WHERE created_at < @before", [sql.Value("@before", (session.Now - TracesKept).UtcTicks)]));
            further.Add(new Statement("DELETE FROM mailbox WHERE state = 1 AND created_at < @before", [sql.Value("@before", (session.Now - SignalsKept).UtcTicks)]));
            return ValueTask.FromResult(true);
        }, cancellationToken: cancellationToken);
}
