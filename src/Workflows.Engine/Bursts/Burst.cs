using System.Text.Json.Nodes;
using Workflows.Engine.Bookmarks;
using Workflows.Engine.Journal;
using Workflows.Engine.State;

namespace Workflows.Engine.Bursts;

/// <summary>What one burst did: everything the store has to write, in the order in which it happened.</summary>
public sealed record Burst
{
    /// <summary>The instance after the burst.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>Bookmarks created by this burst and still there at its end.</summary>
    public IReadOnlyList<Bookmark> AddedBookmarks { get; init; } = [];

    /// <summary>Ids of bookmarks that existed before this burst and are gone now.</summary>
    public IReadOnlyList<string> RemovedBookmarkIds { get; init; } = [];

    /// <summary>Log entries of this burst, sequence continuing over bursts.</summary>
    public IReadOnlyList<JournalRecord> Journal { get; init; } = [];

    /// <summary>One record for each activity execution that this burst touched, in its state at the end of the burst.</summary>
    public IReadOnlyList<ActivityExecutionRecord> Executions { get; init; } = [];

    /// <summary>Requests to the outside, in order; the store turns them into mailbox and outbox rows of the same commit.</summary>
    public IReadOnlyList<BurstEffect> Effects { get; init; } = [];

    /// <summary>Lines written by <c>Elsa.WriteLine</c> in this burst.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>False when the stimulus found nothing to do (burned bookmark, finished instance): nothing has to be written.</summary>
    public bool Changed { get; init; } = true;

    /// <summary>The instance can never go on: see <see cref="WorkflowState.IsStuck"/>.</summary>
    public bool IsStuck => State.IsStuck;
}

/// <summary>A request of a burst to the outside.</summary>
public abstract record BurstEffect
{
    /// <summary>Id of the activity that asks.</summary>
    public required string ActivityId { get; init; }

    /// <summary>Id of its execution.</summary>
    public required string ActivityInstanceId { get; init; }
}

/// <summary>Start another workflow (DispatchWorkflow, ExecuteWorkflow, BulkDispatchWorkflows). A mailbox row.</summary>
public sealed record DispatchEffect : BurstEffect
{
    /// <summary>What to start.</summary>
    public required WorkflowReference Workflow { get; init; }

    /// <summary>Id that the new instance will have.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Correlation id of the new instance, or null.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Its workflow inputs.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Input { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>The bookmark of the parent to resume when the child has finished (input: <c>{status, subStatus, output, instanceId}</c>); null when nobody waits.</summary>
    public string? ReportToBookmarkId { get; init; }
}

/// <summary>Publish an event to whoever waits for it or is started by it (PublishEvent). A mailbox row.</summary>
public sealed record PublishEventEffect : BurstEffect
{
    /// <summary>Name of the event.</summary>
    public required string EventName { get; init; }

    /// <summary>Only instances with this correlation id; null for all.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Only this instance.</summary>
    public bool Local { get; init; }

    /// <summary>Payload handed to the receivers.</summary>
    public JsonNode? Payload { get; init; }
}

/// <summary>A task was requested of an outside worker (RunTask); answered by <c>POST /tasks/{taskId}/complete</c>.</summary>
public sealed record RunTaskEffect : BurstEffect
{
    /// <summary>Id of the task.</summary>
    public required string TaskId { get; init; }

    /// <summary>Name of the task.</summary>
    public required string TaskName { get; init; }

    /// <summary>Its payload.</summary>
    public JsonNode? Payload { get; init; }
}

/// <summary>Send an HTTP request (SendHttpRequest, FlowSendHttpRequest); the answer resumes <see cref="BookmarkId"/>. An outbox row.</summary>
public sealed record HttpRequestEffect : BurstEffect
{
    /// <summary>Bookmark to resume with the answer.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>Absolute address.</summary>
    public required string Url { get; init; }

    /// <summary>HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Request headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Media type of the content, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content as text, or null.</summary>
    public string? Content { get; init; }
}

/// <summary>
/// A computation that is too long for a burst. It is done after the commit, outside any transaction; what it brings resumes <see cref="BookmarkId"/>.
/// An outbox row of the channel that does it: done again after a crash, with one effect.
/// </summary>
public sealed record JobEffect : BurstEffect
{
    /// <summary>Bookmark to resume with the result.</summary>
    public required string BookmarkId { get; init; }

    /// <summary>Outbox channel that does it.</summary>
    public required string Channel { get; init; }

    /// <summary>Id of what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>What it has to know: ids and hashes.</summary>
    public required JsonObject Order { get; init; }
}

/// <summary>The answer to the HTTP request that caused this burst (WriteHttpResponse); sent after the commit.</summary>
public sealed record HttpResponseEffect : BurstEffect
{
    /// <summary>HTTP status code, 100–599.</summary>
    public required int StatusCode { get; init; }

    /// <summary>Media type, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content as text, or null.</summary>
    public string? Content { get; init; }

    /// <summary>Response headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
