namespace Workflows.Storage.Model.Rows;

/// <summary>The lock of a family and the head of its audit chain.</summary>
public sealed class CaseLockRow
{
    /// <summary>The family.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Sequence of its newest audit entry, 0 before the first.</summary>
    public long AuditSequence { get; set; }

    /// <summary>Hash of its newest audit entry, empty before the first.</summary>
    public string AuditHash { get; set; } = "";

    /// <summary>Instant of its newest audit entry.</summary>
    public DateTimeOffset AuditAt { get; set; }
}

/// <summary>Something that becomes a stimulus: a signal, a dispatch, a published event, a report to a parent. Deleted in the transaction of its effect.</summary>
public sealed class MailboxRow
{
    /// <summary>Order of arrival; given by the database.</summary>
    public long Sequence { get; set; }

    /// <summary>Identifier derived from the stimulus that caused it.</summary>
    public string Id { get; set; } = "";

    /// <summary>Kind of stimulus: Start, Resume, Signal, Event.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Family under whose lock it runs.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Stimulus hash for signals and events, else null.</summary>
    public string? Hash { get; set; }

    /// <summary>0 ready, 1 kept until a matching wait begins.</summary>
    public int State { get; set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset AvailableAt { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Failed tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>The stimulus as JSON.</summary>
    public string Body { get; set; } = "";
}

/// <summary>A message or request to the outside; delivered at least once, after the commit.</summary>
public sealed class OutboxRow
{
    /// <summary>Identifier; the receiver's idempotency key.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>notice</c>, <c>webhook</c>, <c>http</c> or <c>task</c>.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Receiver.</summary>
    public string Recipient { get; set; } = "";

    /// <summary>Kind of message.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Text, or the request as JSON.</summary>
    public string Body { get; set; } = "";

    /// <summary>Family of its cause.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Case it speaks of, or null.</summary>
    public string? CaseId { get; set; }

    /// <summary>Activity that caused it, or null.</summary>
    public string? ActivityId { get; set; }

    /// <summary>Bookmark that the answer resumes, or null.</summary>
    public string? BookmarkId { get; set; }

    /// <summary>What a message is about as JSON (<see cref="Supervision.Sessions.OutboxSubject"/>), or null.</summary>
    public string? Subject { get; set; }

    /// <summary>Pending, Delivered or Dead.</summary>
    public string State { get; set; } = "";

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Next try, or end of the lease of the one under way; null when done.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it was delivered, or null.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Why the last try failed, or null.</summary>
    public string? LastError { get; set; }
}

/// <summary>A stimulus that could not be carried out: shown as an incident until someone deals with it.</summary>
public sealed class DeadLetterRow
{
    /// <summary>Identifier.</summary>
    public string Id { get; set; } = "";

    /// <summary>Timer, Start, Resume, Signal, Event, Outbox.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Family.</summary>
    public string CaseKey { get; set; } = "";

    /// <summary>Instance it was for, or null.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The stimulus as JSON.</summary>
    public string Body { get; set; } = "";

    /// <summary>What went wrong.</summary>
    public string Error { get; set; } = "";

    /// <summary>When it was given up, or first failed.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>An answer kept for replay.</summary>
public sealed class IdempotencyRow
{
    /// <summary>Who asks, such as a user and a route.</summary>
    public string Scope { get; set; } = "";

    /// <summary>The caller's key.</summary>
    public string Key { get; set; } = "";

    /// <summary>Hash of the request's body.</summary>
    public string BodyHash { get; set; } = "";

    /// <summary>Status of the answer, as the caller of the gate gave it (an HTTP status in the host).</summary>
    public int Status { get; set; }

    /// <summary>The answer as JSON, or null.</summary>
    public string? Answer { get; set; }

    /// <summary>When it was given.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
