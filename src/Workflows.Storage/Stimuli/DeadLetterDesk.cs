using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>What an operator does with stimuli that could not be carried out: has them tried again, or strikes them off. Both are audited.</summary>
public sealed class DeadLetterDesk
{
    private const string Timer = "Timer";
    private const string Outbox = "Outbox";
    private readonly StoreModel _store;
    private readonly StimulusPump _pump;

    internal DeadLetterDesk(StoreModel store, StimulusPump pump)
    {
        _store = store;
        _pump = pump;
    }

    /// <summary>Has it tried again at once: a letter is put back into the mailbox, a message into the outbox, a timer is due now. The dead letter goes in the same commit.</summary>
    /// <param name="id">The dead letter.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False where there is no such letter.</returns>
    public async ValueTask<bool> ReplayAsync(string id, string key, Actor actor, CancellationToken cancellationToken = default)
    {
        bool found = await ActAsync(id, key, actor, "dead-letter.replayed", Again, cancellationToken);
        _pump.Wake();
        return found;
    }

    /// <summary>Strikes it off. A timer that still waits is tried on as before; a letter is lost.</summary>
    /// <param name="id">The dead letter.</param>
    /// <param name="key">Key of the stimulus.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>False where there is no such letter.</returns>
    public ValueTask<bool> DeleteAsync(string id, string key, Actor actor, CancellationToken cancellationToken = default) =>
        ActAsync(id, key, actor, "dead-letter.deleted", static (_, _) => { }, cancellationToken);

    private async ValueTask<bool> ActAsync(string id, string key, Actor actor, string fact, Action<StimulusSession, DeadLetterRow> act, CancellationToken cancellationToken)
    {
        await using WorkflowsDbContext context = _store.CreateContext();
        string? caseKey = await context.Set<DeadLetterRow>().Where(row => row.Id == id).Select(row => row.CaseKey).FirstOrDefaultAsync(cancellationToken);
        return caseKey is not null && await _pump.CommandAsync(key, caseKey.Length > 0 ? caseKey : "operations", actor, async (session, token) =>
        {
            await using WorkflowsDbContext now = _store.CreateContext();
            if (await now.Set<DeadLetterRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, token) is not { } letter)
                return false;
            var rows = (StimulusSession)session;
            act(rows, letter);
            rows.Remove<DeadLetterRow>(id);
            session.Audit(new AuditFact(letter.CaseKey.Length > 0 ? letter.CaseKey : "operations", fact, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["letter"] = letter.Id,
                ["kind"] = letter.Kind,
                ["instanceId"] = letter.InstanceId,
            }));
            return true;
        }, cancellationToken: cancellationToken);
    }

    private void Again(StimulusSession session, DeadLetterRow letter)
    {
        SqlDialect sql = _store.Dialect;
        string of = letter.Id[(letter.Id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        switch (letter.Kind)
        {
            case Timer:
                session.Changes.Further.Add(new Statement("UPDATE bookmarks SET fire_at = @at WHERE id = @id AND fire_at IS NOT NULL", [sql.Value("@at", session.Now.UtcTicks), sql.Value("@id", of)]));
                break;
            case Outbox:
                session.Changes.Further.Add(new Statement(
                    "UPDATE outbox SET state = 'Pending', attempts = 0, next_attempt_at = @at WHERE id = @id AND state = 'Dead'", [sql.Value("@at", session.Now.UtcTicks), sql.Value("@id", of)]));
                break;
            default:
                session.Changes.Mailbox.Add(new MailboxRow
                {
                    Id = letter.Id,
                    Kind = letter.Kind,
                    CaseKey = letter.CaseKey,
                    Body = letter.Body,
                    CreatedAt = letter.CreatedAt,
                    AvailableAt = session.Now,
                });
                break;
        }
    }
}
