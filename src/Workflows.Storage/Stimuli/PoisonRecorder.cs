using System.Text.Json;
using Workflows.Storage.Commit;
using Workflows.Storage.Model;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;

namespace Workflows.Storage.Stimuli;

/// <summary>
/// Keeps a timer or letter that could not be carried out from being lost or from blocking others: it is tried again later, and it
/// shows as an incident. Timers are tried for ever, at most an hour apart, because a deadline may not silently lapse.
/// </summary>
internal sealed class PoisonRecorder(PumpOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public static string TimerLetter(string bookmarkId) => "timer:" + bookmarkId;

    public void Record(BatchChanges changes, WorkItem item, SqlDialect sql)
    {
        if (item.Timer is { } timer)
        {
            changes.Further.Add(new Statement(
                "UPDATE bookmarks SET attempts = attempts + 1, fire_at = @at WHERE id = @id",
                [sql.Value("@at", (item.Now + Pause(timer.Attempts)).UtcTicks), sql.Value("@id", timer.BookmarkId)]));
            changes.DeadLetters.Add(Letter(TimerLetter(timer.BookmarkId), "Timer", timer.CaseKey, timer.InstanceId, item));
        }
        else if (item.Mail is { } mail)
        {
            changes.ConsumedMail.Add(mail.Sequence);
            if (mail.Attempts + 1 < options.MaxAttempts)
                changes.Mailbox.Add(Mail.Again(mail, item.Now + Pause(mail.Attempts)));
            else
                changes.DeadLetters.Add(Letter(mail.Id, mail.Kind, mail.CaseKey, (item.Stimulus as StartWorkflow)?.ParentInstanceId, item));
        }
    }

    private static TimeSpan Pause(int attempts)
    {
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(attempts, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static DeadLetterRow Letter(string id, string kind, string caseKey, string? instanceId, WorkItem item) => new()
    {
        Id = id,
        Kind = kind,
        CaseKey = caseKey,
        InstanceId = instanceId,
        Body = item.Mail?.Body ?? JsonSerializer.Serialize(item.Stimulus, item.Stimulus.GetType(), StorageJson.Options),
        Error = $"{item.Failure!.GetType().Name}: {item.Failure.Message}",
        CreatedAt = item.Now,
    };
}
