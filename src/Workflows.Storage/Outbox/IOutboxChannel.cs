using System.Text.Json.Nodes;
using Workflows.Supervision.Sessions;

namespace Workflows.Storage.Outbox;

/// <summary>Delivers messages of one channel to the outside, at least once: a message may come again after a crash, with the same id.</summary>
public interface IOutboxChannel
{
    /// <summary><c>notice</c>, <c>webhook</c>, <c>http</c>, <c>task</c> or the name of a job.</summary>
    string Name { get; }

    /// <summary>Whether a delivery is a long computation: it then runs beside the others, one after another, and holds nobody up.</summary>
    bool TakesLong => false;

    /// <summary>When a message may go that could go at <paramref name="at"/>: then, or later, as in quiet hours. Asked before each try.</summary>
    /// <param name="item">The message.</param>
    /// <param name="at">Time of the try, UTC.</param>
    DateTimeOffset Release(OutboxItem item, DateTimeOffset at) => at;

    /// <summary>Delivers one message. An exception is a failed try like <see cref="OutboxAnswer.Failed"/>.</summary>
    ValueTask<OutboxAnswer> DeliverAsync(OutboxItem item, CancellationToken cancellationToken);
}

/// <summary>A message or request to deliver.</summary>
/// <param name="Id">Identifier; the receiver's idempotency key.</param>
/// <param name="Channel">Channel.</param>
/// <param name="Recipient">Receiver, or the address of a request.</param>
/// <param name="Kind">Kind of message, or the method of a request.</param>
/// <param name="Body">Text of a message; for <c>http</c> and <c>task</c> the effect of the burst as JSON, for a job its order.</param>
/// <param name="CaseKey">Family of its cause.</param>
/// <param name="CaseId">Case it speaks of, or null.</param>
/// <param name="ActivityId">Activity that caused it, or null.</param>
/// <param name="BookmarkId">Bookmark that the answer resumes, or null.</param>
/// <param name="Attempts">Tries before this one.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Subject">What a message is about, or null.</param>
public sealed record OutboxItem(
    string Id, string Channel, string Recipient, string Kind, string Body, string CaseKey, string? CaseId, string? ActivityId, string? BookmarkId, int Attempts, DateTimeOffset CreatedAt,
    OutboxSubject? Subject = null);

/// <summary>What came of a try.</summary>
public sealed record OutboxAnswer
{
    /// <summary>Delivered, and nobody waits for an answer.</summary>
    public static OutboxAnswer Delivered { get; } = new();

    /// <summary>Why the try failed; null when it is delivered.</summary>
    public string? Error { get; init; }

    /// <summary>What the waiting bookmark receives.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>A failed try; it is made again later.</summary>
    public static OutboxAnswer Failed(string error) => new() { Error = error };

    /// <summary>Delivered, with the answer for the waiting bookmark.</summary>
    public static OutboxAnswer Answered(IReadOnlyDictionary<string, JsonNode?> input) => new() { Input = input };
}
