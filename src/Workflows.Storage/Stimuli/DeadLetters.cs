using Microsoft.EntityFrameworkCore;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Sessions;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Stimuli;

/// <summary>Puts back what could not be carried out: the timer is due at once, the letter is new mail, the message is pending again.</summary>
public sealed class DeadLetters(StoreModel store)
{
    private const string Timer = "timer:";
    private const string Outbox = "outbox:";

    /// <summary>Puts a dead letter back within a command on its family; what becomes of it then shows like any other.</summary>
    /// <param name="session">The session of the command.</param>
    /// <param name="id">The dead letter.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was one.</returns>
    public async ValueTask<bool> PutBackAsync(ISupervisionSession session, string id, CancellationToken cancellationToken)
    {
        await using WorkflowsDbContext context = store.CreateContext();
        if (await context.Set<DeadLetterRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } letter)
            return false;
        SqlDialect sql = store.Dialect;
        BatchChanges changes = ((StimulusSession)session).Changes;
        changes.Further.Add(sql.Delete("dead_letters", "id", new[] { id }));
        if (id.StartsWith(Timer, StringComparison.Ordinal))
        {
            changes.Further.Add(new Statement(
                "UPDATE bookmarks SET attempts = 0, fire_at = @at WHERE id = @id AND fire_at IS NOT NULL",
                [sql.Value("@at", session.Now.UtcTicks), sql.Value("@id", id[Timer.Length..])]));
        }
        else if (id.StartsWith(Outbox, StringComparison.Ordinal))
        {
            changes.Further.Add(new Statement(
                "UPDATE outbox SET state = 'Pending', attempts = 0, next_attempt_at = @at WHERE id = @id AND state = 'Dead'",
                [sql.Value("@at", session.Now.UtcTicks), sql.Value("@id", id[Outbox.Length..])]));
        }
        else
        {
            changes.Mailbox.Add(new MailboxRow { Id = letter.Id, Kind = letter.Kind, CaseKey = letter.CaseKey, Body = letter.Body, CreatedAt = session.Now, AvailableAt = session.Now });
        }
        return true;
    }
}
