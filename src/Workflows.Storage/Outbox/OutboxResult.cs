using System.Text.Json.Nodes;
using Workflows.Storage.Commit;
using Workflows.Storage.Model.Rows;
using Workflows.Storage.Providers;
using Workflows.Storage.Stimuli;

namespace Workflows.Storage.Outbox;

/// <summary>What came of a delivery: the outbox row and the wait for its answer change in one commit.</summary>
internal sealed record OutboxResult : Stimulus
{
    private const int MaxAttempts = 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    public required OutboxItem Item { get; init; }

    public required string? Error { get; init; }

    public required IReadOnlyDictionary<string, JsonNode?> Input { get; init; }

    /// <summary>Where it was no try: until when the message waits. Null for a try.</summary>
    public DateTimeOffset? PostponedTo { get; init; }

    /// <summary>When a message may go that could go at a time; null for at any time.</summary>
    public Func<OutboxItem, DateTimeOffset, DateTimeOffset>? Release { get; init; }

    /// <summary>The bookmark to resume; null while the delivery has not succeeded.</summary>
    public string? BookmarkId => Error is null && PostponedTo is null ? Item.BookmarkId : null;

    private bool IsGivenUp => Error is not null && Item.Attempts + 1 >= MaxAttempts;

    public Statement Mark(SqlDialect sql, DateTimeOffset now) => PostponedTo is { } later
        ? new Statement("UPDATE outbox SET next_attempt_at = @at, attempts = attempts - 1 WHERE id = @id", [sql.Value("@at", later.UtcTicks), sql.Value("@id", Item.Id)])
        : Error is null || IsGivenUp
        ? new Statement(
            "UPDATE outbox SET state = @state, delivered_at = @at, next_attempt_at = NULL, last_error = @error WHERE id = @id",
            [sql.Value("@state", Error is null ? "Delivered" : "Dead"), sql.Value("@at", now.UtcTicks), sql.Value("@error", Error ?? ""), sql.Value("@id", Item.Id)])
        : new Statement(
            "UPDATE outbox SET next_attempt_at = @at, last_error = @error WHERE id = @id",
            [sql.Value("@at", NextTry(now).UtcTicks), sql.Value("@error", Error), sql.Value("@id", Item.Id)]);

    public DeadLetterRow? Letter(DateTimeOffset now) => !IsGivenUp ? null : new DeadLetterRow
    {
        Id = "outbox:" + Item.Id,
        Kind = "Outbox",
        CaseKey = Item.CaseKey,
        Body = Item.Body,
        Error = Error!,
        CreatedAt = now,
    };

    // A try that failed in the evening is not made again at night.
    private DateTimeOffset NextTry(DateTimeOffset now) => Release?.Invoke(Item, now + Pause()) ?? now + Pause();

    private TimeSpan Pause()
    {
        TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(Item.Attempts, 12));
        return pause < LongestPause ? pause : LongestPause;
    }
}
